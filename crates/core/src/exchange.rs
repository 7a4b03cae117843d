//! What somebody can exchange for tokens of a person (RFC 8693): personal access tokens, which people hold themselves,
//! and subject tokens, by which a backend acts for somebody.

use crate::id::UserId;
use crate::secret::{Sealed, ValueHash};
use crate::time::Timestamp;
use serde_json::{Map, Value};

/// What the value of a personal access token begins with.
pub const PERSONAL_TOKEN_PREFIX: &str = "pat_";
/// What the value of a subject token begins with.
pub const SUBJECT_TOKEN_PREFIX: &str = "sub_";
/// Ten minutes, in seconds.
pub const SUBJECT_TOKEN_TTL: i64 = 600;

#[derive(Debug, Clone)]
pub struct PersonalAccessToken {
    pub user_id: UserId,
    /// One person has each name once.
    pub name: String,
    pub hash: ValueHash,
    /// Kept, because administrators may read it again.
    pub value: Sealed,
    pub created_at: Timestamp,
    /// `None`: it works until it is deleted.
    pub expires_at: Option<Timestamp>,
}

/// Works once.
#[derive(Debug, Clone)]
pub struct SubjectToken {
    pub id: String,
    pub hash: ValueHash,
    pub user_id: UserId,
    /// The `sub` of who asked for it.
    pub creator_id: Option<String>,
    /// What the creator wants claims scripts to know.
    pub context: Map<String, Value>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub consumed_at: Option<Timestamp>,
}
