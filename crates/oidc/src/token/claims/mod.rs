//! Steps 4 to 6: what a script may see, what it says, and what becomes of that.

pub(crate) mod audited;
pub mod context;
pub(crate) mod person_context;
pub(crate) mod protocol;
mod redact;
pub mod script;
