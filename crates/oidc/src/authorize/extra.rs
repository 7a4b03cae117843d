//! Parameters that are about the pages of a sign-in, not about the protocol, and where they lead.
//!
//! They come as a set: one that breaks its grammar makes us ignore all of them, without an error.

use crate::form::Form;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use std::fmt;
use url::form_urlencoded;

/// The first page of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstScreen {
    SignIn,
    Register,
    ResetPassword,
    IdentifierSignIn,
    IdentifierRegister,
    SingleSignOn,
}

impl FirstScreen {
    /// Values of `first_screen`.
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "sign_in" | "signIn" => Self::SignIn,
            "register" => Self::Register,
            "reset_password" => Self::ResetPassword,
            "identifier:sign_in" => Self::IdentifierSignIn,
            "identifier:register" => Self::IdentifierRegister,
            "single_sign_on" => Self::SingleSignOn,
            _ => return None,
        })
    }

    /// Values of `interaction_mode`, which came before `first_screen`.
    fn parse_mode(text: &str) -> Option<Self> {
        match text {
            "signIn" => Some(Self::SignIn),
            "signUp" => Some(Self::Register),
            _ => None,
        }
    }

    /// The page, without the slash.
    fn page(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Register => "register",
            Self::ResetPassword => "reset-password",
            Self::IdentifierSignIn => "identifier-sign-in",
            Self::IdentifierRegister => "identifier-register",
            Self::SingleSignOn => "single-sign-on",
        }
    }
}

/// What stands for itself in a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// Where `direct_sign_in` jumps to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectSignIn {
    /// `social` or `sso`.
    method: String,
    /// Empty when only the method was named.
    target: String,
}

impl DirectSignIn {
    fn parse(text: &str) -> Option<Self> {
        let (method, target) = text.split_once(':').unwrap_or((text, ""));
        // A browser removes dot segments, however they are written.
        let is_target = matches!(method, "social" | "sso") && !matches!(target, "." | "..");
        is_target.then(|| Self { method: method.to_owned(), target: target.to_owned() })
    }
}

/// A checked set. Texts are shown to people and go to pages; none is believed. `Debug` does not show the tokens among
/// them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtraParameters {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_screen: Option<FirstScreen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_sign_in: Option<DirectSignIn>,
    /// Words of `username`, `email` and `phone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_hint: Option<String>,
    /// BCP 47 tags, separated by spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ui_locales: Option<String>,
    /// Whose branding the pages show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_time_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub google_one_tap_credential: Option<String>,
}

impl fmt::Debug for ExtraParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ExtraParameters");
        shown.field("first_screen", &self.first_screen).field("direct_sign_in", &self.direct_sign_in);
        shown.field("identifier", &self.identifier).finish_non_exhaustive()
    }
}

impl ExtraParameters {
    pub fn parse(form: &Form) -> Self {
        Self::checked(form).unwrap_or_default()
    }

