//! The part of the prelude that is loaded into a realm when a script first asks for it.
//!
//! It is not in the snapshot, so runs that do not use it pay nothing for it. The parser is not in a realm, so its bytecode
//! is made with the realm and kept outside.

use super::call::{Answer, Call};
use std::cell::OnceCell;

thread_local! {
    static INTL: OnceCell<Box<[u8]>> = const { OnceCell::new() };
}

/// Keeps what `compile` made of `prelude::INTL`.
pub(super) fn keep(intl: Vec<u8>) {
    // All realms of a thread have the same.
    let _already = INTL.with(|kept| kept.set(intl.into_boxed_slice()));
}

/// `()`: the function that makes `Intl`.
pub(super) fn load(call: &Call<'_>) -> Answer {
    INTL.with(|kept| kept.get().map_or_else(|| call.nothing(), |code| call.load(code)))
}
