//! Pushed authorization requests (RFC 9126): the client sends the request itself and the browser only a reference to
//! it, so that nobody in between can read or change it.

use super::checks;
use super::request::AuthorizeRequest;
use crate::error::{AuthorizeError, OAuthError};
use crate::form::Form;
use crate::provider::{Provider, internal};
use crate::token::client_auth;
use crate::token::credentials::ClientCredential;
use serde::Serialize;
use signet_core::secret::ValueHash;
use signet_core::token::OPAQUE_LENGTH;
use signet_storage::PushedRequest;
use std::time::Duration;

/// The endpoint's path below `/oidc`.
pub const PUSH_PATH: &str = "/request";
/// What references begin with (RFC 9126 §2.2).
const REFERENCE: &str = "urn:ietf:params:oauth:request_uri:";
const LIFETIME: Duration = Duration::from_mins(1);

/// The answer to a push.
#[derive(Serialize)]
pub struct Pushed {
    expires_in: u64,
    request_uri: String,
}

/// Keeps a request, once its client is known and it is as right as one that a browser brings.
pub async fn push(provider: &Provider, authorization: Option<&[u8]>, form: &Form) -> Result<Pushed, OAuthError> {
    let credential = ClientCredential::parse(authorization, form)?;
    let client = client_auth::authenticate(provider, &credential).await?;
    if form.get("request_uri").is_some() {
        return Err(AuthorizeError::PushedRequestUri.into());
    }
    let request = AuthorizeRequest::pushed(form, credential.client_id());
    let trusted = checks::trusted(provider, &request).await?;
    let checked = checks::all(provider, trusted, request).await?;
    let reference = provider.deps.rng.opaque(OPAQUE_LENGTH);
    let client_id = client.application.id.clone();
    let expires_at = provider.now().plus(LIFETIME);
    let kept = PushedRequest { client_id, params: checked.request.kept(), expires_at };
    let tx = provider.store.write().await?;
    tx.insert_pushed_request(&ValueHash::of(&reference), &kept).await?;
    tx.commit().await?;
    Ok(Pushed { expires_in: LIFETIME.as_secs(), request_uri: format!("{REFERENCE}{reference}") })
}

#[derive(Debug, thiserror::Error)]
#[error("a pushed request cannot be read")]
struct Unreadable;

/// The request that a reference stands for, which nobody gets twice. A request without one is what it says itself.
pub(super) async fn resolve(provider: &Provider, request: AuthorizeRequest) -> Result<AuthorizeRequest, OAuthError> {
    let Some(reference) = request.request_uri.as_deref().and_then(|uri| uri.strip_prefix(REFERENCE)) else {
        return Ok(request);
    };
    let gone = || OAuthError::from(AuthorizeError::PushedRequestGone);
    let hash = ValueHash::of(reference);
    let kept = provider.store.read().await?.pushed_request(&hash).await?.ok_or_else(gone)?;
    // RFC 9126 §7.3: another client's reference is not even used up.
    if kept.client_id.as_str() != request.client_id || kept.expires_at <= provider.now() {
        return Err(gone());
    }
    let tx = provider.store.write().await?;
    if !tx.delete_pushed_request(&hash).await? {
        return Err(gone());
    }
    tx.commit().await?;
    AuthorizeRequest::from_kept(&kept.params).ok_or_else(|| internal(Unreadable))
}
