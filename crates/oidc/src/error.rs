//! What can go wrong below `/oidc`, and the one table that says what a client is told (RFC 6749 §5.2, RFC 8707 §2).
//!
//! Variants say what happened. [`OAuthError::wire`] decides the status, the `error` and the text; a variant's source
//! and whatever [`Disclose`] holds back are for the log only.

mod authorize;
mod token;

use crate::key_sets::KeySetUnavailable;
use crate::token::client_assertion::AssertionRejected;
use serde::Serialize;
use signet_core::resource::InvalidIndicator;
use std::borrow::Cow;

pub use authorize::AuthorizeError;
pub use token::{InvalidGrant, TokenError};

/// The cause of a failure of our own, for the log.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum OAuthError {
    #[error("missing required parameter '{0}'")]
    MissingParameter(&'static str),
    #[error("'{0}' parameter must not be provided twice")]
    DuplicateParameter(String),
    #[error("only application/x-www-form-urlencoded content-type bodies are supported on POST {path}")]
    UnsupportedContentType { path: &'static str },
    #[error("null bytes are not allowed in the request body")]
    NullByte,
    #[error("request body is too large")]
    BodyTooLarge,
    #[error("unrecognized route or not allowed method ({method} on {path})")]
    UnknownRoute { method: String, path: String },
    #[error("origin {origin} not allowed for client: {client_id}")]
    OriginNotAllowed { origin: String, client_id: String },

    #[error("no client authentication mechanism provided")]
    NoClientAuthentication,
    #[error("invalid authorization header value format")]
    MalformedBasicHeader,
    #[error("client_id and client_secret in the authorization header are not properly encoded")]
    BasicHeaderEncoding,
    #[error("client_secret must be provided in the Authorization header")]
    BasicHeaderWithoutSecret,
    #[error("client authentication must only be provided using one mechanism")]
    TwoMechanisms,
    #[error("client_id mismatch")]
    ClientIdMismatch,
    #[error("client_assertion_type must have value urn:ietf:params:oauth:client-assertion-type:jwt-bearer")]
    UnsupportedAssertionType,
    #[error("invalid client {0}")]
    UnknownClient(String),
    #[error("client authentication failed")]
    ClientAuthentication { challenge: Challenge, source: ClientAuthenticationFailure },
    #[error("client secret has expired")]
    SecretExpired,

    #[error("unsupported grant_type requested")]
    UnsupportedGrantType,
    #[error("requested grant type is not allowed for this client")]
    GrantNotAllowed,
    #[error("resource indicator is missing, or unknown")]
    UnknownResource,
    #[error(transparent)]
    InvalidIndicator(#[from] InvalidIndicator),
    #[error("only a single resource indicator value is supported for this grant type")]
    SeveralResources,
    #[error("both `resource` and `organization_id` are not provided")]
    NoTarget,
    #[error("app has not associated with the organization")]
    NotAMember,
    /// No rule of the application lets the person in.
    #[error("the user may not use this application")]
    NotLetIn,
    /// The script called `api.denyAccess` with this message.
    #[error("the claims script denied the token: {0}")]
    DeniedByScript(String),
    /// The script failed, and the tenant blocks issuance when it does.
    #[error("Custom claims script error: {0}")]
    ScriptFailed(String),

    /// A script asked for a token that needs a script; the one after it would ask again.
    #[error("a claims script cannot ask for a token that runs a claims script")]
    ScriptAskedForScript,

    #[error("Structured JWT Tokens cannot be introspected via the introspection_endpoint")]
    JwtNotIntrospectable,
    #[error("Structured JWT Tokens cannot be revoked via the revocation_endpoint")]
    JwtNotRevocable,
    #[error("client is not authorized to revoke the presented token")]
    NotAuthorizedToRevoke,

    #[error(transparent)]
    Authorize(#[from] AuthorizeError),
    #[error(transparent)]
    Token(#[from] TokenError),

    /// Something that we depend on is away and expected back.
    #[error("a dependency is away")]
    TemporarilyUnavailable(#[source] BoxError),
    #[error("internal failure")]
    Internal(#[source] BoxError),
}

impl From<InvalidGrant> for OAuthError {
    fn from(reason: InvalidGrant) -> Self {
        TokenError::from(reason).into()
    }
}

/// Why a client was not believed. For the log: the client learns no more than that it failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientAuthenticationFailure {
    #[error("no secret was sent")]
    SecretMissing,
    #[error("the secret is none of the client's")]
    SecretWrong,
    #[error("the client is registered for another authentication method")]
    WrongMethod,
    #[error("the client assertion was refused")]
    Assertion(#[from] AssertionRejected),
    #[error(transparent)]
    KeySet(#[from] KeySetUnavailable),
    #[error("the client assertion was used before")]
    AssertionReplayed,
}

/// Whether a 401 answers with `WWW-Authenticate`: only clients that used the header are asked to use it again
/// (RFC 6749 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Challenge {
    None,
    Basic,
}

/// The text that leaves the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclose<'e> {
    /// The variant's own `Display`.
    Own,
    /// This text instead of it.
    Instead(&'static str),
    /// Nothing: the answer has no description.
    Nothing,
    /// Text that the tenant's script wrote, after this prefix.
    Script { prefix: &'static str, message: &'e str },
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Wire<'e> {
    pub status: u16,
    /// RFC 6749 §5.2 `error`.
    pub error: &'static str,
    pub disclose: Disclose<'e>,
}

/// A header that an error adds to its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorHeader {
    /// `WWW-Authenticate`.
    Challenge(String),
    /// `Retry-After`, in seconds.
    RetryAfter(u32),
}

/// Which members the body has. `?parse_error=false` asks for [`BodyForm::Raw`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyForm {
    /// The OAuth members and Logto's `code` and `message`.
    Extended,
    /// Only what RFC 6749 §5.2 names.
    Raw,
}

/// The body of an error, in Logto's member order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_uri: Option<&'static str>,
    pub error: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub error_description: String,
    /// What was asked for too much, or is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// What an authorization response would have carried back (RFC 6749 §4.1.2.1, RFC 9207 §2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
}

/// For people whose browser came back without what it left with.
const SESSION_NOT_FOUND: &str = "Session not found. Please go back and sign in again.";
/// Seconds after which a client may try again.
const RETRY_AFTER: u32 = 2;
/// Longest description, in characters. A script's message is cut here too.
const MAX_DESCRIPTION: usize = 1000;

impl OAuthError {
    /// The table.
    pub fn wire(&self) -> Wire<'_> {
        let (status, error, disclose) = match self {
            Self::MissingParameter(_)
            | Self::DuplicateParameter(_)
            | Self::UnsupportedContentType { .. }
            | Self::NullByte
            | Self::OriginNotAllowed { .. }
            | Self::NoClientAuthentication
            | Self::MalformedBasicHeader
            | Self::BasicHeaderEncoding
            | Self::BasicHeaderWithoutSecret
            | Self::TwoMechanisms
            | Self::ClientIdMismatch
            | Self::UnsupportedAssertionType
            | Self::SecretExpired
            | Self::GrantNotAllowed
            | Self::NotAuthorizedToRevoke
            | Self::ScriptAskedForScript => (400, "invalid_request", Disclose::Own),
            Self::UnknownRoute { .. } => (404, "invalid_request", Disclose::Own),
            Self::BodyTooLarge => (413, "invalid_request", Disclose::Own),
            Self::UnknownClient(_) => (400, "invalid_client", Disclose::Own),
            Self::ClientAuthentication { .. } => (401, "invalid_client", Disclose::Own),
            Self::UnsupportedGrantType => (400, "unsupported_grant_type", Disclose::Own),
            Self::UnknownResource | Self::InvalidIndicator(_) | Self::SeveralResources | Self::NoTarget => {
                (400, "invalid_target", Disclose::Own)
            }
            // Missing rights on an organization are 403, although RFC 6749 §5.2 says 400: Logto's clients tell the two apart.
            Self::NotAMember => (403, "access_denied", Disclose::Own),
            Self::NotLetIn => (400, "access_denied", Disclose::Own),
            Self::DeniedByScript(message) => (400, "access_denied", Disclose::Script { prefix: "", message }),
            Self::ScriptFailed(message) => {
                (400, "invalid_request", Disclose::Script { prefix: "Custom claims script error: ", message })
            }
            Self::JwtNotIntrospectable | Self::JwtNotRevocable => (400, "unsupported_token_type", Disclose::Own),
            Self::Authorize(AuthorizeError::RequestObject) => (400, "request_not_supported", Disclose::Nothing),
            Self::Authorize(refusal) => (400, refusal.error(), Disclose::Own),
            Self::Token(refusal) => {
                let (status, error) = refusal.row();
                (status, error, Disclose::Own)
            }
            Self::TemporarilyUnavailable(_) => {
                (503, "temporarily_unavailable", Disclose::Instead("the server is temporarily unable to answer"))
            }
            Self::Internal(_) => (500, "server_error", Disclose::Instead("oops! something went wrong")),
        };
        Wire { status, error, disclose }
    }

    pub fn status(&self) -> u16 {
        self.wire().status
    }

    /// What the client reads in `error_description`.
    pub fn description(&self) -> String {
        match self.wire().disclose {
            Disclose::Own => allowed(&self.to_string()),
            Disclose::Instead(text) => text.to_owned(),
            Disclose::Nothing => String::new(),
            Disclose::Script { prefix, message } => format!("{prefix}{}", script_text(message)),
        }
    }

    pub fn body(&self, form: BodyForm) -> ErrorBody {
        let error = self.wire().error;
        let error_description = self.description();
        let scope = match self {
            Self::Token(refusal) => refusal.scope(),
            Self::Authorize(AuthorizeError::ScopeNotAllowed(scope)) => Some(scope.clone()),
            _ => None,
        };
        let raw = ErrorBody {
            code: None,
            message: None,
            error_uri: None,
            error,
            error_description,
            scope,
            state: None,
            iss: None,
        };
        match form {
            BodyForm::Raw => raw,
            BodyForm::Extended => {
                let error_uri = (error == "invalid_grant").then_some("https://openid.sh/debug/invalid_grant");
                let (code, message) = if self.is_lost_session() {
                    ("session.not_found".to_owned(), Cow::Borrowed(SESSION_NOT_FOUND))
                } else {
                    (format!("oidc.{error}"), message(error))
                };
                ErrorBody { code: Some(code), message: Some(message), error_uri, ..raw }
            }
        }
    }

    /// Whether the person behind the browser has to begin again at the application.
    pub fn is_lost_session(&self) -> bool {
        matches!(self, Self::Authorize(refusal) if refusal.is_lost_session())
    }

    /// What the client is not told, for the audit log.
    pub(crate) fn reason(&self) -> Option<String> {
        match self {
            Self::Token(TokenError::InvalidGrant(reason)) => Some(reason.to_string()),
            _ => None,
        }
    }

    /// The header that goes with the answer. `issuer` is the realm of a challenge.
    pub fn header(&self, issuer: &str) -> Option<ErrorHeader> {
        if let Self::ClientAuthentication { challenge: Challenge::Basic, .. } = self {
            let (error, description) = (self.wire().error, self.description());
            return Some(ErrorHeader::Challenge(format!(
                r#"Basic realm="{issuer}", error="{error}", error_description="{description}""#
            )));
        }
        if let Self::Token(refusal) = self
            && let Some(rest) = refusal.challenge()
        {
            return Some(ErrorHeader::Challenge(format!(r#"Bearer realm="{issuer}"{rest}"#)));
        }
        (self.status() == 503).then_some(ErrorHeader::RetryAfter(RETRY_AFTER))
    }
}

/// The English text of a code. Codes without one get Logto's fallback.
fn message(error: &'static str) -> Cow<'static, str> {
    Cow::Borrowed(match error {
        "invalid_request" => "Request is invalid.",
        "invalid_grant" => "Grant request is invalid.",
        "invalid_token" => "Invalid token provided.",
        "invalid_target" => "Invalid resource indicator.",
        "access_denied" => "Access denied.",
        // Placeholders stay as they are: clients of Logto see them so.
        "invalid_scope" => "Invalid scope: {{error_description}}.",
        "insufficient_scope" => "Token missing scope `{{scope}}`.",
        "invalid_redirect_uri" => "`redirect_uri` did not match any of the client's registered `redirect_uris`.",
        "unsupported_response_type" => "Unsupported `response_type` requested.",
        "unsupported_response_mode" => "Unsupported `response_mode` requested.",
        "unsupported_grant_type" => "Unsupported `grant_type` requested.",
        "server_error" => "An unknown OIDC error occurred. Please try again later.",
        other => return Cow::Owned(format!("An OIDC error occurred: oidc.{other}.")),
    })
}

/// Puts `?` for every character that RFC 6749 §5.2 forbids in `error_description`. Our own texts have none; what a
/// client sent (an id, an origin, a path) may, and must not end a quoted string of a header.
fn allowed(text: &str) -> String {
    let keep = |c: char| if matches!(c, ' ' | '!' | '#'..='[' | ']'..='~') { c } else { '?' };
    text.chars().take(MAX_DESCRIPTION).map(keep).collect()
}

/// A script's message as the script wrote it, without control characters.
///
/// RFC 6749 §5.2 allows ASCII only, because a description may also travel in a header or a URL. This one never does:
/// it is only ever a JSON string in a body, where any character is safe, and applications show it to people.
fn script_text(message: &str) -> String {
    message.chars().filter(|c| !c.is_control()).take(MAX_DESCRIPTION).collect()
}

#[cfg(test)]
#[path = "error_tests.rs"]
mod tests;
