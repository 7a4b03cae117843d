//! A page with one form: headings, fields, buttons, links. Most pages of a sign-in are one of these.

use super::experience::Agreement;
use super::frame::{Forms, Frame, Link};
use super::wording::Around;
use askama::Template;
use axum::response::Response;
use http::StatusCode;

#[derive(Debug, Template)]
#[template(path = "form.html")]
pub(crate) struct FormPage<'a> {
    pub(crate) frame: &'a Frame,
    /// The page's name, a class for custom CSS.
    pub(crate) kind: &'static str,
    pub(crate) heading: String,
    pub(crate) lead: Option<String>,
    /// A code to compare with what a device shows.
    pub(crate) shown_code: Option<String>,
    pub(crate) alert: Option<Alert>,
    pub(crate) action: String,
    pub(crate) hidden: Vec<Hidden>,
    pub(crate) fields: Vec<Field>,
    pub(crate) forgot: Option<Link>,
    pub(crate) terms: Option<Terms>,
    pub(crate) buttons: Vec<Button>,
    pub(crate) resend: Option<Link>,
    pub(crate) links: Vec<Link>,
}

/// What is said above a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alert {
    pub(crate) text: String,
    /// Good news, or no news.
    pub(crate) is_calm: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Hidden {
    pub(crate) name: String,
    pub(crate) value: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    /// The `type` of the element.
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) autocomplete: &'static str,
    pub(crate) input_mode: Option<&'static str>,
    pub(crate) is_code: bool,
    pub(crate) longest: u16,
    pub(crate) has_focus: bool,
    /// What is wrong with what was typed.
    pub(crate) wrong: Vec<String>,
    pub(crate) hint: Option<String>,
    /// Whether the page's alert is about this field.
    pub(crate) has_alert: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Button {
    pub(crate) label: String,
    pub(crate) name: Option<&'static str>,
    pub(crate) value: &'static str,
    pub(crate) is_quiet: bool,
    /// Whether it may be pressed although fields are empty.
    pub(crate) skips_checks: bool,
}

/// The sentence about terms, with a box to tick when people must agree by hand.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) before: String,
    pub(crate) links: Vec<Link>,
    pub(crate) after: String,
    pub(crate) must_agree: bool,
    pub(crate) is_missing: bool,
}

impl<'a> FormPage<'a> {
    pub(crate) fn new(frame: &'a Frame, kind: &'static str, heading: String, action: &str) -> Self {
        Self {
            frame,
            kind,
            heading,
            lead: None,
            shown_code: None,
            alert: None,
            action: frame.path_to(action),
            hidden: Vec::new(),
            fields: Vec::new(),
            forgot: None,
            terms: None,
            buttons: Vec::new(),
            resend: None,
            links: Vec::new(),
        }
    }

    /// The first field that needs attention gets the focus, or else the first one that is empty.
    pub(crate) fn focused(mut self) -> Self {
        let wrong = self.fields.iter().position(Field::is_wrong);
        let place = wrong.or_else(|| self.fields.iter().position(|field| field.value.is_empty()));
        if let Some(field) = place.and_then(|place| self.fields.get_mut(place)) {
            field.has_focus = true;
            field.has_alert = self.alert.is_some();
        }
        self
    }

    /// Whether a password is typed here.
    fn has_secret(&self) -> bool {
        self.fields.iter().any(Field::is_secret)
    }

    pub(crate) fn answer(&self, status: StatusCode) -> Response {
        self.frame.answer(status, self, Forms::Here, &[])
    }
}

impl Alert {
    pub(crate) fn wrong(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_calm: false }
    }

    pub(crate) fn calm(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_calm: true }
    }
}

impl Hidden {
    pub(crate) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

impl Field {
    fn new(name: &'static str, label: &str, kind: &'static str, autocomplete: &'static str) -> Self {
        Self {
            name,
            label: label.to_owned(),
            kind,
            value: String::new(),
            autocomplete,
            input_mode: None,
            is_code: false,
            longest: 256,
            has_focus: false,
            wrong: Vec::new(),
            hint: None,
            has_alert: false,
        }
    }

