//! A hash as it is stored: a method, and text whose form depends on the method.

use super::{argon, bcrypted, digest, legacy};
use signet_core::secret::Plain;
use std::fmt;

/// How a stored hash was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HashMethod {
    Argon2i,
    Argon2id,
    Argon2d,
    Sha1,
    Sha256,
    Md5,
    Bcrypt,
    /// The hash names its algorithm and arguments itself.
    Legacy,
}

impl HashMethod {
    pub const ALL: &'static [Self] = &[
        Self::Argon2i,
        Self::Argon2id,
        Self::Argon2d,
        Self::Sha1,
        Self::Sha256,
        Self::Md5,
        Self::Bcrypt,
        Self::Legacy,
    ];

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
        Self::ALL.iter().copied().find(|method| method.as_str() == text)
    }
}

/// A hash with its method. `Debug` does not show the hash.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPassword {
    pub method: HashMethod,
    pub digest: String,
}

impl fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredPassword({})", self.method.as_str())
    }
}

/// Why no password could ever match a hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnusableHash {
    #[error("a legacy hash is the JSON array of an algorithm, its arguments and the hash")]
    LegacyFormat,
    #[error("the algorithm `{0}` is not supported")]
    LegacyAlgorithm(String),
    #[error("the hash is malformed, or checking it would cost too much")]
    Unreadable,
}

impl StoredPassword {
    /// Refuses a hash that would never match, for imports to hear of it in time. Nothing is computed.
    pub fn check_usable(&self) -> Result<(), UnusableHash> {
        let usable = match self.method {
            HashMethod::Argon2i | HashMethod::Argon2id | HashMethod::Argon2d => argon::is_usable(&self.digest),
            HashMethod::Bcrypt => bcrypted::is_usable(&self.digest),
            HashMethod::Md5 | HashMethod::Sha1 | HashMethod::Sha256 => digest::from_hex(&self.digest).is_some(),
            HashMethod::Legacy => return legacy::Legacy::parse(&self.digest).map(drop),
        };
        if usable { Ok(()) } else { Err(UnusableHash::Unreadable) }
    }

    /// Whether this is the hash of `password`. Takes as long as the method does.
    pub(super) fn matches(&self, password: &Plain) -> bool {
        let password = password.expose().as_bytes();
        match self.method {
            // Which Argon2 it is stands in the hash.
            HashMethod::Argon2i | HashMethod::Argon2id | HashMethod::Argon2d => argon::matches(&self.digest, password),
            HashMethod::Bcrypt => bcrypted::matches(&self.digest, password),
            HashMethod::Md5 => digest::Digest::Md5.matches(&self.digest, password),
            HashMethod::Sha1 => digest::Digest::SHA1.matches(&self.digest, password),
            HashMethod::Sha256 => digest::Digest::SHA256.matches(&self.digest, password),
            HashMethod::Legacy => legacy::Legacy::parse(&self.digest).is_ok_and(|legacy| legacy.matches(password)),
        }
    }

    /// Whether a new hash should take its place as soon as the password is known.
    pub(super) fn needs_upgrade(&self) -> bool {
        self.method != HashMethod::Argon2id || argon::is_weak(&self.digest)
    }

    /// Whether a check takes next to no time.
    pub(super) fn is_quick(&self) -> bool {
        match self.method {
            HashMethod::Argon2i | HashMethod::Argon2id | HashMethod::Argon2d => !argon::is_usable(&self.digest),
            HashMethod::Bcrypt => !bcrypted::is_usable(&self.digest),
            HashMethod::Md5 | HashMethod::Sha1 | HashMethod::Sha256 | HashMethod::Legacy => true,
        }
    }
}
