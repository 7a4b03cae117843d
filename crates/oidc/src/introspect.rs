//! Token introspection (RFC 7662) and revocation (RFC 7009), for the tokens that exist: JWT access tokens, which can
//! be neither. Anything else is unknown.

use crate::error::OAuthError;
use crate::form::Form;
use crate::provider::Provider;
use crate::token::client_auth;
use crate::token::credentials::ClientCredential;

/// The paths below `/oidc`.
pub const INTROSPECTION_PATH: &str = "/token/introspection";
pub const REVOCATION_PATH: &str = "/token/revocation";

/// The answer about a token that is unknown, expired or not the caller's business (RFC 7662 §2.2).
#[derive(Debug, serde::Serialize)]
pub struct Inactive {
    active: bool,
}

/// `POST /oidc/token/introspection`.
pub async fn introspect(
    provider: &Provider,
    authorization: Option<&[u8]>,
    form: &Form,
) -> Result<Inactive, OAuthError> {
    if is_structured(presented(provider, authorization, form).await?) {
        return Err(OAuthError::JwtNotIntrospectable);
    }
    Ok(Inactive { active: false })
}

/// `POST /oidc/token/revocation`. An unknown token is revoked already (RFC 7009 §2.2).
pub async fn revoke(provider: &Provider, authorization: Option<&[u8]>, form: &Form) -> Result<(), OAuthError> {
    if is_structured(presented(provider, authorization, form).await?) {
        return Err(OAuthError::JwtNotRevocable);
    }
    Ok(())
}

/// The presented token, after its presenter was authenticated (RFC 7662 §2.1).
async fn presented<'f>(
    provider: &Provider,
    authorization: Option<&[u8]>,
    form: &'f Form,
) -> Result<&'f str, OAuthError> {
    let credential = ClientCredential::parse(authorization, form)?;
    client_auth::authenticate(provider, &credential).await?;
    form.required("token")
}

/// Three parts of base64url: a JWS in compact form (RFC 7515 §7.1). Opaque tokens hold no dot.
fn is_structured(token: &str) -> bool {
    let parts: Vec<&str> = token.split('.').collect();
    let letters = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    parts.len() == 3 && parts.iter().all(letters) && !token.starts_with('.')
}
