//! What members of organizations may do there, as tokens and scripts need it. No query looks at an organization that it
//! was not asked about, and none at other members.
//!
//! Rows are put in order here, and what is there by its foreign key is joined as if it were not: asked for an order, or
//! left to choose where to begin, SQLite walks through the whole template instead of going to the member's roles.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::{Statement, statements};
use crate::store::Reader;
use crate::value::{Value, params};
use signet_core::held_role::HeldScope;
use signet_core::id::{ApplicationId, OrganizationId, OrganizationRoleId, ResourceId, UserId};
use signet_core::membership::{Belonging, MemberRole, Membership};
use signet_core::organization::OrganizationScope;
use signet_core::resource::ApiResource;

statements! {
    ORGANIZATION_OF_USER = "SELECT organizations.id, organizations.name, organizations.description, organizations.custom_data, organizations.is_mfa_required FROM organization_users LEFT JOIN organizations ON organizations.tenant_id = $1 AND organizations.id = organization_users.organization_id WHERE organization_users.tenant_id = $1 AND organization_users.organization_id = $2 AND organization_users.user_id = $3";
    ROLES_OF_USER = "SELECT organization_roles.id, organization_roles.name, organization_scopes.id, organization_scopes.name, organization_scopes.description FROM organization_user_roles LEFT JOIN organization_roles ON organization_roles.tenant_id = $1 AND organization_roles.id = organization_user_roles.role_id LEFT JOIN organization_roles_scopes ON organization_roles_scopes.tenant_id = $1 AND organization_roles_scopes.role_id = organization_roles.id LEFT JOIN organization_scopes ON organization_scopes.tenant_id = $1 AND organization_scopes.id = organization_roles_scopes.scope_id WHERE organization_user_roles.tenant_id = $1 AND organization_user_roles.organization_id = $2 AND organization_user_roles.user_id = $3";
    RESOURCE_SCOPES_OF_USER = "SELECT organization_user_roles.role_id, scopes.id, scopes.name, scopes.description, resources.id, resources.name, resources.indicator, resources.is_default, resources.access_token_ttl FROM organization_user_roles LEFT JOIN organization_roles_resource_scopes ON organization_roles_resource_scopes.tenant_id = $1 AND organization_roles_resource_scopes.role_id = organization_user_roles.role_id LEFT JOIN scopes ON scopes.tenant_id = $1 AND scopes.id = organization_roles_resource_scopes.scope_id LEFT JOIN resources ON resources.tenant_id = $1 AND resources.id = scopes.resource_id WHERE organization_user_roles.tenant_id = $1 AND organization_user_roles.organization_id = $2 AND organization_user_roles.user_id = $3";
    ORGANIZATION_OF_APPLICATION = "SELECT organizations.id, organizations.name, organizations.description, organizations.custom_data, organizations.is_mfa_required FROM organization_applications LEFT JOIN organizations ON organizations.tenant_id = $1 AND organizations.id = organization_applications.organization_id WHERE organization_applications.tenant_id = $1 AND organization_applications.organization_id = $2 AND organization_applications.application_id = $3";
    ROLES_OF_APPLICATION = "SELECT organization_roles.id, organization_roles.name, organization_scopes.id, organization_scopes.name, organization_scopes.description FROM organization_application_roles LEFT JOIN organization_roles ON organization_roles.tenant_id = $1 AND organization_roles.id = organization_application_roles.role_id LEFT JOIN organization_roles_scopes ON organization_roles_scopes.tenant_id = $1 AND organization_roles_scopes.role_id = organization_roles.id LEFT JOIN organization_scopes ON organization_scopes.tenant_id = $1 AND organization_scopes.id = organization_roles_scopes.scope_id WHERE organization_application_roles.tenant_id = $1 AND organization_application_roles.organization_id = $2 AND organization_application_roles.application_id = $3";
    RESOURCE_SCOPES_OF_APPLICATION = "SELECT organization_application_roles.role_id, scopes.id, scopes.name, scopes.description, resources.id, resources.name, resources.indicator, resources.is_default, resources.access_token_ttl FROM organization_application_roles LEFT JOIN organization_roles_resource_scopes ON organization_roles_resource_scopes.tenant_id = $1 AND organization_roles_resource_scopes.role_id = organization_application_roles.role_id LEFT JOIN scopes ON scopes.tenant_id = $1 AND scopes.id = organization_roles_resource_scopes.scope_id LEFT JOIN resources ON resources.tenant_id = $1 AND resources.id = scopes.resource_id WHERE organization_application_roles.tenant_id = $1 AND organization_application_roles.organization_id = $2 AND organization_application_roles.application_id = $3";
    /// Each role counts once, in however many organizations somebody has it.
    SCOPES_ANYWHERE = "SELECT name FROM scopes WHERE tenant_id = $1 AND resource_id = $3 AND id IN (SELECT scope_id FROM organization_roles_resource_scopes WHERE tenant_id = $1 AND role_id IN (SELECT role_id FROM organization_user_roles WHERE tenant_id = $1 AND user_id = $2))";
    BELONGINGS = "SELECT organizations.id, organizations.name, organizations.description, organization_roles.id, organization_roles.name FROM organization_users LEFT JOIN organizations ON organizations.tenant_id = $1 AND organizations.id = organization_users.organization_id LEFT JOIN organization_user_roles ON organization_user_roles.tenant_id = $1 AND organization_user_roles.organization_id = organization_users.organization_id AND organization_user_roles.user_id = organization_users.user_id LEFT JOIN organization_roles ON organization_roles.tenant_id = $1 AND organization_roles.id = organization_user_roles.role_id WHERE organization_users.tenant_id = $1 AND organization_users.user_id = $2";
}

