//! What OAuth clients see.

mod authorization_code;
mod claims_script;
mod client_assertion;
mod client_authentication;
mod client_credentials;
mod discovery;
mod introspection;
mod jwks_uri;
mod robustness;
mod script_fetch;
