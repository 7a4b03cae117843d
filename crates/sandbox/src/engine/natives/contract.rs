//! `api.denyAccess`.

use crate::engine::call::{Answer, Call};
use crate::engine::fault::bounded;
use crate::engine::state;

/// `(message)`: the run ends here, and nothing the script does can change that.
pub(super) fn deny(call: &Call<'_>) -> Answer {
    let message = call.text(0).map(|text| bounded(&text)).unwrap_or_default();
    state::with(|run| run.deny(message));
    call.end_run()
}
