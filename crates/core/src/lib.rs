//! Facts and rules of Signet: ids, scopes, resource indicators, applications, keys, permissions, protected claims.
//!
//! Nothing here does I/O, is async, or names a database or an HTTP status.

pub mod access_control;
pub mod application;
pub mod audit;
pub mod claims;
pub mod console;
pub mod date;
pub mod device;
pub mod error_code;
pub mod exchange;
pub mod grant;
pub mod held_role;
pub mod id;
pub mod interaction;
pub mod invitation;
pub mod membership;
pub mod one_time_token;
pub mod organization;
pub mod pkce;
pub mod random;
pub mod rbac;
pub mod redirect_uri;
pub mod resource;
pub mod role;
pub mod scope;
pub mod script;
pub mod search;
pub mod secret;
pub mod session;
pub mod signing_key;
pub mod statistics;
pub mod third_party;
pub mod time;
pub mod token;
pub mod token_settings;
pub mod user;
pub mod verification;
