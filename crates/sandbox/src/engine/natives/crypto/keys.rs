//! Keys in the forms of the Web Cryptography API. A public key is kept as its `SubjectPublicKeyInfo` (RFC 5280
//! §4.1.2.7); what is no key of the kind is refused here, once. The only private keys are those of Ed25519.

use super::Kind;
use crate::engine::call::{Answer, Call};
use aws_lc_rs::encoding::{AsBigEndian, AsDer, Curve25519SeedBin, PublicKeyX509Der};
use aws_lc_rs::rsa::{PublicKey as RsaPublicKey, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ED25519, EcdsaVerificationAlgorithm,
    Ed25519KeyPair, KeyPair, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaParameters, VerificationAlgorithm,
};

/// Any of the RSA schemes: keys do not depend on it.
const RSA: &RsaParameters = &RSA_PKCS1_2048_8192_SHA256;
/// Modulus bits that the Web Cryptography API of this sandbox takes.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

impl Kind {
    pub(super) fn curve(self) -> Option<&'static EcdsaVerificationAlgorithm> {
        match self {
            Self::P256 => Some(&ECDSA_P256_SHA256_FIXED),
            Self::P384 => Some(&ECDSA_P384_SHA384_FIXED),
            Self::P521 => Some(&ECDSA_P521_SHA512_FIXED),
            Self::Rsa | Self::Ed25519 => None,
        }
    }

    /// Bytes of a coordinate, or of the whole key.
    fn size(self) -> usize {
        match self {
            Self::Rsa => 0,
            Self::P256 | Self::Ed25519 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    fn verifying(self) -> &'static dyn VerificationAlgorithm {
        match self.curve() {
            Some(curve) => curve,
            None if self == Self::Rsa => RSA,
            None => &ED25519,
        }
    }
}

/// A big-endian number as its shortest bytes.
fn whole(number: &[u8]) -> &[u8] {
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    number.get(start..).unwrap_or_default()
}

/// The canonical form of a public key in its own or the raw form of its kind.
fn canonical(kind: Kind, bytes: &[u8]) -> Option<Vec<u8>> {
    let key = ParsedPublicKey::new(kind.verifying(), bytes).ok()?;
    let key = der(&key)?;
    if kind == Kind::Rsa {
        let bits = modulus_bits(&RsaPublicKey::from_der(&key).ok()?);
        return RSA_BITS.contains(&bits).then_some(key);
    }
    Some(key)
}

fn der(key: &ParsedPublicKey) -> Option<Vec<u8>> {
    AsDer::<PublicKeyX509Der<'_>>::as_der(key).ok().map(|der| der.as_ref().to_vec())
}

fn modulus_bits(key: &RsaPublicKey) -> usize {
    let modulus = key.modulus().big_endian_without_leading_zero();
    modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize)
}

/// `(kind, format, bytes)`: the canonical public key, or nothing when it is none. `format` is `raw` or `spki`.
pub(in crate::engine::natives) fn public_key(call: &Call<'_>) -> Answer {
    let (Some(kind), Some(format), Some(bytes)) = (Kind::argument(call, 0), call.text(1), call.bytes(2)) else {
        return call.type_error(c"expected a kind, a format and bytes");
    };
    let Some(key) = canonical(kind, bytes) else { return call.nothing() };
    // A DER document has exactly one form, and nothing behind it. Only a point may be in its short form.
    let fits = match (&*format, kind) {
        ("spki", Kind::Rsa | Kind::Ed25519) => key == bytes,
        ("spki", _) => key == bytes || is_one_document(bytes),
        (_, Kind::Rsa) => false,
        (_, Kind::Ed25519) => bytes.len() == kind.size(),
        _ => bytes.len() == 2 * kind.size() + 1 || bytes.len() == kind.size() + 1,
    };
    if fits { call.new_bytes(&key) } else { call.nothing() }
}

/// Whether the length in front is that of the rest. No point needs more than a byte for it.
fn is_one_document(der: &[u8]) -> bool {
    let (length, rest) = match der {
        [_, 0x81, length, rest @ ..] | [_, length, rest @ ..] => (*length, rest),
        _ => return false,
    };
    usize::from(length) == rest.len()
}

/// `(kind, n, e)` or `(kind, point)`: the canonical public key from the numbers of a JWK, or nothing.
pub(in crate::engine::natives) fn key_from_parts(call: &Call<'_>) -> Answer {
    let (Some(kind), Some(first)) = (Kind::argument(call, 0), call.bytes(1)) else {
        return call.type_error(c"expected a kind and bytes");
    };
    let key = match (kind, call.bytes(2)) {
        (Kind::Rsa, Some(e)) => {
            let key = PublicKeyComponents { n: whole(first), e: whole(e) }.to_parsed_public_key(RSA).ok();
            key.and_then(|key| der(&key)).and_then(|key| canonical(kind, &key))
        }
        (Kind::Rsa, None) => None,
        _ => canonical(kind, first),
    };
    key.map_or_else(|| call.nothing(), |key| call.new_bytes(&key))
}

/// `(name, key)`: `n` or `e` of a canonical RSA key.
pub(in crate::engine::natives) fn rsa_number(call: &Call<'_>) -> Answer {
    let (Some(name), Some(key)) = (call.text(0), call.bytes(1)) else {
        return call.type_error(c"expected a name and bytes");
    };
    let Ok(key) = RsaPublicKey::from_der(key) else { return call.nothing() };
    let number = if &*name == "n" { key.modulus() } else { key.exponent() };
    call.new_bytes(number.big_endian_without_leading_zero())
}

/// `(pkcs8)`: the seed and the public key of an Ed25519 key in this form, in a row, or nothing.
pub(in crate::engine::natives) fn ed25519_private(call: &Call<'_>) -> Answer {
    let Some(pkcs8) = call.bytes(0) else { return call.type_error(c"expected bytes") };
    Ed25519KeyPair::from_pkcs8(pkcs8).map_or_else(|_| call.nothing(), |key| pair(call, &key))
}

/// `(seed)`: the seed and its public key, in a row.
pub(in crate::engine::natives) fn ed25519_seed(call: &Call<'_>) -> Answer {
    let Some(seed) = call.bytes(0).filter(|seed| seed.len() == Kind::Ed25519.size()) else { return call.nothing() };
    Ed25519KeyPair::from_seed_unchecked(seed).map_or_else(|_| call.nothing(), |key| pair(call, &key))
}

fn pair(call: &Call<'_>, key: &Ed25519KeyPair) -> Answer {
    let seed = key.seed().and_then(|seed| AsBigEndian::<Curve25519SeedBin<'_>>::as_be_bytes(&seed));
    match seed {
        Ok(seed) => call.new_bytes(&[seed.as_ref(), key.public_key().as_ref()].concat()),
        Err(_) => call.nothing(),
    }
}
