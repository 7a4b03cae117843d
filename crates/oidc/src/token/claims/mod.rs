//! Steps 4 to 6: what a script may see, what it says, and what becomes of that.

pub mod context;
pub(crate) mod protocol;
mod redact;
pub mod script;
