//! Applications.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use serde_json::{Map, Value as Json};
use signet_core::application::{Application, ApplicationType};
use signet_core::id::{ApplicationId, OrganizationId, RoleId};
use signet_core::search::Search;

statements! {
    FIND = "SELECT id, name, description, type, oidc_client_metadata, custom_client_metadata, protected_app_metadata, custom_data, is_third_party, app_level_access_control_enabled, created_at FROM applications WHERE tenant_id = $1 AND id = $2";
    INSERT = "INSERT INTO applications (tenant_id, id, name, description, type, oidc_client_metadata, custom_client_metadata, protected_app_metadata, custom_data, is_third_party, app_level_access_control_enabled, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE = "UPDATE applications SET name = $3, description = $4, oidc_client_metadata = $5, custom_client_metadata = $6, protected_app_metadata = $7, custom_data = $8, app_level_access_control_enabled = $9 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM applications WHERE tenant_id = $1 AND id = $2";
}

const COLUMNS: &str = "id, name, description, type, oidc_client_metadata, custom_client_metadata, protected_app_metadata, custom_data, is_third_party, app_level_access_control_enabled, created_at";

impl FromRow for Application {
    const TABLE: &'static str = "applications";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            name: row.take()?,
            description: row.take()?,
            kind: row.known(ApplicationType::parse)?,
            oidc_client_metadata: row.take()?,
            custom_client_metadata: row.take()?,
            protected_app_metadata: row.take()?,
            custom_data: row.take()?,
            is_third_party: row.take()?,
            app_level_access_control_enabled: row.take()?,
            created_at: row.take()?,
        })
    }
}

/// Which applications to list.
#[derive(Debug, Clone, Default)]
pub struct ApplicationFilter {
    /// Empty: all types.
    pub types: Vec<ApplicationType>,
    pub is_third_party: Option<bool>,
    /// Holds this role.
    pub role: Option<RoleId>,
    pub without_role: Option<RoleId>,
    /// A member of this organization.
    pub organization: Option<OrganizationId>,
    pub without_organization: Option<OrganizationId>,
    pub search: Option<Search>,
}

fn column(field: &str) -> Option<&'static str> {
    match field {
        "id" => Some("id"),
        "name" => Some("name"),
        "description" => Some("description"),
        _ => None,
    }
}

fn text(json: &Map<String, Json>) -> String {
    // A JSON map of JSON values always has a text.
    serde_json::to_string(json).unwrap_or_default()
}

impl Reader {
    /// Newest first.
    pub async fn applications(
        &self,
        filter: &ApplicationFilter,
        page: Option<Page>,
    ) -> Result<Listed<Application>, StoreError> {
        let mut select =
            Select::new(self.dialect(), COLUMNS, "applications WHERE tenant_id = $1", "created_at DESC, id");
        if !filter.types.is_empty() {
            select.and_in("type", filter.types.iter().map(|kind| kind.as_str()));
        }
        if let Some(is_third_party) = filter.is_third_party {
            select.and("is_third_party = ?", is_third_party);
        }
        if let Some(role) = &filter.role {
            select.and(
                "id IN (SELECT application_id FROM applications_roles WHERE tenant_id = $1 AND role_id = ?)",
                role,
            );
        }
        if let Some(role) = &filter.without_role {
            select.and(
                "id NOT IN (SELECT application_id FROM applications_roles WHERE tenant_id = $1 AND role_id = ?)",
                role,
            );
        }
        if let Some(organization) = &filter.organization {
            let joined = "id IN (SELECT application_id FROM organization_applications WHERE tenant_id = $1 AND organization_id = ?)";
            select.and(joined, organization);
        }
        if let Some(organization) = &filter.without_organization {
            let joined = "id NOT IN (SELECT application_id FROM organization_applications WHERE tenant_id = $1 AND organization_id = ?)";
            select.and(joined, organization);
        }
        select.search(filter.search.as_ref(), column);
        select.run(self, page).await
    }

    pub async fn application(&self, id: &ApplicationId) -> Result<Option<Application>, StoreError> {
        self.one(FIND, params![id]).await
    }
}

impl Tx {
    pub async fn insert_application(&mut self, application: &Application) -> Result<(), StoreError> {
        self.touch(Topic::Applications);
        let values = params![
            &application.id,
            &application.name,
            application.description.as_deref(),
            application.kind.as_str(),
            text(&application.oidc_client_metadata),
            text(&application.custom_client_metadata),
            application.protected_app_metadata.as_ref().map(text),
            text(&application.custom_data),
            application.is_third_party,
            application.app_level_access_control_enabled,
            application.created_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Writes what may change: not the type, nor whether it is third-party.
    pub async fn update_application(&mut self, application: &Application) -> Result<bool, StoreError> {
        self.touch(Topic::Applications);
        let values = params![
            &application.id,
            &application.name,
            application.description.as_deref(),
            text(&application.oidc_client_metadata),
            text(&application.custom_client_metadata),
            application.protected_app_metadata.as_ref().map(text),
            text(&application.custom_data),
            application.app_level_access_control_enabled
        ];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// Whether there was one. Its secrets, role assignments and memberships go with it.
    pub async fn delete_application(&mut self, id: &ApplicationId) -> Result<bool, StoreError> {
        self.touch(Topic::Applications);
        // Built-in clients have grants but no row, so grants cannot refer to this table.
        self.delete_grants_of_client(id).await?;
        self.touch(Topic::Roles);
        self.touch(Topic::Organizations);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
