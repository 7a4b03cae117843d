//! Why a step is not taken. A [`Refusal`] is told to the person; the rest of [`ExperienceError`] is ours.

use super::identifier::{Identifier, IdentifierType};
use crate::email_blocklist::BlockedEmail;
use crate::password::queue::HashingError;
use serde_json::{Value, json};
use signet_core::error_code::ErrorCode;
use signet_core::time::Timestamp;
use signet_core::verification::Channel;
use signet_storage::StoreError;

/// Why a step did not end well.
#[derive(Debug, thiserror::Error)]
pub enum ExperienceError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the database failed")]
    Store(#[from] StoreError),
    #[error("a password could not be looked at")]
    Hashing(#[from] HashingError),
}

/// What a person did wrong, or may not do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("nobody said what they came for")]
    NotStarted,
    #[error("the tenant does not let people in for this")]
    EventNotAllowed,
    #[error("not possible for somebody who forgot a password")]
    NotForForgotPassword,
    #[error("possible only for somebody who forgot a password")]
    OnlyForForgotPassword,
    #[error("the same browser went on elsewhere")]
    Overtaken,
    #[error("too many attempts failed")]
    Blocked { until: Timestamp, now: Timestamp },
    #[error("the account or the password is wrong")]
    InvalidCredentials,
    #[error("the person is suspended")]
    Suspended,
    #[error("the password is too old")]
    PasswordExpired,
    #[error("it must be said what was verified")]
    MissingVerification,
    #[error("nothing was begun under this id")]
    UnknownVerification,
    #[error("what was begun is not verified")]
    NotVerified,
    #[error("what was verified does not fit the event")]
    WrongVerification,
    #[error("somebody else is signing in here")]
    IdentityConflict,
    #[error("nobody has this identifier")]
    UnknownUser(Identifier),
    #[error("the tenant does not offer this method")]
    MethodNotEnabled,
    #[error("an account needs more than this")]
    MissingProfile(Vec<&'static str>),
    #[error("the identifier belongs to somebody")]
    InUse(IdentifierType),
    #[error("the person has one already")]
    HasAlready(ProfileMember),
    #[error("the username breaks a rule")]
    Username(ErrorCode),
    #[error("the password breaks a rule")]
    PasswordRejected(Value),
    #[error("the password is the current one")]
    SamePassword,
    #[error("no new password was chosen")]
    NewPasswordRequired,
    #[error("nobody is identified")]
    NotIdentified,
    #[error("nothing is configured that sends messages by {0:?}")]
    NoSender(Channel),
    #[error("the recipient got too many messages")]
    TooManyMessages,
    #[error(transparent)]
    Code(#[from] CodeRefusal),
    #[error(transparent)]
    Token(#[from] TokenRefusal),
    #[error(transparent)]
    BlockedEmail(#[from] BlockedEmail),
}

/// Members of a profile that a person has one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileMember {
    Username,
    Email,
    Phone,
    Password,
}

/// Why a code is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    #[error("there is no such code")]
    NotFound,
    #[error("the code was sent to another address")]
    OtherRecipient(Channel),
    #[error("the code is too old")]
    Expired,
    #[error("the code was tried too often")]
    TooManyTries,
    #[error("the code is wrong")]
    Mismatch,
}

/// Why a one-time token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    #[error("there is no such token")]
    NotFound,
    #[error("the token is for another address")]
    OtherEmail,
    #[error("the token is for another event")]
    OtherEvent,
    #[error("the token is too old")]
    Expired,
    #[error("the token was used before")]
    Consumed,
    #[error("the token was revoked")]
    Revoked,
    #[error("a token does not become active again")]
    CannotReactivate,
    #[error("the token is for an organization that does not exist")]
    UnknownOrganization,
}

impl Refusal {
    /// The code that clients know it by.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NotStarted => ErrorCode::SessionInteractionNotFound,
            Self::EventNotAllowed => ErrorCode::AuthForbidden,
            Self::NotForForgotPassword => ErrorCode::SessionNotSupportedForForgotPassword,
            Self::OnlyForForgotPassword | Self::WrongVerification => ErrorCode::SessionInvalidInteractionType,
            Self::Overtaken => ErrorCode::SessionOvertaken,
            Self::Blocked { .. } => ErrorCode::SessionBlocked,
            Self::InvalidCredentials => ErrorCode::SessionInvalidCredentials,
            Self::Suspended => ErrorCode::UserSuspended,
            Self::PasswordExpired => ErrorCode::PasswordExpired,
            Self::MissingVerification => ErrorCode::GuardInvalidInput,
            Self::UnknownVerification => ErrorCode::SessionVerificationNotFound,
            Self::NotVerified => ErrorCode::SessionVerificationFailed,
            Self::IdentityConflict => ErrorCode::SessionIdentityConflict,
            Self::UnknownUser(_) => ErrorCode::UserNotExist,
            Self::MethodNotEnabled => ErrorCode::UserSignInMethodNotEnabled,
            Self::MissingProfile(_) => ErrorCode::UserMissingProfile,
            Self::InUse(IdentifierType::Username) => ErrorCode::UserUsernameInUse,
            Self::InUse(IdentifierType::Email) => ErrorCode::UserEmailInUse,
            Self::InUse(IdentifierType::Phone) => ErrorCode::UserPhoneInUse,
            Self::HasAlready(ProfileMember::Username) => ErrorCode::UserUsernameExistsInProfile,
            Self::HasAlready(ProfileMember::Email) => ErrorCode::UserEmailExistsInProfile,
            Self::HasAlready(ProfileMember::Phone) => ErrorCode::UserPhoneExistsInProfile,
            Self::HasAlready(ProfileMember::Password) => ErrorCode::UserPasswordExistsInProfile,
            Self::Username(code) => *code,
            Self::PasswordRejected(_) => ErrorCode::PasswordRejected,
            Self::SamePassword => ErrorCode::UserSamePassword,
            Self::NewPasswordRequired => ErrorCode::UserNewPasswordRequired,
            Self::NotIdentified => ErrorCode::SessionIdentifierNotFound,
            Self::NoSender(_) => ErrorCode::ConnectorNotFound,
            Self::TooManyMessages => ErrorCode::RequestMessageRateLimited,
            Self::Code(refusal) => refusal.code(),
            Self::Token(refusal) => refusal.code(),
            Self::BlockedEmail(BlockedEmail::Subaddressing) => ErrorCode::SessionEmailSubaddressing,
            Self::BlockedEmail(BlockedEmail::NotAllowed(_)) => ErrorCode::SessionEmailNotAllowed,
        }
    }

    /// What a client needs beside the code.
    pub fn data(&self) -> Option<Value> {
        match self {
            Self::UnknownUser(identifier) => Some(json!({"identifier": identifier})),
            Self::MissingProfile(missing) => Some(json!({"missingProfile": missing})),
            Self::PasswordRejected(issues) => Some(issues.clone()),
            _ => None,
        }
    }

    /// Values of the placeholders of the code's text.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Blocked { until, now } => {
                let minutes = until.0.saturating_sub(now.0).max(0).div_euclid(60_000) + 1;
                vec![("relativeTime", format!("{minutes} min"))]
            }
            Self::UnknownUser(identifier) => vec![("identifier", identifier.as_str().to_owned())],
            Self::NoSender(Channel::Email) => vec![("type", "Email".to_owned())],
            Self::NoSender(Channel::Phone) => vec![("type", "Sms".to_owned())],
            Self::BlockedEmail(BlockedEmail::NotAllowed(email)) => vec![("email", email.clone())],
            Self::MissingVerification => vec![("type", "body".to_owned())],
            _ => Vec::new(),
        }
    }
}

