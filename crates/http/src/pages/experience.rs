//! What the sign-in experience says about pages: looks, ways to sign in, terms, help.
//!
//! Filled from its JSON. What is absent or strange has the default of a fresh tenant, because a page that is shown a
//! little plainer is better than none.

use super::colour::Colour;
use super::palette;
use serde::Deserialize;
use serde_json::{Value, json};
use signet_core::third_party::Appearance;
use signet_identity::experience::identifier::IdentifierType as Identifier;
use signet_identity::settings::SignInMode;
use url::Url;

const DEFAULT_PRIMARY: Colour = Colour::new(0x61, 0x39, 0xf6);

/// What a fresh tenant's branding names. Nobody chose these, and a page asks no other host for anything unless its
/// administrator wants it to.
const NOT_CHOSEN: [&str; 2] = ["https://logto.io/logo.svg", "https://logto.io/logo-dark.svg"];

#[derive(Debug, Clone)]
pub(crate) struct Experience {
    pub(crate) primary: Colour,
    pub(crate) dark_primary: Colour,
    pub(crate) has_dark: bool,
    pub(crate) logo: Option<String>,
    pub(crate) dark_logo: Option<String>,
    pub(crate) favicon: Option<String>,
    pub(crate) auto_detect: bool,
    pub(crate) fallback_language: String,
    pub(crate) terms_of_use: Option<String>,
    pub(crate) privacy_policy: Option<String>,
    pub(crate) agreement: Agreement,
    pub(crate) methods: Vec<Method>,
    pub(crate) sign_up: SignUp,
    pub(crate) mode: SignInMode,
    pub(crate) custom_css: Option<String>,
    pub(crate) support_email: Option<String>,
    pub(crate) support_website: Option<String>,
    pub(crate) unknown_session: Option<String>,
    pub(crate) forgot_password: ForgotPassword,
    pub(crate) shortest_password: u64,
    /// Shortest and longest.
    pub(crate) username_length: (u64, u64),
}

/// When people tick a box about the terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub(crate) enum Agreement {
    #[default]
    Automatic,
    ManualRegistrationOnly,
    Manual,
}

/// A way to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Method {
    pub(crate) identifier: Identifier,
    #[serde(default)]
    pub(crate) password: bool,
    #[serde(default)]
    pub(crate) verification_code: bool,
    #[serde(default)]
    pub(crate) is_password_primary: bool,
}

/// What a new account needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignUp {
    #[serde(default)]
    pub(crate) identifiers: Vec<Identifier>,
    #[serde(default)]
    pub(crate) password: bool,
}

/// Where a code for a new password can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ForgotPassword {
    pub(crate) email: bool,
    pub(crate) phone: bool,
}

impl Experience {
    /// From `GET /api/.well-known/sign-in-exp`'s members.
    pub(crate) fn read(json: &Value) -> Self {
        let primary = colour(json, "/color/primaryColor").unwrap_or(DEFAULT_PRIMARY);
        let dark_primary = colour(json, "/color/darkPrimaryColor").unwrap_or_else(|| palette::darker_scheme(primary));
        let web_address = |place: &str| text(json, place).and_then(|address| web_address(&address));
        Self {
            primary,
            dark_primary,
            has_dark: json.pointer("/color/isDarkModeEnabled").and_then(Value::as_bool).unwrap_or_default(),
            logo: web_address("/branding/logoUrl"),
            dark_logo: web_address("/branding/darkLogoUrl"),
            favicon: web_address("/branding/favicon"),
            auto_detect: json.pointer("/languageInfo/autoDetect").and_then(Value::as_bool).unwrap_or(true),
            fallback_language: text(json, "/languageInfo/fallbackLanguage").unwrap_or_else(|| "en".to_owned()),
            terms_of_use: web_address("/termsOfUseUrl"),
            privacy_policy: web_address("/privacyPolicyUrl"),
            agreement: member(json, "/agreeToTermsPolicy").unwrap_or_default(),
            methods: member(json, "/signIn/methods").unwrap_or_else(|| vec![Method::default()]),
            sign_up: member(json, "/signUp").unwrap_or_default(),
            mode: member(json, "/signInMode").unwrap_or(SignInMode::SignInAndRegister),
            custom_css: text(json, "/customCss"),
            support_email: text(json, "/supportEmail").filter(|email| email.contains('@')),
            support_website: web_address("/supportWebsiteUrl"),
            unknown_session: web_address("/unknownSessionRedirectUrl"),
            forgot_password: member(json, "/forgotPassword").unwrap_or_default(),
            username_length: (
                json.pointer("/usernamePolicy/minLength").and_then(Value::as_u64).unwrap_or(1),
                json.pointer("/usernamePolicy/maxLength").and_then(Value::as_u64).unwrap_or(128),
            ),
            shortest_password: json.pointer("/passwordPolicy/length/min").and_then(Value::as_u64).unwrap_or(8),
        }
    }

    /// The same with what an application has of its own: colours, the icon of the tab, CSS. Its logo stands beside the
    /// tenant's.
    pub(crate) fn looking_like(&self, look: &Appearance) -> Self {
        let own = json!({"color": look.color, "branding": look.branding});
        let primary = colour(&own, "/color/primaryColor");
        let dark = colour(&own, "/color/darkPrimaryColor").or_else(|| primary.map(palette::darker_scheme));
        let has_dark = own.pointer("/color/isDarkModeEnabled").and_then(Value::as_bool);
        let favicon = text(&own, "/branding/favicon").and_then(|address| web_address(&address));
        Self {
            primary: primary.unwrap_or(self.primary),
            dark_primary: dark.unwrap_or(self.dark_primary),
            has_dark: has_dark.unwrap_or(self.has_dark),
            favicon: favicon.or_else(|| self.favicon.clone()),
            custom_css: look
                .custom_css
                .clone()
                .filter(|css| !css.trim().is_empty())
                .or_else(|| self.custom_css.clone()),
            ..self.clone()
        }
    }

