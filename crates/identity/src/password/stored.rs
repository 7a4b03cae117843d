//! A hash as it is stored: a method, and text whose form depends on the method.

use super::{argon, bcrypted, digest, legacy};
use signet_core::secret::Plain;
use signet_core::user::{PasswordHash, PasswordMethod};

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

/// Refuses a hash that would never match, for imports to hear of it in time. Nothing is computed.
pub fn check_usable(hash: &PasswordHash) -> Result<(), UnusableHash> {
    let usable = match hash.method {
        PasswordMethod::Argon2i | PasswordMethod::Argon2id | PasswordMethod::Argon2d => argon::is_usable(&hash.digest),
        PasswordMethod::Bcrypt => bcrypted::is_usable(&hash.digest),
        PasswordMethod::Md5 | PasswordMethod::Sha1 | PasswordMethod::Sha256 => digest::from_hex(&hash.digest).is_some(),
        PasswordMethod::Legacy => return legacy::Legacy::parse(&hash.digest).map(drop),
    };
    if usable { Ok(()) } else { Err(UnusableHash::Unreadable) }
}

/// Whether this is the hash of `password`. Takes as long as the method does.
pub(super) fn matches(hash: &PasswordHash, password: &Plain) -> bool {
    let (digest, password) = (&hash.digest, password.expose().as_bytes());
    match hash.method {
        // Which Argon2 it is stands in the hash.
        PasswordMethod::Argon2i | PasswordMethod::Argon2id | PasswordMethod::Argon2d => {
            argon::matches(digest, password)
        }
        PasswordMethod::Bcrypt => bcrypted::matches(digest, password),
        PasswordMethod::Md5 => digest::Digest::Md5.matches(digest, password),
        PasswordMethod::Sha1 => digest::Digest::SHA1.matches(digest, password),
        PasswordMethod::Sha256 => digest::Digest::SHA256.matches(digest, password),
        PasswordMethod::Legacy => legacy::Legacy::parse(digest).is_ok_and(|legacy| legacy.matches(password)),
    }
}

/// Whether a new hash should take its place as soon as the password is known.
pub(super) fn needs_upgrade(hash: &PasswordHash) -> bool {
    hash.method != PasswordMethod::Argon2id || argon::is_weak(&hash.digest)
}

/// Whether a check takes clearly less time than one of our own hashes, because of its method, of settings that were
/// low, or because there is nothing to compute.
pub(super) fn is_quick(hash: &PasswordHash) -> bool {
    let digest = &hash.digest;
    match hash.method {
        PasswordMethod::Argon2i | PasswordMethod::Argon2id | PasswordMethod::Argon2d => {
            !argon::is_usable(digest) || argon::is_quick(digest)
        }
        PasswordMethod::Bcrypt => !bcrypted::is_usable(digest) || bcrypted::is_quick(digest),
        PasswordMethod::Md5 | PasswordMethod::Sha1 | PasswordMethod::Sha256 | PasswordMethod::Legacy => true,
    }
}
