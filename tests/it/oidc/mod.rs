//! What OAuth clients see.

mod access_control;
mod authorization_code;
mod authorize;
mod claims_script;
mod client_assertion;
mod client_authentication;
mod client_credentials;
mod device_flow;
mod discovery;
mod id_token;
mod introspection;
mod jwks_uri;
mod organization_races;
mod organization_scripts;
mod organization_tokens;
mod organization_walls;
mod permissions_model;
mod refresh_token;
mod robustness;
mod script_fetch;
mod stored_tokens;
mod suspension;
mod third_party;
mod third_party_model;
mod token_exchange;
mod user_script;
