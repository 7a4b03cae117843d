//! The userinfo endpoint (OIDC Core §5.3), and the tokens that open it: opaque ones that are still good.

use crate::error::{OAuthError, TokenError};
use crate::provider::Provider;
use serde_json::{Map, Value};
use signet_core::claims::standard::Audience;
use signet_core::secret::ValueHash;
use signet_core::token::OpaqueToken;

/// The path below `/oidc`.
pub const USERINFO_PATH: &str = "/me";

/// An opaque access token that has not expired, whose session lives if it needs one, and whose person may sign in.
pub(crate) async fn live_token(provider: &Provider, value: &str) -> Result<Option<OpaqueToken>, OAuthError> {
    let (hash, now) = (ValueHash::of(value), provider.now());
    let Some(backed) = provider.store.read().await?.backed_access_token(&hash, now).await? else { return Ok(None) };
    let token = backed.token;
    let has_session = backed.session.is_some_and(|session| session.user_id == token.user_id);
    if backed.grant.expires_at <= now || (token.expires_with_session && !has_session) {
        return Ok(None);
    }
    let person = provider.active_person(&token.user_id).await?;
    Ok(person.map(|_| token))
}

/// Finds the token that a request presents, so that its client is known before it is answered.
pub async fn presented(provider: &Provider, value: Option<&str>) -> Result<OpaqueToken, OAuthError> {
    let value = value.ok_or(TokenError::NoAccessToken)?;
    Ok(live_token(provider, value).await?.ok_or(TokenError::InvalidAccessToken)?)
}

/// What the token's scope says about its person. Switches of ID tokens do not count here.
pub async fn about(provider: &Provider, token: &OpaqueToken) -> Result<Map<String, Value>, OAuthError> {
    if !token.scope.contains("openid") {
        return Err(TokenError::OpenidScopeMissing.into());
    }
    let person = provider.active_person(&token.user_id).await?.ok_or(TokenError::InvalidAccessToken)?;
    let client = provider.client(token.client_id.as_str()).await?.ok_or(TokenError::InvalidAccessToken)?;
    person.claims((provider, &client.application), &token.scope, Audience::Userinfo).await
}
