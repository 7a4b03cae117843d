//! What somebody says their name here is: `{type, value}` in requests and in what is kept of a sign-in.

use crate::identifier::{Email, InvalidIdentifier, Phone, Username};
use serde::{Deserialize, Serialize};
use signet_core::verification::{Channel, VerificationType};

/// The kinds of identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdentifierType {
    Username,
    Email,
    Phone,
}

impl IdentifierType {
    pub const ALL: &'static [Self] = &[Self::Username, Self::Email, Self::Phone];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

/// An identifier that fits its grammar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum Identifier {
    Username(Username),
    Email(Email),
    Phone(Phone),
}

#[derive(Serialize, Deserialize)]
struct Wire {
    r#type: IdentifierType,
    value: String,
}

impl Identifier {
    pub fn parse(kind: IdentifierType, value: &str) -> Result<Self, InvalidIdentifier> {
        match kind {
            IdentifierType::Username => value.parse().map(Self::Username),
            IdentifierType::Email => value.parse().map(Self::Email),
            IdentifierType::Phone => value.parse().map(Self::Phone),
        }
    }

    pub fn kind(&self) -> IdentifierType {
        match self {
            Self::Username(_) => IdentifierType::Username,
            Self::Email(_) => IdentifierType::Email,
            Self::Phone(_) => IdentifierType::Phone,
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Username(name) => name.as_str(),
            Self::Email(email) => email.as_str(),
            Self::Phone(phone) => phone.as_str(),
        }
    }

    /// An address that messages reach.
    pub fn recipient(&self) -> Option<Recipient> {
        match self {
            Self::Username(_) => None,
            Self::Email(email) => Some(Recipient::Email(email.clone())),
            Self::Phone(phone) => Some(Recipient::Phone(phone.clone())),
        }
    }
}

impl TryFrom<Wire> for Identifier {
    type Error = InvalidIdentifier;

    fn try_from(wire: Wire) -> Result<Self, InvalidIdentifier> {
        Self::parse(wire.r#type, &wire.value)
    }
}

impl From<Identifier> for Wire {
    fn from(identifier: Identifier) -> Self {
        Self { r#type: identifier.kind(), value: identifier.as_str().to_owned() }
    }
}

/// Whom a message can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    Email(Email),
    Phone(Phone),
}

impl Recipient {
    pub fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Phone(_) => Channel::Phone,
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(email) => email.as_str(),
            Self::Phone(phone) => phone.as_str(),
        }
    }

    /// How it is counted and compared: mailboxes do not tell upper from lower case.
    pub fn key(&self) -> String {
        self.as_str().to_lowercase()
    }

    /// What a code that reached it proves.
    pub fn verification_type(&self) -> VerificationType {
        match self {
            Self::Email(_) => VerificationType::EmailVerificationCode,
            Self::Phone(_) => VerificationType::PhoneVerificationCode,
        }
    }
}

impl From<Recipient> for Identifier {
    fn from(recipient: Recipient) -> Self {
        match recipient {
            Recipient::Email(email) => Self::Email(email),
            Recipient::Phone(phone) => Self::Phone(phone),
        }
    }
}
