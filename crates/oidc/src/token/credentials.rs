//! How a client says who it is (RFC 6749 §2.3, RFC 7521 §4.2). Whether that is true, the next step decides.

use crate::error::{Challenge, ClientAuthenticationFailure, OAuthError};
use crate::form::Form;
use crate::token::client_assertion::ClientAssertion;
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use signet_core::secret::Plain;

/// The only value of `client_assertion_type` (RFC 7523 §2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Base64 as clients write it in a header: padded or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Where a secret was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretVia {
    /// `client_secret_basic`.
    Basic,
    /// `client_secret_post`.
    Post,
}

impl SecretVia {
    /// What a refusal answers.
    pub fn challenge(self) -> Challenge {
        match self {
            Self::Basic => Challenge::Basic,
            Self::Post => Challenge::None,
        }
    }
}

/// What a client presented. Ids are as they were sent.
#[derive(Debug, Clone)]
pub enum ClientCredential {
    /// Only a name: enough for a public client (RFC 6749 §2.1).
    None {
        client_id: String,
    },
    Secret {
        client_id: String,
        secret: Plain,
        via: SecretVia,
    },
    Assertion(ClientAssertion),
}

impl ClientCredential {
    pub fn parse(authorization: Option<&[u8]>, form: &Form) -> Result<Self, OAuthError> {
        let body_id = form.get("client_id");
        let body_secret = form.get("client_secret");
        let assertion = form.get("client_assertion");
        let credential = match (authorization, assertion, body_secret) {
            (Some(header), None, None) => basic(header)?,
            (Some(header), None, Some(_)) => {
                // Says which it is: a header that names another client, or a second mechanism.
                same_client(&basic(header)?, body_id)?;
                return Err(OAuthError::TwoMechanisms);
            }
            (Some(_), Some(_), _) | (None, Some(_), Some(_)) => return Err(OAuthError::TwoMechanisms),
            (None, Some(assertion), None) => asserted(assertion, form.get("client_assertion_type"))?,
            (None, None, secret) => {
                let client_id = body_id.ok_or(OAuthError::NoClientAuthentication)?.to_owned();
                match secret.map(|secret| Plain::new(secret.to_owned())) {
                    Some(secret) => Self::Secret { client_id, secret, via: SecretVia::Post },
                    None => Self::None { client_id },
                }
            }
        };
        same_client(&credential, body_id)?;
        Ok(credential)
    }

    /// The client that the credential claims to be of.
    pub fn client_id(&self) -> &str {
        match self {
            Self::None { client_id } | Self::Secret { client_id, .. } => client_id,
            Self::Assertion(assertion) => assertion.client_id(),
        }
    }

    /// What a refusal answers.
    pub fn challenge(&self) -> Challenge {
        match self {
            Self::Secret { via, .. } => via.challenge(),
            Self::None { .. } | Self::Assertion(_) => Challenge::None,
        }
    }
}

/// RFC 6749 §2.3.1, RFC 7521 §4.2: a `client_id` in the body must name the client that the credential names.
fn same_client(credential: &ClientCredential, body_id: Option<&str>) -> Result<(), OAuthError> {
    match body_id {
        Some(id) if id != credential.client_id() => Err(OAuthError::ClientIdMismatch),
        Some(_) | None => Ok(()),
    }
}

/// `Basic base64(form-urlencoded(id) ":" form-urlencoded(secret))`, RFC 7617 §2 and RFC 6749 §2.3.1.
fn basic(header: &[u8]) -> Result<ClientCredential, OAuthError> {
    let malformed = || OAuthError::MalformedBasicHeader;
    let header = std::str::from_utf8(header).map_err(|_| malformed())?.trim();
    let (scheme, encoded) = header.split_once(' ').ok_or_else(malformed)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(malformed());
    }
    let pair = BASE64.decode(encoded.trim_start()).map_err(|_| malformed())?;
    let pair = String::from_utf8(pair).map_err(|_| malformed())?;
    let (id, secret) = pair.split_once(':').ok_or_else(malformed)?;
    let client_id = form_decoded(id)?;
    if client_id.is_empty() {
        return Err(malformed());
    }
    let secret = Plain::new(form_decoded(secret)?);
    if secret.expose().is_empty() {
        return Err(OAuthError::BasicHeaderWithoutSecret);
    }
    Ok(ClientCredential::Secret { client_id, secret, via: SecretVia::Basic })
}

/// Undoes `application/x-www-form-urlencoded` of one value. A stray `%` means that the client did not encode at all:
/// guessing what it meant would let two spellings of a secret pass.
fn form_decoded(text: &str) -> Result<String, OAuthError> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('%') {
        if !after.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit())) {
            return Err(OAuthError::BasicHeaderEncoding);
        }
        rest = after;
    }
    let decoded = percent_decode_str(&text.replace('+', " ")).decode_utf8().map(std::borrow::Cow::into_owned);
    match decoded {
        Ok(decoded) if !decoded.contains('\0') => Ok(decoded),
        Ok(_) | Err(_) => Err(OAuthError::BasicHeaderEncoding),
    }
}

fn asserted(assertion: &str, kind: Option<&str>) -> Result<ClientCredential, OAuthError> {
    if kind != Some(JWT_BEARER) {
        return Err(OAuthError::UnsupportedAssertionType);
    }
    let assertion = ClientAssertion::parse(assertion).map_err(|reason| OAuthError::ClientAuthentication {
        challenge: Challenge::None,
        source: ClientAuthenticationFailure::Assertion(reason),
    })?;
    Ok(ClientCredential::Assertion(assertion))
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
