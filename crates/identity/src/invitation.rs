//! Invitations to organizations: made, sent, accepted or revoked on behalf of a program that has its own page for them.
//!
//! Email addresses do not tell upper from lower case, wherever two of them are compared.

mod refusal;
mod template;

pub use refusal::{InvitationError, InvitationRefusal};

use crate::code::may_get_another;
use crate::experience::identifier::Recipient;
use crate::identifier::Email;
use crate::identity::Identity;
use crate::message::{Message, Variables, send_in_background};
use signet_core::id::{InvitationId, OrganizationId, OrganizationRoleId, UserId};
use signet_core::invitation::{Invitation, InvitationState};
use signet_core::role::RoleType;
use signet_core::time::Timestamp;
use signet_core::verification::{Channel, TemplateType};
use signet_storage::Tx;

/// What somebody is invited to.
pub struct NewInvitation {
    pub invitee: Email,
    pub organization: OrganizationId,
    pub inviter: Option<UserId>,
    pub roles: Vec<OrganizationRoleId>,
    pub expires_at: Timestamp,
    /// `None` sends nothing.
    pub message: Option<Variables>,
}

impl Identity {
    /// Invites somebody who is neither a member nor invited already, and tells them if that is wanted.
    pub async fn invite(&self, request: NewInvitation) -> Result<Invitation, InvitationError> {
        let now = self.now();
        if request.expires_at <= now {
            return Err(InvitationRefusal::Past.into());
        }
        if request.message.is_some() {
            self.can_send()?;
        }
        let invitation = Invitation {
            id: InvitationId::random(&*self.deps.rng),
            organization_id: request.organization,
            invitee: request.invitee.as_str().to_owned(),
            inviter_id: request.inviter,
            state: InvitationState::Pending,
            created_at: now,
            updated_at: now,
            expires_at: request.expires_at,
        };
        let tx = self.store.write().await?;
        is_no_member(&tx, &invitation).await?;
        are_for_people(&tx, &request.roles).await?;
        tx.insert_invitation(&invitation, &request.roles).await?;
        let message = match request.message {
            Some(variables) => Some(self.message(&tx, &invitation, variables).await?),
            None => None,
        };
        tx.commit().await?;
        if let Some(message) = message {
            self.send(request.invitee, message);
        }
        Ok(invitation)
    }

    /// Tells somebody who has not answered yet, once more or for the first time.
    pub async fn send_invitation(&self, id: &InvitationId, variables: Variables) -> Result<(), InvitationError> {
        let tx = self.store.write().await?;
        let invitation = self.pending(&tx, id).await?;
        self.can_send()?;
        // It was an address when it was stored.
        let invitee: Email = invitation.invitee.parse().map_err(|_| InvitationRefusal::OtherEmail)?;
        let message = self.message(&tx, &invitation, variables).await?;
        tx.commit().await?;
        self.send(invitee, message);
        Ok(())
    }

    /// Makes a person a member, with the roles of the invitation. It must be for their address.
    pub async fn accept_invitation(&self, id: &InvitationId, user: &UserId) -> Result<Invitation, InvitationError> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        let mut invitation = self.pending(&tx, id).await?;
        // Taken first, as whoever deletes it does: what hangs on it comes after.
        tx.take_organization(&invitation.organization_id).await?.ok_or(InvitationRefusal::NotFound)?;
        let person = tx.user(user).await?.ok_or(InvitationRefusal::UnknownReference)?;
        if !person.primary_email.is_some_and(|email| invitation.is_for(&email)) {
            return Err(InvitationRefusal::OtherEmail.into());
        }
        if !tx.accept_invitation(&invitation, user, now).await? {
            return Err(InvitationRefusal::Over.into());
        }
        tx.commit().await?;
        invitation.state = InvitationState::Accepted { by: user.clone() };
        invitation.updated_at = now;
        Ok(invitation)
    }

    /// Takes an invitation back. Whoever has accepted it stays a member.
    pub async fn revoke_invitation(&self, id: &InvitationId) -> Result<Invitation, InvitationError> {
        let now = self.now();
        let tx = self.store.write().await?;
        let mut invitation = self.pending(&tx, id).await?;
        if !tx.revoke_invitation(id, now).await? {
            return Err(InvitationRefusal::Over.into());
        }
        tx.commit().await?;
        invitation.state = InvitationState::Revoked;
        invitation.updated_at = now;
        Ok(invitation)
    }

    /// An invitation that still waits for an answer.
    async fn pending(&self, tx: &Tx, id: &InvitationId) -> Result<Invitation, InvitationError> {
        let found = tx.invitation(id).await?.ok_or(InvitationRefusal::NotFound)?.at(self.now());
        match found.state {
            InvitationState::Pending => Ok(found),
            InvitationState::Accepted { .. } | InvitationState::Revoked | InvitationState::Expired => {
                Err(InvitationRefusal::Over.into())
            }
        }
    }

    fn can_send(&self) -> Result<(), InvitationError> {
        if self.deps.for_programs.has(Channel::Email) { Ok(()) } else { Err(InvitationRefusal::NoSender.into()) }
    }

    /// Puts the message together and counts it.
    async fn message(
        &self,
        tx: &Tx,
        invitation: &Invitation,
        variables: Variables,
    ) -> Result<Message, InvitationError> {
        let (recipient, now) = (invitation.invitee.to_lowercase(), self.now());
        may_get_another(tx, &recipient, now).await?;
        tx.insert_sent_message(&self.deps.rng.id(21), &recipient, now).await?;
        let locales = variables.text("uiLocales").or(variables.text("locale")).map(str::to_owned);
        let variables = template::filled(tx, invitation, variables).await?;
        Ok(Message { template: TemplateType::OrganizationInvitation, code: None, locales, variables })
    }

    fn send(&self, invitee: Email, message: Message) {
        if let Some(sending) = self.deps.for_programs.send(Recipient::Email(invitee), message) {
            send_in_background(sending);
        }
    }
}

async fn is_no_member(tx: &Tx, invitation: &Invitation) -> Result<(), InvitationError> {
    let Some(person) = tx.user_by_email(&invitation.invitee).await? else { return Ok(()) };
    if tx.is_organization_user(&invitation.organization_id, &person.id).await? {
        return Err(InvitationRefusal::Member.into());
    }
    Ok(())
}

async fn are_for_people(tx: &Tx, roles: &[OrganizationRoleId]) -> Result<(), InvitationError> {
    let found = tx.organization_roles_by_ids(roles).await?;
    if found.len() < roles.len() {
        return Err(InvitationRefusal::UnknownReference.into());
    }
    if found.iter().any(|role| role.kind != RoleType::User) {
        return Err(InvitationRefusal::RoleOfMachines.into());
    }
    Ok(())
}
