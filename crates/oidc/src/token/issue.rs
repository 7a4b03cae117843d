//! Step 7: sign.

use crate::error::OAuthError;
use crate::provider::{Provider, internal};
use crate::token::claims::protocol::{AccessTokenClaims, merge};
use serde_json::{Map, Value};

/// A token before its claims are known in full.
pub(crate) struct Draft<'r> {
    pub(crate) jti: String,
    pub(crate) client_id: &'r str,
    pub(crate) audience: &'r str,
    /// `None` when the token has no scope: the member is then absent.
    pub(crate) scope: Option<String>,
    /// Seconds.
    pub(crate) lifetime: i64,
}

/// A JWT access token (RFC 9068).
pub(crate) async fn sign(
    provider: &Provider,
    draft: &Draft<'_>,
    extra: Option<&Map<String, Value>>,
) -> Result<String, OAuthError> {
    let now = provider.now();
    let iat = now.seconds();
    let claims = AccessTokenClaims {
        jti: &draft.jti,
        sub: draft.client_id,
        iat,
        exp: iat.saturating_add(draft.lifetime),
        scope: draft.scope.as_deref(),
        client_id: draft.client_id,
        iss: provider.issuer(),
        aud: draft.audience,
    };
    let json = merge(&claims, extra).map_err(internal)?;
    let ring = provider.key_ring().await?;
    let key = ring.current(now).ok_or_else(|| internal("no key signs now"))?;
    key.sign_jwt(Some("at+jwt"), &json).map_err(internal)
}
