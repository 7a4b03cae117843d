//! API resources.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::ResourceId;
use signet_core::resource::ApiResource;

statements! {
    FIND = "SELECT id, name, indicator, is_default, access_token_ttl FROM resources WHERE tenant_id = $1 AND id = $2";
    FIND_BY_INDICATOR = "SELECT id, name, indicator, is_default, access_token_ttl FROM resources WHERE tenant_id = $1 AND indicator = $2";
    FIND_DEFAULT = "SELECT id, name, indicator, is_default, access_token_ttl FROM resources WHERE tenant_id = $1 AND is_default = $2";
    INSERT = "INSERT INTO resources (tenant_id, id, name, indicator, is_default, access_token_ttl) VALUES ($1, $2, $3, $4, $5, $6)";
    UPDATE = "UPDATE resources SET name = $3, access_token_ttl = $4, is_default = $5 WHERE tenant_id = $1 AND id = $2";
    CLEAR_DEFAULT = "UPDATE resources SET is_default = $2 WHERE tenant_id = $1 AND is_default = $3";
    DELETE = "DELETE FROM resources WHERE tenant_id = $1 AND id = $2";
}

const COLUMNS: &str = "id, name, indicator, is_default, access_token_ttl";

impl FromRow for ApiResource {
    const TABLE: &'static str = "resources";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            name: row.take()?,
            indicator: row.take()?,
            is_default: row.take()?,
            access_token_ttl: row.take()?,
        })
    }
}

impl Reader {
    /// The Management API's own resource first, then by name.
    pub async fn resources(&self, page: Option<Page>) -> Result<Listed<ApiResource>, StoreError> {
        Select::new(self.dialect(), COLUMNS, "resources WHERE tenant_id = $1", "name, id").run(self, page).await
    }

    pub async fn resource(&self, id: &ResourceId) -> Result<Option<ApiResource>, StoreError> {
        self.one(FIND, params![id]).await
    }

    pub async fn resource_by_indicator(&self, indicator: &str) -> Result<Option<ApiResource>, StoreError> {
        self.one(FIND_BY_INDICATOR, params![indicator]).await
    }

    pub async fn default_resource(&self) -> Result<Option<ApiResource>, StoreError> {
        self.one(FIND_DEFAULT, params![true]).await
    }

    pub async fn resources_by_ids(&self, ids: &[ResourceId]) -> Result<Vec<ApiResource>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "resources WHERE tenant_id = $1", "name, id");
        select.and_in("id", ids.iter().map(ResourceId::as_str));
        Ok(select.run(self, None).await?.items)
    }
}

impl Tx {
    pub async fn insert_resource(&mut self, resource: &ApiResource) -> Result<(), StoreError> {
        self.touch(Topic::Resources);
        let values =
            params![&resource.id, &resource.name, &resource.indicator, resource.is_default, resource.access_token_ttl];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Writes everything but the indicator, which never changes. `false`: there is no such resource.
    pub async fn update_resource(&mut self, resource: &ApiResource) -> Result<bool, StoreError> {
        self.touch(Topic::Resources);
        let values = params![&resource.id, &resource.name, resource.access_token_ttl, resource.is_default];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// At most one resource is the default; this leaves none.
    pub async fn clear_default_resource(&mut self) -> Result<(), StoreError> {
        self.touch(Topic::Resources);
        self.execute(CLEAR_DEFAULT, params![false, true]).await.map(drop)
    }

    /// Whether there was one. Its scopes go with it.
    pub async fn delete_resource(&mut self, id: &ResourceId) -> Result<bool, StoreError> {
        self.touch(Topic::Resources);
        self.touch(Topic::Roles);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
