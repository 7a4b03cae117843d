//! The consent API, for pages that somebody else wrote. Ours is `pages/serve/consent.rs`.

mod api;

pub(crate) use api::router as api;
