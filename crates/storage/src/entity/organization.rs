//! Organizations themselves. Who belongs to them is in `organization_user.rs` and `organization_application.rs`.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::id::OrganizationId;
use signet_core::organization::Organization;
use signet_core::search::Search;

statements! {
    FIND = "SELECT id, name, description, custom_data, is_mfa_required, color, branding, custom_css, created_at FROM organizations WHERE tenant_id = $1 AND id = $2";
    /// Locks the row, so that of two changes the later one sees the earlier.
    TAKE = "UPDATE organizations SET created_at = created_at WHERE tenant_id = $1 AND id = $2 RETURNING id, name, description, custom_data, is_mfa_required, color, branding, custom_css, created_at";
    INSERT = "INSERT INTO organizations (tenant_id, id, name, description, custom_data, is_mfa_required, color, branding, custom_css, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE organizations SET name = $3, description = $4, custom_data = $5, is_mfa_required = $6, color = $7, branding = $8, custom_css = $9 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM organizations WHERE tenant_id = $1 AND id = $2";
}

pub(super) const COLUMNS: &str =
    "id, name, description, custom_data, is_mfa_required, color, branding, custom_css, created_at";
pub(super) const FROM: &str = "organizations WHERE tenant_id = $1";
pub(super) const ORDER: &str = "created_at DESC, id";

impl FromRow for Organization {
    const TABLE: &'static str = "organizations";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            name: row.take()?,
            description: row.take()?,
            custom_data: row.take()?,
            is_mfa_required: row.take()?,
            color: row.take()?,
            branding: row.take()?,
            custom_css: row.take()?,
            created_at: row.take()?,
        })
    }
}

fn column(field: &str) -> Option<&'static str> {
    match field {
        "id" => Some("id"),
        "name" => Some("name"),
        _ => None,
    }
}

impl Reader {
    /// Newest first.
    pub async fn organizations(
        &self,
        search: Option<&Search>,
        page: Option<Page>,
    ) -> Result<Listed<Organization>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, ORDER);
        select.search(search, column);
        select.run(self, page).await
    }

    pub async fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.one(FIND, params![id]).await
    }

    /// Those of `ids` that exist, newest first.
    pub async fn organizations_by_ids(&self, ids: &[OrganizationId]) -> Result<Vec<Organization>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, ORDER);
        select.and_in("id", ids.iter().map(OrganizationId::as_str));
        Ok(select.run(self, None).await?.items)
    }
}

impl Tx {
    /// An organization that this transaction is going to change: nobody else does before it ends.
    pub async fn take_organization(&self, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.one(TAKE, params![id]).await
    }

    pub async fn insert_organization(&mut self, organization: &Organization) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        let values = params![
            &organization.id,
            &organization.name,
            organization.description.as_deref(),
            json(&organization.custom_data),
            organization.is_mfa_required,
            json(&organization.color),
            json(&organization.branding),
            organization.custom_css.as_deref(),
            organization.created_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    pub async fn update_organization(&mut self, organization: &Organization) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        let values = params![
            &organization.id,
            &organization.name,
            organization.description.as_deref(),
            json(&organization.custom_data),
            organization.is_mfa_required,
            json(&organization.color),
            json(&organization.branding),
            organization.custom_css.as_deref()
        ];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// Whether there was one. Memberships, invitations and consents go with it.
    pub async fn delete_organization(&mut self, id: &OrganizationId) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
