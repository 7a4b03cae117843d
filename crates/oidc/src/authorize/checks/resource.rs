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
        // Stands for the organizations of the person. Its scopes are the permissions of the template.
        let existing = if indicator.as_str() == ORGANIZATIONS_INDICATOR {
            provider.organization_scopes().await?
        } else {
            let resource = provider.resource(indicator.as_str()).await?.ok_or(OAuthError::UnknownResource)?;
            provider.scopes_of_resource(&resource.id).await?
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
