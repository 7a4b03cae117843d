//! Requests leave through the run's outgoing frames; the engine sends them when the script waits.

use crate::engine::call::{Answer, Call};
use crate::engine::state;

/// `(head, body?)`: the id of the request, or the text of what is wrong.
pub(super) fn fetch(call: &Call<'_>) -> Answer {
    let Some(head) = call.text(0) else { return call.type_error(c"expected a string") };
    match state::with(|run| run.fetch(&head, call.bytes(1))) {
        Some(Ok(id)) => call.new_id(id),
        Some(Err(reason)) => call.new_text(reason),
        None => call.new_text("fetch failed: no run is under way"),
    }
}

/// `(id)`
pub(super) fn abort(call: &Call<'_>) -> Answer {
    let id = call.index(0, u32::MAX);
    state::with(|run| run.abort(id));
    call.yes()
}
