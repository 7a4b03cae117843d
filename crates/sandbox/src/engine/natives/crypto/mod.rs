//! Digests, message authentication codes and signatures, by AWS-LC. The prelude turns them into `crypto.subtle`.
//!
//! No function keeps anything: a key is the bytes that an earlier call returned, and lives in the script's heap.

mod keys;
mod signatures;

pub(super) use keys::{ed25519_private, ed25519_seed, key_from_parts, public_key, rsa_number};
pub(super) use signatures::{sign, verify};

use crate::engine::call::{Answer, Call};
use aws_lc_rs::{digest as hashes, hmac as macs};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn argument(call: &Call<'_>, index: usize) -> Option<Self> {
        Some(match &*call.text(index)? {
            "SHA-1" => Self::Sha1,
            "SHA-256" => Self::Sha256,
            "SHA-384" => Self::Sha384,
            "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    fn digest(self) -> &'static hashes::Algorithm {
        match self {
            Self::Sha1 => &hashes::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &hashes::SHA256,
            Self::Sha384 => &hashes::SHA384,
            Self::Sha512 => &hashes::SHA512,
        }
    }

    fn mac(self) -> macs::Algorithm {
        match self {
            Self::Sha1 => macs::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => macs::HMAC_SHA256,
            Self::Sha384 => macs::HMAC_SHA384,
            Self::Sha512 => macs::HMAC_SHA512,
        }
    }
}

/// What a key is for. The two RSA schemes share their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
    P521,
    Ed25519,
}

impl Kind {
    fn argument(call: &Call<'_>, index: usize) -> Option<Self> {
        Some(match &*call.text(index)? {
            "RSASSA-PKCS1-v1_5" | "RSA-PSS" => Self::Rsa,
            "P-256" => Self::P256,
            "P-384" => Self::P384,
            "P-521" => Self::P521,
            "Ed25519" => Self::Ed25519,
            _ => return None,
        })
    }
}

/// `(hash, data)`
pub(super) fn digest(call: &Call<'_>) -> Answer {
    let (Some(hash), Some(data)) = (Hash::argument(call, 0), call.data(1)) else {
        return call.type_error(c"expected a hash and at most 16 MB");
    };
    call.new_bytes(hashes::digest(hash.digest(), data).as_ref())
}

/// `(hash, key, data)`
pub(super) fn hmac(call: &Call<'_>) -> Answer {
    let (Some(hash), Some(key), Some(data)) = (Hash::argument(call, 0), call.data(1), call.data(2)) else {
        return call.type_error(c"expected a hash and at most 16 MB");
    };
    call.new_bytes(macs::sign(&macs::Key::new(hash.mac(), key), data).as_ref())
}

/// `(hash, key, data, code)`: whether the code is right, in a time that does not depend on it.
pub(super) fn hmac_verify(call: &Call<'_>) -> Answer {
    let (Some(hash), Some(key), Some(data), Some(code)) =
        (Hash::argument(call, 0), call.data(1), call.data(2), call.data(3))
    else {
        return call.type_error(c"expected a hash and at most 16 MB");
    };
    call.truth(macs::verify(&macs::Key::new(hash.mac(), key), data, code).is_ok())
}
