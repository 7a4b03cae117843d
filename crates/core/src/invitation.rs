//! Invitations to organizations. Where one stands is decided by the clock as well: nobody writes down that time has
//! passed.

use crate::id::{InvitationId, OrganizationId, OrganizationRoleId, UserId};
use crate::time::Timestamp;

#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub organization_id: OrganizationId,
    /// The email address of who is invited, as it was written.
    pub invitee: String,
    pub inviter_id: Option<UserId>,
    pub state: InvitationState,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub expires_at: Timestamp,
}

/// All but the first are final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationState {
    Pending,
    Accepted { by: UserId },
    Revoked,
    Expired,
}

impl InvitationState {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Accepted { .. } => "Accepted",
            Self::Revoked => "Revoked",
            Self::Expired => "Expired",
        }
    }

    /// `by` is who accepted. Nobody else than an accepted invitation has one.
    pub fn parse(text: &str, by: Option<UserId>) -> Option<Self> {
        match (text, by) {
            ("Pending", None) => Some(Self::Pending),
            ("Accepted", Some(by)) => Some(Self::Accepted { by }),
            ("Revoked", None) => Some(Self::Revoked),
            ("Expired", None) => Some(Self::Expired),
            _ => None,
        }
    }

    pub fn accepted_by(&self) -> Option<&UserId> {
        match self {
            Self::Accepted { by } => Some(by),
            Self::Pending | Self::Revoked | Self::Expired => None,
        }
    }
}

impl Invitation {
    /// The invitation as it stands at `now`.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        if self.state == InvitationState::Pending && self.expires_at <= now {
            self.state = InvitationState::Expired;
        }
        self
    }

    /// Whether it is for this address. Email addresses do not tell upper from lower case.
    pub fn is_for(&self, email: &str) -> bool {
        self.invitee.to_lowercase() == email.to_lowercase()
    }
}

/// A role that comes with accepting, as far as lists of invitations show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitedRole {
    pub id: OrganizationRoleId,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation(state: InvitationState) -> Invitation {
        Invitation {
            id: "i".parse().unwrap(),
            organization_id: "acme".parse().unwrap(),
            invitee: "Ann@X.io".to_owned(),
            inviter_id: None,
            state,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            expires_at: Timestamp(10),
        }
    }

    #[test]
    fn only_what_is_pending_expires() {
        let by = "ann".parse::<UserId>().unwrap();
        for (state, now, expected) in [
            (InvitationState::Pending, 9, InvitationState::Pending),
            (InvitationState::Pending, 10, InvitationState::Expired),
            (InvitationState::Revoked, 10, InvitationState::Revoked),
            (InvitationState::Accepted { by: by.clone() }, 10, InvitationState::Accepted { by: by.clone() }),
        ] {
            assert_eq!(invitation(state.clone()).at(Timestamp(now)).state, expected, "{state:?} at {now}");
            let read = InvitationState::parse(state.as_str(), state.accepted_by().cloned());
            assert_eq!(read, Some(state));
        }
        assert_eq!(InvitationState::parse("Accepted", None), None);
        assert_eq!(InvitationState::parse("Pending", Some(by)), None);
    }

    #[test]
    fn an_address_is_the_same_in_any_case() {
        let invitation = invitation(InvitationState::Pending);
        for (email, is_for) in [("ann@x.io", true), ("ANN@X.IO", true), ("ann@x.io ", false), ("bob@x.io", false)] {
            assert_eq!(invitation.is_for(email), is_for, "{email}");
        }
    }
}