    fn checked(form: &Form) -> Option<Self> {
        let text = |name| form.get(name).map(str::to_owned);
        let screen = form.get("first_screen").map(|text| FirstScreen::parse(text).ok_or(())).transpose().ok()?;
        let mode = form.get("interaction_mode").map(|text| FirstScreen::parse_mode(text).ok_or(())).transpose().ok()?;
        let direct = form.get("direct_sign_in").map(|text| DirectSignIn::parse(text).ok_or(())).transpose().ok()?;
        let identifier = text("identifier");
        let is_identifier = |word: &str| matches!(word, "username" | "email" | "phone");
        if identifier.as_deref().is_some_and(|words| !words.split(' ').all(is_identifier)) {
            return None;
        }
        Some(Self {
            first_screen: screen.or(mode),
            direct_sign_in: direct,
            identifier,
            login_hint: text("login_hint"),
            ui_locales: text("ui_locales"),
            organization_id: text("organization_id"),
            one_time_token: text("one_time_token"),
            google_one_tap_credential: text("google_one_tap_credential"),
        })
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Path and query of the page where a sign-in begins.
    pub fn sign_in_page(&self, client_id: &str) -> String {
        let screen = self.first_screen.unwrap_or(FirstScreen::SignIn).page();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("app_id", client_id);
        for (name, value) in [
            ("organization_id", &self.organization_id),
            ("ui_locales", &self.ui_locales),
            ("one_time_token", &self.one_time_token),
            ("login_hint", &self.login_hint),
            ("identifier", &self.identifier),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let path = match (&self.direct_sign_in, &self.google_one_tap_credential) {
            (Some(direct), _) => {
                query.append_pair("fallback", screen);
                let target = utf8_percent_encode(&direct.target, SEGMENT);
                format!("/direct/{}/{target}", direct.method)
            }
            (None, Some(_)) => "/direct/social/google".to_owned(),
            (None, None) => format!("/{screen}"),
        };
        format!("{path}?{}", query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str) -> String {
        ExtraParameters::parse(&Form::parse_query(query).unwrap()).sign_in_page("app")
    }

    #[test]
    fn parameters_choose_the_first_page() {
        for (query, expected) in [
            ("", "/sign-in?app_id=app"),
            ("first_screen=sign_in", "/sign-in?app_id=app"),
            ("first_screen=signIn", "/sign-in?app_id=app"),
            ("first_screen=register", "/register?app_id=app"),
            ("first_screen=reset_password", "/reset-password?app_id=app"),
            ("first_screen=single_sign_on", "/single-sign-on?app_id=app"),
            (
                "first_screen=identifier:sign_in&identifier=email%20phone",
                "/identifier-sign-in?app_id=app&identifier=email+phone",
            ),
            ("first_screen=identifier:register", "/identifier-register?app_id=app"),
            ("interaction_mode=signUp", "/register?app_id=app"),
            ("interaction_mode=signUp&first_screen=sign_in", "/sign-in?app_id=app"),
            ("direct_sign_in=social:github", "/direct/social/github?app_id=app&fallback=sign-in"),
            ("direct_sign_in=sso:x1&first_screen=register", "/direct/sso/x1?app_id=app&fallback=register"),
            ("google_one_tap_credential=x", "/direct/social/google?app_id=app"),
            (
                "identifier=email&login_hint=a@b.c&one_time_token=t&ui_locales=zh-CN&organization_id=o",
                "/sign-in?app_id=app&organization_id=o&ui_locales=zh-CN&one_time_token=t&login_hint=a%40b.c&identifier=email",
            ),
        ] {
            assert_eq!(page(query), expected, "{query}");
        }
    }

    #[test]
    fn one_wrong_parameter_makes_us_ignore_all() {
        for query in [
            "first_screen=nonsense&login_hint=a@b.c",
            "interaction_mode=nonsense&login_hint=a@b.c",
            "interaction_mode=nonsense&first_screen=register",
            "direct_sign_in=carrier-pigeon:home&login_hint=a@b.c",
            "direct_sign_in=social:..&login_hint=a@b.c",
            "identifier=email+shoe-size&ui_locales=de",
        ] {
            assert_eq!(page(query), "/sign-in?app_id=app", "{query}");
        }
    }

    #[test]
    fn attack_38_a_target_cannot_leave_its_place_in_the_path() {
        for target in ["../../evil", "//evil.example", "\\evil.example", "a?b", "a%23b", "x\r\nSet-Cookie:a"] {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("direct_sign_in", &format!("social:{target}"))
                .append_pair("ui_locales", target)
                .finish();
            let page = page(&query);
            let (path, _) = page.split_once('?').unwrap();
            assert!(path.starts_with("/direct/social/") && path.matches('/').count() == 3, "{page}");
            assert!(page.bytes().all(|byte| byte.is_ascii_graphic()) && !page.contains('\\'), "{page}");
        }
    }
}
