//! Permissions of the organization template.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::OrganizationScopeId;
use signet_core::organization::OrganizationScope;
use signet_core::search::Search;

statements! {
    FIND = "SELECT id, name, description FROM organization_scopes WHERE tenant_id = $1 AND id = $2";
    INSERT = "INSERT INTO organization_scopes (tenant_id, id, name, description) VALUES ($1, $2, $3, $4)";
    UPDATE = "UPDATE organization_scopes SET name = $3, description = $4 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM organization_scopes WHERE tenant_id = $1 AND id = $2";
}

pub(super) const COLUMNS: &str = "id, name, description";
pub(super) const FROM: &str = "organization_scopes WHERE tenant_id = $1";
pub(super) const ORDER: &str = "name, id";

impl FromRow for OrganizationScope {
    const TABLE: &'static str = "organization_scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { id: row.parse(str::parse)?, name: row.take()?, description: row.take()? })
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
    pub async fn organization_scopes(
        &self,
        search: Option<&Search>,
        page: Option<Page>,
    ) -> Result<Listed<OrganizationScope>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, ORDER);
        select.search(search, column);
        select.run(self, page).await
    }

    pub async fn organization_scope(&self, id: &OrganizationScopeId) -> Result<Option<OrganizationScope>, StoreError> {
        self.one(FIND, params![id]).await
    }

    /// Those of `ids` that exist.
    pub async fn organization_scopes_by_ids(
        &self,
        ids: &[OrganizationScopeId],
    ) -> Result<Vec<OrganizationScope>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, ORDER);
        select.and_in("id", ids.iter().map(OrganizationScopeId::as_str));
        Ok(select.run(self, None).await?.items)
    }
}

impl Tx {
    pub async fn insert_organization_scope(&mut self, scope: &OrganizationScope) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        let values = params![&scope.id, &scope.name, scope.description.as_deref()];
        self.execute(INSERT, values).await.map(drop)
    }

    pub async fn update_organization_scope(&mut self, scope: &OrganizationScope) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        let values = params![&scope.id, &scope.name, scope.description.as_deref()];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// Whether there was one. The roles that had it lose it.
    pub async fn delete_organization_scope(&mut self, id: &OrganizationScopeId) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
