//! Signature algorithms (RFC 7518 §3.1, RFC 8037 §3.1) and the public keys that check them.
//!
//! A key says which algorithms it is for; a token's header only picks one of them (RFC 8725 §3.1).

use super::BASE64URL;
use super::jwk::{Material, PublicJwk};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ED25519, ParsedPublicKey,
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters, RsaPublicKeyComponents, VerificationAlgorithm,
};
use base64::Engine;
use serde_json::Value;
use signet_core::signing_key::SigningAlgorithm;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Algorithm {
    Hs256,
    Rs256,
    Ps256,
    Es256,
    Es384,
    Es512,
    EdDsa,
}

impl Algorithm {
    /// `none` and everything else that is not in the list is unknown.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "HS256" => Self::Hs256,
            "RS256" => Self::Rs256,
            "PS256" => Self::Ps256,
            "ES256" => Self::Es256,
            "ES384" => Self::Es384,
            "ES512" => Self::Es512,
            // RFC 9864 §2.2 names the curve; both mean Ed25519 here.
            "EdDSA" | "Ed25519" => Self::EdDsa,
            _ => return None,
        })
    }
}

impl From<SigningAlgorithm> for Algorithm {
    fn from(algorithm: SigningAlgorithm) -> Self {
        match algorithm {
            SigningAlgorithm::Es256 => Self::Es256,
            SigningAlgorithm::Es384 => Self::Es384,
            SigningAlgorithm::Es512 => Self::Es512,
            SigningAlgorithm::Rs256 => Self::Rs256,
        }
    }
}

/// A public key, parsed once for each algorithm it is for.
#[derive(Debug, Clone)]
pub(crate) struct VerificationKey {
    kid: Option<String>,
    parsed: Vec<(Algorithm, ParsedPublicKey)>,
}

impl VerificationKey {
    /// One of ours: for exactly the algorithm that it signs with. `None` when the library refuses it.
    pub(crate) fn own(jwk: &PublicJwk) -> Option<Self> {
        let algorithm = Algorithm::from(jwk.algorithm());
        let parsed = match &jwk.material {
            Material::Ec { x, y, .. } => ec(algorithm, x, y)?,
            Material::Rsa { n, e } => rsa(algorithm, n, e)?,
        };
        Some(Self { kid: Some(jwk.kid().to_owned()), parsed: vec![(algorithm, parsed)] })
    }

    /// A client's, from its registered set. `None` for whatever cannot check a signature here: symmetric keys, keys
    /// for encryption, other curves, RSA below 2048 bits.
    pub(crate) fn registered(jwk: &Value) -> Option<Self> {
        let member = |name: &str| jwk.get(name).and_then(Value::as_str);
        let number = |name: &str| BASE64URL.decode(member(name)?).ok();
        if jwk.get("use").is_some_and(|purpose| purpose != "sig") || !may_verify(jwk.get("key_ops")) {
            return None;
        }
        let mut parsed = match (member("kty")?, member("crv")) {
            ("EC", Some(curve)) => {
                let algorithm = match curve {
                    "P-256" => Algorithm::Es256,
                    "P-384" => Algorithm::Es384,
                    "P-521" => Algorithm::Es512,
                    _ => return None,
                };
                vec![(algorithm, ec(algorithm, &number("x")?, &number("y")?)?)]
            }
            ("OKP", Some("Ed25519")) => vec![(Algorithm::EdDsa, ParsedPublicKey::new(&ED25519, number("x")?).ok()?)],
            ("RSA", _) => {
                let (n, e) = (number("n")?, number("e")?);
                let both = [Algorithm::Rs256, Algorithm::Ps256];
                both.into_iter().map(|algorithm| Some((algorithm, rsa(algorithm, &n, &e)?))).collect::<Option<_>>()?
            }
            _ => return None,
        };
        if let Some(only) = jwk.get("alg") {
            let only = only.as_str().and_then(Algorithm::parse);
            parsed.retain(|(algorithm, _)| Some(*algorithm) == only);
        }
        Some(Self { kid: member("kid").map(str::to_owned), parsed })
    }

    pub(crate) fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Whether `signature` is of `message` by this key. An algorithm that the key is not for never is.
    pub(crate) fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let fitting = self.parsed.iter().find(|(fits, _)| *fits == algorithm);
        fitting.is_some_and(|(_, key)| key.verify_sig(message, signature).is_ok())
    }
}

fn may_verify(key_ops: Option<&Value>) -> bool {
    key_ops.is_none_or(|ops| ops.as_array().is_some_and(|ops| ops.iter().any(|op| op == "verify")))
}

/// RFC 7518 §6.2.1.2: coordinates have the full length of the field. The library checks that the point is on the curve.
fn ec(algorithm: Algorithm, x: &[u8], y: &[u8]) -> Option<ParsedPublicKey> {
    let (length, library): (usize, &'static dyn VerificationAlgorithm) = match algorithm {
        Algorithm::Es256 => (32, &ECDSA_P256_SHA256_FIXED),
        Algorithm::Es384 => (48, &ECDSA_P384_SHA384_FIXED),
        Algorithm::Es512 => (66, &ECDSA_P521_SHA512_FIXED),
        Algorithm::Hs256 | Algorithm::Rs256 | Algorithm::Ps256 | Algorithm::EdDsa => return None,
    };
    if x.len() != length || y.len() != length {
        return None;
    }
    ParsedPublicKey::new(library, [&[4], x, y].concat()).ok()
}

fn rsa(algorithm: Algorithm, n: &[u8], e: &[u8]) -> Option<ParsedPublicKey> {
    let library: &'static RsaParameters = match algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
        Algorithm::Hs256 | Algorithm::Es256 | Algorithm::Es384 | Algorithm::Es512 | Algorithm::EdDsa => return None,
    };
    RsaPublicKeyComponents { n, e }.to_parsed_public_key(library).ok()
}
