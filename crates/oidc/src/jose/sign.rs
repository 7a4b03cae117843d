//! Signing JWTs (RFC 7515 §5.1, RFC 7519 §7.1) with a key that was parsed once.

use super::BASE64URL;
use super::jwk::PublicJwk;
use super::key::{KeyError, KeyPair, PrivateKey};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine;
use signet_core::secret::Plain;
use signet_core::signing_key::SigningAlgorithm;
use std::borrow::Cow;

/// Values of `typ` that we issue, their headers made in advance: ID tokens have none, access tokens are RFC 9068,
/// logout tokens OIDC Back-Channel Logout §2.4.
const KNOWN_TYPES: [Option<&str>; 3] = [Some("at+jwt"), None, Some("logout+jwt")];

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cryptographic library could not sign")]
pub struct SigningFailed;

/// A private key ready to sign. Shared between requests; signing takes no lock.
#[derive(Debug)]
pub struct SigningKey {
    key: PrivateKey,
    jwk: PublicJwk,
    /// Base64url headers in the order of [`KNOWN_TYPES`].
    headers: [String; KNOWN_TYPES.len()],
}

impl SigningKey {
    pub fn new(key: PrivateKey) -> Self {
        let jwk = key.public_jwk();
        let headers = KNOWN_TYPES.map(|typ| header(&jwk, typ));
        Self { key, jwk, headers }
    }

    /// Reads a key as it is stored.
    pub fn from_pem(pem: &Plain) -> Result<Self, KeyError> {
        PrivateKey::import(pem.expose()).map(Self::new)
    }

    pub fn public_jwk(&self) -> &PublicJwk {
        &self.jwk
    }

    pub fn kid(&self) -> &str {
        self.jwk.kid()
    }

    pub fn algorithm(&self) -> SigningAlgorithm {
        self.jwk.algorithm()
    }

    /// A compact JWT of `claims_json`, which is a JSON object and is signed as it is.
    pub fn sign_jwt(&self, typ: Option<&str>, claims_json: &[u8]) -> Result<String, SigningFailed> {
        let known = KNOWN_TYPES.iter().zip(&self.headers).find(|(known, _)| **known == typ);
        let header = known.map_or_else(|| Cow::Owned(header(&self.jwk, typ)), |(_, header)| Cow::Borrowed(header));
        let mut token = String::with_capacity(header.len() + claims_json.len().div_ceil(3) * 4 + 700);
        token.push_str(&header);
        token.push('.');
        BASE64URL.encode_string(claims_json, &mut token);
        // The library brings its own randomness and ignores the argument: no test could seed a signature.
        let rng = SystemRandom::new();
        match &self.key.pair {
            KeyPair::Ec(pair) => {
                let signature = pair.sign(&rng, token.as_bytes()).map_err(|_| SigningFailed)?;
                token.push('.');
                BASE64URL.encode_string(signature.as_ref(), &mut token);
            }
            KeyPair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &rng, token.as_bytes(), &mut signature).map_err(|_| SigningFailed)?;
                token.push('.');
                BASE64URL.encode_string(&signature, &mut token);
            }
        }
        Ok(token)
    }
}

/// `{"alg":…,"typ":…,"kid":…}` in base64url.
fn header(jwk: &PublicJwk, typ: Option<&str>) -> String {
    let mut members = serde_json::Map::new();
    members.insert("alg".to_owned(), jwk.algorithm().as_str().into());
    if let Some(typ) = typ {
        members.insert("typ".to_owned(), typ.into());
    }
    members.insert("kid".to_owned(), jwk.kid().into());
    BASE64URL.encode(serde_json::Value::Object(members).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::verify::{Expected, VerificationKeys};
    use serde_json::{Value, json};
    use signet_core::signing_key::KeyFamily;
    use signet_core::time::Timestamp;

    fn header_of(token: &str) -> String {
        String::from_utf8(BASE64URL.decode(token.split('.').next().unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn tokens_have_the_documented_headers() {
        let key = SigningKey::new(PrivateKey::generate(KeyFamily::Ec).unwrap());
        let kid = key.kid();
        for (typ, expected) in [
            (Some("at+jwt"), format!(r#"{{"alg":"ES384","typ":"at+jwt","kid":"{kid}"}}"#)),
            (None, format!(r#"{{"alg":"ES384","kid":"{kid}"}}"#)),
            (Some("logout+jwt"), format!(r#"{{"alg":"ES384","typ":"logout+jwt","kid":"{kid}"}}"#)),
            (Some("x\"y"), format!(r#"{{"alg":"ES384","typ":"x\"y","kid":"{kid}"}}"#)),
        ] {
            assert_eq!(header_of(&key.sign_jwt(typ, b"{}").unwrap()), expected);
        }
    }

    #[test]
    fn what_is_signed_verifies_here_and_elsewhere() {
        let claims = json!({"iss": "https://id.example/oidc", "aud": "api", "exp": 4_000_000_000_i64, "iat": 1});
        for (family, algorithm) in
            [(KeyFamily::Ec, jsonwebtoken::Algorithm::ES384), (KeyFamily::Rsa, jsonwebtoken::Algorithm::RS256)]
        {
            let key = SigningKey::new(PrivateKey::generate(family).unwrap());
            let token = key.sign_jwt(Some("at+jwt"), claims.to_string().as_bytes()).unwrap();

            let keys = VerificationKeys::new([key.public_jwk()]);
            let expected =
                Expected { typ: Some("at+jwt"), issuer: "https://id.example/oidc", audience: "api", now: Timestamp(0) };
            assert_eq!(Value::Object(keys.verify(&token, &expected).unwrap()), claims);

            let jwk: jsonwebtoken::jwk::Jwk = serde_json::from_value(json!(key.public_jwk())).unwrap();
            let theirs = jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap();
            let mut validation = jsonwebtoken::Validation::new(algorithm);
            validation.set_audience(&["api"]);
            assert_eq!(jsonwebtoken::decode::<Value>(&token, &theirs, &validation).unwrap().claims, claims);
        }
    }
}
