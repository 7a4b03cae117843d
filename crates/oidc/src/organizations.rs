//! What is kept in memory about organizations. Any write of organizations, their members or the template of roles makes
//! it forgotten, so whoever leaves gets nothing from the next request on.

use crate::error::{InvalidGrant, OAuthError};
use crate::member::Member;
use crate::provider::{CAPACITY, Lookup, PEOPLE, Provider, found};
use serde_json::Value;
use signet_core::application::Application;
use signet_core::id::{ApplicationId, OrganizationId, ResourceId, UserId};
use signet_core::membership::Belonging;
use signet_core::rbac::Mode;
use signet_core::scope::Scope;
use signet_storage::{Cached, Store, StoreError, Topic};
use std::sync::Arc;

/// The key of the setting of how far permissions reach.
pub const PERMISSIONS_CONFIG: &str = "permissions";

/// Members that one tenant keeps in memory. Each has its organization's custom data with it.
const MEMBERS: u64 = 4_000;

/// What members hold: of roles in organizations, whose scopes may be an API's.
const HELD: [Topic; 3] = [Topic::Organizations, Topic::Roles, Topic::Resources];

pub(crate) struct Organizations {
    people: Cached<(UserId, OrganizationId), Arc<Member>>,
    machines: Cached<(ApplicationId, OrganizationId), Arc<Member>>,
    scopes_anywhere: Cached<(UserId, ResourceId), Arc<Scope>>,
    belongings: Cached<UserId, Arc<[Belonging]>>,
    person_views: Cached<UserId, Arc<str>>,
    template_scopes: Cached<(), Arc<Scope>>,
    mode: Cached<(), Mode>,
}

impl Organizations {
    pub(crate) fn new(store: &Store) -> Self {
        let whole_person = [Topic::Users, Topic::Roles, Topic::Resources, Topic::Organizations];
        Self {
            people: store.cached_over(&HELD, MEMBERS),
            machines: store.cached_over(&HELD, MEMBERS),
            scopes_anywhere: store.cached_over(&HELD, CAPACITY),
            belongings: store.cached(Topic::Organizations, PEOPLE),
            person_views: store.cached_over(&whole_person, PEOPLE),
            template_scopes: store.cached(Topic::Organizations, 1),
            mode: store.cached(Topic::Configs, 1),
        }
    }
}

impl Provider {
    /// A person in an organization. `None`: they are no member, or there is no such organization.
    pub(crate) async fn member(&self, user: &UserId, organization: &str) -> Result<Option<Arc<Member>>, OAuthError> {
        // An id that breaks the grammar belongs to no organization.
        let Ok(organization) = organization.parse::<OrganizationId>() else { return Ok(None) };
        let load = async |(user, organization): &(UserId, OrganizationId)| {
            let membership = self.store.read().await?.membership_of_user(user, organization).await?;
            membership.map(|membership| Arc::new(Member::new(membership))).ok_or(Lookup::Missing)
        };
        found(self.organizations.people.get_or_load((user.clone(), organization), load).await)
    }

    /// A machine in an organization.
    pub(crate) async fn machine_member(
        &self,
        application: &ApplicationId,
        organization: &str,
    ) -> Result<Option<Arc<Member>>, OAuthError> {
        let Ok(organization) = organization.parse::<OrganizationId>() else { return Ok(None) };
        let load = async |(application, organization): &(ApplicationId, OrganizationId)| {
            let membership = self.store.read().await?.membership_of_application(application, organization).await?;
            membership.map(|membership| Arc::new(Member::new(membership))).ok_or(Lookup::Missing)
        };
        found(self.organizations.machines.get_or_load((application.clone(), organization), load).await)
    }

