//! Why something is not done about an invitation.

use crate::experience::refusal::ExperienceError;
use signet_storage::{Constraint, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    #[error(transparent)]
    Refused(#[from] InvitationRefusal),
    /// The message that goes with it is refused.
    #[error("the message is not sent")]
    Message(#[from] ExperienceError),
    #[error("the database failed")]
    Store(#[source] StoreError),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationRefusal {
    #[error("there is no such invitation")]
    NotFound,
    #[error("the invitation would be over before it is made")]
    Past,
    #[error("the organization, the inviter, a role or the person does not exist")]
    UnknownReference,
    #[error("a role is for machines")]
    RoleOfMachines,
    #[error("the address belongs to a member")]
    Member,
    #[error("the address has a pending invitation already")]
    Invited,
    #[error("the invitation is for another address")]
    OtherEmail,
    #[error("the invitation was accepted or revoked, or has expired")]
    Over,
    #[error("nothing is configured that sends emails")]
    NoSender,
}

impl From<StoreError> for InvitationError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::MissingReference => InvitationRefusal::UnknownReference.into(),
            StoreError::Conflict(Constraint::PendingInvitation) => InvitationRefusal::Invited.into(),
            other => Self::Store(other),
        }
    }
}
