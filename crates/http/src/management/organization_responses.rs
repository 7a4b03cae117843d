//! Organizations and their template as administrators see them.

use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::id::TenantId;
use signet_core::organization::{Organization, OrganizationRole, OrganizationScope};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrganizationResponse {
    tenant_id: String,
    id: String,
    name: String,
    description: Option<String>,
    #[schema(value_type = Object)]
    custom_data: Map<String, Value>,
    is_mfa_required: bool,
    #[schema(value_type = Object)]
    color: Map<String, Value>,
    #[schema(value_type = Object)]
    branding: Map<String, Value>,
    custom_css: Option<String>,
    /// Milliseconds since the epoch.
    created_at: i64,
}

impl OrganizationResponse {
    pub(crate) fn new(tenant: &TenantId, organization: Organization) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: organization.id.to_string(),
            name: organization.name,
            description: organization.description,
            custom_data: organization.custom_data,
            is_mfa_required: organization.is_mfa_required,
            color: organization.color,
            branding: organization.branding,
            custom_css: organization.custom_css,
            created_at: organization.created_at.0,
        }
    }
}

/// An organization with the roles that a member has there.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrganizationWithRoles {
    #[serde(flatten)]
    organization: OrganizationResponse,
    organization_roles: Vec<NamedRole>,
}

impl OrganizationWithRoles {
    pub(super) fn new(tenant: &TenantId, organization: Organization, roles: Vec<OrganizationRole>) -> Self {
        Self {
            organization: OrganizationResponse::new(tenant, organization),
            organization_roles: roles.into_iter().map(NamedRole::new).collect(),
        }
    }
}

/// A role of the template, in short.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NamedRole {
    id: String,
    name: String,
}

impl NamedRole {
    pub(super) fn new(role: OrganizationRole) -> Self {
        Self { id: role.id.to_string(), name: role.name }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrganizationRoleResponse {
    tenant_id: String,
    id: String,
    name: String,
    description: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl OrganizationRoleResponse {
    pub(super) fn new(tenant: &TenantId, role: OrganizationRole) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: role.id.to_string(),
            name: role.name,
            description: role.description,
            kind: role.kind.as_str(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrganizationScopeResponse {
    tenant_id: String,
    id: String,
    name: String,
    description: Option<String>,
}

impl OrganizationScopeResponse {
    pub(super) fn new(tenant: &TenantId, scope: OrganizationScope) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: scope.id.to_string(),
            name: scope.name,
            description: scope.description,
        }
    }
}
