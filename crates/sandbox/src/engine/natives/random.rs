//! Randomness for `crypto` and `Math.random`, from the kernel.

use crate::engine::call::{Answer, Call};
use std::cell::RefCell;

/// What `crypto.getRandomValues` may fill in one call.
const MAX_RANDOM: u32 = 65_536;
/// Bytes drawn from the kernel at once for `Math.random`.
const POOL: usize = 512;

thread_local! {
    /// Random bytes not used yet. They live outside the realm, so a restored realm does not repeat them.
    static UNUSED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// `()`: a number for `Math.random`.
pub(super) fn random(call: &Call<'_>) -> Answer {
    let bits = UNUSED.with_borrow_mut(|unused| {
        if unused.len() < 8 {
            unused.resize(POOL, 0);
            getrandom::fill(unused).ok()?;
        }
        let rest = unused.len() - 8;
        let bits = unused.get(rest..).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
        unused.truncate(rest);
        bits
    });
    let Some(bits) = bits else { return call.type_error(c"no randomness available") };
    // The upper 53 bits, the precision of a double in 0..1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    call.new_number((bits >> 11) as f64 / (1u64 << 53) as f64)
}

/// `(count)`: a `Uint8Array`.
pub(super) fn random_bytes(call: &Call<'_>) -> Answer {
    let mut bytes = vec![0; call.index(0, MAX_RANDOM) as usize];
    match getrandom::fill(&mut bytes) {
        Ok(()) => call.new_bytes(&bytes),
        Err(_) => call.type_error(c"no randomness available"),
    }
}
