//! What a person is shown: what the client wants, they hold, and it has not got.

use super::Consent;
use crate::error::OAuthError;
use crate::provider::Provider;
use signet_core::id::OrganizationId;
use signet_core::organization::OrganizationScope;
use signet_core::resource::{ApiResource, ApiScope, ORGANIZATIONS_INDICATOR};
use signet_core::scope::{ORGANIZATIONS_SCOPE, Scope};

/// What is missing beside scopes of OpenID Connect.
#[derive(Debug, Default)]
pub struct Missing {
    /// At the level of the person.
    pub own: Vec<MissingScopes>,
    /// The organizations that the person may let the client into. Empty unless it asks for the first time.
    pub organizations: Vec<MissingInOrganization>,
}

/// Scopes of an API, or permissions of organizations.
#[derive(Debug, Clone)]
pub struct MissingScopes {
    pub resource: NamedResource,
    pub scopes: Vec<NamedScope>,
}

#[derive(Debug)]
pub struct MissingInOrganization {
    pub id: OrganizationId,
    pub name: String,
    pub scopes: Vec<MissingScopes>,
}

#[derive(Debug, Clone)]
pub struct NamedResource {
    pub id: String,
    pub name: String,
    pub indicator: String,
}

#[derive(Debug, Clone)]
pub struct NamedScope {
    pub id: String,
    pub name: String,
    pub description: Option<String>,
}

impl NamedResource {
    /// Stands for the organizations of a person, which have no name but this.
    fn organizations() -> Self {
        let name = ORGANIZATIONS_INDICATOR.to_owned();
        Self { id: name.clone(), name: name.clone(), indicator: name }
    }
}

impl MissingScopes {
    pub fn is_about_organizations(&self) -> bool {
        self.resource.indicator == ORGANIZATIONS_INDICATOR
    }

    fn of_api(resource: &ApiResource, scopes: Vec<ApiScope>) -> Option<Self> {
        let named =
            |scope: ApiScope| NamedScope { id: scope.id.to_string(), name: scope.name, description: scope.description };
        let resource = NamedResource {
            id: resource.id.to_string(),
            name: resource.name.clone(),
            indicator: resource.indicator.clone(),
        };
        (!scopes.is_empty()).then(|| Self { resource, scopes: scopes.into_iter().map(named).collect() })
    }
}

impl Consent {
    /// Scopes of OpenID Connect that the client has not got. `openid` and `offline_access` are not shown.
    pub fn missing_openid(&self) -> Scope {
        let held = self.before.as_ref().map(|grant| grant.openid.clone()).unwrap_or_default();
        let shown = |name: &&str| !matches!(*name, "openid" | "offline_access");
        self.wanted.openid.without(&held).iter().filter(shown).collect()
    }

    pub async fn missing(&self, provider: &Provider) -> Result<Missing, OAuthError> {
        let permissions = self.missing_permissions(provider).await?;
        let mut own: Vec<MissingScopes> = permissions.iter().cloned().collect();
        for api in &self.holdings.0 {
            let names = api.own.without(&self.had(&api.resource.indicator));
            if !names.is_empty() {
                let reader = provider.store.read().await?;
                let mut scopes = reader.scopes_of_resources(std::slice::from_ref(&api.resource.id)).await?;
                scopes.retain(|scope| names.contains(&scope.name));
                own.extend(MissingScopes::of_api(&api.resource, scopes));
            }
        }
        let mut organizations = Vec::new();
        if self.missing_openid().contains(ORGANIZATIONS_SCOPE) {
            for organization in provider.store.read().await?.organizations_of_user(&self.active.user.id).await? {
                let scopes = permissions.iter().cloned().chain(self.missing_in(&organization.id)).collect();
                organizations.push(MissingInOrganization { id: organization.id, name: organization.name, scopes });
            }
        }
        Ok(Missing { own, organizations })
    }

    /// What of an API the client has.
    fn had(&self, indicator: &str) -> Scope {
        self.before.as_ref().and_then(|grant| grant.resources.get(indicator).cloned()).unwrap_or_default()
    }

    /// The same for every organization: who holds them where is looked at when a token is issued.
    async fn missing_permissions(&self, provider: &Provider) -> Result<Option<MissingScopes>, OAuthError> {
        let wanted = self.wanted.resources.get(ORGANIZATIONS_INDICATOR).cloned().unwrap_or_default();
        let names = wanted.without(&self.had(ORGANIZATIONS_INDICATOR));
        if names.is_empty() {
            return Ok(None);
        }
        let template = provider.store.read().await?.organization_scopes(None, None).await?.items;
        let missing = template.into_iter().filter(|scope| names.contains(&scope.name));
        let shown = |scope: OrganizationScope| NamedScope {
            id: scope.id.to_string(),
            name: scope.name,
            description: scope.description,
        };
        Ok(Some(MissingScopes { resource: NamedResource::organizations(), scopes: missing.map(shown).collect() }))
    }

    fn missing_in(&self, organization: &OrganizationId) -> impl Iterator<Item = MissingScopes> {
        self.holdings.0.iter().filter_map(move |api| {
            let had = self.had(&api.resource.indicator);
            let held = api.in_organizations.iter().filter(|held| held.organization == *organization);
            let scopes = held.filter(|held| !had.contains(&held.scope.name)).map(|held| held.scope.clone());
            MissingScopes::of_api(&api.resource, scopes.collect())
        })
    }
}
