//! Who may use an application whose access is controlled.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::access_control::AccessRules;
use signet_core::id::{ApplicationId, OrganizationId, OrganizationRoleId, UserId};

statements! {
    USERS = "SELECT user_id FROM application_access_users WHERE tenant_id = $1 AND application_id = $2 ORDER BY user_id";
    ROLES = "SELECT role_id FROM application_access_roles WHERE tenant_id = $1 AND application_id = $2 ORDER BY role_id";
    ORGANIZATIONS = "SELECT organization_id FROM application_access_organizations WHERE tenant_id = $1 AND application_id = $2 ORDER BY organization_id";
    ORGANIZATION_ROLES = "SELECT organization_id, role_id FROM application_access_organization_roles WHERE tenant_id = $1 AND application_id = $2 ORDER BY organization_id, role_id";
    /// A row for the first rule that lets somebody in. Each part looks for one person and starts with the rules of one
    /// application, so its cost grows with neither people nor organizations.
    MATCHES = "SELECT application_access_users.user_id FROM application_access_users WHERE application_access_users.tenant_id = $1 AND application_access_users.application_id = $2 AND application_access_users.user_id = $3 UNION ALL SELECT users_roles.user_id FROM application_access_roles JOIN users_roles ON users_roles.tenant_id = $1 AND users_roles.role_id = application_access_roles.role_id WHERE application_access_roles.tenant_id = $1 AND application_access_roles.application_id = $2 AND users_roles.user_id = $3 UNION ALL SELECT organization_users.user_id FROM application_access_organizations JOIN organization_users ON organization_users.tenant_id = $1 AND organization_users.organization_id = application_access_organizations.organization_id WHERE application_access_organizations.tenant_id = $1 AND application_access_organizations.application_id = $2 AND organization_users.user_id = $3 UNION ALL SELECT organization_user_roles.user_id FROM application_access_organization_roles JOIN organization_user_roles ON organization_user_roles.tenant_id = $1 AND organization_user_roles.organization_id = application_access_organization_roles.organization_id AND organization_user_roles.role_id = application_access_organization_roles.role_id WHERE application_access_organization_roles.tenant_id = $1 AND application_access_organization_roles.application_id = $2 AND organization_user_roles.user_id = $3 LIMIT 1";
    ADD_USER = "INSERT INTO application_access_users (tenant_id, application_id, user_id) VALUES ($1, $2, $3)";
    ADD_ROLE = "INSERT INTO application_access_roles (tenant_id, application_id, role_id) VALUES ($1, $2, $3)";
    ADD_ORGANIZATION = "INSERT INTO application_access_organizations (tenant_id, application_id, organization_id) VALUES ($1, $2, $3)";
    ADD_ORGANIZATION_ROLE = "INSERT INTO application_access_organization_roles (tenant_id, application_id, organization_id, role_id) VALUES ($1, $2, $3, $4)";
    CLEAR_USERS = "DELETE FROM application_access_users WHERE tenant_id = $1 AND application_id = $2";
    CLEAR_ROLES = "DELETE FROM application_access_roles WHERE tenant_id = $1 AND application_id = $2";
    CLEAR_ORGANIZATIONS = "DELETE FROM application_access_organizations WHERE tenant_id = $1 AND application_id = $2";
    CLEAR_ORGANIZATION_ROLES = "DELETE FROM application_access_organization_roles WHERE tenant_id = $1 AND application_id = $2";
}

struct Id<T>(T);

impl<T: std::str::FromStr<Err: std::fmt::Display>> FromRow for Id<T> {
    const TABLE: &'static str = "application_access";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

struct Pair(OrganizationId, OrganizationRoleId);

impl FromRow for Pair {
    const TABLE: &'static str = "application_access_organization_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, row.parse(str::parse)?))
    }
}

impl Reader {
    pub async fn access_rules(&self, application: &ApplicationId) -> Result<AccessRules, StoreError> {
        let users = self.all(USERS, params![application]).await?.into_iter().map(|Id(id)| id).collect();
        let roles = self.all(ROLES, params![application]).await?.into_iter().map(|Id(id)| id).collect();
        let organizations = self.all(ORGANIZATIONS, params![application]).await?.into_iter().map(|Id(id)| id).collect();
        let pairs: Vec<Pair> = self.all(ORGANIZATION_ROLES, params![application]).await?;
        let organization_roles = pairs.into_iter().map(|Pair(organization, role)| (organization, role)).collect();
        Ok(AccessRules { users, roles, organizations, organization_roles })
    }

    /// Whether any rule of the application lets this person in.
    pub async fn access_rules_match(&self, application: &ApplicationId, user: &UserId) -> Result<bool, StoreError> {
        Ok(self.one::<Id<UserId>>(MATCHES, params![application, user]).await?.is_some())
    }
}

impl Tx {
    /// Each list holds an entry once.
    pub async fn replace_access_rules(
        &self,
        application: &ApplicationId,
        rules: &AccessRules,
    ) -> Result<(), StoreError> {
        for clear in [CLEAR_USERS, CLEAR_ROLES, CLEAR_ORGANIZATIONS, CLEAR_ORGANIZATION_ROLES] {
            self.execute(clear, params![application]).await?;
        }
        for user in &rules.users {
            self.execute(ADD_USER, params![application, user]).await?;
        }
        for role in &rules.roles {
            self.execute(ADD_ROLE, params![application, role]).await?;
        }
        for organization in &rules.organizations {
            self.execute(ADD_ORGANIZATION, params![application, organization]).await?;
        }
        for (organization, role) in &rules.organization_roles {
            self.execute(ADD_ORGANIZATION_ROLE, params![application, organization, role]).await?;
        }
        Ok(())
    }
}
