//! Global roles: named sets of API permissions for people or for machines.

use crate::id::RoleId;

/// Whom a role can be given to. Fixed when the role is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoleType {
    User,
    MachineToMachine,
}

impl RoleType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::MachineToMachine => "MachineToMachine",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::User, Self::MachineToMachine].into_iter().find(|kind| kind.as_str() == text)
    }
}

#[derive(Debug, Clone)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub description: String,
    pub kind: RoleType,
    /// Given to every new user. Accepted for machine roles, without effect.
    pub is_default: bool,
}

/// Names that start so belong to the server; nobody may create or change such a role.
pub const INTERNAL_ROLE_PREFIX: &str = "#internal:";
/// The seeded machine role that holds the Management API.
pub const MANAGEMENT_ROLE_NAME: &str = "Logto Management API access";

impl Role {
    pub fn is_internal(&self) -> bool {
        self.name.starts_with(INTERNAL_ROLE_PREFIX)
    }
}
