//! What belonging to an organization means for tokens and scripts: the organization, and what the member's roles there
//! allow.

use crate::held_role::HeldScope;
use crate::id::{OrganizationId, OrganizationRoleId, ResourceId};
use crate::organization::OrganizationScope;
use crate::scope::Scope;
use serde_json::{Map, Value};

/// The audience of tokens that are about an organization itself.
pub fn organization_audience(id: &OrganizationId) -> String {
    format!("urn:logto:organization:{id}")
}

/// A person or a machine in one organization.
#[derive(Debug, Clone)]
pub struct Membership {
    pub organization: OrganizationId,
    pub name: String,
    pub description: Option<String>,
    pub custom_data: Map<String, Value>,
    pub is_mfa_required: bool,
    /// By name.
    pub roles: Vec<MemberRole>,
}

/// A role that a member has, with all that it grants.
#[derive(Debug, Clone)]
pub struct MemberRole {
    pub id: OrganizationRoleId,
    pub name: String,
    pub scopes: Vec<OrganizationScope>,
    pub resource_scopes: Vec<HeldScope>,
}

impl Membership {
    /// The permissions of the organization template.
    pub fn permissions(&self) -> Scope {
        self.roles.iter().flat_map(|role| &role.scopes).map(|scope| scope.name.as_str()).collect()
    }

    /// The scopes of an API resource.
    pub fn scopes_of(&self, resource: &ResourceId) -> Scope {
        let scopes = self.roles.iter().flat_map(|role| &role.resource_scopes);
        scopes.filter(|scope| scope.resource.id == *resource).map(|scope| scope.name.as_str()).collect()
    }
}

/// One of the organizations that a person belongs to, as lists of them show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    pub organization: OrganizationId,
    pub name: String,
    pub description: Option<String>,
    /// Roles with their names, by name.
    pub roles: Vec<(OrganizationRoleId, String)>,
}