impl CodeRefusal {
    pub fn code(self) -> ErrorCode {
        match self {
            Self::NotFound => ErrorCode::VerificationCodeNotFound,
            Self::OtherRecipient(Channel::Email) => ErrorCode::VerificationCodeEmailMismatch,
            Self::OtherRecipient(Channel::Phone) => ErrorCode::VerificationCodePhoneMismatch,
            Self::Expired => ErrorCode::VerificationCodeExpired,
            Self::TooManyTries => ErrorCode::VerificationCodeExceedMaxTry,
            Self::Mismatch => ErrorCode::VerificationCodeMismatch,
        }
    }
}

impl TokenRefusal {
    pub fn code(self) -> ErrorCode {
        match self {
            Self::NotFound => ErrorCode::OneTimeTokenNotFound,
            Self::OtherEmail => ErrorCode::OneTimeTokenEmailMismatch,
            Self::OtherEvent => ErrorCode::OneTimeTokenEventMismatch,
            Self::Expired => ErrorCode::OneTimeTokenExpired,
            Self::Consumed => ErrorCode::OneTimeTokenConsumed,
            Self::Revoked => ErrorCode::OneTimeTokenRevoked,
            Self::CannotReactivate => ErrorCode::OneTimeTokenCannotReactivate,
            Self::UnknownOrganization => ErrorCode::EntityForeignKeyNotFound,
        }
    }
}
