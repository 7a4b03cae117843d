//! What people hold of an API in each of their organizations.
//!
//! Rows without a scope, of roles that give nothing of the API, are left out here: a join that leaves them out lets SQLite
//! begin with the whole template instead of the person's roles.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::Reader;
use crate::value::params;
use signet_core::id::{OrganizationId, ResourceId, UserId};
use signet_core::resource::ApiScope;

statements! {
    IN_EACH = "SELECT DISTINCT organization_user_roles.organization_id, scopes.id, scopes.resource_id, scopes.name, scopes.description, scopes.created_at FROM organization_user_roles LEFT JOIN organization_roles_resource_scopes ON organization_roles_resource_scopes.tenant_id = $1 AND organization_roles_resource_scopes.role_id = organization_user_roles.role_id LEFT JOIN scopes ON scopes.tenant_id = $1 AND scopes.id = organization_roles_resource_scopes.scope_id AND scopes.resource_id = $3 WHERE organization_user_roles.tenant_id = $1 AND organization_user_roles.user_id = $2 ORDER BY organization_user_roles.organization_id, scopes.name";
}

/// A scope of an API that a person holds in an organization.
#[derive(Debug, Clone)]
pub struct MemberScope {
    pub organization: OrganizationId,
    pub scope: ApiScope,
}

/// What a role gives of the API, or nothing.
struct Given(Option<MemberScope>);

impl FromRow for Given {
    const TABLE: &'static str = "organization_user_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let organization = row.parse(str::parse)?;
        let Some(id) = row.parse_optional(str::parse)? else { return Ok(Self(None)) };
        let scope = ApiScope {
            id,
            resource_id: row.parse(str::parse)?,
            name: row.take()?,
            description: row.take()?,
            created_at: row.take()?,
        };
        Ok(Self(Some(MemberScope { organization, scope })))
    }
}

impl Reader {
    /// Each once, by organization.
    pub async fn api_scopes_in_organizations(
        &self,
        user: &UserId,
        resource: &ResourceId,
    ) -> Result<Vec<MemberScope>, StoreError> {
        let given: Vec<Given> = self.all(IN_EACH, params![user, resource]).await?;
        Ok(given.into_iter().filter_map(|Given(scope)| scope).collect())
    }
}
