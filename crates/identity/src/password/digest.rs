//! Plain digests, which old systems took for password hashes.

use aws_lc_rs::digest as sha;
use md5::Digest as _;
use subtle::ConstantTimeEq as _;

#[derive(Debug, Clone, Copy)]
pub(super) enum Digest {
    Md5,
    Sha(&'static sha::Algorithm),
}

impl Digest {
    pub(super) const SHA1: Self = Self::Sha(&sha::SHA1_FOR_LEGACY_USE_ONLY);
    pub(super) const SHA256: Self = Self::Sha(&sha::SHA256);

    /// By the names that OpenSSL knows.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_prefix("rsa-").unwrap_or(&name);
        Some(match name {
            "md5" => Self::Md5,
            "sha1" | "sha-1" => Self::SHA1,
            "sha224" | "sha-224" => Self::Sha(&sha::SHA224),
            "sha256" | "sha-256" => Self::SHA256,
            "sha384" | "sha-384" => Self::Sha(&sha::SHA384),
            "sha512" | "sha-512" => Self::Sha(&sha::SHA512),
            "sha512-256" | "sha512/256" => Self::Sha(&sha::SHA512_256),
            "sha3-256" => Self::Sha(&sha::SHA3_256),
            "sha3-384" => Self::Sha(&sha::SHA3_384),
            "sha3-512" => Self::Sha(&sha::SHA3_512),
            _ => return None,
        })
    }

    fn of(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => md5::Md5::digest(data).to_vec(),
            Self::Sha(algorithm) => sha::digest(algorithm, data).as_ref().to_vec(),
        }
    }

    pub(super) fn matches(self, hex: &str, data: &[u8]) -> bool {
        from_hex(hex).is_some_and(|expected| self.of(data).ct_eq(&expected).into())
    }
}

/// Upper-case digits are accepted too: some databases print them.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
