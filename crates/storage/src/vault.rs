//! Encryption at rest: AES-256-GCM under the vault key. [`Vault::open`] is the one function that opens a `Sealed`.
//!
//! The name of the row and column is authenticated with the text, so that a sealed value moved to another row does
//! not open there.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use signet_core::random::Rng;
use signet_core::secret::{Plain, Sealed};
use std::sync::Arc;

/// Marks the format, so that a later one can be told apart.
const PREFIX: &str = "v1.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("the vault key must be 32 bytes")]
    KeyLength,
    #[error("the value was not sealed under this vault key for this place")]
    CannotOpen,
    #[error("the value could not be sealed")]
    CannotSeal,
}

/// Seals and opens secrets.
#[derive(Clone)]
pub struct Vault {
    key: Arc<LessSafeKey>,
    rng: Arc<dyn Rng>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// `key` is 32 random bytes.
    pub fn new(key: &[u8], rng: Arc<dyn Rng>) -> Result<Self, VaultError> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| VaultError::KeyLength)?;
        Ok(Self { key: Arc::new(LessSafeKey::new(key)), rng })
    }

    /// Encrypts `secret` for one place, which is named like `application_secrets/<tenant>/<id>/<name>`.
    pub fn seal(&self, place: &str, secret: &str) -> Result<Sealed, VaultError> {
        let mut nonce = [0_u8; NONCE_LEN];
        self.rng.fill(&mut nonce);
        let mut text = secret.as_bytes().to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place.as_bytes()), &mut text)
            .map_err(|_| VaultError::CannotSeal)?;
        let mut bytes = nonce.to_vec();
        bytes.append(&mut text);
        Ok(Sealed::from_stored(format!("{PREFIX}{}", STANDARD_NO_PAD.encode(bytes))))
    }

    /// Decrypts what [`Vault::seal`] made for the same place.
    pub fn open(&self, place: &str, sealed: &Sealed) -> Result<Plain, VaultError> {
        let text = sealed.as_stored().strip_prefix(PREFIX).ok_or(VaultError::CannotOpen)?;
        let mut bytes = STANDARD_NO_PAD.decode(text).map_err(|_| VaultError::CannotOpen)?;
        let (nonce, text) = bytes.split_at_mut_checked(NONCE_LEN).ok_or(VaultError::CannotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultError::CannotOpen)?;
        let plain =
            self.key.open_in_place(nonce, Aad::from(place.as_bytes()), text).map_err(|_| VaultError::CannotOpen)?;
        let plain = std::str::from_utf8(plain).map_err(|_| VaultError::CannotOpen)?;
        Ok(Plain::new(plain.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_core::random::SystemRng;

    fn vault(byte: u8) -> Vault {
        Vault::new(&[byte; 32], Arc::new(SystemRng)).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_only_in_its_place_under_its_key() {
        let sealed = vault(1).seal("a/b", "hunter2").unwrap();

        assert_eq!(vault(1).open("a/b", &sealed).unwrap().expose(), "hunter2");
        assert_eq!(vault(1).open("a/c", &sealed).unwrap_err(), VaultError::CannotOpen);
        assert_eq!(vault(2).open("a/b", &sealed).unwrap_err(), VaultError::CannotOpen);
        for damaged in ["", "v1.", "v1.AAAA", "v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(vault(1).open("a/b", &Sealed::from_stored(damaged.to_owned())).is_err(), "{damaged}");
        }
    }

    #[test]
    fn the_same_secret_never_seals_to_the_same_text() {
        assert_ne!(vault(1).seal("a", "x").unwrap(), vault(1).seal("a", "x").unwrap());
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        assert_eq!(Vault::new(&[1; 31], Arc::new(SystemRng)).unwrap_err(), VaultError::KeyLength);
    }
}
