//! `POST /oidc/token` (RFC 6749 §3.2). The steps are in `exchange`, in their order.

pub mod claims;
pub mod client_assertion;
pub mod client_auth;
pub mod credentials;
mod exchange;
mod grants;
mod issue;
mod permissions;
pub mod request;
mod response;
mod subject;

use crate::audit::{Origin, Params};
use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::request::{GrantRequest, TokenRequest};
pub use crate::token::response::TokenResponse;
use exchange::Trail;

/// Answers a token request. The audit log knows of it before the caller does: an answer that could not be recorded is
/// not given.
pub async fn handle(provider: &Provider, request: TokenRequest, origin: &Origin) -> Result<TokenResponse, OAuthError> {
    let announced = provider.store.store().audit().announce();
    let TokenRequest { credential, grant } = request;
    let mut trail = Trail::default();
    let (outcome, grant) = match grant {
        Ok(grant) => (exchange::run(provider, &credential, Ok(&grant), (origin, &mut trail)).await, Some(grant)),
        Err(error) => (exchange::run(provider, &credential, Err(error), (origin, &mut trail)).await, None),
    };
    count(grant.as_ref(), &outcome);
    let params = Params::of(&credential, grant.as_ref());
    exchange::record(provider, (announced, params), origin, (trail, &outcome)).await?;
    outcome
}

/// `signet_tokens_total` by grant and outcome, which is `granted` or the OAuth error.
fn count(grant: Option<&GrantRequest>, outcome: &Result<TokenResponse, OAuthError>) {
    let grant = grant.map_or("unknown", |grant| grant.grant_type().as_str());
    let outcome = outcome.as_ref().map_or_else(|error| error.wire().error, |_| "granted");
    metrics::counter!("signet_tokens_total", "grant" => grant, "outcome" => outcome).increment(1);
}
