//! What the audit log records. One entry per token request, one per script run.

use crate::id::ApplicationId;
use crate::time::Timestamp;

/// Keys of entries. More come with the features that write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogKey {
    ExchangeClientCredentials,
    /// A token request that failed before its grant was known.
    ExchangeUnknown,
    RevokeToken,
    ScriptAccessToken,
    ScriptClientCredentials,
}

impl LogKey {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExchangeClientCredentials => "ExchangeTokenBy.ClientCredentials",
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
    pub payload: String,
    pub created_at: Timestamp,
}
