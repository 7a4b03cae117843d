//! What a person proves who they are with, as far as it is kept: kinds of proofs, and codes that were sent.

use crate::id::InteractionUid;
use crate::interaction::InteractionEvent;
use crate::secret::Sealed;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A kind of proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VerificationType {
    Password,
    EmailVerificationCode,
    PhoneVerificationCode,
    /// A username and a password that nobody has yet.
    NewPasswordIdentity,
    OneTimeToken,
}

/// The way that a message takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    Email,
    Phone,
}

impl Channel {
    pub const ALL: &'static [Self] = &[Self::Email, Self::Phone];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|channel| channel.as_str() == text)
    }
}

/// What a message is about. A code is only good for what it was sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TemplateType {
    SignIn,
    Register,
    ForgotPassword,
    /// On behalf of a program that asks for itself, over the Management API.
    Generic,
    /// Without a code of ours.
    OrganizationInvitation,
}

impl TemplateType {
    pub const ALL: &'static [Self] =
        &[Self::SignIn, Self::Register, Self::ForgotPassword, Self::Generic, Self::OrganizationInvitation];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "SignIn",
            Self::Register => "Register",
            Self::ForgotPassword => "ForgotPassword",
            Self::Generic => "Generic",
            Self::OrganizationInvitation => "OrganizationInvitation",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|template| template.as_str() == text)
    }
}

impl From<InteractionEvent> for TemplateType {
    fn from(event: InteractionEvent) -> Self {
        match event {
            InteractionEvent::SignIn => Self::SignIn,
            InteractionEvent::Register => Self::Register,
            InteractionEvent::ForgotPassword => Self::ForgotPassword,
        }
    }
}

/// A code that was sent to somebody, or that would have been.
#[derive(Debug, Clone)]
pub struct VerificationCode {
    pub id: String,
    /// Whose sign-in it is for. `None`: a program asked for it.
    pub interaction: Option<InteractionUid>,
    pub purpose: TemplateType,
    pub channel: Channel,
    /// Email addresses in lower case.
    pub recipient: String,
    /// Sealed, not hashed: six digits are guessed from any digest.
    pub code: Sealed,
    pub tries: i64,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// When it was used, or another took its place.
    pub consumed_at: Option<Timestamp>,
}
