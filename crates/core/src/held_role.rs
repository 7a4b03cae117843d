//! What a person may do through global roles, as tokens and scripts need it.

use crate::id::{RoleId, ScopeId};
use crate::resource::ApiResource;

/// A role that somebody holds.
#[derive(Debug, Clone)]
pub struct HeldRole {
    pub id: RoleId,
    pub name: String,
    pub description: String,
    pub scopes: Vec<HeldScope>,
}

/// A permission of a role.
#[derive(Debug, Clone)]
pub struct HeldScope {
    pub id: ScopeId,
    pub name: String,
    pub description: Option<String>,
    pub resource: ApiResource,
}
