//! Device authorization (RFC 8628): a code that a device polls with, and one that a person types elsewhere.

use crate::id::{ApplicationId, GrantId, SessionUid, UserId};
use crate::secret::ValueHash;
use crate::time::Timestamp;
use crate::token::SignInFacts;
use serde_json::{Map, Value};
use std::time::Duration;

/// How long a person has.
pub const DEVICE_CODE_TTL: Duration = Duration::from_mins(10);
/// A device that polls again sooner is told to slow down. Half of what RFC 8628 §3.5 has devices wait, since networks
/// delay one poll and not the next.
pub const MIN_POLL_GAP: Duration = Duration::from_millis(2500);

/// How far a device's request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceStatus {
    /// Nobody has answered.
    Pending,
    /// Somebody signed in and allowed it; the device has not been here since.
    Approved,
    Denied,
    /// The device has its tokens.
    Consumed,
}

impl DeviceStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Consumed => "consumed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Pending, Self::Approved, Self::Denied, Self::Consumed].into_iter().find(|status| status.as_str() == text)
    }
}

#[derive(Debug, Clone)]
pub struct DeviceCode {
    /// Of the value that the device polls with.
    pub hash: ValueHash,
    /// `XXXX-XXXX`.
    pub user_code: String,
    pub client_id: ApplicationId,
    /// The parameters of the request, as they were checked: text by name, `resource` an array of texts.
    pub params: Map<String, Value>,
    pub status: DeviceStatus,
    /// What follows is there once the request is approved.
    pub grant_id: Option<GrantId>,
    pub user_id: Option<UserId>,
    pub session_uid: Option<SessionUid>,
    pub facts: Option<SignInFacts>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// What an approval leaves with a device code.
#[derive(Debug, Clone)]
pub struct DeviceApproval<'a> {
    pub grant_id: &'a GrantId,
    pub user_id: &'a UserId,
    pub session_uid: Option<&'a SessionUid>,
    pub facts: &'a SignInFacts,
}

/// A code as a person typed it, in the form in which it is stored. `None`: it cannot be one.
///
/// ```
/// use signet_core::device::normalized_user_code;
/// assert_eq!(normalized_user_code(" bcdf ghjk").as_deref(), Some("BCDF-GHJK"));
/// assert_eq!(normalized_user_code("BCDF"), None);
/// ```
pub fn normalized_user_code(typed: &str) -> Option<String> {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let (first, second) = letters.split_at_checked(4)?;
    (second.len() == 4).then(|| format!("{first}-{second}"))
}
