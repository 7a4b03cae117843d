//! People of a tenant.

use crate::id::{ApplicationId, UserId};
use crate::time::Timestamp;
use serde_json::{Map, Value};
use std::fmt;

/// A person as stored. JSON members are objects that were checked before they came here.
#[derive(Debug, Clone)]
pub struct User {
    pub id: UserId,
    pub username: Option<String>,
    pub primary_email: Option<String>,
    /// Digits only, in international form.
    pub primary_phone: Option<String>,
    pub has_password: bool,
    pub password_updated_at: Option<Timestamp>,
    /// An administrator wants another password at the next sign-in.
    pub is_password_expired: bool,
    pub name: Option<String>,
    pub avatar: Option<String>,
    /// Standard claims under their camelCase names.
    pub profile: Map<String, Value>,
    pub custom_data: Map<String, Value>,
    /// Connector target to `{userId, details?}`.
    pub identities: Map<String, Value>,
    /// What the reference calls `logtoConfig`: choices about second factors.
    pub settings: Map<String, Value>,
    /// The application that the person signed in to first.
    pub application_id: Option<ApplicationId>,
    pub is_suspended: bool,
    pub last_sign_in_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl User {
    /// Somebody with nothing but an id.
    pub fn new(id: UserId, created_at: Timestamp) -> Self {
        Self {
            id,
            username: None,
            primary_email: None,
            primary_phone: None,
            has_password: false,
            password_updated_at: None,
            is_password_expired: false,
            name: None,
            avatar: None,
            profile: Map::new(),
            custom_data: Map::new(),
            identities: Map::new(),
            settings: Map::new(),
            application_id: None,
            is_suspended: false,
            last_sign_in_at: None,
            created_at,
            updated_at: created_at,
        }
    }
}

/// How a password was hashed. New hashes are [`PasswordMethod::Argon2id`]; the others come with imported people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PasswordMethod {
    Argon2i,
    Argon2id,
    Argon2d,
    Sha1,
    Sha256,
    Md5,
    Bcrypt,
    Legacy,
}

impl PasswordMethod {
    pub const ALL: [Self; 8] =
        [Self::Argon2i, Self::Argon2id, Self::Argon2d, Self::Sha1, Self::Sha256, Self::Md5, Self::Bcrypt, Self::Legacy];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Argon2i => "Argon2i",
            Self::Argon2id => "Argon2id",
            Self::Argon2d => "Argon2d",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Md5 => "MD5",
            Self::Bcrypt => "Bcrypt",
            Self::Legacy => "Legacy",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == text)
    }
}

/// A hashed password with the method that made it. `Debug` shows the method only.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    pub method: PasswordMethod,
    /// PHC string, hexadecimal digest or the JSON text of a legacy hash, as the method has it.
    pub digest: String,
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordHash").field("method", &self.method).finish_non_exhaustive()
    }
}