    pub(crate) fn can_register(&self) -> bool {
        self.mode != SignInMode::SignIn
    }

    pub(crate) fn can_sign_in(&self) -> bool {
        self.mode != SignInMode::Register
    }

    /// Origins of the pictures that the administrator chose.
    pub(crate) fn picture_origins(&self) -> Vec<String> {
        let addresses = [&self.logo, &self.dark_logo, &self.favicon];
        addresses.into_iter().flatten().filter_map(|address| origin(address)).collect()
    }
}

impl Default for Method {
    fn default() -> Self {
        Self { identifier: Identifier::Username, password: true, verification_code: false, is_password_primary: true }
    }
}

impl Default for SignUp {
    fn default() -> Self {
        Self { identifiers: vec![Identifier::Username], password: true }
    }
}

fn member<T: for<'de> Deserialize<'de>>(json: &Value, place: &str) -> Option<T> {
    json.pointer(place).and_then(|value| T::deserialize(value).ok())
}

fn text(json: &Value, place: &str) -> Option<String> {
    json.pointer(place).and_then(Value::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn colour(json: &Value, place: &str) -> Option<Colour> {
    json.pointer(place).and_then(Value::as_str).and_then(|text| text.parse().ok())
}

/// An address that a page may link to or show: of the web, so never one that runs script.
pub(crate) fn web_address(address: &str) -> Option<String> {
    let parsed = Url::parse(address.trim()).ok()?;
    let is_web = matches!(parsed.scheme(), "https" | "http");
    (is_web && !NOT_CHOSEN.contains(&parsed.as_str())).then(|| parsed.into())
}

/// The origin of a web address, as a Content-Security-Policy writes it.
pub(crate) fn origin(address: &str) -> Option<String> {
    Url::parse(address).ok().filter(Url::has_host).map(|url| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_tenant_has_usernames_passwords_and_no_foreign_picture() {
        let fresh = Experience::read(&json!({
            "color": {"primaryColor": "#6139F6", "isDarkModeEnabled": false, "darkPrimaryColor": "#8768F8"},
            "branding": {"logoUrl": "https://logto.io/logo.svg", "darkLogoUrl": "https://logto.io/logo-dark.svg"},
        }));

        assert_eq!(fresh.logo, None);
        assert_eq!(fresh.picture_origins(), Vec::<String>::new());
        assert_eq!(fresh.methods, [Method::default()]);
        assert_eq!(fresh.sign_up, SignUp::default());
        assert!(fresh.can_register() && fresh.can_sign_in() && fresh.auto_detect && !fresh.has_dark);
    }

    #[test]
    fn an_application_looks_like_the_tenant_where_it_has_nothing_of_its_own() {
        let tenant = Experience::read(&json!({
            "color": {"primaryColor": "#112233", "isDarkModeEnabled": true, "darkPrimaryColor": "#445566"},
            "branding": {"favicon": "https://tenant.example/icon"}, "customCss": "a {}",
        }));

        let plain = tenant.looking_like(&Appearance::default());
        assert_eq!((plain.primary, plain.dark_primary, plain.has_dark), (tenant.primary, tenant.dark_primary, true));
        assert_eq!((&plain.favicon, plain.custom_css.as_deref()), (&tenant.favicon, Some("a {}")));

        let own = Appearance {
            color: json!({"primaryColor": "#abcdef"}).as_object().unwrap().clone(),
            branding: json!({"favicon": "javascript:alert(1)"}).as_object().unwrap().clone(),
            custom_css: Some("b {}".into()),
            ..Appearance::default()
        };
        let own = tenant.looking_like(&own);
        assert_eq!(own.primary, "#abcdef".parse().unwrap());
        assert!(own.dark_primary != tenant.dark_primary && own.has_dark);
        assert_eq!((&own.favicon, own.custom_css.as_deref()), (&tenant.favicon, Some("b {}")));
    }

    #[test]
    fn what_is_strange_has_its_default() {
        for strange in [
            json!(null),
            json!([]),
            json!({"signInMode": "Maybe", "signIn": {"methods": 3}, "color": {"primaryColor": "red"}}),
        ] {
            let read = Experience::read(&strange);
            assert_eq!(
                (read.mode, read.methods, read.primary),
                (SignInMode::SignInAndRegister, vec![Method::default()], DEFAULT_PRIMARY)
            );
        }
    }

    #[test]
    fn attack_56_only_web_addresses_are_linked_or_shown() {
        for (address, expected) in [
            ("https://shop.example/terms", true),
            ("http://localhost:3000/logo.png", true),
            ("javascript:alert(1)", false),
            ("JaVaScRiPt:alert(1)", false),
            ("data:text/html,<script>", false),
            ("//shop.example", false),
            ("", false),
        ] {
            assert_eq!(web_address(address).is_some(), expected, "{address}");
        }
        let quoted = web_address("https://shop.example/\"><script>").unwrap();
        assert!(!quoted.contains(['"', '<', '>']), "{quoted}");
    }

    #[test]
    fn the_policy_gets_origins_and_nothing_else_of_an_address() {
        assert_eq!(origin("https://cdn.example:8443/a;script-src *").as_deref(), Some("https://cdn.example:8443"));
    }
}
