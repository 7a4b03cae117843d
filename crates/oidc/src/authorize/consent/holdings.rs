//! What of the wanted scopes a person can allow: what they hold, at their own level and in each organization, as far as
//! the application may reach.

use crate::authorize::checks::Wanted;
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use signet_core::application::Application;
use signet_core::id::{ApplicationId, OrganizationId, UserId};
use signet_core::resource::{ApiResource, ORGANIZATIONS_INDICATOR};
use signet_core::scope::Scope;
use signet_core::third_party::Level;
use signet_storage::{MemberScope, Reader, StoreError};
use std::sync::Arc;

pub(crate) struct Holdings(pub(super) Vec<HeldApi>);

/// Wanted scopes of one API.
pub(super) struct HeldApi {
    pub(super) resource: Arc<ApiResource>,
    /// Of global roles.
    pub(super) own: Scope,
    /// Of roles in organizations.
    pub(super) in_organizations: Vec<MemberScope>,
}

/// The organizations whose roles count for an application.
pub(crate) enum Organizations {
    All,
    These(Vec<OrganizationId>),
}

impl Organizations {
    fn has(&self, organization: &OrganizationId) -> bool {
        match self {
            Self::All => true,
            Self::These(consented) => consented.contains(organization),
        }
    }
}

pub(crate) async fn organizations(
    reader: &Reader,
    (client, user): (&ApplicationId, &UserId),
    application: &Application,
) -> Result<Organizations, StoreError> {
    if !application.is_third_party {
        return Ok(Organizations::All);
    }
    reader.consented_organization_ids(client, user).await.map(Organizations::These)
}

pub(crate) async fn of(
    provider: &Provider,
    (user, application): (&UserId, &Application),
    wanted: &Wanted,
) -> Result<Holdings, OAuthError> {
    let reach = provider.reach(application).await?;
    // Suspended in this moment.
    let person = provider.active_person(user).await?.ok_or(AuthorizeError::SessionMismatch)?;
    let mut held = Vec::new();
    for (indicator, asked) in &wanted.resources {
        let Some(resource) = provider.resource(indicator).await? else { continue };
        let within = |level| match &reach {
            Some(reach) => asked.intersect(&reach.api(level, &resource.id)),
            None => asked.clone(),
        };
        let own = within(Level::Person).intersect(&person.scopes_of(&resource.id));
        let in_organizations = within(Level::Organization);
        let mut roles = Vec::new();
        if !in_organizations.is_empty() {
            roles = provider.store.read().await?.api_scopes_in_organizations(user, &resource.id).await?;
            roles.retain(|held| in_organizations.contains(&held.scope.name));
        }
        held.push(HeldApi { resource, own, in_organizations: roles });
    }
    Ok(Holdings(held))
}

impl Holdings {
    /// What a consent allows. Permissions of organizations are allowed by name: who holds them where is decided whenever
    /// a token is issued.
    pub(crate) fn allowed(&self, wanted: &Wanted, counted: &Organizations) -> Wanted {
        let of_organizations = |(indicator, scope): (&String, &Scope)| {
            let scope = if indicator == ORGANIZATIONS_INDICATOR { scope.clone() } else { Scope::default() };
            (indicator.clone(), scope)
        };
        let mut resources: std::collections::BTreeMap<_, _> = wanted.resources.iter().map(of_organizations).collect();
        for api in &self.0 {
            let counted = api.in_organizations.iter().filter(|held| counted.has(&held.organization));
            let names: Scope = counted.map(|held| held.scope.name.as_str()).collect();
            resources.insert(api.resource.indicator.clone(), api.own.union(&names));
        }
        Wanted { openid: wanted.openid.clone(), resources }
    }
}
