//! Step 8: the body of a granted request (RFC 6749 §5.1, OIDC Core §3.1.3.3).

use super::issue::person::PersonTokens;
use serde::Serialize;
use std::fmt;

///
/// `Debug` shows no token.
#[derive(Serialize)]
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

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse").field("scope", &self.scope).finish_non_exhaustive()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_token() {
        let tokens = PersonTokens {
            access: "hunter2".to_owned(),
            id: Some("hunter2".to_owned()),
            refresh: Some("hunter2".to_owned()),
        };
        let response = TokenResponse::of_person(tokens, 60, Some("openid".to_owned()));
        assert_eq!(format!("{response:?}"), r#"TokenResponse { scope: Some("openid"), .. }"#);
    }
}
