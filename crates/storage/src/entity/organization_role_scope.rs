//! What the roles of the organization template grant: permissions of organizations, and scopes of API resources.

use crate::cache::Topic;
use crate::entity::{organization_scope, scope};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{OrganizationRoleId, OrganizationScopeId, ResourceId, ScopeId};
use signet_core::organization::OrganizationScope;
use signet_core::resource::ApiScope;

statements! {
    /// A pair that is there already is left alone.
    ADD = "INSERT INTO organization_roles_scopes (tenant_id, role_id, scope_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM organization_roles_scopes WHERE tenant_id = $1 AND role_id = $2 AND scope_id = $3";
    REMOVE_ALL = "DELETE FROM organization_roles_scopes WHERE tenant_id = $1 AND role_id = $2";
    ADD_RESOURCE = "INSERT INTO organization_roles_resource_scopes (tenant_id, role_id, scope_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    REMOVE_RESOURCE = "DELETE FROM organization_roles_resource_scopes WHERE tenant_id = $1 AND role_id = $2 AND scope_id = $3";
    REMOVE_ALL_RESOURCE = "DELETE FROM organization_roles_resource_scopes WHERE tenant_id = $1 AND role_id = $2";
}

/// The tenant condition comes last, where [`Select`] wants it.
const GRANTED: &str = "(SELECT pairs.tenant_id AS tenant_id, pairs.role_id AS role_id, scopes.id AS id, scopes.name AS name, scopes.description AS description FROM organization_roles_scopes AS pairs JOIN organization_scopes AS scopes ON scopes.tenant_id = $1 AND scopes.id = pairs.scope_id WHERE pairs.tenant_id = $1) AS granted WHERE tenant_id = $1";
const GRANTED_COLUMNS: &str = "role_id, id, name, description";
const GRANTED_RESOURCE: &str = "(SELECT pairs.tenant_id AS tenant_id, pairs.role_id AS role_id, scopes.id AS id, scopes.name AS name, resources.id AS resource_id, resources.name AS resource_name FROM organization_roles_resource_scopes AS pairs JOIN scopes ON scopes.tenant_id = $1 AND scopes.id = pairs.scope_id JOIN resources ON resources.tenant_id = $1 AND resources.id = scopes.resource_id WHERE pairs.tenant_id = $1) AS granted WHERE tenant_id = $1";
const GRANTED_RESOURCE_COLUMNS: &str = "role_id, id, name, resource_id, resource_name";
const GRANTED_ORDER: &str = "name, id";

/// A role with one of its permissions.
#[derive(Debug, Clone)]
pub struct GrantedScope {
    pub role: OrganizationRoleId,
    pub scope: OrganizationScope,
}

impl FromRow for GrantedScope {
    const TABLE: &'static str = "organization_roles_scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { role: row.parse(str::parse)?, scope: OrganizationScope::from_row(row)? })
    }
}

/// A role with one of its API scopes.
#[derive(Debug, Clone)]
pub struct GrantedResourceScope {
    pub role: OrganizationRoleId,
    pub id: ScopeId,
    pub name: String,
    pub resource_id: ResourceId,
    pub resource_name: String,
}

impl FromRow for GrantedResourceScope {
    const TABLE: &'static str = "organization_roles_resource_scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            role: row.parse(str::parse)?,
            id: row.parse(str::parse)?,
            name: row.take()?,
            resource_id: row.parse(str::parse)?,
            resource_name: row.take()?,
        })
    }
}

impl Reader {
    pub async fn scopes_of_organization_role(
        &self,
        role: &OrganizationRoleId,
        page: Option<Page>,
    ) -> Result<Listed<OrganizationScope>, StoreError> {
        let mut select = Select::new(
            self.dialect(),
            organization_scope::COLUMNS,
            organization_scope::FROM,
            organization_scope::ORDER,
        );
        select.and("id IN (SELECT scope_id FROM organization_roles_scopes WHERE tenant_id = $1 AND role_id = ?)", role);
        select.run(self, page).await
    }

    pub async fn resource_scopes_of_organization_role(
        &self,
        role: &OrganizationRoleId,
        page: Option<Page>,
    ) -> Result<Listed<ApiScope>, StoreError> {
        let mut select = Select::new(self.dialect(), scope::COLUMNS, "scopes WHERE tenant_id = $1", scope::ORDER);
        let granted =
            "id IN (SELECT scope_id FROM organization_roles_resource_scopes WHERE tenant_id = $1 AND role_id = ?)";
        select.and(granted, role);
        select.run(self, page).await
    }

    /// The permissions of several roles at once.
    pub async fn scopes_of_organization_roles(
        &self,
        roles: &[OrganizationRoleId],
    ) -> Result<Vec<GrantedScope>, StoreError> {
        let mut select = Select::new(self.dialect(), GRANTED_COLUMNS, GRANTED, GRANTED_ORDER);
        select.and_in("role_id", roles.iter().map(OrganizationRoleId::as_str));
        Ok(select.run(self, None).await?.items)
    }

    /// The API scopes of several roles at once.
    pub async fn resource_scopes_of_organization_roles(
        &self,
        roles: &[OrganizationRoleId],
    ) -> Result<Vec<GrantedResourceScope>, StoreError> {
        let mut select = Select::new(self.dialect(), GRANTED_RESOURCE_COLUMNS, GRANTED_RESOURCE, GRANTED_ORDER);
        select.and_in("role_id", roles.iter().map(OrganizationRoleId::as_str));
        Ok(select.run(self, None).await?.items)
    }
}

impl Tx {
    pub async fn add_scope_to_organization_role(
        &mut self,
        role: &OrganizationRoleId,
        scope: &OrganizationScopeId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(ADD, params![role, scope]).await? == 1)
    }

    pub async fn remove_scope_from_organization_role(
        &mut self,
        role: &OrganizationRoleId,
        scope: &OrganizationScopeId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(REMOVE, params![role, scope]).await? == 1)
    }

    pub async fn remove_scopes_from_organization_role(&mut self, role: &OrganizationRoleId) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        self.execute(REMOVE_ALL, params![role]).await.map(drop)
    }

    pub async fn add_resource_scope_to_organization_role(
        &mut self,
        role: &OrganizationRoleId,
        scope: &ScopeId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(ADD_RESOURCE, params![role, scope]).await? == 1)
    }

    pub async fn remove_resource_scope_from_organization_role(
        &mut self,
        role: &OrganizationRoleId,
        scope: &ScopeId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(REMOVE_RESOURCE, params![role, scope]).await? == 1)
    }

    pub async fn remove_resource_scopes_from_organization_role(
        &mut self,
        role: &OrganizationRoleId,
    ) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        self.execute(REMOVE_ALL_RESOURCE, params![role]).await.map(drop)
    }
}
