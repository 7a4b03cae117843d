//! Invitations to organizations, with the roles that come with accepting one.

use crate::entity::organization_role;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::Select;
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{Value, params};
use signet_core::id::{InvitationId, OrganizationId, OrganizationRoleId, UserId};
use signet_core::invitation::{Invitation, InvitationState, InvitedRole};
use signet_core::organization::OrganizationRole;
use signet_core::role::RoleType;
use signet_core::time::Timestamp;
use std::collections::HashMap;

statements! {
    FIND = "SELECT id, organization_id, invitee, inviter_id, status, accepted_user_id, created_at, updated_at, expires_at FROM organization_invitations WHERE tenant_id = $1 AND id = $2";
    INSERT = "INSERT INTO organization_invitations (tenant_id, id, organization_id, invitee, invitee_key, inviter_id, accepted_user_id, status, created_at, updated_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ADD_ROLE = "INSERT INTO organization_invitation_roles (tenant_id, invitation_id, role_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    /// An invitation that is over leaves its place to the next one.
    EXPIRE = "UPDATE organization_invitations SET status = 'Expired' WHERE tenant_id = $1 AND organization_id = $2 AND invitee_key = $3 AND status = 'Pending' AND expires_at <= $4";
    /// Of an acceptance and a revocation at once, one succeeds.
    SETTLE = "UPDATE organization_invitations SET status = $3, accepted_user_id = $4, updated_at = $5 WHERE tenant_id = $1 AND id = $2 AND status = 'Pending' AND expires_at > $5";
    DELETE = "DELETE FROM organization_invitations WHERE tenant_id = $1 AND id = $2";
}

const COLUMNS: &str =
    "id, organization_id, invitee, inviter_id, status, accepted_user_id, created_at, updated_at, expires_at";
const FROM: &str = "organization_invitations WHERE tenant_id = $1";
/// The tenant condition comes last, where [`Select`] wants it.
const ROLES: &str = "(SELECT pairs.tenant_id AS tenant_id, pairs.invitation_id AS invitation_id, roles.id AS id, roles.name AS name FROM organization_invitation_roles AS pairs JOIN organization_roles AS roles ON roles.tenant_id = $1 AND roles.id = pairs.role_id WHERE pairs.tenant_id = $1) AS invited WHERE tenant_id = $1";

impl FromRow for Invitation {
    const TABLE: &'static str = "organization_invitations";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let id = row.parse(str::parse)?;
        let organization_id = row.parse(str::parse)?;
        let invitee = row.take()?;
        let inviter_id = row.parse_optional(str::parse)?;
        let status: String = row.take()?;
        let accepted_by: Option<UserId> = row.parse_optional(str::parse)?;
        let state = InvitationState::parse(&status, accepted_by).ok_or_else(|| row.corrupt("no such status"))?;
        let (created_at, updated_at, expires_at) = (row.take()?, row.take()?, row.take()?);
        Ok(Self { id, organization_id, invitee, inviter_id, state, created_at, updated_at, expires_at })
    }
}

struct RoleOfInvitation(InvitationId, InvitedRole);

impl FromRow for RoleOfInvitation {
    const TABLE: &'static str = "organization_invitation_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let invitation = row.parse(str::parse)?;
        Ok(Self(invitation, InvitedRole { id: row.parse(str::parse)?, name: row.take()? }))
    }
}

/// Which invitations to list.
#[derive(Debug, Clone, Default)]
pub struct InvitationFilter {
    pub organization: Option<OrganizationId>,
    pub inviter: Option<UserId>,
    /// An email address, in any case.
    pub invitee: Option<String>,
}

