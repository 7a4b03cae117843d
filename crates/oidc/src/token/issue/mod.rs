//! Step 7: sign, then store what can be taken back. One write transaction, after everything slow.

pub(crate) mod id_token;
pub(crate) mod person;
mod successor;

use crate::error::OAuthError;
use crate::provider::{Provider, internal};
use crate::token::claims::protocol::{AccessTokenClaims, merge};
use serde_json::{Map, Value};

/// A token before its claims are known in full.
pub(crate) struct Draft<'r> {
    /// Of an opaque token, the token itself.
    pub(crate) jti: String,
    pub(crate) subject: &'r str,
    pub(crate) client_id: &'r str,
    /// `None`: this server itself; the token is opaque.
    pub(crate) audience: Option<&'r str>,
    /// `None` when the token has no scope: the member is then absent.
    pub(crate) scope: Option<String>,
    /// Seconds.
    pub(crate) lifetime: i64,
    /// The organization that a token for an API is about.
    pub(crate) organization_id: Option<&'r str>,
    /// Who acts for the subject (RFC 8693 §4.1).
    pub(crate) act: Option<&'r Value>,
}

/// A JWT access token (RFC 9068).
pub(crate) async fn sign(
    provider: &Provider,
    (draft, audience): (&Draft<'_>, &str),
    extra: Option<&Map<String, Value>>,
) -> Result<String, OAuthError> {
    let now = provider.now();
    let iat = now.seconds();
    let claims = AccessTokenClaims {
        organization_id: draft.organization_id,
        jti: &draft.jti,
        sub: draft.subject,
        iat,
        exp: iat.saturating_add(draft.lifetime),
        scope: draft.scope.as_deref(),
        client_id: draft.client_id,
        iss: provider.issuer(),
        aud: audience,
        act: draft.act,
    };
    let json = merge(&claims, extra).map_err(internal)?;
    let ring = provider.key_ring().await?;
    let key = ring.current(now).ok_or_else(|| internal("no key signs now"))?;
    key.sign_jwt(Some("at+jwt"), &json).map_err(internal)
}
