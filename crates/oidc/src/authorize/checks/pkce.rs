//! Proof Key for Code Exchange (RFC 7636 §4.3, RFC 9700 §2.1.1): whoever steals a code cannot use it.

use crate::authorize::request::AuthorizeRequest;
use crate::error::AuthorizeError;
use signet_core::application::{Application, ClientAuthMethod};
use signet_core::pkce::CodeChallenge;

pub(super) fn check(
    application: &Application,
    request: &AuthorizeRequest,
) -> Result<Option<CodeChallenge>, AuthorizeError> {
    match (request.code_challenge.as_deref(), request.code_challenge_method.as_deref()) {
        // RFC 7636 §4.3 reads this as `plain`, which proves nothing.
        (Some(_), None) => Err(AuthorizeError::ChallengeMethodMissing),
        (Some(challenge), Some("S256")) => Ok(Some(challenge.parse()?)),
        (_, Some(method)) if method != "S256" => Err(AuthorizeError::UnsupportedChallengeMethod),
        (None, Some(_)) => Err(AuthorizeError::ChallengeMissing),
        (None, None) if application.auth_method() == ClientAuthMethod::None => Err(AuthorizeError::PkceRequired),
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(AuthorizeError::UnsupportedChallengeMethod),
    }
}