impl Reader {
    /// Newest first.
    pub async fn invitations(&self, filter: &InvitationFilter) -> Result<Vec<Invitation>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, FROM, "created_at DESC, id DESC");
        if let Some(organization) = &filter.organization {
            select.and("organization_id = ?", organization);
        }
        if let Some(inviter) = &filter.inviter {
            select.and("inviter_id = ?", inviter);
        }
        if let Some(invitee) = &filter.invitee {
            select.and("invitee_key = ?", invitee.to_lowercase());
        }
        Ok(select.run(self, None).await?.items)
    }

    pub async fn invitation(&self, id: &InvitationId) -> Result<Option<Invitation>, StoreError> {
        self.one(FIND, params![id]).await
    }

    /// The roles of several invitations at once. Those without any are not in the answer.
    pub async fn roles_of_invitations(
        &self,
        invitations: &[InvitationId],
    ) -> Result<HashMap<InvitationId, Vec<InvitedRole>>, StoreError> {
        let mut select = Select::new(self.dialect(), "invitation_id, id, name", ROLES, "name, id");
        select.and_in("invitation_id", invitations.iter().map(InvitationId::as_str));
        let mut roles: HashMap<InvitationId, Vec<InvitedRole>> = HashMap::new();
        for RoleOfInvitation(invitation, role) in select.run::<RoleOfInvitation>(self, None).await?.items {
            roles.entry(invitation).or_default().push(role);
        }
        Ok(roles)
    }
}

impl Tx {
    /// A second pending one for the same address and organization, in whatever case, is a conflict.
    pub async fn insert_invitation(
        &self,
        invitation: &Invitation,
        roles: &[OrganizationRoleId],
    ) -> Result<(), StoreError> {
        let invitee = &invitation.invitee;
        let key = invitee.to_lowercase();
        self.execute(EXPIRE, params![&invitation.organization_id, &key, invitation.created_at]).await?;
        let values = params![
            &invitation.id,
            &invitation.organization_id,
            invitee,
            &key,
            invitation.inviter_id.as_ref(),
            invitation.state.accepted_by(),
            invitation.state.as_str(),
            invitation.created_at,
            invitation.updated_at,
            invitation.expires_at
        ];
        self.execute(INSERT, values).await?;
        for role in roles {
            self.execute(ADD_ROLE, params![&invitation.id, role]).await?;
        }
        Ok(())
    }

    /// Makes the person a member with the invitation's roles. `false`: it was no longer pending, and nothing happened.
    pub async fn accept_invitation(
        &mut self,
        invitation: &Invitation,
        user: &UserId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let accepted = InvitationState::Accepted { by: user.clone() };
        if !self.settle(&invitation.id, &accepted, now).await? {
            return Ok(false);
        }
        self.add_organization_user(&invitation.organization_id, user).await?;
        for role in self.invited_roles(&invitation.id).await? {
            // The type of a role may have changed since it was chosen.
            if role.kind == RoleType::User {
                self.assign_role_to_organization_user(&invitation.organization_id, user, &role.id).await?;
            }
        }
        Ok(true)
    }

    async fn invited_roles(&self, id: &InvitationId) -> Result<Vec<OrganizationRole>, StoreError> {
        let mut select =
            Select::new(self.dialect(), organization_role::COLUMNS, organization_role::FROM, organization_role::ORDER);
        let chosen =
            "id IN (SELECT role_id FROM organization_invitation_roles WHERE tenant_id = $1 AND invitation_id = ?)";
        select.and(chosen, id);
        Ok(select.run(self, None).await?.items)
    }

    /// `false`: it was no longer pending.
    pub async fn revoke_invitation(&self, id: &InvitationId, now: Timestamp) -> Result<bool, StoreError> {
        self.settle(id, &InvitationState::Revoked, now).await
    }

    async fn settle(&self, id: &InvitationId, state: &InvitationState, now: Timestamp) -> Result<bool, StoreError> {
        let accepted_by: Value<'_> = state.accepted_by().into();
        Ok(self.execute(SETTLE, &[id.into(), state.as_str().into(), accepted_by, now.into()]).await? == 1)
    }

    pub async fn delete_invitation(&self, id: &InvitationId) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
