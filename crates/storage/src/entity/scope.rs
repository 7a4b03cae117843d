//! Permissions of API resources.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{ApplicationId, ResourceId, RoleId, ScopeId};
use signet_core::resource::ApiScope;
use signet_core::search::Search;

statements! {
    FIND = "SELECT id, resource_id, name, description, created_at FROM scopes WHERE tenant_id = $1 AND id = $2";
    INSERT = "INSERT INTO scopes (tenant_id, id, resource_id, name, description, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    UPDATE = "UPDATE scopes SET name = $3, description = $4 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM scopes WHERE tenant_id = $1 AND id = $2";
    /// What a machine holds of one resource through its global roles.
    HELD_BY_APPLICATION = "SELECT name FROM scopes WHERE tenant_id = $1 AND resource_id = $3 AND id IN (SELECT scope_id FROM roles_scopes WHERE tenant_id = $1 AND role_id IN (SELECT role_id FROM applications_roles WHERE tenant_id = $1 AND application_id = $2)) ORDER BY name";
}

pub(super) const COLUMNS: &str = "id, resource_id, name, description, created_at";
pub(super) const ORDER: &str = "created_at DESC, id";

impl FromRow for ApiScope {
    const TABLE: &'static str = "scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            resource_id: row.parse(str::parse)?,
            name: row.take()?,
            description: row.take()?,
            created_at: row.take()?,
        })
    }
}

struct Name(String);

impl FromRow for Name {
    const TABLE: &'static str = "scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

fn column(field: &str) -> Option<&'static str> {
    match field {
        "id" => Some("id"),
        "name" => Some("name"),
        "description" => Some("description"),
        _ => None,
    }
}

impl Reader {
    pub async fn resource_scopes(
        &self,
        resource: &ResourceId,
        search: Option<&Search>,
        page: Option<Page>,
    ) -> Result<Listed<ApiScope>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "scopes WHERE tenant_id = $1", ORDER);
        select.and("resource_id = ?", resource).search(search, column);
        select.run(self, page).await
    }

    /// The scopes of several resources at once.
    pub async fn scopes_of_resources(&self, resources: &[ResourceId]) -> Result<Vec<ApiScope>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "scopes WHERE tenant_id = $1", ORDER);
        select.and_in("resource_id", resources.iter().map(ResourceId::as_str));
        Ok(select.run(self, None).await?.items)
    }

    pub async fn scope(&self, id: &ScopeId) -> Result<Option<ApiScope>, StoreError> {
        self.one(FIND, params![id]).await
    }

    /// Those of `ids` that exist.
    pub async fn scopes_by_ids(&self, ids: &[ScopeId]) -> Result<Vec<ApiScope>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "scopes WHERE tenant_id = $1", ORDER);
        select.and_in("id", ids.iter().map(ScopeId::as_str));
        Ok(select.run(self, None).await?.items)
    }

    pub async fn role_scopes(
        &self,
        role: &RoleId,
        search: Option<&Search>,
        page: Option<Page>,
    ) -> Result<Listed<ApiScope>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "scopes WHERE tenant_id = $1", ORDER);
        select
            .and("id IN (SELECT scope_id FROM roles_scopes WHERE tenant_id = $1 AND role_id = ?)", role)
            .search(search, column);
        select.run(self, page).await
    }

    /// Names of the scopes of one resource that a machine's global roles hold.
    pub async fn scopes_held_by_application(
        &self,
        application: &ApplicationId,
        resource: &ResourceId,
    ) -> Result<Vec<String>, StoreError> {
        let names: Vec<Name> = self.all(HELD_BY_APPLICATION, params![application, resource]).await?;
        Ok(names.into_iter().map(|name| name.0).collect())
    }
}

impl Tx {
    pub async fn insert_scope(&mut self, scope: &ApiScope) -> Result<(), StoreError> {
        self.touch(Topic::Roles);
        let values =
            params![&scope.id, &scope.resource_id, &scope.name, scope.description.as_deref(), scope.created_at];
        self.execute(INSERT, values).await.map(drop)
    }

    pub async fn update_scope(&mut self, scope: &ApiScope) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        let values = params![&scope.id, &scope.name, scope.description.as_deref()];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    pub async fn delete_scope(&mut self, id: &ScopeId) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
