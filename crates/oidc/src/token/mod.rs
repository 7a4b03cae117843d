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
mod trail;

use crate::audit::{Origin, Params};
use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::request::{GrantRequest, TokenRequest};
pub use crate::token::response::TokenResponse;
use credentials::ClientCredential;
use trail::Trail;

/// Answers a token request. The audit log knows of it before the caller does: an answer that could not be recorded is
/// not given.
pub async fn handle(provider: &Provider, request: TokenRequest, origin: &Origin) -> Result<TokenResponse, OAuthError> {
    let TokenRequest { credential, grant } = request;
    match grant {
        Ok(grant) => answer(provider, &credential, Ok(&grant), origin).await,
        Err(error) => answer(provider, &credential, Err(error), origin).await,
    }
}

async fn answer(
    provider: &Provider,
    credential: &ClientCredential,
    grant: Result<&GrantRequest, OAuthError>,
    origin: &Origin,
) -> Result<TokenResponse, OAuthError> {
    let announced = provider.store.store().audit().announce();
    let parsed = grant.as_ref().ok().copied();
    let mut trail = Trail::new(Params::of(credential, parsed), origin);
    let outcome = exchange::run(provider, credential, grant, &mut trail).await;
    count(parsed, &outcome);
    trail.end(provider, announced, outcome.as_ref().err()).await?;
    outcome
}

/// `signet_tokens_total` by grant and outcome, which is `granted` or the OAuth error.
fn count(grant: Option<&GrantRequest>, outcome: &Result<TokenResponse, OAuthError>) {
    let grant = grant.map_or("unknown", |grant| grant.grant_type().as_str());
    let outcome = outcome.as_ref().map_or_else(|error| error.wire().error, |_| "granted");
    metrics::counter!("signet_tokens_total", "grant" => grant, "outcome" => outcome).increment(1);
}
