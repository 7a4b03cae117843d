//! The sign-in experience of a tenant: how people sign in, what they must have, what they may call themselves.
//!
//! Stored are the members that an administrator set; the rest are [`defaults`]. The whole is kept as JSON for those who
//! show it, and as types for those who decide by it.

mod check;
pub mod defaults;

pub use check::{SettingsRefused, check};

use crate::email_blocklist::EmailBlocklist;
use crate::experience::identifier::IdentifierType;
use crate::policy::password::PasswordPolicy;
use crate::policy::username::UsernamePolicy;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use signet_core::id::TenantId;
use signet_core::interaction::InteractionEvent;
use signet_core::time::Timestamp;
use std::time::Duration;

/// Under which the members that an administrator set are stored.
pub const CONFIG_KEY: &str = "signInExperience";

/// See the module.
#[derive(Debug, Clone)]
pub struct SignInSettings {
    /// Every member, as the Management API shows it.
    pub all: Map<String, Value>,
    pub rules: Rules,
    /// Whether an administrator chose the mode. Else, in the tenant `admin`, it depends on who is there.
    pub has_own_mode: bool,
}

/// What is decided by.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rules {
    pub sign_in_mode: SignInMode,
    pub sign_in: SignIn,
    pub sign_up: SignUp,
    pub password_policy: PasswordPolicy,
    pub username_policy: UsernamePolicy,
    pub email_blocklist_policy: EmailBlocklist,
    pub sentinel_policy: SentinelPolicy,
    pub verification_code_policy: CodePolicy,
    pub forgot_password_methods: Option<Vec<ForgotPasswordMethod>>,
    pub password_expiration: PasswordExpiration,
    pub language_info: LanguageInfo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInMode {
    SignIn,
    Register,
    SignInAndRegister,
}

impl SignInMode {
    /// Whether people may come for this.
    pub fn allows(self, event: InteractionEvent) -> bool {
        match event {
            InteractionEvent::Register => self != Self::SignIn,
            InteractionEvent::SignIn => self != Self::Register,
            // A password can be replaced whatever the mode: who has an account has it.
            InteractionEvent::ForgotPassword => true,
        }
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SignIn {
    pub methods: Vec<SignInMethod>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInMethod {
    pub identifier: IdentifierType,
    pub password: bool,
    pub verification_code: bool,
    pub is_password_primary: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignUp {
    pub identifiers: Vec<IdentifierType>,
    pub password: bool,
    pub verify: bool,
    #[serde(default)]
    pub secondary_identifiers: Vec<SecondaryIdentifier>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SecondaryIdentifier {
    pub identifier: SignUpIdentifier,
    #[serde(default)]
    pub verify: bool,
}

/// What a new account must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignUpIdentifier {
    Username,
    Email,
    Phone,
    EmailOrPhone,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SentinelPolicy {
    pub max_attempts: Option<i64>,
    /// Minutes.
    pub lockout_duration: Option<u64>,
}

impl SentinelPolicy {
    pub fn max_attempts(self) -> i64 {
        self.max_attempts.unwrap_or(100)
    }

    pub fn lockout(self) -> Duration {
        Duration::from_mins(self.lockout_duration.unwrap_or(60))
    }
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CodePolicy {
    /// Seconds.
    pub expiration_duration: Option<u64>,
    pub max_retry_attempts: Option<i64>,
}

impl CodePolicy {
    pub fn lifetime(self) -> Duration {
        Duration::from_secs(self.expiration_duration.unwrap_or(600))
    }

    pub fn most_tries(self) -> i64 {
        self.max_retry_attempts.unwrap_or(10)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForgotPasswordMethod {
    EmailVerificationCode,
    PhoneVerificationCode,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PasswordExpiration {
    pub enabled: bool,
    pub valid_period_days: Option<u64>,
    pub enabled_at: Option<i64>,
}

impl PasswordExpiration {
    /// Whether a password that was set at `set_at` is too old. One without a date is as old as the rule.
    pub fn has_expired(self, set_at: Option<Timestamp>, now: Timestamp) -> bool {
        let Some(days) = self.valid_period_days.filter(|_| self.enabled) else { return false };
        let since = set_at.or(self.enabled_at.map(Timestamp));
        since.is_some_and(|since| {
            since.plus(Duration::from_hours(24).saturating_mul(u32::try_from(days).unwrap_or(u32::MAX))) <= now
        })
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LanguageInfo {
    pub auto_detect: bool,
    pub fallback_language: String,
}

impl SignInSettings {
    /// The defaults of a tenant, with what an administrator set laid over them.
    pub fn new(tenant: &TenantId, stored: Option<&Value>) -> Result<Self, serde_json::Error> {
        let mut all = defaults::defaults(tenant);
        let stored = stored.and_then(Value::as_object);
        for (name, value) in stored.into_iter().flatten() {
            all.insert(name.clone(), value.clone());
        }
        let has_own_mode = stored.is_some_and(|stored| stored.contains_key("signInMode"));
        let rules = Rules::deserialize(Value::Object(all.clone()))?;
        Ok(Self { all, rules, has_own_mode })
    }

    /// The same with another mode.
    pub(crate) fn in_mode(&self, mode: SignInMode) -> Self {
        let mut settings = self.clone();
        settings.rules.sign_in_mode = mode;
        let name = serde_json::to_value(mode).unwrap_or_default();
        settings.all.insert("signInMode".to_owned(), name);
        settings
    }
}

impl Rules {
    /// How people with this kind of identifier sign in, if they do.
    pub fn method(&self, kind: IdentifierType) -> Option<&SignInMethod> {
        self.sign_in.methods.iter().find(|method| method.identifier == kind)
    }

    /// Whether a new account may begin with this kind of identifier.
    pub fn signs_up_with(&self, kind: IdentifierType) -> bool {
        self.sign_up.identifiers.contains(&kind)
    }
}
