//! Our own access tokens, presented to our own APIs (RFC 6750, RFC 9068 §4).

use crate::error::OAuthError;
use crate::jose::verify::{Expected, TokenRejected};
use crate::provider::Provider;
use serde_json::{Map, Value};

/// Why a token is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum BearerError {
    #[error(transparent)]
    Rejected(#[from] TokenRejected),
    #[error(transparent)]
    Failed(#[from] OAuthError),
}

/// The claims of an access token that this provider issued for `audience` and that has not expired.
pub async fn verify(provider: &Provider, token: &str, audience: &str) -> Result<Map<String, Value>, BearerError> {
    let ring = provider.key_ring().await?;
    let expected = Expected { typ: Some("at+jwt"), issuer: provider.issuer(), audience, now: provider.now() };
    Ok(ring.verification().verify(token, &expected)?)
}
