//! What every page has, whatever it shows: its language, its looks, its links, and how it is sent.

use super::experience::{self, Experience};
use super::wording::{Around, Wording};
use super::{assets, language, palette};
use crate::error::failure;
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY,
    X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderName, StatusCode};
use signet_core::id::ApplicationId;
use signet_core::third_party::Appearance;
use std::sync::Arc;
use url::form_urlencoded;

/// Parameters that a link to another page of the same sign-in takes along.
pub(crate) const KEPT: [&str; 5] = ["app_id", "organization_id", "ui_locales", "login_hint", "identifier"];

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) experience: Arc<Experience>,
    pub(crate) wording: Wording,
    /// The path of the tenant's endpoint, which is before every path of its own.
    base: String,
    /// The parameters of [`KEPT`] that this request has.
    kept: String,
    /// The application whose own CSS the page has, in place of the tenant's.
    css_of: Option<ApplicationId>,
}

/// A link with the text before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) before: String,
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) after: String,
}

/// Where the forms of a page may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    /// To this server, and nowhere from there: browsers hold the redirects that follow to `form-action` too.
    Here,
    /// To wherever the answer redirects. For pages on which nothing is typed.
    Anywhere,
}

impl Frame {
    pub(crate) fn new(base: &str, experience: Arc<Experience>, wording: Wording, query: &str) -> Self {
        let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| KEPT.contains(&name.as_ref()));
        let kept = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
        Self { experience, wording, base: base.to_owned(), kept, css_of: None }
    }

    /// The same page in the colours and with the CSS of an application, where it has its own.
    pub(crate) fn looking_like(self, application: &ApplicationId, look: &Appearance) -> Self {
        let css_of = look.custom_css.as_ref().filter(|css| !css.trim().is_empty()).map(|_| application.clone());
        Self { experience: Arc::new(self.experience.looking_like(look)), css_of, ..self }
    }

    /// A phrase.
    pub(crate) fn t<'f>(&'f self, key: &'f str) -> &'f str {
        self.wording.text(key)
    }

    pub(crate) fn language(&self) -> &str {
        self.wording.tag()
    }

    pub(crate) fn direction(&self) -> &'static str {
        language::direction(self.wording.tag())
    }

    /// The address of another page of this sign-in.
    pub(crate) fn path_to(&self, path: &str) -> String {
        let base = &self.base;
        if self.kept.is_empty() { format!("{base}{path}") } else { format!("{base}{path}?{}", self.kept) }
    }

    pub(crate) fn link(&self, before: &str, path: &str, label: &str) -> Link {
        Link {
            before: if before.is_empty() { String::new() } else { self.t(before).to_owned() },
            href: self.path_to(path),
            label: self.t(label).to_owned(),
            after: String::new(),
        }
    }

    pub(crate) fn stylesheet(&self) -> String {
        format!("{}{}", self.base, *assets::CSS_PATH)
    }

    pub(crate) fn icon(&self) -> String {
        let own = self.experience.favicon.clone();
        own.unwrap_or_else(|| format!("{}{}", self.base, *assets::ICON_PATH))
    }

    pub(crate) fn palette(&self) -> String {
        let experience = &self.experience;
        palette::css(experience.primary, experience.has_dark.then_some(experience.dark_primary))
    }

    pub(crate) fn custom_css(&self) -> Option<String> {
        let css = self.experience.custom_css.as_deref()?;
        let of = self.css_of.as_ref().map(|application| format!("?app_id={application}")).unwrap_or_default();
        Some(format!("{}{}{of}", self.base, assets::custom_css_path(css)))
    }

    /// Where people find help.
    pub(crate) fn support(&self) -> Vec<Link> {
        let line = |key: &str, href: String, label: &str| {
            let Around { before, after, .. } = self.wording.around(key, &[]);
            Link { before, href, label: label.to_owned(), after }
        };
        let email = self.experience.support_email.as_deref();
        let website = self.experience.support_website.as_deref();
        let email = email.map(|email| line("description.support_email", format!("mailto:{email}"), email));
        email
            .into_iter()
            .chain(website.map(|site| line("description.support_website", site.to_owned(), short(site))))
            .collect()
    }

    /// The answer with a page. `pictures` are the addresses of those that the page shows beside the tenant's own.
    pub(crate) fn answer(&self, status: StatusCode, page: &impl Template, forms: Forms, pictures: &[&str]) -> Response {
        let Ok(html) = page.render() else {
            tracing::error!("a page could not be written");
            return failure();
        };
        (status, self.headers(forms, pictures), html).into_response()
    }

    fn headers(&self, forms: Forms, pictures: &[&str]) -> HeaderMap {
        let policy = self.policy(forms, pictures);
        // Two sites of one browser share nothing by the address of a sign-in. Where a form leaves this server, its
        // receiver may want to know the origin it came from.
        let referrer = match forms {
            Forms::Here => "same-origin",
            Forms::Anywhere => "strict-origin",
        };
        let values = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_LANGUAGE, self.language()),
            (CONTENT_SECURITY_POLICY, policy.as_str()),
            (CACHE_CONTROL, "no-store"),
            (REFERRER_POLICY, referrer),
            (X_FRAME_OPTIONS, "DENY"),
            (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
        ];
        let values = values.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_str(value).ok()?)));
        values.collect()
    }

    /// Nothing but what the page has itself: no foreign host, no script but the two of `assets`, no frame around it.
    fn policy(&self, forms: Forms, pictures: &[&str]) -> String {
        let mut images = self.experience.picture_origins();
        images.extend(pictures.iter().filter_map(|address| experience::origin(address)));
        images.sort();
        images.dedup();
        let images = images.iter().fold("'self'".to_owned(), |all, origin| format!("{all} {origin}"));
        let form_action = match forms {
            Forms::Here => "; form-action 'self'",
            Forms::Anywhere => "",
        };
        format!(
            "default-src 'none'; style-src 'self' {}; script-src {}; img-src {images}{form_action}; base-uri 'none'; frame-ancestors 'none'",
            assets::hash_source(&self.palette()),
            *assets::SCRIPT_SOURCES,
        )
    }
}

/// An address as people write it.
fn short(address: &str) -> &str {
    address.trim_start_matches("https://").trim_end_matches('/')
}
