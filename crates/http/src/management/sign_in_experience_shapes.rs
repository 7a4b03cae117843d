//! What a change of the sign-in experience may hold, member by member.

use crate::extract::shape::issue::{Issues, Noted};
use crate::extract::shape::kept::{KeptShape, list_of, literal, members, record_of};
use crate::extract::shape::scalar::{Text, boolean, integer, text, url};
use crate::extract::shape::{Fields, FromFields, Shape};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The members that are given.
pub(super) struct Changes(pub(super) Map<String, Value>);

const LONGEST_URL: usize = 2048;

impl FromFields for Changes {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let mut changes = Changing { fields, changes: Map::new(), failed: None };
        looks(&mut changes);
        ways(&mut changes);
        policies(&mut changes);
        match changes.failed {
            Some(noted) => Err(noted),
            None => Ok(Self(changes.changes)),
        }
    }
}

/// Members are read one by one, so that no issue hides another.
struct Changing<'f, 'i> {
    fields: &'f mut Fields<'i>,
    changes: Map<String, Value>,
    failed: Option<Noted>,
}

impl Changing<'_, '_> {
    fn member(&mut self, name: &str, shape: impl KeptShape + 'static) {
        match self.fields.optional(name, Kept(shape)) {
            Ok(Some(value)) => drop(self.changes.insert(name.to_owned(), value)),
            Ok(None) => {}
            Err(noted) => self.failed = Some(noted),
        }
    }

    /// `null` is a value.
    fn nullable(&mut self, name: &str, shape: impl KeptShape + 'static) {
        self.member(name, OrNull(shape));
    }
}

struct Kept<S>(S);

impl<S: KeptShape> Shape for Kept<S> {
    type Out = Value;

    fn expected(&self) -> Cow<'static, str> {
        self.0.type_name()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Value, Noted> {
        self.0.keep(value, issues)
    }
}

struct OrNull<S>(S);

impl<S: KeptShape> Shape for OrNull<S> {
    type Out = Value;

    fn expected(&self) -> Cow<'static, str> {
        self.0.type_name()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Value, Noted> {
        if value.is_null() { Ok(Value::Null) } else { self.0.keep(value, issues) }
    }
}

