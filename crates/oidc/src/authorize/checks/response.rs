//! What the answer holds and how it travels (OAuth 2.0 Multiple Response Types §2, §5; Form Post Response Mode §2).
//!
//! No application gets tokens from this endpoint (RFC 9700 §2.1.2), so `code` is all that passes.

use crate::authorize::request::AuthorizeRequest;
use crate::authorize::respond::ResponseMode;
use crate::error::{AuthorizeError, OAuthError};
use signet_core::application::Application;

/// Types that discovery names.
pub const RESPONSE_TYPES: [&str; 4] = ["code id_token", "code", "id_token", "none"];

pub(super) fn check(application: &Application, request: &AuthorizeRequest) -> Result<(), OAuthError> {
    let Some(asked) = request.response_type.as_deref() else {
        return Err(OAuthError::MissingParameter("response_type"));
    };
    let mut words: Vec<&str> = asked.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    let asked = words.join(" ");
    if !RESPONSE_TYPES.contains(&asked.as_str()) {
        return Err(AuthorizeError::UnsupportedResponseType.into());
    }
    if asked != "code" || !application.has_code_flow() {
        return Err(AuthorizeError::ResponseTypeNotAllowed.into());
    }
    match request.response_mode.as_deref().map(ResponseMode::parse) {
        Some(None) => Err(AuthorizeError::UnsupportedResponseMode.into()),
        Some(Some(_)) | None => Ok(()),
    }
}

/// How an answer travels, a refusal included: as asked, else in the query, or in the fragment when tokens were asked
/// for, because queries end up in logs.
pub(super) fn mode_of(request: &AuthorizeRequest) -> ResponseMode {
    let asks_for_tokens = request
        .response_type
        .as_deref()
        .unwrap_or_default()
        .split(' ')
        .any(|word| matches!(word, "id_token" | "token"));
    let default = if asks_for_tokens { ResponseMode::Fragment } else { ResponseMode::Query };
    request.response_mode.as_deref().and_then(ResponseMode::parse).unwrap_or(default)
}
