//! What can go wrong when a person's tokens are issued, refreshed, traded or presented (RFC 6749 §5.2, RFC 6750 §3.1,
//! RFC 8628 §3.5, RFC 8693 §2.2.2).

use signet_core::rbac::NotAdmitted;
use signet_core::scope::{ORGANIZATIONS_SCOPE, Scope};

#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The client learns no more than that; the reason is for the log.
    #[error("grant request is invalid")]
    InvalidGrant(#[from] InvalidGrant),
    #[error("missing required parameters {0}")]
    MissingParameters(String),
    #[error("{}", beyond(.0))]
    ScopeBeyondRefreshToken(Scope),
    #[error("only a single resource indicator value must be requested/resolved during Access Token Request")]
    NotOneResource,
    #[error("{}", not_admitted(*.0))]
    NotAdmitted(NotAdmitted),

    #[error("{0} is not allowed for this client")]
    NotADeviceClient(&'static str),
    #[error("nobody has answered the request yet")]
    AuthorizationPending,
    #[error("the device polls too often")]
    SlowDown,
    #[error("device_code has expired")]
    DeviceCodeExpired,
    #[error("End-User aborted interaction")]
    DeniedOnDevice,

    #[error("no access token provided")]
    NoAccessToken,
    #[error("invalid token provided")]
    InvalidAccessToken,
    #[error("access token must only be provided using one mechanism")]
    TwoAccessTokens,
    #[error("access token missing openid scope")]
    OpenidScopeMissing,
}

/// Why a grant does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGrant {
    #[error("there is no such code or token")]
    Unknown,
    #[error("the code or token has expired")]
    Expired,
    #[error("the code or token was used before")]
    Replayed,
    #[error("the code or token belongs to another client")]
    OtherClient,
    #[error("the grant was revoked or has expired")]
    Revoked,
    #[error("the browser session has ended")]
    SessionEnded,
    #[error("redirect_uri is not that of the authorization request")]
    RedirectUri,
    #[error("code_verifier is not that of the authorization request")]
    Verifier,
    #[error("the user does not exist or is suspended")]
    User,
    #[error("a subject token of this type or origin is not accepted")]
    SubjectToken,
    #[error("an actor token must be an opaque access token with scope openid")]
    ActorToken,
}

fn beyond(scope: &Scope) -> String {
    let several = if scope.iter().nth(1).is_some() { "s" } else { "" };
    format!("refresh token missing requested scope{several}")
}

fn not_admitted(why: NotAdmitted) -> &'static str {
    match why {
        NotAdmitted::NotAMember => "user is not a member of the organization",
        NotAdmitted::NotConsented => "organization access is not granted to the application",
        NotAdmitted::NoSecondFactor => "organization requires MFA but user has no MFA configured",
        NotAdmitted::OrganizationsNotAskedFor => "refresh token missing required scope",
    }
}

impl TokenError {
    /// Status and `error`.
    pub(super) fn row(&self) -> (u16, &'static str) {
        match self {
            Self::InvalidGrant(_) => (400, "invalid_grant"),
            Self::MissingParameters(_) | Self::NotADeviceClient(_) | Self::TwoAccessTokens => (400, "invalid_request"),
            Self::ScopeBeyondRefreshToken(_) => (400, "invalid_scope"),
            Self::NotOneResource => (400, "invalid_target"),
            // As for machines: missing rights on an organization are 403.
            Self::NotAdmitted(NotAdmitted::NotAMember | NotAdmitted::NotConsented | NotAdmitted::NoSecondFactor) => {
                (403, "access_denied")
            }
            Self::AuthorizationPending => (400, "authorization_pending"),
            Self::SlowDown => (400, "slow_down"),
            Self::DeviceCodeExpired => (400, "expired_token"),
            Self::DeniedOnDevice => (400, "access_denied"),
            Self::NoAccessToken | Self::InvalidAccessToken => (401, "invalid_token"),
            Self::NotAdmitted(NotAdmitted::OrganizationsNotAskedFor) | Self::OpenidScopeMissing => {
                (403, "insufficient_scope")
            }
        }
    }

    /// The `scope` member: what is missing.
    pub(super) fn scope(&self) -> Option<String> {
        match self {
            Self::ScopeBeyondRefreshToken(scope) => Some(scope.to_string()),
            Self::OpenidScopeMissing => Some("openid".to_owned()),
            Self::NotAdmitted(NotAdmitted::OrganizationsNotAskedFor) => Some(ORGANIZATIONS_SCOPE.to_owned()),
            _ => None,
        }
    }

    /// Parameters of a `Bearer` challenge after the realm (RFC 6750 §3). `None`: the answer has no challenge.
    pub(super) fn challenge(&self) -> Option<String> {
        match self {
            // RFC 6750 §3.1: a request without any token is not told more than how to bring one.
            Self::NoAccessToken => Some(String::new()),
            Self::InvalidAccessToken => Some(format!(r#", error="invalid_token", error_description="{self}""#)),
            Self::OpenidScopeMissing => {
                Some(format!(r#", error="insufficient_scope", error_description="{self}", scope="openid""#))
            }
            _ => None,
        }
    }
}
