//! `api.denyAccess`, and the check of a result while it is written as JSON.

use crate::engine::call::{Answer, Call, Nature};
use crate::engine::fault::bounded;
use crate::engine::state::{self, Check, Refusal};

/// `(message)`: the run ends here, and nothing the script does can change that.
pub(super) fn deny(call: &Call<'_>) -> Answer {
    let message = call.text(0).map(|text| bounded(&text)).unwrap_or_default();
    state::with(|run| run.deny(message));
    call.end_run()
}

/// `(limit)`: a result is about to be written, in at most so many characters.
pub(super) fn begin_check(call: &Call<'_>) -> Answer {
    let limit = call.index(0, u32::MAX);
    state::with(|run| run.check = Check::new(limit));
    call.nothing()
}

/// `(key, member)`, as `JSON.stringify` calls a replacer: the member, or an exception that ends the writing.
pub(super) fn check(call: &Call<'_>) -> Answer {
    let nature = call.nature(1);
    let text = |nature| if let Nature::Text(length) = nature { length } else { 0 };
    let refusal = state::with(|run| {
        // A key is followed by a colon, a value by a comma.
        let fits = run.check.takes(text(call.nature(0)) + text(nature) + 1);
        let refusal = if nature == Nature::Foreign {
            Some(Refusal::NotSerializable)
        } else {
            (!fits).then_some(Refusal::TooLarge)
        };
        run.check.refusal = run.check.refusal.or(refusal);
        refusal
    });
    if refusal.flatten().is_some() { call.type_error(c"the result is refused") } else { call.same(1) }
}

/// `()`: the number of what the check refused, 0 when nothing.
pub(super) fn refused(call: &Call<'_>) -> Answer {
    call.new_id(state::with(|run| run.check.refusal.map_or(0, |refusal| refusal as u32)).unwrap_or(0))
}
