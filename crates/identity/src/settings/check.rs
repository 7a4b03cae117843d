//! Which sign-in experiences make no sense: each rule has the code that clients know it by.

use super::{ForgotPasswordMethod, Rules, SignInMethod, SignUpIdentifier, defaults::BUILT_IN_LANGUAGES};
use crate::experience::identifier::IdentifierType;
use crate::message::Senders;
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use signet_core::verification::Channel;

/// Why a change is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsRefused {
    #[error("the language `{0}` is neither built in nor a custom one")]
    UnknownLanguage(String),
    #[error("secondary identifiers need a primary one")]
    MissingSignUpIdentifiers,
    #[error("an identifier is asked for twice")]
    DuplicatedSignUpIdentifiers,
    #[error("an address that is signed up with must be verified")]
    PasswordlessRequiresVerify,
    #[error("nothing is configured that sends messages by {0:?}")]
    NoSender(Channel),
    #[error("a sign-in method needs a password or a code")]
    NoFactor,
    #[error("who signs up without a password must be able to sign in with a code")]
    CodeSignInRequired,
    #[error("a way to reset passwords has nothing that sends its messages")]
    ForgotPasswordWithoutSender(ForgotPasswordMethod),
    #[error("passwords that expire need a period of a day or more")]
    InvalidPeriod,
    #[error("passwords that expire need a way to reset them")]
    ExpirationWithoutReset,
    #[error("`{0}` is neither an email address nor a domain like `@example.com`")]
    InvalidBlocklist(String),
    #[error("{0}")]
    Invalid(&'static str),
    #[error("{0} is not built")]
    NotBuilt(&'static str),
}

impl SettingsRefused {
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::UnknownLanguage(_) => ErrorCode::SignInUnsupportedLanguage,
            Self::MissingSignUpIdentifiers => ErrorCode::SignInMissingSignUpIdentifiers,
            Self::DuplicatedSignUpIdentifiers => ErrorCode::SignInDuplicatedSignUpIdentifiers,
            Self::PasswordlessRequiresVerify => ErrorCode::SignInPasswordlessRequiresVerify,
            Self::NoSender(_) => ErrorCode::SignInConnectorNotFound,
            Self::NoFactor => ErrorCode::SignInNoFactor,
            Self::CodeSignInRequired => ErrorCode::SignInCodeRequired,
            Self::ForgotPasswordWithoutSender(_) => ErrorCode::SignInForgotPasswordRequiresConnector,
            Self::InvalidPeriod => ErrorCode::SignInPasswordExpirationPeriod,
            Self::ExpirationWithoutReset => ErrorCode::SignInPasswordExpirationRequiresReset,
            Self::InvalidBlocklist(_) => ErrorCode::SignInInvalidBlocklist,
            Self::Invalid(_) => ErrorCode::RequestInvalidInput,
            Self::NotBuilt(_) => ErrorCode::RequestFeatureNotSupported,
        }
    }
}

/// Checks what `given` changes, once it is laid over everything else (`rules`). `languages` are the custom ones.
pub fn check(
    given: &Map<String, Value>,
    rules: &Rules,
    senders: &Senders,
    languages: &[String],
) -> Result<(), SettingsRefused> {
    check_not_built(given)?;
    let language = &rules.language_info.fallback_language;
    let is_known = BUILT_IN_LANGUAGES.contains(&language.as_str()) || languages.contains(language);
    if given.contains_key("languageInfo") && !is_known {
        return Err(SettingsRefused::UnknownLanguage(language.clone()));
    }
    if given.contains_key("signUp") {
        check_sign_up(rules, senders)?;
    }
    if given.contains_key("signIn") || given.contains_key("signUp") {
        for method in &rules.sign_in.methods {
            check_method(method, rules, senders)?;
        }
    }
    for method in rules.forgot_password_methods.iter().flatten() {
        if given.contains_key("forgotPasswordMethods") && !senders.has(channel_of(*method)) {
            return Err(SettingsRefused::ForgotPasswordWithoutSender(*method));
        }
    }
    check_expiration(given, rules, senders)?;
    check_blocklist(given, rules)
}

/// Promises that nobody would keep: better an error now than a sign-in that is less safe than it looks.
fn check_not_built(given: &Map<String, Value>) -> Result<(), SettingsRefused> {
    let is_on = |name: &str, member: &str| {
        given.get(name).and_then(|value| value.get(member)).and_then(Value::as_bool).unwrap_or(false)
    };
    let has_factors = given.get("mfa").and_then(|mfa| mfa.get("factors")).and_then(Value::as_array);
    if has_factors.is_some_and(|factors| !factors.is_empty()) || is_on("adaptiveMfa", "enabled") {
        return Err(SettingsRefused::NotBuilt("multi-factor authentication"));
    }
    if is_on("captchaPolicy", "enabled") {
        return Err(SettingsRefused::NotBuilt("a captcha"));
    }
    if is_on("passkeySignIn", "enabled") {
        return Err(SettingsRefused::NotBuilt("signing in with a passkey"));
    }
    if given.get("hideLogtoBranding").and_then(Value::as_bool).unwrap_or(false) {
        return Err(SettingsRefused::Invalid("`hideLogtoBranding` cannot be set: there is no such branding"));
    }
    if given.get("customUiCsp").and_then(Value::as_object).is_some_and(|sources| !sources.is_empty()) {
        return Err(SettingsRefused::Invalid("`customUiCsp` cannot be set"));
    }
    if is_on("emailBlocklistPolicy", "blockDisposableAddresses") {
        return Err(SettingsRefused::Invalid("`blockDisposableAddresses` cannot be set"));
    }
    Ok(())
}

