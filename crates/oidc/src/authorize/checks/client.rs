//! Who asks: a registered client (RFC 6749 §4.1.1).

use crate::authorize::request::AuthorizeRequest;
use crate::error::OAuthError;
use crate::provider::{Client, Provider};
use std::sync::Arc;

pub(super) async fn check(provider: &Provider, request: &AuthorizeRequest) -> Result<Arc<Client>, OAuthError> {
    let unknown = || OAuthError::UnknownClient(request.client_id.clone());
    provider.client(&request.client_id).await?.ok_or_else(unknown)
}
