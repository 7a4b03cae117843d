//! Third-party applications: what they may ask people for, and how they look when they do.
//!
//! An application of somebody else reaches as far as an administrator configured and a person agreed. Both are needed.

use crate::id::ResourceId;
use crate::organization::OrganizationScope;
use crate::resource::ApiScope;
use crate::scope::Scope;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What every application may ask for: who somebody is, and to know it for longer than their session.
const ALWAYS: [&str; 2] = ["openid", "offline_access"];

/// The scopes of user data that an application can be allowed to ask for: all others that mean something without a
/// resource.
pub const USER_SCOPES: [&str; 11] = [
    "profile",
    "email",
    "phone",
    "address",
    "custom_data",
    "identities",
    "roles",
    "urn:logto:scope:organizations",
    "urn:logto:scope:organization_roles",
    "urn:logto:scope:sessions",
    "urn:logto:scope:trusted_devices",
];

/// Whose roles a scope of an API comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Global roles.
    Person,
    /// Roles in an organization.
    Organization,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
        }
    }
}

/// What an application may ask for, with the names that people and administrators read.
#[derive(Debug, Clone, Default)]
pub struct ConsentScopes {
    pub user: Vec<String>,
    /// At the level of the person.
    pub apis: Vec<ApiScope>,
    /// At the level of organizations.
    pub organization_apis: Vec<ApiScope>,
    pub organization: Vec<OrganizationScope>,
}

/// How far an application may reach: the names of [`ConsentScopes`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    user: Scope,
    apis: HashMap<ResourceId, Scope>,
    organization_apis: HashMap<ResourceId, Scope>,
    organization: Scope,
}

impl From<&ConsentScopes> for Reach {
    fn from(scopes: &ConsentScopes) -> Self {
        Self {
            user: scopes.user.iter().map(String::as_str).collect(),
            apis: by_resource(&scopes.apis),
            organization_apis: by_resource(&scopes.organization_apis),
            organization: scopes.organization.iter().map(|scope| scope.name.as_str()).collect(),
        }
    }
}

fn by_resource(scopes: &[ApiScope]) -> HashMap<ResourceId, Scope> {
    let mut names: HashMap<ResourceId, Scope> = HashMap::new();
    for scope in scopes {
        let of_resource = names.entry(scope.resource_id.clone()).or_default();
        *of_resource = of_resource.union(&std::iter::once(scope.name.as_str()).collect());
    }
    names
}

impl Reach {
    /// Scopes of OpenID Connect.
    pub fn openid(&self) -> Scope {
        ALWAYS.into_iter().collect::<Scope>().union(&self.user)
    }

    /// Scopes of an API that come from one level.
    pub fn api(&self, level: Level, resource: &ResourceId) -> Scope {
        let of_level = match level {
            Level::Person => &self.apis,
            Level::Organization => &self.organization_apis,
        };
        of_level.get(resource).cloned().unwrap_or_default()
    }

    /// Permissions of organizations.
    pub fn organization(&self) -> &Scope {
        &self.organization
    }
}

/// How an application looks on the page that asks for consent, where it differs from the tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appearance {
    pub color: Map<String, Value>,
    pub branding: Map<String, Value>,
    pub custom_css: Option<String>,
    pub terms_of_use_url: Option<String>,
    pub privacy_policy_url: Option<String>,
    pub display_name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn scope(resource: &str, name: &str) -> ApiScope {
        ApiScope {
            id: name.parse().unwrap(),
            resource_id: resource.parse().unwrap(),
            name: name.to_owned(),
            description: None,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn who_somebody_is_need_not_be_configured() {
        let reach = Reach::from(&ConsentScopes { user: vec!["email".into()], ..ConsentScopes::default() });
        assert_eq!(reach.openid().to_string(), "openid offline_access email");
    }

    #[test]
    fn whatever_means_something_can_be_asked_for() {
        let all: Vec<&str> = ALWAYS.into_iter().chain(USER_SCOPES).collect();
        assert_eq!(all, crate::scope::SUPPORTED_SCOPES);
    }

    #[test]
    fn what_one_level_may_give_the_other_may_not() {
        let reach = Reach::from(&ConsentScopes {
            apis: vec![scope("shop", "read"), scope("shop", "write"), scope("other", "delete")],
            organization_apis: vec![scope("shop", "delete")],
            ..ConsentScopes::default()
        });
        let shop = "shop".parse().unwrap();
        assert_eq!(reach.api(Level::Person, &shop).to_string(), "read write");
        assert_eq!(reach.api(Level::Organization, &shop).to_string(), "delete");
        assert!(reach.api(Level::Person, &"none".parse().unwrap()).is_empty() && reach.organization().is_empty());
    }
}
