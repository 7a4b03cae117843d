//! What the audit log records. One entry per token request, one per script run.

use crate::id::{ApplicationId, UserId};
use crate::interaction::InteractionEvent;
use crate::time::Timestamp;
use crate::verification::VerificationType;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;

/// Keys of entries. More come with the features that write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogKey {
    ExchangeAuthorizationCode,
    ExchangeRefreshToken,
    ExchangeClientCredentials,
    ExchangeDeviceCode,
    ExchangeTokenExchange,
    /// A token request that failed before its grant was known.
    ExchangeUnknown,
    /// An authorization request waits for a person.
    InteractionCreate,
    /// What a person did was taken back to the request.
    InteractionEnd,
    /// A step of a person who signs in, registers or forgot a password.
    Interaction(InteractionEvent, InteractionStep),
    RevokeToken,
    /// Grants of one person that an application had too many of.
    RevokeGrants,
    ScriptAccessToken,
    ScriptClientCredentials,
}

impl LogKey {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExchangeAuthorizationCode => "ExchangeTokenBy.AuthorizationCode",
            Self::ExchangeRefreshToken => "ExchangeTokenBy.RefreshToken",
            Self::ExchangeClientCredentials => "ExchangeTokenBy.ClientCredentials",
            Self::ExchangeDeviceCode => "ExchangeTokenBy.DeviceCode",
            Self::ExchangeTokenExchange => "ExchangeTokenBy.TokenExchange",
            Self::ExchangeUnknown => "ExchangeTokenBy.Unknown",
            Self::InteractionCreate => "Interaction.Create",
            Self::InteractionEnd => "Interaction.End",
            Self::Interaction(event, step) => step.key(event),
            Self::RevokeToken => "RevokeToken",
            Self::RevokeGrants => "RevokeGrants",
            Self::ScriptAccessToken => "JwtCustomizer.AccessToken",
            Self::ScriptClientCredentials => "JwtCustomizer.ClientCredentials",
        }
    }
}

/// What somebody did in an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InteractionStep {
    /// Said what they came for.
    Create,
    /// Changed their mind about it.
    Update,
    /// Said who they are, by something that they proved.
    Identify,
    UpdateProfile,
    Submit,
    /// Asked for something to prove with.
    CreateVerification(VerificationType),
    /// Tried to prove.
    SubmitVerification(VerificationType),
    /// The steps of the deprecated interaction routes.
    CreateProfile,
    DeleteProfile,
    CreateCode,
    SubmitCode,
    SubmitPassword,
}

macro_rules! of_event {
    ($event:expr, $step:expr) => {
        match $event {
            InteractionEvent::SignIn => concat!("Interaction.SignIn.", $step),
            InteractionEvent::Register => concat!("Interaction.Register.", $step),
            InteractionEvent::ForgotPassword => concat!("Interaction.ForgotPassword.", $step),
        }
    };
}

macro_rules! of_verification {
    ($event:expr, $kind:expr, $step:literal) => {
        match $kind {
            VerificationType::Password => of_event!($event, concat!("Verification.Password.", $step)),
            VerificationType::EmailVerificationCode => {
                of_event!($event, concat!("Verification.EmailVerificationCode.", $step))
            }
            VerificationType::PhoneVerificationCode => {
                of_event!($event, concat!("Verification.PhoneVerificationCode.", $step))
            }
            VerificationType::NewPasswordIdentity => {
                of_event!($event, concat!("Verification.NewPasswordIdentity.", $step))
            }
            VerificationType::OneTimeToken => of_event!($event, concat!("Verification.OneTimeToken.", $step)),
        }
    };
}

impl InteractionStep {
    fn key(self, event: InteractionEvent) -> &'static str {
        match self {
            Self::Create => of_event!(event, "Create"),
            Self::Update => of_event!(event, "Update"),
            Self::Identify => of_event!(event, "Identifier.Submit"),
            Self::UpdateProfile => of_event!(event, "Profile.Update"),
            Self::Submit => of_event!(event, "Submit"),
            Self::CreateVerification(kind) => of_verification!(event, kind, "Create"),
            Self::SubmitVerification(kind) => of_verification!(event, kind, "Submit"),
            Self::CreateProfile => of_event!(event, "Profile.Create"),
            Self::DeleteProfile => of_event!(event, "Profile.Delete"),
            Self::CreateCode => of_event!(event, "Identifier.VerificationCode.Create"),
            Self::SubmitCode => of_event!(event, "Identifier.VerificationCode.Submit"),
            Self::SubmitPassword => of_event!(event, "Identifier.Password.Submit"),
        }
    }
}

/// An entry ready to be stored. The payload is a JSON object, already free of secrets and scripts. One without `key` has
/// no `applicationId` and `userId` either: what the other fields say comes back with it when it is read.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    pub id: String,
    pub key: LogKey,
    pub application_id: Option<ApplicationId>,
    /// Whom it is about.
    pub user_id: Option<UserId>,
    pub payload: String,
    /// `payload.context` of the payload, when it is stored apart: many entries have the same.
    pub context: Option<Arc<AuditContext>>,
    pub created_at: Timestamp,
}

/// What a claims script was given, as the audit log keeps it: JSON without secrets, under the digest of its text.
#[derive(Debug, PartialEq, Eq)]
pub struct AuditContext {
    /// SHA-256 in hexadecimal: who can choose two contexts cannot make one pass for the other.
    pub id: Arc<str>,
    pub content: Arc<str>,
}

impl AuditContext {
    pub fn new(content: impl Into<Arc<str>>) -> Self {
        let content = content.into();
        let mut id = String::with_capacity(64);
        for byte in Sha256::digest(content.as_bytes()) {
            // Writing to a string cannot fail.
            let _written = write!(id, "{byte:02x}");
        }
        Self { id: id.into(), content }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_the_event_and_the_step() {
        for (step, key) in [
            (InteractionStep::Create, "Interaction.SignIn.Create"),
            (InteractionStep::Identify, "Interaction.SignIn.Identifier.Submit"),
            (
                InteractionStep::SubmitVerification(VerificationType::Password),
                "Interaction.SignIn.Verification.Password.Submit",
            ),
            (
                InteractionStep::CreateVerification(VerificationType::PhoneVerificationCode),
                "Interaction.SignIn.Verification.PhoneVerificationCode.Create",
            ),
        ] {
            assert_eq!(LogKey::Interaction(InteractionEvent::SignIn, step).as_str(), key);
        }
    }
}
