//! One file per notion: its statements, its row, and the methods of `Reader` and `Tx` about it.

pub(crate) mod application;
pub(crate) mod application_secret;
pub(crate) mod assertion;
pub(crate) mod config;
pub(crate) mod resource;
pub(crate) mod role;
pub(crate) mod scope;
pub(crate) mod script;
pub(crate) mod signing_key;
pub(crate) mod tenant;
