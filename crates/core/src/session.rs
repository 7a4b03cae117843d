//! Browser sessions: who is signed in, since when, and to which clients.

use crate::id::{ApplicationId, GrantId, SessionUid, UserId};
use crate::secret::ValueHash;
use crate::time::Timestamp;
use serde_json::Value;

/// Two weeks, in seconds, unless the tenant's configuration says otherwise.
pub const DEFAULT_SESSION_TTL: i64 = 1_209_600;

#[derive(Debug, Clone)]
pub struct Session {
    /// Names the session in the Management API and in scripts. Opens nothing.
    pub uid: SessionUid,
    /// Digest of the cookie's value. A sign-in always makes a new value, so nobody can plant one beforehand.
    pub cookie: ValueHash,
    pub user_id: UserId,
    /// When the person proved who they are: `auth_time` (OIDC Core §2).
    pub login_at: Timestamp,
    /// The client that the session began with.
    pub client_id: Option<ApplicationId>,
    /// What was submitted at the last sign-in, without secrets: `context.interaction` of scripts.
    pub last_submission: Option<Value>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A client that a session signed in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionClient {
    pub client_id: ApplicationId,
    /// Names the session to this client: `sid` of ID and logout tokens (OIDC Back-Channel Logout §2.1).
    pub sid: String,
    pub grant_id: Option<GrantId>,
    /// The client holds a refresh token that outlives the session.
    pub persists_logout: bool,
}