fn hex() -> Text {
    text().matching("regex", "Invalid", |text| {
        let digits = text.strip_prefix('#').unwrap_or_default();
        matches!(digits.len(), 3 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn tag() -> Text {
    text().matching("regex", "Invalid", super::language_tags::is_known)
}

fn link() -> Text {
    url().max(LONGEST_URL)
}

fn looks(changes: &mut Changing<'_, '_>) {
    let color = members().required("primaryColor", hex()).required("isDarkModeEnabled", boolean());
    changes.member("color", color.required("darkPrimaryColor", hex()));
    changes.member("branding", members().optionals(&["logoUrl", "darkLogoUrl", "favicon", "darkFavicon"], link));
    changes.member("hideLogtoBranding", boolean());
    let language = members().required("autoDetect", boolean()).required("fallbackLanguage", tag());
    changes.member("languageInfo", language);
    for name in ["termsOfUseUrl", "privacyPolicyUrl", "supportWebsiteUrl", "unknownSessionRedirectUrl"] {
        // An empty field of a form means none.
        changes.nullable(
            name,
            text()
                .max(LONGEST_URL)
                .matching("url", "Invalid url", |text| text.is_empty() || url::Url::parse(text).is_ok()),
        );
    }
    changes.nullable("supportEmail", text().max(128));
    changes.member("agreeToTermsPolicy", literal(&["Automatic", "ManualRegistrationOnly", "Manual"]));
    changes.nullable("customCss", text().max(256 * 1024));
    changes.member("customContent", record_of(text().max(256 * 1024)));
    changes.member("customUiCsp", members().optional("scriptSrc", texts()).optional("connectSrc", texts()));
}

fn texts() -> impl KeptShape {
    list_of(text().max(LONGEST_URL))
}

const IDENTIFIERS: &[&str] = &["username", "email", "phone"];

fn ways(changes: &mut Changing<'_, '_>) {
    let method = members().required("identifier", literal(IDENTIFIERS)).required("password", boolean());
    let method = method.required("verificationCode", boolean()).required("isPasswordPrimary", boolean());
    changes.member("signIn", members().required("methods", list_of(method)));
    let secondary = members()
        .required("identifier", literal(&["username", "email", "phone", "emailOrPhone"]))
        .optional("verify", boolean());
    let sign_up = members().required("identifiers", list_of(literal(IDENTIFIERS))).required("password", boolean());
    let sign_up = sign_up.required("verify", boolean()).optional("secondaryIdentifiers", list_of(secondary));
    changes.member("signUp", sign_up);
    changes.member("signInMode", literal(&["SignIn", "Register", "SignInAndRegister"]));
    changes
        .member("socialSignIn", members().optionals(&["automaticAccountLinking", "skipRequiredIdentifiers"], boolean));
    changes.member("socialSignInConnectorTargets", list_of(text().max(128)));
    changes.member("singleSignOnEnabled", boolean());
    changes.member("passkeySignIn", members().optionals(&["enabled", "showPasskeyButton", "allowAutofill"], boolean));
    changes.member("mfa", mfa());
    changes.member("adaptiveMfa", members().optional("enabled", boolean()));
    let methods = list_of(literal(&["EmailVerificationCode", "PhoneVerificationCode"]));
    changes.nullable("forgotPasswordMethods", methods);
    changes.nullable("signUpProfileFields", list_of(members().required("name", text().min(1))));
}

fn mfa() -> impl KeptShape {
    let factors = &["Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode"];
    let policies = &[
        "UserControlled",
        "Mandatory",
        "PromptOnlyAtSignIn",
        "PromptAtSignInAndSignUp",
        "NoPrompt",
        "PromptAtSignInAndSignUpMandatory",
        "PromptOnlyAtSignInMandatory",
    ];
    members()
        .required("factors", list_of(literal(factors)))
        .required("policy", literal(policies))
        .optional("organizationRequiredMfaPolicy", literal(&["NoPrompt", "Mandatory"]))
}

fn policies(changes: &mut Changing<'_, '_>) {
    let length = members().optional("min", integer().min(1).max(256)).optional("max", integer().min(1).max(256));
    let rejects = members()
        .optionals(&["pwned", "repetitionAndSequence", "userInfo"], boolean)
        .optional("words", list_of(text().max(128)));
    let password = members()
        .optional("length", length)
        .optional("characterTypes", members().optional("min", integer().min(1).max(4)))
        .optional("rejects", rejects);
    changes.member("passwordPolicy", password);
    changes.member("usernamePolicy", UsernamePolicy);
    changes.member("captchaPolicy", members().optional("enabled", boolean()));
    let sentinel = members()
        .optional("maxAttempts", integer().min(1).max(1_000_000))
        .optional("lockoutDuration", integer().min(1).max(1_000_000));
    changes.member("sentinelPolicy", sentinel);
    let code = members()
        .optional("expirationDuration", integer().min(60).max(3600))
        .optional("maxRetryAttempts", integer().min(1).max(100));
    changes.member("verificationCodePolicy", code);
    let blocklist = members()
        .optionals(&["blockDisposableAddresses", "blockSubaddressing"], boolean)
        .optional("customAllowlist", texts())
        .optional("customBlocklist", texts());
    changes.member("emailBlocklistPolicy", blocklist);
    let expiration =
        members().optional("enabled", boolean()).optional("validPeriodDays", integer().min(0).max(100_000));
    changes.member("passwordExpiration", expiration.optional("enabledAt", integer()));
}

/// A policy that somebody could meet.
struct UsernamePolicy;

impl Shape for UsernamePolicy {
    type Out = Map<String, Value>;

    fn expected(&self) -> Cow<'static, str> {
        "object".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Self::Out, Noted> {
        let characters = ["lowercase", "uppercase", "numbers", "underscore"];
        let allowed = characters.iter().fold(members(), |allowed, name| allowed.required(name, boolean()));
        let policy = members()
            .required("caseSensitive", boolean())
            .required("minLength", integer().min(1).max(128))
            .required("maxLength", integer().min(1).max(128))
            .required("allowedChars", allowed)
            .read(value, issues)?;
        let length = |name: &str| policy.get(name).and_then(Value::as_i64);
        if length("minLength") > length("maxLength") {
            return Err(issues.custom("`minLength` must not be above `maxLength`"));
        }
        let is_allowed = |name: &str| policy.get("allowedChars").and_then(|all| all.get(name)?.as_bool());
        if !["lowercase", "uppercase", "underscore"].iter().any(|name| is_allowed(name) == Some(true)) {
            return Err(issues.custom("a username needs a letter or an underscore to begin with"));
        }
        Ok(policy)
    }
}
