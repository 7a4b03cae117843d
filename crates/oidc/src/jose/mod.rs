//! JSON Web Keys, signatures and tokens (RFC 7515, 7517, 7518, 7519, 7638, 8725) over aws-lc-rs.
//!
//! Private keys are parsed once and kept: parsing one costs as much as signing with it. No encryption (JWE).

mod algorithm;
mod jws;
mod pem;

pub mod jwk;
pub mod key;
pub mod sign;
pub mod verify;

pub(crate) use algorithm::{Algorithm, VerificationKey};
pub(crate) use jws::Jws;
pub use jws::MalformedJws;

/// RFC 7515 §2: base64url without padding. Strict: one text per value, so a signature has one spelling.
pub(crate) const BASE64URL: base64::engine::GeneralPurpose = base64::engine::general_purpose::URL_SAFE_NO_PAD;
