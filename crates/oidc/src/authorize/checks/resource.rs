//! For which APIs tokens are wanted (RFC 8707 §2), and which of their scopes.

use crate::authorize::request::AuthorizeRequest;
use crate::error::OAuthError;
use crate::provider::Provider;
use signet_core::resource::{ORGANIZATIONS_INDICATOR, ResourceIndicator};
use signet_core::scope::Scope;
use std::collections::BTreeMap;

/// Whether the person holds these scopes is decided whenever a token is issued, because that may change.
pub(super) async fn check(
    provider: &Provider,
    request: &AuthorizeRequest,
) -> Result<BTreeMap<String, Scope>, OAuthError> {
    let mut resources = BTreeMap::new();
    for asked in &request.resource {
        let indicator: ResourceIndicator = asked.parse()?;
        let existing = match provider.resource(indicator.as_str()).await? {
            Some(resource) => provider.scopes_of_resource(&resource.id).await?,
            // Stands for the organizations of the person; its scopes are theirs.
            None if indicator.as_str() == ORGANIZATIONS_INDICATOR => std::sync::Arc::default(),
            None => return Err(OAuthError::UnknownResource),
        };
        resources.insert(asked.clone(), request.scope.intersect(&existing));
    }
    if request.resource.is_empty()
        && let Some(default) = provider.default_resource().await?
    {
        let existing = provider.scopes_of_resource(&default.id).await?;
        resources.insert(default.indicator.clone(), request.scope.intersect(&existing));
    }
    Ok(resources)
}
