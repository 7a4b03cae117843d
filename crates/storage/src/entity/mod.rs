//! One file per notion: its statements, its row, and the methods of `Reader` and `Tx` about it.

pub(crate) mod access_token;
pub(crate) mod application;
pub(crate) mod application_secret;
pub(crate) mod assertion;
pub(crate) mod authorization_code;
pub(crate) mod backed;
pub(crate) mod config;
pub(crate) mod device_code;
pub(crate) mod exchange_subject;
pub(crate) mod grant;
pub(crate) mod held_role;
pub(crate) mod interaction;
pub(crate) mod pushed_request;
pub(crate) mod refresh_token;
pub(crate) mod resource;
pub(crate) mod role;
pub(crate) mod scope;
pub(crate) mod script;
pub(crate) mod session;
pub(crate) mod signing_key;
pub(crate) mod tenant;
pub(crate) mod user;
pub(crate) mod user_role;
