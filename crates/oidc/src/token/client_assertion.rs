//! Client authentication with a signed assertion: `client_secret_jwt` and `private_key_jwt` (RFC 7523 §2.2 and §3,
//! OIDC Core §9).
//!
//! Stricter than RFC 7523 where its successor (draft-ietf-oauth-rfc7523bis) is: `aud` is one string, never an array, so
//! that an assertion made for another server cannot be replayed here. Both the issuer, which the successor asks for,
//! and the token endpoint, which today's clients send, are accepted; no other endpoint is.
//!
//! Single use is not checked here: the caller stores `jti` until [`VerifiedAssertion::expires_at`].

use crate::jose::{Algorithm, Jws, MalformedJws, VerificationKey};
use aws_lc_rs::hmac;
use serde_json::{Map, Value};
use signet_core::secret::Plain;
use signet_core::time::Timestamp;
use std::fmt;
use std::time::Duration;

/// How far ahead `exp` may be. A `jti` is remembered this long, plus the skew on both sides.
pub const MAX_LIFETIME: Duration = Duration::from_mins(10);
/// How far a client's clock may differ from ours.
pub const CLOCK_SKEW: Duration = Duration::from_mins(1);
/// Longest `jti`, in bytes: it is stored.
pub const MAX_JTI: usize = 256;
/// Keys of a registered set that are tried. More would let one request buy much work.
const MAX_KEYS: usize = 16;
/// RFC 7518 §3.2: an HS256 key has at least as many bits as the hash.
const MIN_SECRET: usize = 32;

/// Why an assertion was refused. For the log: the client reads `client authentication failed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AssertionRejected {
    #[error(transparent)]
    Malformed(#[from] MalformedJws),
    #[error("`iss` and `sub` must both be the client's id")]
    Subject,
    #[error("`typ` is that of another kind of token")]
    Type,
    #[error("the algorithm is not allowed for the client's authentication method")]
    Algorithm,
    #[error("no key of the client has made the signature")]
    Signature,
    #[error("`aud` must be one string: the issuer or the token endpoint")]
    Audience,
    #[error("`exp` is missing, past, or more than 10 minutes ahead")]
    Expiry,
    #[error("`iat` or `nbf` is in the future, or `iat` too long ago")]
    IssueTime,
    #[error("`jti` is missing or longer than 256 bytes")]
    Id,
}

/// An assertion that has the right shape. Nothing in it has been believed yet.
#[derive(Clone)]
pub struct ClientAssertion {
    jws: Jws,
    subject: String,
}

