//! The client credentials grant (RFC 6749 §4.4): a machine asks for itself, for exactly one resource (RFC 8707 §2).

use super::MachineGrant;
use crate::error::OAuthError;
use crate::provider::Provider;
use signet_core::resource::{ApiResource, ResourceIndicator};
use signet_core::scope::Scope;
use std::sync::Arc;

/// The parameters, as they were sent.
pub(super) struct Asked<'r> {
    pub(super) scope: Option<&'r Scope>,
    pub(super) resources: &'r [String],
    pub(super) organization_id: Option<&'r str>,
}

pub(super) async fn redeem(provider: &Provider, asked: Asked<'_>) -> Result<MachineGrant, OAuthError> {
    let resource = resource(provider, &asked).await?;
    if asked.organization_id.is_some() {
        // A machine is a member of no organization here, so every organization answers as one it does not belong to.
        return Err(OAuthError::NotAMember);
    }
    let resource = resource.ok_or(OAuthError::NoTarget)?;
    Ok(MachineGrant { resource, requested: asked.scope.cloned().unwrap_or_default() })
}

/// The named resource, else the tenant's default one, which counts only outside organizations.
async fn resource(provider: &Provider, asked: &Asked<'_>) -> Result<Option<Arc<ApiResource>>, OAuthError> {
    let named = match asked.resources {
        [] if asked.organization_id.is_some() => return Ok(None),
        [] => return provider.default_resource().await,
        [named] => named,
        [_, _, ..] => return Err(OAuthError::SeveralResources),
    };
    let indicator: ResourceIndicator = named.parse().map_err(OAuthError::InvalidIndicator)?;
    let found = provider.resource(indicator.as_str()).await?;
    found.map(Some).ok_or(OAuthError::UnknownResource)
}
