//! PBKDF2 (RFC 8018 §5.2) with HMAC: `[salt, iterations, key length, digest]`.

use super::digest::from_hex;
use super::stored::UnusableHash;
use aws_lc_rs::pbkdf2;
use std::num::NonZeroU32;

/// About five seconds; usual are some hundred thousand.
const MOST_ITERATIONS: u32 = 10_000_000;
const LONGEST_KEY: usize = 256;

pub(super) struct Pbkdf2 {
    algorithm: pbkdf2::Algorithm,
    salt: Vec<u8>,
    iterations: NonZeroU32,
    length: usize,
}

impl std::fmt::Debug for Pbkdf2 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pbkdf2")
    }
}

impl Pbkdf2 {
    pub(super) fn parse(args: &[String]) -> Result<Self, UnusableHash> {
        let [salt, iterations, length, digest] = args else { return Err(UnusableHash::LegacyFormat) };
        let iterations = iterations.parse().ok().filter(|count: &NonZeroU32| count.get() <= MOST_ITERATIONS);
        let length = length.parse().ok().filter(|length| (1..=LONGEST_KEY).contains(length));
        let salt = match salt.strip_prefix("hex:") {
            Some(hex) => from_hex(hex),
            None => Some(salt.as_bytes().to_vec()),
        };
        let (Some(iterations), Some(length), Some(salt)) = (iterations, length, salt) else {
            return Err(UnusableHash::LegacyFormat);
        };
        let algorithm = match digest.to_ascii_lowercase().as_str() {
            "sha1" | "sha-1" => pbkdf2::PBKDF2_HMAC_SHA1,
            "sha256" | "sha-256" => pbkdf2::PBKDF2_HMAC_SHA256,
            "sha384" | "sha-384" => pbkdf2::PBKDF2_HMAC_SHA384,
            "sha512" | "sha-512" => pbkdf2::PBKDF2_HMAC_SHA512,
            _ => return Err(UnusableHash::LegacyAlgorithm(format!("pbkdf2 with {digest}"))),
        };
        Ok(Self { algorithm, salt, iterations, length })
    }

    pub(super) fn matches(&self, hex: &str, password: &[u8]) -> bool {
        let Some(expected) = from_hex(hex).filter(|key| key.len() == self.length) else { return false };
        // The library compares in constant time.
        pbkdf2::verify(self.algorithm, self.iterations, &self.salt, password, &expected).is_ok()
    }
}
