//! Step 8: the body of a granted request (RFC 6749 §5.1, OIDC Core §3.1.3.3).

use super::issue::person::PersonTokens;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct TokenResponse {
    access_token: String,
    /// Seconds.
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    token_type: &'static str,
}

impl TokenResponse {
    pub(crate) fn bearer(access_token: String, expires_in: i64, scope: Option<String>) -> Self {
        Self { access_token, expires_in, id_token: None, refresh_token: None, scope, token_type: "Bearer" }
    }

    pub(crate) fn of_person(tokens: PersonTokens, expires_in: i64, scope: Option<String>) -> Self {
        let PersonTokens { access, id, refresh } = tokens;
        Self { id_token: id, refresh_token: refresh, ..Self::bearer(access, expires_in, scope) }
    }
}
