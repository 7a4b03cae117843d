//! Interactions: an authorization or device request that waits for a person. Pages and APIs leave their results here;
//! only the dispatcher of the authorization endpoint decides what comes next.

use crate::id::{ApplicationId, GrantId, InteractionUid, SessionUid, UserId};
use crate::secret::ValueHash;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An hour, in seconds.
pub const INTERACTION_TTL: i64 = 3600;

/// What a person came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InteractionEvent {
    SignIn,
    Register,
    ForgotPassword,
}

impl InteractionEvent {
    pub const ALL: &'static [Self] = &[Self::SignIn, Self::Register, Self::ForgotPassword];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "SignIn",
            Self::Register => "Register",
            Self::ForgotPassword => "ForgotPassword",
        }
    }
}

/// What a person is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PendingPrompt {
    /// To say who they are.
    Login,
    /// To allow the client what it asked for.
    Consent,
}

impl PendingPrompt {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Consent => "consent",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Login, Self::Consent].into_iter().find(|prompt| prompt.as_str() == text)
    }
}

#[derive(Debug, Clone)]
pub struct Interaction {
    pub uid: InteractionUid,
    pub client_id: ApplicationId,
    /// The parameters of the request, as they were checked: text by name, `resource` an array of texts.
    pub params: Map<String, Value>,
    pub prompt: PendingPrompt,
    /// The session of the browser when the interaction began.
    pub session_uid: Option<SessionUid>,
    /// Whose session that was.
    pub user_id: Option<UserId>,
    /// The device code that waits, when a device began it.
    pub device: Option<ValueHash>,
    /// How far the sign-in has come; owned by the sign-in, opaque to the protocol.
    pub experience: Option<Value>,
    pub login: Option<LoginResult>,
    /// What a consent allowed.
    pub grant_id: Option<GrantId>,
    /// Grows with every write: of two writers that read the same row one fails.
    pub version: i64,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A finished sign-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginResult {
    pub user_id: UserId,
    pub at: Timestamp,
    /// What was submitted, without secrets: it becomes the session's.
    pub last_submission: Option<Value>,
}
