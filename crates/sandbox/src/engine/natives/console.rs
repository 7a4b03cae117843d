//! `console` and `performance.now`.

use crate::engine::call::{Answer, Call};
use crate::engine::state;
use crate::outcome::LogLevel;

const LEVELS: [LogLevel; 5] = [LogLevel::Debug, LogLevel::Log, LogLevel::Info, LogLevel::Warn, LogLevel::Error];

/// `(level, text)`
pub(super) fn log(call: &Call<'_>) -> Answer {
    let level = usize::try_from(call.index(0, 4)).ok().and_then(|index| LEVELS.get(index));
    if let (Some(level), Some(text)) = (level, call.text(1)) {
        state::with(|run| run.log(*level, &text));
    }
    call.nothing()
}

/// `()`: milliseconds since the start of the run.
pub(super) fn now(call: &Call<'_>) -> Answer {
    call.new_number(state::with(|run| run.elapsed().as_secs_f64() * 1e3).unwrap_or(0.0))
}
