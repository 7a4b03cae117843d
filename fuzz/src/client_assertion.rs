//! Client assertions (`signet_oidc::token::client_assertion`).
//!
//! One line is a token as a client sends it: it must verify only when it is one of the two that were really signed.
//! Two lines are a header and claims, which are encoded and signed here with the client's secret: what verifies must
//! keep the rules, as this file states them again.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use signet_core::secret::Plain;
use signet_core::time::Timestamp;
use signet_oidc::token::client_assertion::{AssertionExpected, AssertionKeys, ClientAssertion, VerifiedAssertion};
use std::sync::LazyLock;

const CLIENT: &str = "fuzzed-client";
const ISSUER: &str = "https://id.example/oidc";
const TOKEN_ENDPOINT: &str = "https://id.example/oidc/token";
const NOW: i64 = 1_700_000_000;
const SECRET: &str = "abcdefghijklmnopqrstuvwxyz012345";

/// Tokens that were signed by those who hold the key.
const SIGNED: [&str; 2] =
    [include_str!("../seeds/client_assertion/hs256.jwt"), include_str!("../seeds/client_assertion/es256.jwt")];

static SECRETS: LazyLock<[Plain; 1]> = LazyLock::new(|| [Plain::new(SECRET.to_owned())]);
static JWKS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../keys/jwks.json")).expect("the set is JSON"));

pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match text.split_once('\n') {
        None => {
            for keys in [AssertionKeys::Secrets(&*SECRETS), AssertionKeys::Jwks(&JWKS)] {
                if verify(text, keys).is_some() {
                    let message = |token: &str| token.rsplit_once('.').map(|(message, _)| message.to_owned());
                    assert!(SIGNED.iter().any(|signed| message(signed) == message(text)), "nobody signed this");
                }
            }
        }
        Some((header, claims)) => {
            let token = signed(header, claims);
            assert!(verify(&token, AssertionKeys::Jwks(&JWKS)).is_none(), "a secret passed for a key");
            if let Some(verified) = verify(&token, AssertionKeys::Secrets(&*SECRETS)) {
                check(header, claims, &verified);
            }
        }
    }
}

fn verify(token: &str, keys: AssertionKeys<'_>) -> Option<VerifiedAssertion> {
    let now = Timestamp::from_seconds(NOW);
    let expected = AssertionExpected { client_id: CLIENT, issuer: ISSUER, token_endpoint: TOKEN_ENDPOINT, now };
    ClientAssertion::parse(token).ok()?.verify(keys, &expected).ok()
}

fn signed(header: &str, claims: &str) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()), message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac))
}

/// RFC 7523 §3 once more, as plainly as possible.
fn check(header: &str, claims: &str, verified: &VerifiedAssertion) {
    let header: Value = serde_json::from_str(header).expect("a header is JSON");
    assert_eq!(header["alg"], "HS256");
    for name in ["crit", "jwk", "jku", "x5c", "x5u"] {
        assert!(header.get(name).is_none(), "{name}");
    }
    let claims: Value = serde_json::from_str(claims).expect("claims are JSON");
    assert!(claims["iss"] == CLIENT && claims["sub"] == CLIENT && verified.client_id == CLIENT);
    assert!(claims["aud"] == ISSUER || claims["aud"] == TOKEN_ENDPOINT);
    let exp = claims["exp"].as_f64().expect("an expiry");
    #[expect(clippy::cast_precision_loss, reason = "exact for such small numbers")]
    let now = NOW as f64;
    assert!(exp > now - 60.0 && exp < now + 661.0, "{exp}");
    assert!(claims["jti"] == verified.jti.as_str() && !verified.jti.is_empty() && verified.jti.len() <= 256);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signed_seeds_verify() {
        let [by_secret, by_key] = SIGNED;
        assert!(verify(by_secret, AssertionKeys::Secrets(&*SECRETS)).is_some());
        assert!(verify(by_key, AssertionKeys::Jwks(&JWKS)).is_some());
    }

    #[test]
    fn the_harness_signs_what_verifies() {
        let (header, claims) = include_str!("../seeds/client_assertion/claims.txt").split_once('\n').unwrap();
        let token = signed(header, claims);
        assert!(verify(&token, AssertionKeys::Secrets(&*SECRETS)).is_some(), "or the rules above are never reached");
    }
}
