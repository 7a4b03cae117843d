//! Step 8: the body of a granted request (RFC 6749 §5.1).

use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct TokenResponse {
    access_token: String,
    /// Seconds.
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    token_type: &'static str,
}

impl TokenResponse {
    pub(crate) fn bearer(access_token: String, expires_in: i64, scope: Option<String>) -> Self {
        Self { access_token, expires_in, scope, token_type: "Bearer" }
    }
}
