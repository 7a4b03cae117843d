//! What can go wrong at the authorization endpoint, at its continuations and at logout (RFC 6749 §4.1.2.1, OIDC Core
//! §3.1.2.6, RP-Initiated Logout §4).

use signet_core::pkce::InvalidChallenge;

/// A refusal. Whether it goes to the client or to the person, the endpoint decides: a redirect must be trusted first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizeError {
    #[error("redirect_uri did not match any of the client's registered redirect_uris")]
    RedirectUriNotRegistered,
    #[error("unsupported response_type requested")]
    UnsupportedResponseType,
    #[error("requested response_type is not allowed for this client")]
    ResponseTypeNotAllowed,
    #[error("unsupported response_mode requested")]
    UnsupportedResponseMode,
    /// Answered without a description.
    #[error("the parameter `request` is not supported")]
    RequestObject,
    #[error("request_uri values other than pushed ones are not supported")]
    ForeignRequestUri,
    #[error("registration parameter provided but not supported")]
    Registration,
    #[error("request_uri is invalid, expired, or was already used")]
    PushedRequestGone,
    #[error("request_uri parameter must not be used at the pushed_authorization_request_endpoint")]
    PushedRequestUri,

    #[error("Authorization Server policy requires PKCE to be used for this request")]
    PkceRequired,
    #[error("code_challenge_method must be provided")]
    ChallengeMethodMissing,
    #[error("code_challenge must be provided with code_challenge_method")]
    ChallengeMissing,
    #[error("not supported value of code_challenge_method")]
    UnsupportedChallengeMethod,
    #[error(transparent)]
    InvalidChallenge(#[from] InvalidChallenge),

    #[error("unsupported prompt value requested")]
    UnsupportedPrompt,
    #[error("prompt none must only be used alone")]
    PromptNoneNotAlone,
    #[error("openid scope must be requested when using the {0} parameter")]
    OpenidScopeMissing(&'static str),
    #[error("invalid max_age parameter value")]
    InvalidMaxAge,
    #[error("could not validate id_token_hint")]
    InvalidHint,

    /// A scope of user data that a third-party application may not ask people for.
    #[error("requested scope is not allowed")]
    ScopeNotAllowed(String),

    #[error("End-User authentication is required")]
    LoginRequired,
    #[error("id_token_hint and authenticated subject do not match")]
    HintOfAnother,
    #[error("requested scopes not granted")]
    ConsentRequired,
    #[error("native clients require End-User interaction")]
    InteractionRequired,
    #[error("End-User aborted interaction")]
    Aborted,

    #[error("interaction session id cookie not found")]
    InteractionCookieMissing,
    #[error("interaction session not found")]
    InteractionNotFound,
    #[error("authorization request has expired")]
    InteractionExpired,
    /// Somebody else signed in to this browser in the meantime.
    #[error("interaction session and authentication session mismatch, session not found")]
    SessionMismatch,

    #[error("could not decode id_token_hint")]
    UndecodableHint,
    #[error("post_logout_redirect_uri not registered")]
    PostLogoutUriNotRegistered,
    #[error("could not find logout details")]
    NoLogout,
    #[error("xsrf token invalid")]
    WrongXsrf,
}

impl AuthorizeError {
    /// The `error` member.
    pub(super) fn error(&self) -> &'static str {
        match self {
            Self::RedirectUriNotRegistered => "invalid_redirect_uri",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::UnsupportedResponseMode => "unsupported_response_mode",
            Self::RequestObject => "request_not_supported",
            Self::ForeignRequestUri => "request_uri_not_supported",
            Self::Registration => "registration_not_supported",
            Self::PushedRequestGone => "invalid_request_uri",
            Self::ScopeNotAllowed(_) => "invalid_scope",
            Self::LoginRequired | Self::HintOfAnother => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::InteractionRequired => "interaction_required",
            Self::Aborted => "access_denied",
            Self::ResponseTypeNotAllowed
            | Self::PushedRequestUri
            | Self::PkceRequired
            | Self::ChallengeMethodMissing
            | Self::ChallengeMissing
            | Self::UnsupportedChallengeMethod
            | Self::InvalidChallenge(_)
            | Self::UnsupportedPrompt
            | Self::PromptNoneNotAlone
            | Self::OpenidScopeMissing(_)
            | Self::InvalidMaxAge
            | Self::InvalidHint
            | Self::InteractionCookieMissing
            | Self::InteractionNotFound
            | Self::InteractionExpired
            | Self::SessionMismatch
            | Self::UndecodableHint
            | Self::PostLogoutUriNotRegistered
            | Self::NoLogout
            | Self::WrongXsrf => "invalid_request",
        }
    }

    /// Whether what the person was doing is over: they go back to the application and begin again.
    pub fn is_lost_session(&self) -> bool {
        match self {
            Self::InteractionCookieMissing
            | Self::InteractionNotFound
            | Self::InteractionExpired
            | Self::SessionMismatch => true,
            Self::RedirectUriNotRegistered
            | Self::UnsupportedResponseType
            | Self::ResponseTypeNotAllowed
            | Self::UnsupportedResponseMode
            | Self::RequestObject
            | Self::ForeignRequestUri
            | Self::Registration
            | Self::PushedRequestGone
            | Self::PushedRequestUri
            | Self::PkceRequired
            | Self::ChallengeMethodMissing
            | Self::ChallengeMissing
            | Self::UnsupportedChallengeMethod
            | Self::InvalidChallenge(_)
            | Self::UnsupportedPrompt
            | Self::PromptNoneNotAlone
            | Self::OpenidScopeMissing(_)
            | Self::InvalidMaxAge
            | Self::InvalidHint
            | Self::ScopeNotAllowed(_)
            | Self::LoginRequired
            | Self::HintOfAnother
            | Self::ConsentRequired
            | Self::InteractionRequired
            | Self::Aborted
            | Self::UndecodableHint
            | Self::PostLogoutUriNotRegistered
            | Self::NoLogout
            | Self::WrongXsrf => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{BodyForm, OAuthError};

    /// What clients and people are told, word by word.
    #[test]
    fn refusals_have_the_words_that_clients_know() {
        use AuthorizeError as E;
        let request = "invalid_request";
        for (refusal, error, description) in [
            (E::UnsupportedResponseType, "unsupported_response_type", "unsupported response_type requested"),
            (E::ResponseTypeNotAllowed, request, "requested response_type is not allowed for this client"),
            (E::RequestObject, "request_not_supported", ""),
            (E::PkceRequired, request, "Authorization Server policy requires PKCE to be used for this request"),
            (E::UnsupportedChallengeMethod, request, "not supported value of code_challenge_method"),
            (E::ChallengeMethodMissing, request, "code_challenge_method must be provided"),
            (E::UnsupportedPrompt, request, "unsupported prompt value requested"),
            (E::PromptNoneNotAlone, request, "prompt none must only be used alone"),
            (E::LoginRequired, "login_required", "End-User authentication is required"),
            (E::HintOfAnother, "login_required", "id_token_hint and authenticated subject do not match"),
            (E::ConsentRequired, "consent_required", "requested scopes not granted"),
            (E::InteractionRequired, "interaction_required", "native clients require End-User interaction"),
            (E::Aborted, "access_denied", "End-User aborted interaction"),
            (E::UndecodableHint, request, "could not decode id_token_hint"),
            (E::PostLogoutUriNotRegistered, request, "post_logout_redirect_uri not registered"),
        ] {
            let body = OAuthError::from(refusal).body(BodyForm::Extended);
            assert_eq!((body.error, body.error_description.as_str()), (error, description));
            assert_eq!(body.code, Some(format!("oidc.{error}")));
        }
    }

    #[test]
    fn whoever_lost_their_session_is_told_so() {
        for refusal in [
            AuthorizeError::InteractionCookieMissing,
            AuthorizeError::InteractionNotFound,
            AuthorizeError::InteractionExpired,
            AuthorizeError::SessionMismatch,
        ] {
            let body = OAuthError::from(refusal).body(BodyForm::Extended);
            assert_eq!((body.code.as_deref(), body.error), (Some("session.not_found"), "invalid_request"));
        }
    }
}