/// The statements of one kind of members.
struct Kind {
    organization: Statement,
    roles: Statement,
    resource_scopes: Statement,
}

const PEOPLE: Kind =
    Kind { organization: ORGANIZATION_OF_USER, roles: ROLES_OF_USER, resource_scopes: RESOURCE_SCOPES_OF_USER };
const MACHINES: Kind = Kind {
    organization: ORGANIZATION_OF_APPLICATION,
    roles: ROLES_OF_APPLICATION,
    resource_scopes: RESOURCE_SCOPES_OF_APPLICATION,
};

/// Without roles.
impl FromRow for Membership {
    const TABLE: &'static str = "organizations";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            organization: row.parse(str::parse)?,
            name: row.take()?,
            description: row.take()?,
            custom_data: row.take()?,
            is_mfa_required: row.take()?,
            roles: Vec::new(),
        })
    }
}

/// A role with one of its permissions, or with none.
impl FromRow for MemberRole {
    const TABLE: &'static str = "organization_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let (id, name) = (row.parse(str::parse)?, row.take()?);
        let mut scopes = Vec::new();
        if let Some(id) = row.parse_optional(str::parse)? {
            scopes.push(OrganizationScope { id, name: row.take()?, description: row.take()? });
        }
        Ok(Self { id, name, scopes, resource_scopes: Vec::new() })
    }
}

/// A role with one of its scopes of APIs, or with none.
struct ResourceScope(OrganizationRoleId, Option<HeldScope>);

impl FromRow for ResourceScope {
    const TABLE: &'static str = "organization_roles_resource_scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let role = row.parse(str::parse)?;
        let Some(id) = row.parse_optional(str::parse)? else { return Ok(Self(role, None)) };
        let (name, description) = (row.take()?, row.take()?);
        let resource = ApiResource {
            id: row.parse(str::parse)?,
            name: row.take()?,
            indicator: row.take()?,
            is_default: row.take()?,
            access_token_ttl: row.take()?,
        };
        Ok(Self(role, Some(HeldScope { id, name, description, resource })))
    }
}

