//! The sign-in experience before anybody changed it.

use serde_json::{Map, Value, json};
use signet_core::id::TenantId;

/// Languages of the hosted pages, as far as they are built in.
pub const BUILT_IN_LANGUAGES: &[&str] = &["en", "zh-CN"];

/// Every member with its default.
pub fn defaults(tenant: &TenantId) -> Map<String, Value> {
    let is_admin = *tenant == TenantId::admin();
    // Administrators come from the console and go back to it; its colours say that they are in the right place.
    let (primary, dark) = if is_admin { ("#0F7669", "#2FA68D") } else { ("#6139F6", "#8768F8") };
    let value = json!({
        "id": "default",
        "color": {"primaryColor": primary, "isDarkModeEnabled": is_admin, "darkPrimaryColor": dark},
        "branding": {"logoUrl": "https://logto.io/logo.svg", "darkLogoUrl": "https://logto.io/logo-dark.svg"},
        "hideLogtoBranding": false,
        "languageInfo": {"autoDetect": true, "fallbackLanguage": "en"},
        "termsOfUseUrl": null,
        "privacyPolicyUrl": null,
        "agreeToTermsPolicy": "Automatic",
        "signIn": {"methods": [
            {"identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true}
        ]},
        "signUp": {"identifiers": ["username"], "password": true, "verify": false},
        "socialSignIn": {},
        "socialSignInConnectorTargets": [],
        "signInMode": if is_admin { "Register" } else { "SignInAndRegister" },
        "customCss": null,
        "customContent": {},
        "customUiAssets": null,
        "customUiCsp": {},
        "passwordPolicy": {},
        "mfa": if is_admin {
            json!({"factors": ["Totp", "WebAuthn", "BackupCode"], "policy": "NoPrompt",
                   "organizationRequiredMfaPolicy": "Mandatory"})
        } else {
            json!({"factors": [], "policy": "UserControlled"})
        },
        "adaptiveMfa": {},
        "singleSignOnEnabled": false,
        "supportEmail": null,
        "supportWebsiteUrl": null,
        "unknownSessionRedirectUrl": null,
        "captchaPolicy": {},
        "sentinelPolicy": {},
        "emailBlocklistPolicy": {},
        "verificationCodePolicy": {},
        "forgotPasswordMethods": null,
        "passkeySignIn": {},
        "signUpProfileFields": null,
        "passwordExpiration": {},
        "usernamePolicy": {
            "caseSensitive": true, "minLength": 1, "maxLength": 128,
            "allowedChars": {"lowercase": true, "uppercase": true, "numbers": true, "underscore": true}
        }
    });
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
