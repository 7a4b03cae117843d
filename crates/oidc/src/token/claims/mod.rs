//! Steps 4 to 6: what a script may see, what it says, and what becomes of that.

pub(crate) mod audited;
pub mod context;
pub mod declared;
pub(crate) mod person_context;
pub(crate) mod protocol;
pub mod redact;
pub mod sample;
pub mod script;
