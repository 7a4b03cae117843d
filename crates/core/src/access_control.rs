//! Who may use an application at all, when its access is controlled: whoever any rule matches.

use crate::id::{OrganizationId, OrganizationRoleId, RoleId, UserId};

/// The rules of one application. Each list is sorted and holds an entry once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessRules {
    pub users: Vec<UserId>,
    /// Whoever has one of these global roles.
    pub roles: Vec<RoleId>,
    /// Whoever is a member of one of these organizations.
    pub organizations: Vec<OrganizationId>,
    /// Whoever has the role in the organization.
    pub organization_roles: Vec<(OrganizationId, OrganizationRoleId)>,
}

impl AccessRules {
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
            && self.roles.is_empty()
            && self.organizations.is_empty()
            && self.organization_roles.is_empty()
    }
}
