//! Organizations: the customers of a tenant. What their members may do comes from one template of roles and permissions
//! that all organizations of the tenant share.

use crate::id::{OrganizationId, OrganizationRoleId, OrganizationScopeId};
use crate::role::RoleType;
use crate::time::Timestamp;
use serde_json::{Map, Value};

#[derive(Debug, Clone)]
pub struct Organization {
    pub id: OrganizationId,
    pub name: String,
    pub description: Option<String>,
    pub custom_data: Map<String, Value>,
    /// Stored; nobody is held to it before there are second factors.
    pub is_mfa_required: bool,
    pub color: Map<String, Value>,
    pub branding: Map<String, Value>,
    pub custom_css: Option<String>,
    pub created_at: Timestamp,
}

/// A role of the template, for people or for machines.
#[derive(Debug, Clone)]
pub struct OrganizationRole {
    pub id: OrganizationRoleId,
    pub name: String,
    pub description: Option<String>,
    pub kind: RoleType,
}

/// A permission of the template, called organization permission in the console.
#[derive(Debug, Clone)]
pub struct OrganizationScope {
    pub id: OrganizationScopeId,
    pub name: String,
    pub description: Option<String>,
}