    pub(crate) fn text(name: &'static str, label: &str, autocomplete: &'static str) -> Self {
        Self::new(name, label, "text", autocomplete)
    }

    pub(crate) fn email(name: &'static str, label: &str) -> Self {
        Self::new(name, label, "email", "email")
    }

    pub(crate) fn phone(name: &'static str, label: &str) -> Self {
        Self::new(name, label, "tel", "tel")
    }

    pub(crate) fn password(name: &'static str, label: &str, autocomplete: &'static str) -> Self {
        Self::new(name, label, "password", autocomplete)
    }

    /// Six digits that were sent.
    pub(crate) fn code(label: &str) -> Self {
        let field = Self::new("code", label, "text", "one-time-code");
        Self { input_mode: Some("numeric"), is_code: true, longest: 6, ..field }
    }

    pub(crate) fn with_value(self, value: &str) -> Self {
        Self { value: value.to_owned(), ..self }
    }

    pub(crate) fn with_wrong(self, wrong: Vec<String>) -> Self {
        Self { wrong, ..self }
    }

    pub(crate) fn with_hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    fn is_secret(&self) -> bool {
        self.kind == "password"
    }

    fn is_plain_text(&self) -> bool {
        self.kind == "text"
    }

    fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// The ids of what a screen reader says after the label.
    fn described_by(&self) -> Option<String> {
        let ids = [
            self.has_alert.then(|| "alert".to_owned()),
            self.is_wrong().then(|| format!("{}-wrong", self.name)),
            (self.hint.is_some() && !self.is_wrong()).then(|| format!("{}-hint", self.name)),
        ];
        let ids: Vec<_> = ids.into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

impl Button {
    pub(crate) fn main(label: &str) -> Self {
        Self { label: label.to_owned(), name: None, value: "", is_quiet: false, skips_checks: false }
    }

    /// Another way than the main one.
    pub(crate) fn other(label: &str, name: &'static str, value: &'static str) -> Self {
        Self { label: label.to_owned(), name: Some(name), value, is_quiet: true, skips_checks: true }
    }
}

impl Terms {
    /// What the tenant's terms ask of somebody who signs in or, with `registers`, creates an account.
    pub(crate) fn of(frame: &Frame, registers: bool, is_missing: bool) -> Option<Self> {
        let must_agree = Self::must_be_agreed(frame, registers);
        let key = if must_agree { "description.agree_with_terms" } else { "description.auto_agreement" };
        let experience = &frame.experience;
        let links = term_links(frame, experience.terms_of_use.as_deref(), experience.privacy_policy.as_deref());
        let Around { before, after, .. } = frame.wording.around(key, &[]);
        (!links.is_empty()).then_some(Self { before, links, after, must_agree, is_missing })
    }

    /// Whether a box must be ticked.
    pub(crate) fn must_be_agreed(frame: &Frame, registers: bool) -> bool {
        let experience = &frame.experience;
        let has_terms = experience.terms_of_use.is_some() || experience.privacy_policy.is_some();
        has_terms
            && match experience.agreement {
                Agreement::Automatic => false,
                Agreement::ManualRegistrationOnly => registers,
                Agreement::Manual => true,
            }
    }
}

/// Links to the terms of use and the privacy policy, joined by the language's "and".
pub(super) fn term_links(frame: &Frame, terms: Option<&str>, privacy: Option<&str>) -> Vec<Link> {
    let named = [(terms, "description.terms_of_use"), (privacy, "description.privacy_policy")];
    let mut links: Vec<Link> = Vec::new();
    for (address, label) in named {
        let Some(href) = address else { continue };
        let before = if links.is_empty() { String::new() } else { format!(" {} ", frame.t("list.and")) };
        links.push(Link { before, href: href.to_owned(), label: frame.t(label).to_owned(), after: String::new() });
    }
    links
}
