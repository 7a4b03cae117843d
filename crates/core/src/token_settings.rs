//! What an application's settings say about its tokens: which grants it may use, how long what lives.

use crate::application::Application;
use serde_json::Value;
use std::time::Duration;

/// Two weeks.
const DEFAULT_REFRESH_TOKEN_TTL: u64 = 1_209_600;
const DEFAULT_ID_TOKEN_TTL: i64 = 3600;
const DAY: u64 = 86_400;
/// A chain of refresh tokens ends after a year (365.25 days), however often they were rotated.
pub const MAX_CHAIN: Duration = Duration::from_hours(8766);

impl Application {
    /// Whether people get refresh tokens without `offline_access`. Native applications do not, whatever they say.
    pub fn always_issues_refresh_token(&self) -> bool {
        !self.is_native() && self.switch("alwaysIssueRefreshToken") == Some(true)
    }

    /// Whether a refresh token is replaced when it is used (RFC 9700 §4.14.2).
    pub fn rotates_refresh_tokens(&self) -> bool {
        self.switch("rotateRefreshToken") != Some(false)
    }

    /// Whether it may trade tokens (RFC 8693). A third party never may.
    pub fn may_exchange_tokens(&self) -> bool {
        !self.is_third_party && self.switch("allowTokenExchange") == Some(true)
    }

    /// Days come first; `refreshTokenTtl` counts seconds and is deprecated.
    pub fn refresh_token_ttl(&self) -> Duration {
        let days = self.positive("refreshTokenTtlInDays").map(|days| days.saturating_mul(DAY));
        Duration::from_secs(days.or_else(|| self.positive("refreshTokenTtl")).unwrap_or(DEFAULT_REFRESH_TOKEN_TTL))
    }

    /// Seconds.
    pub fn id_token_ttl(&self) -> i64 {
        let stored = self.positive("idTokenTtl").and_then(|seconds| i64::try_from(seconds).ok());
        stored.unwrap_or(DEFAULT_ID_TOKEN_TTL)
    }

    /// What its ID tokens are signed with (OIDC Registration §2). `None`: whatever the tenant signs with.
    pub fn id_token_algorithm(&self) -> Option<&str> {
        self.oidc_client_metadata.get("idTokenSignedResponseAlg").and_then(Value::as_str)
    }

    fn switch(&self, name: &str) -> Option<bool> {
        self.custom_client_metadata.get(name).and_then(Value::as_bool)
    }

    /// A number of at least one. The Management API once stored any number, fractions and negative ones included.
    fn positive(&self, name: &str) -> Option<u64> {
        let stored = self.custom_client_metadata.get(name)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value is in range")]
        let whole = |number: f64| (1.0..=4e9).contains(&number).then_some(number as u64);
        stored.as_f64().and_then(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::ApplicationType;
    use crate::time::Timestamp;
    use serde_json::{Map, json};

    fn application(settings: Value) -> Application {
        let Value::Object(custom_client_metadata) = settings else { panic!("not an object") };
        Application {
            id: "app".parse().unwrap(),
            name: String::new(),
            description: None,
            kind: ApplicationType::Traditional,
            oidc_client_metadata: Map::new(),
            custom_client_metadata,
            protected_app_metadata: None,
            custom_data: Map::new(),
            is_third_party: false,
            app_level_access_control_enabled: false,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn days_come_before_seconds_and_both_before_the_default() {
        for (settings, expected) in [
            (json!({}), 1_209_600),
            (json!({"refreshTokenTtl": 60}), 60),
            (json!({"refreshTokenTtl": 60, "refreshTokenTtlInDays": 180}), 180 * 86_400),
            (json!({"refreshTokenTtl": -1}), 1_209_600),
            (json!({"refreshTokenTtl": 0.5}), 1_209_600),
            (json!({"refreshTokenTtl": "60"}), 1_209_600),
        ] {
            let shown = settings.to_string();
            assert_eq!(application(settings).refresh_token_ttl().as_secs(), expected, "{shown}");
        }
    }

    #[test]
    fn switches_have_their_defaults() {
        let plain = application(json!({}));
        assert!(plain.rotates_refresh_tokens() && !plain.may_exchange_tokens() && !plain.always_issues_refresh_token());
        let mut set = application(
            json!({"rotateRefreshToken": false, "allowTokenExchange": true, "alwaysIssueRefreshToken": true}),
        );
        assert!(!set.rotates_refresh_tokens() && set.may_exchange_tokens() && set.always_issues_refresh_token());
        set.is_third_party = true;
        set.kind = ApplicationType::Native;
        assert!(!set.may_exchange_tokens() && !set.always_issues_refresh_token());
    }
}
