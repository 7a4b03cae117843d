//! A compact JWS (RFC 7515 §3.1) taken apart, before anything in it is believed.

use super::{Algorithm, BASE64URL};
use crate::json::unique_object;
use base64::Engine;
use serde_json::{Map, Value};

/// Longest token that is looked at.
const MAX_LENGTH: usize = 32 * 1024;

/// Headers that tell the reader where to find the key. A key comes from where it was registered, never from the token
/// (RFC 8725 §3.10).
const KEY_SOURCES: [&str; 4] = ["jwk", "jku", "x5c", "x5u"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MalformedJws {
    #[error("a token is three base64url parts of at most 32 KB")]
    Shape,
    #[error("the signature is empty")]
    Unsigned,
    #[error("the header is not a JSON object with unique members")]
    Header,
    #[error("the payload is not a JSON object with unique members")]
    Payload,
    #[error("the algorithm is missing, unknown or `none`")]
    Algorithm,
    #[error("the header brings its own key")]
    KeySource,
    #[error("the header has critical extensions, and none is known")]
    Critical,
}

/// The parts of a token whose signature has not been checked.
#[derive(Clone)]
pub(crate) struct Jws {
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: Option<String>,
    pub(crate) typ: Option<String>,
    pub(crate) claims: Map<String, Value>,
    /// What is signed: the first two parts as they were sent.
    pub(crate) message: String,
    pub(crate) signature: Vec<u8>,
}

impl Jws {
    pub(crate) fn parse(token: &str) -> Result<Self, MalformedJws> {
        if token.len() > MAX_LENGTH {
            return Err(MalformedJws::Shape);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(MalformedJws::Shape)?;
        let (header, payload) = message.split_once('.').ok_or(MalformedJws::Shape)?;
        // A dot that is left over is not base64url.
        let decode = |part: &str| BASE64URL.decode(part).map_err(|_| MalformedJws::Shape);
        let (header, payload, signature) = (decode(header)?, decode(payload)?, decode(signature)?);
        if signature.is_empty() {
            return Err(MalformedJws::Unsigned);
        }
        let header = unique_object(&header).ok_or(MalformedJws::Header)?;
        // RFC 7515 §4.1.11: whoever does not understand an extension must refuse the token.
        if header.contains_key("crit") {
            return Err(MalformedJws::Critical);
        }
        if KEY_SOURCES.iter().any(|name| header.contains_key(*name)) {
            return Err(MalformedJws::KeySource);
        }
        let algorithm = header.get("alg").and_then(Value::as_str).and_then(Algorithm::parse);
        Ok(Self {
            algorithm: algorithm.ok_or(MalformedJws::Algorithm)?,
            kid: text(&header, "kid")?,
            typ: text(&header, "typ")?,
            claims: unique_object(&payload).ok_or(MalformedJws::Payload)?,
            message: message.to_owned(),
            signature,
        })
    }
}

/// An optional header that must be a string when it is there.
fn text(header: &Map<String, Value>, name: &str) -> Result<Option<String>, MalformedJws> {
    match header.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(MalformedJws::Header),
    }
}
