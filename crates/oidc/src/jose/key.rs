//! Private keys: generated here, or imported as `OIDC_PRIVATE_KEYS` allows (PKCS#8, SEC 1, PKCS#1).
//!
//! A key decides its algorithm (RFC 7518 §3.1): P-256 signs ES256, P-384 ES384, P-521 ES512, RSA RS256.

use super::jwk::PublicJwk;
use super::pem;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, RsaKeyPair,
};
use signet_core::secret::Plain;
use signet_core::signing_key::{KeyFamily, SigningAlgorithm};
use std::fmt;

/// Smallest RSA modulus that we sign with, in bytes: 2048 bits (RFC 7518 §3.3).
const MIN_RSA_BYTES: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("the key is neither PEM nor base64 of PEM")]
    NotPem,
    #[error("the key is encrypted; give it without a passphrase")]
    Encrypted,
    #[error("the key is none of EC P-256, P-384, P-521 and RSA of 2048 to 8192 bits")]
    Unsupported,
    #[error("the cryptographic library could not make or write a key")]
    Library,
}

/// A private key, parsed.
pub struct PrivateKey {
    pub(super) pair: KeyPair,
    algorithm: SigningAlgorithm,
}

pub(super) enum KeyPair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

/// The curves, with what each signs.
const CURVES: [(SigningAlgorithm, &EcdsaSigningAlgorithm); 3] = [
    (SigningAlgorithm::Es256, &ECDSA_P256_SHA256_FIXED_SIGNING),
    (SigningAlgorithm::Es384, &ECDSA_P384_SHA384_FIXED_SIGNING),
    (SigningAlgorithm::Es512, &ECDSA_P521_SHA512_FIXED_SIGNING),
];

impl PrivateKey {
    /// A new key: P-384, or RSA of 2048 bits.
    pub fn generate(family: KeyFamily) -> Result<Self, KeyError> {
        match family {
            KeyFamily::Ec => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).map_err(|_| KeyError::Library)?;
                Ok(Self { pair: KeyPair::Ec(pair), algorithm: SigningAlgorithm::Es384 })
            }
            KeyFamily::Rsa => Self::rsa(RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Library)?),
        }
    }

    /// Reads PEM, or base64 of PEM. Text without a `-` cannot be PEM.
    pub fn import(text: &str) -> Result<Self, KeyError> {
        if text.contains('-') {
            return Self::from_pem(text);
        }
        let decoded = pem::base64(text)?;
        Self::from_pem(std::str::from_utf8(&decoded).map_err(|_| KeyError::NotPem)?)
    }

    fn from_pem(text: &str) -> Result<Self, KeyError> {
        for block in pem::blocks(text)? {
            let der = block.der.as_slice();
            match block.label.as_str() {
                "PRIVATE KEY" | "EC PRIVATE KEY" => {
                    return Self::ec(der)
                        .or_else(|_| Self::rsa(RsaKeyPair::from_pkcs8(der).map_err(|_| KeyError::Unsupported)?));
                }
                "RSA PRIVATE KEY" => return Self::rsa(RsaKeyPair::from_der(der).map_err(|_| KeyError::Unsupported)?),
                "ENCRYPTED PRIVATE KEY" => return Err(KeyError::Encrypted),
                _ => {}
            }
        }
        Err(KeyError::NotPem)
    }

    /// PKCS#8 or SEC 1, on the first curve that fits.
    fn ec(der: &[u8]) -> Result<Self, KeyError> {
        let fitting = CURVES.into_iter().find_map(|(algorithm, curve)| {
            let pair = KeyPair::Ec(EcdsaKeyPair::from_private_key_der(curve, der).ok()?);
            Some(Self { pair, algorithm })
        });
        fitting.ok_or(KeyError::Unsupported)
    }

    fn rsa(pair: RsaKeyPair) -> Result<Self, KeyError> {
        if pair.public_modulus_len() < MIN_RSA_BYTES {
            return Err(KeyError::Unsupported);
        }
        Ok(Self { pair: KeyPair::Rsa(pair), algorithm: SigningAlgorithm::Rs256 })
    }

    /// PKCS#8 PEM, the form in which keys are sealed and stored.
    pub fn to_pem(&self) -> Result<Plain, KeyError> {
        let pem = match &self.pair {
            KeyPair::Ec(pair) => pair.to_pkcs8v1().map(|document| pem::encode("PRIVATE KEY", document.as_ref())),
            KeyPair::Rsa(pair) => pair.as_der().map(|document| pem::encode("PRIVATE KEY", document.as_ref())),
        };
        pem.map(Plain::new).map_err(|_| KeyError::Library)
    }

    pub fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }

    pub fn public_jwk(&self) -> PublicJwk {
        PublicJwk::of(self)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.algorithm.as_str())
    }
}

#[cfg(test)]
#[path = "key_tests.rs"]
mod tests;
