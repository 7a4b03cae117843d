//! The client credentials grant (RFC 6749 §4.4): a machine asks for itself, for exactly one resource (RFC 8707 §2), for an
//! organization that it belongs to, or for a resource in one.

use super::MachineGrant;
use super::target::{Recipient, of_resource};
use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use signet_core::resource::{ApiResource, ResourceIndicator};
use signet_core::scope::Scope;
use std::sync::Arc;

/// The parameters, as they were sent.
pub(super) struct Asked<'r> {
    pub(super) scope: Option<&'r Scope>,
    pub(super) resources: &'r [String],
    pub(super) organization_id: Option<&'r str>,
}

pub(super) async fn redeem(
    provider: &Provider,
    client: &AuthenticatedClient,
    asked: Asked<'_>,
) -> Result<MachineGrant, OAuthError> {
    let resource = resource(provider, &asked).await?;
    let organization = match asked.organization_id {
        Some(id) => {
            let member = provider.machine_member(&client.application.id, id).await?;
            Some(member.ok_or(OAuthError::NotAMember)?)
        }
        None => None,
    };
    let recipient = match (resource, organization) {
        (Some(resource), organization) => of_resource(resource, organization),
        (None, Some(member)) => Recipient::Organization(member),
        (None, None) => return Err(OAuthError::NoTarget),
    };
    Ok(MachineGrant { recipient, requested: asked.scope.cloned().unwrap_or_default() })
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
