//! What the audit log records. One entry per token request, one per script run.

use crate::id::{ApplicationId, UserId};
use crate::time::Timestamp;
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
    RevokeToken,
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
            Self::RevokeToken => "RevokeToken",
            Self::ScriptAccessToken => "JwtCustomizer.AccessToken",
            Self::ScriptClientCredentials => "JwtCustomizer.ClientCredentials",
        }
    }
}

/// An entry ready to be stored. The payload is a JSON object, already free of secrets and scripts.
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
