//! Proof Key for Code Exchange (RFC 7636). `S256` only: `plain` proves nothing to whoever can read the request.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use subtle::ConstantTimeEq;

/// RFC 7636 §4.1.
const VERIFIER_LENGTH: RangeInclusive<usize> = 43..=128;

/// A `code_challenge` made with `S256`: the SHA-256 of a verifier, in base64url.
///
/// ```
/// use signet_core::pkce::CodeChallenge;
/// let challenge: CodeChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".parse()?;
/// assert!(challenge.is_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
/// assert!("too-short".parse::<CodeChallenge>().is_err());
/// # Ok::<(), signet_core::pkce::InvalidChallenge>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CodeChallenge([u8; 32]);

/// A challenge that no verifier can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("code_challenge must be the base64url of a SHA-256 digest")]
pub struct InvalidChallenge;

impl CodeChallenge {
    /// Whether this is the challenge of `verifier`. A verifier that breaks the grammar is nobody's.
    pub fn is_of(&self, verifier: &str) -> bool {
        is_verifier(verifier) && self.0.ct_eq(&Sha256::digest(verifier.as_bytes())).into()
    }
}

/// RFC 7636 §4.1: unreserved characters, enough of them that nobody can guess.
fn is_verifier(text: &str) -> bool {
    VERIFIER_LENGTH.contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

impl FromStr for CodeChallenge {
    type Err = InvalidChallenge;

    fn from_str(text: &str) -> Result<Self, InvalidChallenge> {
        let digest = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidChallenge)?;
        digest.try_into().map(Self).map_err(|_| InvalidChallenge)
    }
}

impl fmt::Display for CodeChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for CodeChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeChallenge({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn challenge_of(verifier: &str) -> CodeChallenge {
        URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)).parse().unwrap()
    }

    #[test]
    fn attack_27_only_the_verifier_itself_meets_its_challenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = challenge_of(verifier);

        assert!(challenge.is_of(verifier));
        for wrong in ["", &verifier.to_lowercase(), &format!("{verifier}="), &challenge.to_string(), &"x".repeat(43)] {
            assert!(!challenge.is_of(wrong), "{wrong}");
        }
    }

    #[test]
    fn attack_27_a_verifier_that_could_be_guessed_meets_no_challenge() {
        for weak in ["", "password", &"a".repeat(42), &"a".repeat(129), &format!("{} ", "a".repeat(43))] {
            assert!(!challenge_of(weak).is_of(weak), "{weak}");
        }
    }

    #[test]
    fn attack_27_a_challenge_that_is_no_digest_is_refused() {
        let long = "a".repeat(44);
        for text in [
            "",
            "abc",
            &long,
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        ] {
            assert_eq!(text.parse::<CodeChallenge>(), Err(InvalidChallenge), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_challenge_has_one_spelling(text in "[A-Za-z0-9_-]{43}") {
            if let Ok(challenge) = text.parse::<CodeChallenge>() {
                prop_assert_eq!(challenge.to_string(), text);
            }
        }

        #[test]
        fn every_verifier_meets_its_own_challenge(verifier in "[A-Za-z0-9._~-]{43,128}", other in "[A-Za-z0-9._~-]{43,128}") {
            let challenge = challenge_of(&verifier);
            prop_assert!(challenge.is_of(&verifier));
            prop_assert_eq!(challenge.is_of(&other), verifier == other);
        }
    }
}
