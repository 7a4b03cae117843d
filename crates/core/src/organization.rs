//! Organizations: the customers of a tenant. What their members may do comes from one template of roles and permissions
//! that all organizations of the tenant share.

use crate::id::{ApplicationId, InvitationId, OrganizationId, OrganizationRoleId, OrganizationScopeId, UserId};
use crate::role::RoleType;
use crate::time::Timestamp;
use serde_json::{Map, Value};

/// The audience of tokens for an organization itself is this, followed by its id.
pub const ORGANIZATION_AUDIENCE_PREFIX: &str = "urn:logto:organization:";
/// The built-in resource whose scopes are the permissions of the template.
pub const ORGANIZATIONS_RESOURCE: &str = "urn:logto:resource:organizations";

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

/// A member: a person or a machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Member {
    User(UserId),
    Application(ApplicationId),
}

/// How an invitation stands. `Expired` is never stored: it is a pending one whose time has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvitationStatus {
    Pending,
    Accepted,
    Revoked,
    Expired,
}

impl InvitationStatus {
    pub const ALL: [Self; 4] = [Self::Pending, Self::Accepted, Self::Revoked, Self::Expired];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Accepted => "Accepted",
            Self::Revoked => "Revoked",
            Self::Expired => "Expired",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub organization_id: OrganizationId,
    pub inviter_id: Option<UserId>,
    /// As it was written; compared without case.
    pub invitee: String,
    pub accepted_user_id: Option<UserId>,
    /// As stored: never `Expired`. See [`Invitation::status_at`].
    pub status: InvitationStatus,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub expires_at: Timestamp,
}

impl Invitation {
    pub fn status_at(&self, now: Timestamp) -> InvitationStatus {
        match self.status {
            InvitationStatus::Pending if self.expires_at <= now => InvitationStatus::Expired,
            status => status,
        }
    }
}
