//! Verifying our own tokens (RFC 7519 §7.2, RFC 8725, RFC 9068 §4).

use super::jwk::PublicJwk;
use super::{Jws, MalformedJws, VerificationKey};
use serde_json::{Map, Value};
use signet_core::time::Timestamp;
use std::time::Duration;

/// How far the clocks of our own nodes may differ. A token is good this much longer than it says, and may have been
/// issued this far in the future.
pub const CLOCK_SKEW: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRejected {
    #[error(transparent)]
    Malformed(#[from] MalformedJws),
    #[error("the token names no key of ours")]
    UnknownKey,
    #[error("the signature is not of that key and algorithm")]
    Signature,
    #[error("the token is of another type")]
    Type,
    #[error("the token is of another issuer")]
    Issuer,
    #[error("the token is for another audience")]
    Audience,
    #[error("the token has expired, or does not say when it will")]
    Expired,
    #[error("the token is from the future")]
    NotYetValid,
}

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// `at+jwt` for access tokens. An ID token, which has no `typ`, is none (RFC 8725 §3.11).
    pub typ: Option<&'e str>,
    pub issuer: &'e str,
    /// Our tokens have one audience, a string.
    pub audience: &'e str,
    pub now: Timestamp,
}

/// The public keys of a tenant: Next, Current, Previous. All of them verify.
#[derive(Debug, Clone, Default)]
pub struct VerificationKeys(Vec<VerificationKey>);

impl VerificationKeys {
    pub fn new<'k>(keys: impl IntoIterator<Item = &'k PublicJwk>) -> Self {
        Self(keys.into_iter().filter_map(VerificationKey::own).collect())
    }

    /// The token's claims, when it is one of ours, of that type, and still good.
    pub fn verify(&self, token: &str, expected: &Expected<'_>) -> Result<Map<String, Value>, TokenRejected> {
        let jws = self.signed(token)?;
        if jws.typ.as_deref() != expected.typ {
            return Err(TokenRejected::Type);
        }
        check_claims(&jws.claims, expected)?;
        Ok(jws.claims)
    }

    /// A token that one of the keys signed. What it says has not been looked at.
    fn signed(&self, token: &str) -> Result<Jws, TokenRejected> {
        let jws = Jws::parse(token)?;
        // `kid` is compared with the few we have and goes nowhere else, so no path or query can hide in it.
        let named = self.0.iter().find(|key| key.kid().is_some() && key.kid() == jws.kid.as_deref());
        let key = named.ok_or(TokenRejected::UnknownKey)?;
        if !key.verifies(jws.algorithm, jws.message.as_bytes(), &jws.signature) {
            return Err(TokenRejected::Signature);
        }
        Ok(jws)
    }
}

/// For `id_token_hint` (OIDC Core §3.1.2.1, RP-Initiated Logout §2).
impl VerificationKeys {
    /// The claims of an ID token that we issued, expired or not. It has no `typ`, so no other token of ours is one.
    pub fn verify_id_token_hint(&self, token: &str, issuer: &str) -> Result<Map<String, Value>, TokenRejected> {
        let jws = self.signed(token)?;
        if jws.typ.is_some() {
            return Err(TokenRejected::Type);
        }
        if jws.claims.get("iss").and_then(Value::as_str) != Some(issuer) {
            return Err(TokenRejected::Issuer);
        }
        Ok(jws.claims)
    }
}

fn check_claims(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<(), TokenRejected> {
    let is = |name: &str, wanted: &str| claims.get(name).and_then(Value::as_str) == Some(wanted);
    if !is("iss", expected.issuer) {
        return Err(TokenRejected::Issuer);
    }
    if !is("aud", expected.audience) {
        return Err(TokenRejected::Audience);
    }
    let earliest = expected.now.minus(CLOCK_SKEW).seconds();
    if claims.get("exp").and_then(Value::as_i64).is_none_or(|exp| exp <= earliest) {
        return Err(TokenRejected::Expired);
    }
    let latest = expected.now.plus(CLOCK_SKEW).seconds();
    let begun = |name: &str| claims.get(name).is_none_or(|at| at.as_i64().is_some_and(|at| at <= latest));
    if !begun("iat") || !begun("nbf") {
        return Err(TokenRejected::NotYetValid);
    }
    Ok(())
}

impl VerificationKeys {
    /// The claims of an access token of ours for anybody, when it is still good: who presents one in an exchange need
    /// not be its audience (RFC 8693 §2.1).
    pub(crate) fn verify_access_token(
        &self,
        token: &str,
        issuer: &str,
        now: Timestamp,
    ) -> Result<Map<String, Value>, TokenRejected> {
        // The claims are read before the signature is checked only to name the audience that is then expected.
        let audience = Jws::parse(token)?.claims.get("aud").and_then(Value::as_str).map(str::to_owned);
        let audience = audience.ok_or(TokenRejected::Audience)?;
        self.verify(token, &Expected { typ: Some("at+jwt"), issuer, audience: &audience, now })
    }
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
