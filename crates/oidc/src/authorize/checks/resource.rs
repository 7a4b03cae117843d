//! For which APIs tokens are wanted (RFC 8707 §2), and which of their scopes.

use crate::authorize::request::AuthorizeRequest;
use crate::error::OAuthError;
use crate::provider::Provider;
use signet_core::resource::{ApiResource, ORGANIZATIONS_INDICATOR, ResourceIndicator};
use signet_core::scope::Scope;
use signet_core::third_party::{Level, Reach};
use std::collections::BTreeMap;

/// Whether the person holds these scopes is decided whenever a token is issued, because that may change. What a
/// third-party application may not ask people for is left out.
pub(super) async fn check(
    provider: &Provider,
    reach: Option<&Reach>,
    request: &AuthorizeRequest,
) -> Result<BTreeMap<String, Scope>, OAuthError> {
    let mut resources = BTreeMap::new();
    for asked in &request.resource {
        let indicator: ResourceIndicator = asked.parse()?;
        let existing = match provider.resource(indicator.as_str()).await? {
            Some(resource) => of_api(provider, reach, &resource).await?,
            // Stands for the organizations of the person; its scopes are the permissions of the template.
            None if indicator.as_str() == ORGANIZATIONS_INDICATOR => of_organizations(provider, reach).await?,
            None => return Err(OAuthError::UnknownResource),
        };
        resources.insert(asked.clone(), request.scope.intersect(&existing));
    }
    if request.resource.is_empty()
        && let Some(default) = provider.default_resource().await?
    {
        let existing = of_api(provider, reach, &default).await?;
        resources.insert(default.indicator.clone(), request.scope.intersect(&existing));
    }
    Ok(resources)
}

async fn of_api(provider: &Provider, reach: Option<&Reach>, resource: &ApiResource) -> Result<Scope, OAuthError> {
    let existing = provider.scopes_of_resource(&resource.id).await?;
    Ok(match reach {
        Some(reach) => {
            let levels = [Level::Person, Level::Organization].map(|level| reach.api(level, &resource.id));
            let [own, in_organizations] = levels;
            existing.intersect(&own.union(&in_organizations))
        }
        None => (*existing).clone(),
    })
}

async fn of_organizations(provider: &Provider, reach: Option<&Reach>) -> Result<Scope, OAuthError> {
    let existing = provider.organization_scopes().await?;
    Ok(match reach {
        Some(reach) => existing.intersect(reach.organization()),
        None => (*existing).clone(),
    })
}
