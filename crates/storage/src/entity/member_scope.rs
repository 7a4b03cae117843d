//! What people hold of an API in each of their organizations.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::Reader;
use crate::value::params;
use signet_core::id::{OrganizationId, ResourceId, UserId};
use signet_core::resource::ApiScope;

statements! {
    IN_EACH = "SELECT DISTINCT organization_user_roles.organization_id, scopes.id, scopes.resource_id, scopes.name, scopes.description, scopes.created_at FROM organization_user_roles JOIN organization_roles_resource_scopes ON organization_roles_resource_scopes.tenant_id = $1 AND organization_roles_resource_scopes.role_id = organization_user_roles.role_id JOIN scopes ON scopes.tenant_id = $1 AND scopes.id = organization_roles_resource_scopes.scope_id WHERE organization_user_roles.tenant_id = $1 AND organization_user_roles.user_id = $2 AND scopes.resource_id = $3 ORDER BY organization_user_roles.organization_id, scopes.name";
}

/// A scope of an API that a person holds in an organization.
#[derive(Debug, Clone)]
pub struct MemberScope {
    pub organization: OrganizationId,
    pub scope: ApiScope,
}

impl FromRow for MemberScope {
    const TABLE: &'static str = "organization_user_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { organization: row.parse(str::parse)?, scope: ApiScope::from_row(row)? })
    }
}

impl Reader {
    /// Each once, by organization.
    pub async fn api_scopes_in_organizations(
        &self,
        user: &UserId,
        resource: &ResourceId,
    ) -> Result<Vec<MemberScope>, StoreError> {
        self.all(IN_EACH, params![user, resource]).await
    }
}
