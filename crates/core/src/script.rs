//! Claims scripts: one per kind of access token and tenant.

use crate::secret::Sealed;
use serde_json::{Map, Value};

/// The function that a script must define.
pub const ENTRY_FUNCTION: &str = "getCustomJwtClaims";

/// Which access tokens a script is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenType {
    /// Tokens of people.
    AccessToken,
    /// Tokens of machines.
    ClientCredentials,
}

impl TokenType {
    pub const ALL: [Self; 2] = [Self::AccessToken, Self::ClientCredentials];

    /// The form in paths and in the test endpoint's body.
    pub fn as_path(self) -> &'static str {
        match self {
            Self::AccessToken => "access-token",
            Self::ClientCredentials => "client-credentials",
        }
    }

    /// The form in storage and in lists.
    pub fn as_key(self) -> &'static str {
        match self {
            Self::AccessToken => "jwt.accessToken",
            Self::ClientCredentials => "jwt.clientCredentials",
        }
    }

    pub fn parse_path(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_path() == text)
    }

    pub fn parse_key(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_key() == text)
    }
}

/// A stored script with its settings.
#[derive(Debug, Clone)]
pub struct ClaimsScript {
    pub source: String,
    /// A JSON object of strings, sealed. `None` when none were saved: the script then sees `undefined`.
    pub environment_variables: Option<Sealed>,
    pub context_sample: Option<Map<String, Value>>,
    pub token_sample: Option<Map<String, Value>>,
    /// Whether a failing script refuses the token. `None` when never said, which means no.
    pub block_issuance_on_error: Option<bool>,
    /// Whether console output is kept with the audit entry of a run. `None` when never said, which means no.
    pub store_logs: Option<bool>,
}
