//! What the prelude needs to know about objects and of itself.

use crate::engine::call::{Answer, Call};
use std::cell::RefCell;

thread_local! {
    /// Bytecode of fragments that few scripts use. They are read into the realm of the run that asks, so that the others
    /// do not pay for copying them.
    static PARTS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Takes the compiled parts of the prelude, in its order.
pub(in crate::engine) fn keep_parts(parts: Vec<Vec<u8>>) {
    PARTS.set(parts);
}

/// `(number)`: what the part evaluates to.
pub(super) fn part(call: &Call<'_>) -> Answer {
    PARTS.with_borrow(|parts| match parts.get(call.index(0, u32::MAX) as usize) {
        Some(code) => call.evaluate(code),
        None => call.nothing(),
    })
}

/// `(object)`: its built-in class.
pub(super) fn class_of(call: &Call<'_>) -> Answer {
    call.class(0).map_or_else(|| call.nothing(), |class| call.new_text(class))
}
