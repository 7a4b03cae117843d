//! What only OpenID Connect has: how fresh a sign-in must be, and whose (OIDC Core §3.1.2.1).

use crate::authorize::request::AuthorizeRequest;
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use serde_json::Value;
use signet_core::application::Application;
use signet_core::scope::Scope;

pub(super) fn max_age(request: &AuthorizeRequest, scope: &Scope) -> Result<Option<i64>, AuthorizeError> {
    let Some(text) = request.max_age.as_deref() else { return Ok(None) };
    needs_openid(scope, "max_age")?;
    let seconds = text.parse::<i64>().ok().filter(|seconds| *seconds >= 0);
    seconds.map(Some).ok_or(AuthorizeError::InvalidMaxAge)
}

/// The subject of `id_token_hint`. An expired ID token still says whom the client means; one of another client, or
/// any other kind of token, says nothing.
pub(super) async fn expected_user(
    provider: &Provider,
    application: &Application,
    request: &AuthorizeRequest,
    scope: &Scope,
) -> Result<Option<String>, OAuthError> {
    let Some(hint) = request.id_token_hint.as_deref() else { return Ok(None) };
    needs_openid(scope, "id_token_hint")?;
    let invalid = || OAuthError::from(AuthorizeError::InvalidHint);
    let ring = provider.key_ring().await?;
    let claims = ring.verification().verify_id_token_hint(hint, provider.issuer()).map_err(|_| invalid())?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("aud") != Some(application.id.as_str()) {
        return Err(invalid());
    }
    text("sub").map(|subject| Some(subject.to_owned())).ok_or_else(invalid)
}

fn needs_openid(scope: &Scope, parameter: &'static str) -> Result<(), AuthorizeError> {
    if scope.contains("openid") { Ok(()) } else { Err(AuthorizeError::OpenidScopeMissing(parameter)) }
}
