//! Roles of the organization template. What they grant is in `organization_role_scope.rs`.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::OrganizationRoleId;
use signet_core::organization::OrganizationRole;
use signet_core::role::RoleType;
use signet_core::search::Search;

statements! {
    FIND = "SELECT id, name, description, type FROM organization_roles WHERE tenant_id = $1 AND id = $2";
    INSERT = "INSERT INTO organization_roles (tenant_id, id, name, description, type) VALUES ($1, $2, $3, $4, $5)";
    UPDATE = "UPDATE organization_roles SET name = $3, description = $4, type = $5 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM organization_roles WHERE tenant_id = $1 AND id = $2";
}

pub(super) const COLUMNS: &str = "id, name, description, type";
pub(super) const FROM: &str = "organization_roles WHERE tenant_id = $1";
pub(super) const ORDER: &str = "name, id";

impl FromRow for OrganizationRole {
    const TABLE: &'static str = "organization_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            name: row.take()?,
            description: row.take()?,
            kind: row.known(RoleType::parse)?,
        })
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
    /// All, or those of one kind.
    pub async fn organization_roles(
        &self,
        kind: Option<RoleType>,
        search: Option<&Search>,
        page: Option<Page>,
    ) -> Result<Listed<OrganizationRole>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, ORDER);
        if let Some(kind) = kind {
            select.and("type = ?", kind.as_str());
        }
        select.search(search, column);
        select.run(self, page).await
    }

    pub async fn organization_role(&self, id: &OrganizationRoleId) -> Result<Option<OrganizationRole>, StoreError> {
        self.one(FIND, params![id]).await
    }

    /// Those of `ids` that exist.
    pub async fn organization_roles_by_ids(
        &self,
        ids: &[OrganizationRoleId],
    ) -> Result<Vec<OrganizationRole>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, ORDER);
        select.and_in("id", ids.iter().map(OrganizationRoleId::as_str));
        Ok(select.run(self, None).await?.items)
    }

    /// Those of `names` that exist.
    pub async fn organization_roles_by_names(&self, names: &[String]) -> Result<Vec<OrganizationRole>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, ORDER);
        select.and_in("name", names.iter().map(String::as_str));
        Ok(select.run(self, None).await?.items)
    }
}

impl Tx {
    pub async fn insert_organization_role(&mut self, role: &OrganizationRole) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        let values = params![&role.id, &role.name, role.description.as_deref(), role.kind.as_str()];
        self.execute(INSERT, values).await.map(drop)
    }

    pub async fn update_organization_role(&mut self, role: &OrganizationRole) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        let values = params![&role.id, &role.name, role.description.as_deref(), role.kind.as_str()];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// Whether there was one. Whoever held it, in whatever organization, loses it.
    pub async fn delete_organization_role(&mut self, id: &OrganizationRoleId) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
