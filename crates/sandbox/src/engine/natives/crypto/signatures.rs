//! Verifying: RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 §8), ECDSA (FIPS 186-5) with signatures of two
//! numbers in a row (RFC 7518 §3.4), Ed25519 (RFC 8032), which can sign too.

use super::{Hash, Kind};
use crate::engine::call::{Answer, Call};
use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::rsa::{PublicKey, PublicKeyComponents};
use aws_lc_rs::signature::{
    ED25519, Ed25519KeyPair, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPssSaltLength, UnparsedPublicKey,
};

/// `(scheme, hash, key, signature, data, salt)`: whether the signature is right; nothing when the scheme does not have
/// the hash. `scheme` is a kind of key; `salt` is the length that RSA-PSS expects.
pub(in crate::engine::natives) fn verify(call: &Call<'_>) -> Answer {
    let (Some(scheme), Some(key), Some(signature), Some(data)) =
        (call.text(0), call.bytes(2), call.data(3), call.data(4))
    else {
        return call.type_error(c"expected a scheme and at most 16 MB");
    };
    let (Some(kind), hash) = (Kind::argument(call, 0), Hash::argument(call, 1)) else {
        return call.type_error(c"unknown scheme");
    };
    let valid = match (kind, hash) {
        (Kind::Rsa, Some(hash)) => {
            let Some(parameters) = rsa_parameters(&scheme, hash, call.index(5, 0xffff)) else { return call.nothing() };
            PublicKey::from_der(key).is_ok_and(|key| {
                PublicKeyComponents::<Vec<u8>>::from(&key).verify(&parameters, data, signature).is_ok()
            })
        }
        (Kind::Ed25519, _) => {
            let small =
                key.last_chunk::<32>().is_none_or(is_small) || signature.first_chunk::<32>().is_none_or(is_small);
            !small && UnparsedPublicKey::new(&ED25519, key).verify(data, signature).is_ok()
        }
        (_, Some(hash)) => match (kind.curve(), fitted(kind, hash, data)) {
            (Some(curve), Some(digest)) => UnparsedPublicKey::new(curve, key).verify_digest(&digest, signature).is_ok(),
            _ => false,
        },
        (_, None) => return call.type_error(c"unknown hash"),
    };
    call.truth(valid)
}

/// The vertical coordinates of the points of small order on Curve25519, in every encoding. Such a key makes signatures
/// that are right for any text, so the Web Cryptography API refuses it, and such a point in a signature.
const SMALL: [[u8; 32]; 7] = {
    const fn ends(first: u8, fill: u8, last: u8) -> [u8; 32] {
        let mut point = [fill; 32];
        point[0] = first;
        point[31] = last;
        point
    }
    [
        ends(0, 0, 0),
        ends(1, 0, 0),
        ends(0xec, 0xff, 0x7f),
        ends(0xed, 0xff, 0x7f),
        ends(0xee, 0xff, 0x7f),
        *b"\xc7\x17\x6a\x70\x3d\x4d\xd8\x4f\xba\x3c\x0b\x76\x0d\x10\x67\x0f\x2a\x20\x53\xfa\x2c\x39\xcc\xc6\x4e\xc7\xfd\x77\x92\xac\x03\x7a",
        *b"\x26\xe8\x95\x8f\xc2\xb2\x27\xb0\x45\xc3\xf4\x89\xf2\xef\x98\xf0\xd5\xdf\xac\x05\xd3\xc6\x33\x39\xb1\x38\x02\x88\x6d\x53\xfc\x05",
    ]
};

fn is_small(point: &[u8; 32]) -> bool {
    let mut height = *point;
    // The highest bit is the sign of the other coordinate.
    height[31] &= 0x7f;
    SMALL.contains(&height)
}

/// `(seed, data)`: an Ed25519 signature. The other schemes need random numbers from the library, whose generator takes
/// tens of milliseconds to start and opens files for it.
pub(in crate::engine::natives) fn sign(call: &Call<'_>) -> Answer {
    let (Some(seed), Some(data)) = (call.bytes(0), call.data(1)) else {
        return call.type_error(c"expected at most 16 MB");
    };
    let signature = Ed25519KeyPair::from_seed_unchecked(seed).ok().and_then(|key| key.try_sign(data).ok());
    signature.map_or_else(|| call.nothing(), |signature| call.new_bytes(signature.as_ref()))
}

fn rsa_parameters(scheme: &str, hash: Hash, salt: u32) -> Option<RsaParameters> {
    let salt = RsaPssSaltLength::Custom(u16::try_from(salt).ok()?);
    Some(match (scheme, hash) {
        ("RSA-PSS", Hash::Sha256) => RSA_PSS_2048_8192_SHA256.with_pss_salt_length(salt),
        ("RSA-PSS", Hash::Sha384) => RSA_PSS_2048_8192_SHA384.with_pss_salt_length(salt),
        ("RSA-PSS", Hash::Sha512) => RSA_PSS_2048_8192_SHA512.with_pss_salt_length(salt),
        ("RSA-PSS", Hash::Sha1) => return None,
        (_, Hash::Sha1) => RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (_, Hash::Sha256) => RSA_PKCS1_2048_8192_SHA256,
        (_, Hash::Sha384) => RSA_PKCS1_2048_8192_SHA384,
        (_, Hash::Sha512) => RSA_PKCS1_2048_8192_SHA512,
    })
}

/// The digest in the length of the curve's own hash, so that every curve takes every hash: the number that ECDSA makes
/// of a digest is its leftmost bits, and zeros in front change no number (FIPS 186-5 §6.4.1).
fn fitted(kind: Kind, hash: Hash, data: &[u8]) -> Option<Digest> {
    let own: &'static digest::Algorithm = match kind {
        Kind::P256 => &digest::SHA256,
        Kind::P384 => &digest::SHA384,
        _ => &digest::SHA512,
    };
    let digest = digest::digest(hash.digest(), data);
    let digest = digest.as_ref();
    let length = own.output_len();
    let mut fitted = vec![0; length.saturating_sub(digest.len())];
    fitted.extend_from_slice(digest.get(..length).unwrap_or(digest));
    Digest::import_less_safe(&fitted, own).ok()
}
