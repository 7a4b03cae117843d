//! What the person must be asked (OIDC Core §3.1.2.1).

use crate::authorize::request::AuthorizeRequest;
use crate::error::AuthorizeError;

/// The words of `prompt`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Prompts {
    /// Ask for nothing; if something has to be asked, fail.
    pub(crate) none: bool,
    pub(crate) login: bool,
    pub(crate) consent: bool,
}

pub(super) fn check(request: &AuthorizeRequest) -> Result<Prompts, AuthorizeError> {
    let mut prompts = Prompts::default();
    for word in request.prompts() {
        match word {
            "none" => prompts.none = true,
            "login" => prompts.login = true,
            "consent" => prompts.consent = true,
            _ => return Err(AuthorizeError::UnsupportedPrompt),
        }
    }
    if prompts.none && (prompts.login || prompts.consent) {
        return Err(AuthorizeError::PromptNoneNotAlone);
    }
    Ok(prompts)
}