impl ResourceScope {
    fn by_name(&self) -> Option<(&str, &str)> {
        self.1.as_ref().map(|scope| (scope.resource.indicator.as_str(), scope.name.as_str()))
    }
}

/// The order of rows of one member.
fn by_name(row: &MemberRole) -> (&str, &str, Option<&str>) {
    (&row.name, row.id.as_str(), row.scopes.first().map(|scope| scope.name.as_str()))
}

struct ScopeName(String);

impl FromRow for ScopeName {
    const TABLE: &'static str = "scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

/// With one of the roles, or with none.
impl FromRow for Belonging {
    const TABLE: &'static str = "organization_users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let organization = row.parse(str::parse)?;
        let (name, description) = (row.take()?, row.take()?);
        let mut roles = Vec::new();
        if let Some(id) = row.parse_optional(str::parse)? {
            roles.push((id, row.take()?));
        }
        Ok(Self { organization, name, description, roles })
    }
}

impl Reader {
    /// A person in an organization. `None`: they are no member, or there is no such organization.
    pub async fn membership_of_user(
        &self,
        user: &UserId,
        organization: &OrganizationId,
    ) -> Result<Option<Membership>, StoreError> {
        self.membership(&PEOPLE, params![organization, user]).await
    }

    /// A machine in an organization.
    pub async fn membership_of_application(
        &self,
        application: &ApplicationId,
        organization: &OrganizationId,
    ) -> Result<Option<Membership>, StoreError> {
        self.membership(&MACHINES, params![organization, application]).await
    }

    async fn membership(&self, kind: &Kind, of: &[Value<'_>]) -> Result<Option<Membership>, StoreError> {
        let Some(mut membership) = self.one::<Membership>(kind.organization, of).await? else { return Ok(None) };
        let mut roles: Vec<MemberRole> = self.all(kind.roles, of).await?;
        roles.sort_by(|one, other| by_name(one).cmp(&by_name(other)));
        for mut one in roles {
            match membership.roles.last_mut().filter(|last| last.id == one.id) {
                Some(last) => last.scopes.append(&mut one.scopes),
                None => membership.roles.push(one),
            }
        }
        if !membership.roles.is_empty() {
            let mut granted: Vec<ResourceScope> = self.all(kind.resource_scopes, of).await?;
            granted.sort_by(|one, other| one.by_name().cmp(&other.by_name()));
            for ResourceScope(role, scope) in granted {
                // A role that came in between is not there yet; the next reader sees it whole.
                if let Some(role) = membership.roles.iter_mut().find(|known| known.id == role) {
                    role.resource_scopes.extend(scope);
                }
            }
        }
        Ok(Some(membership))
    }

    /// The scopes of a resource that a person has through roles in any organization.
    pub async fn scopes_held_in_organizations(
        &self,
        user: &UserId,
        resource: &ResourceId,
    ) -> Result<Vec<String>, StoreError> {
        let found: Vec<ScopeName> = self.all(SCOPES_ANYWHERE, params![user, resource]).await?;
        let mut names: Vec<String> = found.into_iter().map(|scope| scope.0).collect();
        names.sort();
        Ok(names)
    }

    /// All organizations of a person with the roles there, in one round trip, by id.
    pub async fn belongings(&self, user: &UserId) -> Result<Vec<Belonging>, StoreError> {
        let mut rows: Vec<Belonging> = self.all(BELONGINGS, params![user]).await?;
        let order = |one: &Belonging| (one.organization.clone(), one.roles.first().map(|(_, name)| name.clone()));
        rows.sort_by_cached_key(order);
        let mut belongings: Vec<Belonging> = Vec::new();
        for mut one in rows {
            match belongings.last_mut().filter(|last| last.organization == one.organization) {
                Some(last) => last.roles.append(&mut one.roles),
                None => belongings.push(one),
            }
        }
        Ok(belongings)
    }
}