    /// The scopes of a resource that a person has through roles in any organization.
    pub(crate) async fn scopes_in_organizations(
        &self,
        user: &UserId,
        resource: &ResourceId,
    ) -> Result<Arc<Scope>, OAuthError> {
        let load = async |(user, resource): &(UserId, ResourceId)| {
            let held = self.store.read().await?.scopes_held_in_organizations(user, resource).await?;
            Ok::<_, StoreError>(Arc::new(held.iter().map(String::as_str).collect::<Scope>()))
        };
        Ok(self.organizations.scopes_anywhere.get_or_load((user.clone(), resource.clone()), load).await?)
    }

    /// All organizations of a person. Some people have many, so this is asked only for scripts and claims about them.
    pub(crate) async fn belongings(&self, user: &UserId) -> Result<Arc<[Belonging]>, OAuthError> {
        let load = async |user: &UserId| {
            let belongings = self.store.read().await?.belongings(user).await?;
            Ok::<_, StoreError>(Arc::from(belongings))
        };
        Ok(self.organizations.belongings.get_or_load(user.clone(), load).await?)
    }

    /// The organizations of a person that an application may know of: a third party's are those that it was let into,
    /// asked for anew each time, because a consent can be withdrawn.
    pub(crate) async fn belongings_shown_to(
        &self,
        application: &Application,
        user: &UserId,
    ) -> Result<Arc<[Belonging]>, OAuthError> {
        let all = self.belongings(user).await?;
        if !application.is_third_party {
            return Ok(all);
        }
        let consented = self.store.read().await?.consented_organization_ids(&application.id, user).await?;
        Ok(all.iter().filter(|one| consented.contains(&one.organization)).cloned().collect())
    }

    /// `context.user` of scripts, serialized once.
    pub(crate) async fn person_view(&self, user: &UserId) -> Result<Arc<str>, OAuthError> {
        let load = async |user: &UserId| {
            // Asked again: whoever asks for the view may have read the person before they changed.
            let person = self.person(user).await?.ok_or(InvalidGrant::User)?;
            let belongings = self.belongings(user).await?;
            Ok::<_, OAuthError>(Arc::from(person.script_view(self.tenant(), &belongings).to_string()))
        };
        self.organizations.person_views.get_or_load(user.clone(), load).await
    }

    /// All permissions of the organization template.
    pub(crate) async fn organization_scopes(&self) -> Result<Arc<Scope>, OAuthError> {
        let load = async |(): &()| {
            let scopes = self.store.read().await?.organization_scopes(None, None).await?.items;
            Ok::<_, StoreError>(Arc::new(scopes.iter().map(|scope| scope.name.as_str()).collect::<Scope>()))
        };
        Ok(self.organizations.template_scopes.get_or_load((), load).await?)
    }

    /// How far permissions reach in this tenant.
    pub(crate) async fn permission_mode(&self) -> Result<Mode, OAuthError> {
        let load = async |(): &()| {
            let stored = self.store.read().await?.config(PERMISSIONS_CONFIG).await?;
            mode_of(stored.as_ref())
        };
        Ok(self.organizations.mode.get_or_load((), load).await?)
    }
}

/// What a stored setting says. Nothing stored: the default. What cannot be read is no default: it may have been the
/// stricter one.
pub fn mode_of(stored: Option<&Value>) -> Result<Mode, StoreError> {
    let Some(stored) = stored else { return Ok(Mode::default()) };
    let mode = stored.get("mode").and_then(Value::as_str).and_then(Mode::parse);
    mode.ok_or_else(|| StoreError::Corrupt { table: "configs", reason: "no mode of permissions".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_setting_that_cannot_be_read_is_not_taken_for_the_wider_one() {
        assert_eq!(mode_of(None).unwrap(), Mode::Compatible);
        assert_eq!(mode_of(Some(&json!({"mode": "strict"}))).unwrap(), Mode::Strict);
        for broken in [json!({}), json!({"mode": "lax"}), json!({"mode": 1}), json!(null)] {
            assert!(mode_of(Some(&broken)).is_err(), "{broken}");
        }
    }
}
