//! The one-time token of a link that was sent to somebody. A request is never refused because of it: one that is used up
//! or wrong is for the pages to talk about, and nothing to whoever is signed in.

use crate::authorize::request::AuthorizeRequest;
use crate::error::OAuthError;
use crate::provider::Provider;
use signet_core::one_time_token::OneTimeTokenStatus;
use signet_core::secret::ValueHash;

/// Whether the request brings a token that can still be used.
pub(super) async fn is_usable(provider: &Provider, request: &AuthorizeRequest) -> Result<bool, OAuthError> {
    let Some(value) = &request.extra.one_time_token else { return Ok(false) };
    let token = provider.store.read().await?.one_time_token_by_value(&ValueHash::of(value)).await?;
    Ok(token.is_some_and(|token| token.at(provider.now()).status == OneTimeTokenStatus::Active))
}
