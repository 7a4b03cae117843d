//! OAuth 2 and OpenID Connect: what the endpoints below `/oidc` do. No HTTP type is named here.

mod access;
pub mod audit;
pub mod authorize;
pub mod bearer;
pub mod device;
pub mod discovery;
pub mod end_session;
pub mod error;
pub mod form;
pub mod introspect;
pub mod jose;
mod json;
pub mod key_sets;
pub mod keys;
mod mask;
mod member;
pub mod organizations;
mod person;
pub mod provider;
pub mod rotation;
pub mod token;
pub mod userinfo;