/// What the client can sign with. The registered method picks the variant, and the variant the algorithms, so an
/// assertion cannot choose to be checked as the other kind.
#[derive(Debug, Clone, Copy)]
pub enum AssertionKeys<'c> {
    /// `client_secret_jwt`: HS256 with one of the secrets that have not expired.
    Secrets(&'c [Plain]),
    /// `private_key_jwt`: the registered JWK set (RFC 7517 §5).
    Jwks(&'c Value),
}

/// What an assertion must say.
#[derive(Debug, Clone, Copy)]
pub struct AssertionExpected<'e> {
    pub client_id: &'e str,
    pub issuer: &'e str,
    pub token_endpoint: &'e str,
    pub now: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedAssertion {
    pub client_id: String,
    /// Unique per client.
    pub jti: String,
    /// When the assertion can no longer be replayed, skew included: until then its `jti` must be remembered.
    pub expires_at: Timestamp,
}

impl ClientAssertion {
    pub fn parse(text: &str) -> Result<Self, AssertionRejected> {
        let jws = Jws::parse(text)?;
        let claim = |name: &str| jws.claims.get(name).and_then(Value::as_str);
        match (claim("iss"), claim("sub")) {
            (Some(issuer), Some(subject)) if issuer == subject && !subject.is_empty() => {
                Ok(Self { subject: subject.to_owned(), jws })
            }
            _ => Err(AssertionRejected::Subject),
        }
    }

    /// The client that the assertion claims to be of.
    pub fn client_id(&self) -> &str {
        &self.subject
    }

    /// Whether it names a key that a set does not have. Nothing else of it has been looked at.
    pub(crate) fn names_key_beyond(&self, set: &Value) -> bool {
        let Some(kid) = self.jws.kid.as_deref() else { return false };
        let keys = set.get("keys").and_then(Value::as_array).into_iter().flatten();
        !keys.filter_map(|key| key.get("kid")).any(|known| known == kid)
    }

    /// RFC 7523 §3: the signature first, then every claim.
    pub fn verify(
        &self,
        keys: AssertionKeys<'_>,
        expected: &AssertionExpected<'_>,
    ) -> Result<VerifiedAssertion, AssertionRejected> {
        if self.subject != expected.client_id {
            return Err(AssertionRejected::Subject);
        }
        self.check_type()?;
        match keys {
            AssertionKeys::Secrets(secrets) => self.check_mac(secrets)?,
            AssertionKeys::Jwks(set) => self.check_signature(set)?,
        }
        let claims = &self.jws.claims;
        let audience = claims.get("aud").and_then(Value::as_str).ok_or(AssertionRejected::Audience)?;
        if audience != expected.issuer && audience != expected.token_endpoint {
            return Err(AssertionRejected::Audience);
        }
        let expires = check_times(claims, expected.now)?;
        let jti = claims.get("jti").and_then(Value::as_str).filter(|jti| !jti.is_empty() && jti.len() <= MAX_JTI);
        Ok(VerifiedAssertion {
            client_id: self.subject.clone(),
            jti: jti.ok_or(AssertionRejected::Id)?.to_owned(),
            expires_at: Timestamp::from_seconds(expires).plus(CLOCK_SKEW),
        })
    }

    /// RFC 8725 §3.11: a token made for another purpose is no assertion. Most clients send `JWT` or nothing.
    fn check_type(&self) -> Result<(), AssertionRejected> {
        let fits = |typ: &str| typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("client-authentication+jwt");
        match self.jws.typ.as_deref() {
            Some(typ) if !fits(typ) => Err(AssertionRejected::Type),
            Some(_) | None => Ok(()),
        }
    }

    fn check_mac(&self, secrets: &[Plain]) -> Result<(), AssertionRejected> {
        if self.jws.algorithm != Algorithm::Hs256 {
            return Err(AssertionRejected::Algorithm);
        }
        let made = |secret: &Plain| {
            let secret = secret.expose().as_bytes();
            // The library compares in constant time.
            secret.len() >= MIN_SECRET
                && hmac::verify(
                    &hmac::Key::new(hmac::HMAC_SHA256, secret),
                    self.jws.message.as_bytes(),
                    &self.jws.signature,
                )
                .is_ok()
        };
        if secrets.iter().any(made) { Ok(()) } else { Err(AssertionRejected::Signature) }
    }

    fn check_signature(&self, set: &Value) -> Result<(), AssertionRejected> {
        if self.jws.algorithm == Algorithm::Hs256 {
            return Err(AssertionRejected::Algorithm);
        }
        let keys = set.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        // A `kid` narrows the choice; it is compared and goes nowhere else.
        let named = |key: &VerificationKey| self.jws.kid.is_none() || key.kid() == self.jws.kid.as_deref();
        let mut keys = keys.iter().take(MAX_KEYS).filter_map(VerificationKey::registered).filter(named);
        let message = self.jws.message.as_bytes();
        if keys.any(|key| key.verifies(self.jws.algorithm, message, &self.jws.signature)) {
            Ok(())
        } else {
            Err(AssertionRejected::Signature)
        }
    }
}

impl fmt::Debug for ClientAssertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientAssertion({})", self.subject)
    }
}

/// RFC 7523 §3 (4) to (6). Returns `exp` in seconds.
fn check_times(claims: &Map<String, Value>, now: Timestamp) -> Result<i64, AssertionRejected> {
    let (earliest, latest) = (now.minus(CLOCK_SKEW).seconds(), now.plus(CLOCK_SKEW).seconds());
    let expires = numeric_date(claims, "exp").map_err(|()| AssertionRejected::Expiry)?;
    let expires = expires.ok_or(AssertionRejected::Expiry)?;
    if expires <= earliest || expires > now.plus(MAX_LIFETIME + CLOCK_SKEW).seconds() {
        return Err(AssertionRejected::Expiry);
    }
    let issued = numeric_date(claims, "iat").map_err(|()| AssertionRejected::IssueTime)?;
    let begins = numeric_date(claims, "nbf").map_err(|()| AssertionRejected::IssueTime)?;
    let oldest = now.minus(MAX_LIFETIME + CLOCK_SKEW).seconds();
    if issued.is_some_and(|at| at > latest || at < oldest) || begins.is_some_and(|at| at > latest) {
        return Err(AssertionRejected::IssueTime);
    }
    Ok(expires)
}

/// RFC 7519 §2 `NumericDate` in whole seconds; fractions are cut off. An error when it is anything but a number.
fn numeric_date(claims: &Map<String, Value>, name: &str) -> Result<Option<i64>, ()> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    if let Some(seconds) = value.as_i64() {
        return Ok(Some(seconds));
    }
    let seconds = value.as_f64().filter(|seconds| (0.0..1e12).contains(seconds)).ok_or(())?;
    #[expect(clippy::cast_possible_truncation, reason = "the range above fits, and fractions are meant to go")]
    Ok(Some(seconds as i64))
}

#[cfg(test)]
#[path = "client_assertion_tests.rs"]
mod tests;
