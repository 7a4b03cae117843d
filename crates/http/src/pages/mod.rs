//! The hosted pages: sign-in, consent, logout, devices, and what is said when something went wrong.
//!
//! Forms that the server writes and that work without script. What a page shows is a plain struct, filled by one
//! function per page; `crates/http/templates` has the HTML, where everything is escaped that is not written there.

mod again;
mod assets;
mod colour;
mod consent;
mod credentials;
mod device;
mod experience;
mod form;
mod frame;
pub(crate) mod handover;
mod identifier;
pub(crate) mod language;
pub(crate) mod notice;
mod palette;
mod serve;
mod steps;
pub(crate) mod wording;

pub(crate) use serve::{frame_of, router};

#[cfg(test)]
mod tests;
