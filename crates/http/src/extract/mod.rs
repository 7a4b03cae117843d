//! What a handler takes in: parsed, or refused with the bodies that clients of the Management API know.

pub(crate) mod body;
pub(crate) mod json;
pub(crate) mod origin;
pub(crate) mod own_page;
pub(crate) mod page;
pub(crate) mod path;
pub(crate) mod query;
pub(crate) mod search;
pub(crate) mod shape;