fn check_sign_up(rules: &Rules, senders: &Senders) -> Result<(), SettingsRefused> {
    let sign_up = &rules.sign_up;
    if sign_up.identifiers.is_empty() && !sign_up.secondary_identifiers.is_empty() {
        return Err(SettingsRefused::MissingSignUpIdentifiers);
    }
    let mut asked: Vec<IdentifierType> = Vec::new();
    let secondary = sign_up.secondary_identifiers.iter().flat_map(|secondary| parts(secondary.identifier));
    for identifier in sign_up.identifiers.iter().copied().chain(secondary) {
        if asked.contains(&identifier) {
            return Err(SettingsRefused::DuplicatedSignUpIdentifiers);
        }
        asked.push(identifier);
    }
    for identifier in &sign_up.identifiers {
        let Some(channel) = channel(*identifier) else { continue };
        if !sign_up.verify {
            return Err(SettingsRefused::PasswordlessRequiresVerify);
        }
        require(channel, senders)?;
    }
    for secondary in &sign_up.secondary_identifiers {
        for channel in parts(secondary.identifier).filter_map(channel) {
            if !secondary.verify {
                return Err(SettingsRefused::PasswordlessRequiresVerify);
            }
            require(channel, senders)?;
        }
    }
    Ok(())
}

fn check_method(method: &SignInMethod, rules: &Rules, senders: &Senders) -> Result<(), SettingsRefused> {
    let channel = channel(method.identifier);
    if method.verification_code
        && let Some(channel) = channel
    {
        require(channel, senders)?;
    }
    if !method.password && !method.verification_code {
        return Err(SettingsRefused::NoFactor);
    }
    let signs_up_without_password = rules.sign_up.verify && !rules.sign_up.password;
    if signs_up_without_password && channel.is_some() && !method.verification_code {
        return Err(SettingsRefused::CodeSignInRequired);
    }
    Ok(())
}

fn check_expiration(given: &Map<String, Value>, rules: &Rules, senders: &Senders) -> Result<(), SettingsRefused> {
    let expiration = rules.password_expiration;
    if !given.contains_key("passwordExpiration") || !expiration.enabled {
        return Ok(());
    }
    if expiration.valid_period_days.is_none_or(|days| days == 0) {
        return Err(SettingsRefused::InvalidPeriod);
    }
    let can_reset = Channel::ALL.iter().any(|channel| rules.resets_passwords_by(*channel, senders));
    if can_reset { Ok(()) } else { Err(SettingsRefused::ExpirationWithoutReset) }
}

fn check_blocklist(given: &Map<String, Value>, rules: &Rules) -> Result<(), SettingsRefused> {
    if !given.contains_key("emailBlocklistPolicy") {
        return Ok(());
    }
    let policy = &rules.email_blocklist_policy;
    for entry in policy.custom_allowlist.iter().chain(&policy.custom_blocklist) {
        let domain = entry.strip_prefix('@').map(|domain| format!("a@{domain}"));
        if domain.as_deref().unwrap_or(entry).parse::<crate::identifier::Email>().is_err() {
            return Err(SettingsRefused::InvalidBlocklist(entry.clone()));
        }
    }
    Ok(())
}

impl Rules {
    /// Whether somebody who forgot a password can be sent a code this way.
    pub fn resets_passwords_by(&self, channel: Channel, senders: &Senders) -> bool {
        let is_allowed = match &self.forgot_password_methods {
            None => true,
            Some(methods) => methods.iter().any(|method| channel_of(*method) == channel),
        };
        is_allowed && senders.has(channel)
    }
}

fn require(channel: Channel, senders: &Senders) -> Result<(), SettingsRefused> {
    if senders.has(channel) { Ok(()) } else { Err(SettingsRefused::NoSender(channel)) }
}

fn channel(identifier: IdentifierType) -> Option<Channel> {
    match identifier {
        IdentifierType::Username => None,
        IdentifierType::Email => Some(Channel::Email),
        IdentifierType::Phone => Some(Channel::Phone),
    }
}

fn channel_of(method: ForgotPasswordMethod) -> Channel {
    match method {
        ForgotPasswordMethod::EmailVerificationCode => Channel::Email,
        ForgotPasswordMethod::PhoneVerificationCode => Channel::Phone,
    }
}

fn parts(identifier: SignUpIdentifier) -> impl Iterator<Item = IdentifierType> {
    let parts: &[IdentifierType] = match identifier {
        SignUpIdentifier::Username => &[IdentifierType::Username],
        SignUpIdentifier::Email => &[IdentifierType::Email],
        SignUpIdentifier::Phone => &[IdentifierType::Phone],
        SignUpIdentifier::EmailOrPhone => &[IdentifierType::Email, IdentifierType::Phone],
    };
    parts.iter().copied()
}
