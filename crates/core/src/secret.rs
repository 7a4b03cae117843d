//! Secrets exist in three types: [`Plain`] is shown once and never stored, [`Hashed`] is stored or cached and only
//! compared, [`Sealed`] is stored encrypted under the vault key and opened by one function of `signet-storage`.
//!
//! [`ValueHash`] is none of them: it is what rows are found by when the secret itself is shown.
//!
//! No secret implements `Display`, and `Debug` prints no more than the type's name.

use sha2::{Digest, Sha256};
use std::fmt;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A secret in clear, wiped from memory when dropped.
#[derive(Clone)]
pub struct Plain(Zeroizing<String>);

impl Plain {
    pub fn new(secret: String) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// The secret itself: for the one answer that shows it, or the one primitive that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn hashed(&self) -> Hashed {
        Hashed::of(&self.0)
    }
}

/// The SHA-256 of a secret with enough entropy of its own (32 random characters). Not for passwords.
#[derive(Clone, Copy)]
pub struct Hashed([u8; 32]);

impl Hashed {
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Compares in constant time, so that a guess learns nothing from how long the answer took.
    pub fn matches(&self, presented: &str) -> bool {
        self.0.ct_eq(&Self::of(presented).0).into()
    }
}

/// What a row of an opaque value (code, token, cookie) is found by: the hexadecimal SHA-256 of the value, which has
/// enough entropy of its own. Whoever reads the database learns no value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ValueHash(String);

impl ValueHash {
    pub fn of(value: &str) -> Self {
        let mut text = String::with_capacity(64);
        for byte in Sha256::digest(value.as_bytes()) {
            // Writing to a string cannot fail.
            let _written = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// Wraps text that was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A secret encrypted under the vault key: text that is safe in a database and in a backup.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(String);

impl Sealed {
    /// Wraps text that the vault made. Opening anything else fails.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_stored(&self) -> &str {
        &self.0
    }
}

macro_rules! opaque_debug {
    ($($name:ident)*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )* };
}
opaque_debug!(Plain Hashed Sealed);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let secret = Plain::new("hunter2".to_owned());
        assert_eq!(
            format!("{secret:?} {:?} {:?}", secret.hashed(), Sealed::from_stored("x".to_owned())),
            "Plain Hashed Sealed"
        );
    }

    #[test]
    fn attack_59_secrets_are_compared_by_digest_and_match_only_themselves() {
        let stored = Plain::new("correct".to_owned()).hashed();
        assert!(stored.matches("correct"));
        for guess in ["", "correc", "correct ", "Correct"] {
            assert!(!stored.matches(guess), "{guess:?}");
        }
    }
}
