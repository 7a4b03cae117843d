//! One-time tokens: what a link in an email signs somebody in with.

use crate::interaction::InteractionEvent;
use crate::secret::ValueHash;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Ten minutes, in seconds.
pub const ONE_TIME_TOKEN_TTL: i64 = 600;

#[derive(Debug, Clone)]
pub struct OneTimeToken {
    pub id: String,
    pub email: String,
    /// The token itself is told once, when it is made.
    pub token: ValueHash,
    pub context: OneTimeTokenContext,
    pub status: OneTimeTokenStatus,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// What else a token is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OneTimeTokenContext {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jit_organization_ids: Option<Vec<String>>,
    /// The one event that it can be used for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interaction_event: Option<InteractionEvent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneTimeTokenStatus {
    Active,
    Consumed,
    Revoked,
    Expired,
}

impl OneTimeTokenStatus {
    pub const ALL: &'static [Self] = &[Self::Active, Self::Consumed, Self::Revoked, Self::Expired];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Consumed => "consumed",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.as_str() == text)
    }
}

impl OneTimeToken {
    /// The status by the clock: nobody writes down that time has passed.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        if self.status == OneTimeTokenStatus::Active && self.expires_at <= now {
            self.status = OneTimeTokenStatus::Expired;
        }
        self
    }
}
