//! The page on which somebody decides what an application of somebody else may have.

use super::form::{Alert, Hidden, term_links};
use super::frame::{Forms, Frame, Link};
use super::wording::Around;
use askama::Template;
use axum::response::Response;
use http::StatusCode;

#[derive(Debug, Template)]
#[template(path = "consent.html")]
pub(crate) struct ConsentPage<'a> {
    frame: &'a Frame,
    heading: String,
    logo: Option<&'a str>,
    dark_logo: Option<&'a str>,
    host_notice: Option<String>,
    person: &'a Person,
    request: String,
    groups: &'a [Group],
    organizations: &'a [Organization],
    alert: Option<Alert>,
    action: String,
    hidden: Vec<Hidden>,
    cancel: Option<String>,
    terms: Option<Agreement>,
    returning: Option<String>,
}

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Consent {
    pub(crate) csrf: String,
    pub(crate) application: Application,
    pub(crate) person: Person,
    pub(crate) groups: Vec<Group>,
    pub(crate) organizations: Vec<Organization>,
    /// Where "Cancel" goes.
    pub(crate) redirect_uri: Option<String>,
}

/// Who asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Application {
    pub(crate) name: String,
    pub(crate) logo: Option<String>,
    /// In place of the other on dark pages.
    pub(crate) dark_logo: Option<String>,
    pub(crate) terms_of_use: Option<String>,
    pub(crate) privacy_policy: Option<String>,
    /// The host of an application that is known by the address of its metadata alone.
    pub(crate) host: Option<String>,
}

/// Who is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    pub(crate) name: String,
    /// Another name of theirs, so that people with two accounts see which one it is.
    pub(crate) other: Option<String>,
}

/// Permissions of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) permissions: Vec<Permission>,
}

#[derive(Debug, Clone)]
pub(crate) struct Permission {
    pub(crate) text: String,
    /// What would be given away, as far as it is short.
    pub(crate) detail: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Organization {
    pub(crate) id: String,
    pub(crate) name: String,
    /// What the application could do there.
    pub(crate) permissions: Vec<Permission>,
}

/// A sentence with links in it.
#[derive(Debug, Clone)]
struct Agreement {
    before: String,
    links: Vec<Link>,
    after: String,
}

impl Person {
    /// In place of a picture, which would be loaded from somebody else's server.
    fn initial(&self) -> String {
        self.name
            .chars()
            .find(|letter| letter.is_alphanumeric())
            .map_or_else(String::new, |letter| letter.to_uppercase().to_string())
    }
}

impl Permission {
    /// The words for a scope of user data. A scope without words is shown by its name.
    pub(crate) fn of_user_scope(frame: &Frame, scope: &str) -> Self {
        let key = format!("user_scopes.descriptions.{scope}");
        let text = frame.t(&key);
        let text = if text == key { scope } else { text };
        Self { text: text.to_owned(), detail: None }
    }
}

impl<'a> ConsentPage<'a> {
    pub(crate) fn new(frame: &'a Frame, consent: &'a Consent, alert: Option<Alert>) -> Self {
        let application = &consent.application;
        let name = [("name", application.name.as_str())];
        let is_empty = consent.groups.is_empty() && consent.organizations.is_empty();
        let request = if is_empty { "description.nothing_more" } else { "description.request_permission" };
        let returns_to = consent.redirect_uri.as_deref().and_then(destination);
        let terms = agreement(frame, application, returns_to.as_deref());
        let told = |to: &str| frame.wording.fill("description.redirect_to", &[("name", to)]);
        let returning = returns_to.as_deref().filter(|_| terms.is_none()).map(told);
        let host = application.host.as_deref();
        Self {
            frame,
            heading: frame.wording.fill("description.authorize_title", &name),
            logo: application.logo.as_deref(),
            dark_logo: application.dark_logo.as_deref(),
            host_notice: host.map(|host| frame.wording.fill("description.identified_by_host", &[("name", host)])),
            person: &consent.person,
            request: frame.wording.fill(request, &name),
            groups: &consent.groups,
            organizations: &consent.organizations,
            alert,
            action: frame.path_to("/consent"),
            hidden: vec![Hidden::new("csrf", &consent.csrf)],
            cancel: consent.redirect_uri.as_deref().filter(|uri| is_harmless(uri)).map(str::to_owned),
            terms,
            returning,
        }
    }

    pub(crate) fn answer(&self, status: StatusCode) -> Response {
        let pictures: Vec<&str> = self.logo.into_iter().chain(self.dark_logo).collect();
        self.frame.answer(status, self, Forms::Here, &pictures)
    }
}

fn agreement(frame: &Frame, application: &Application, returns_to: Option<&str>) -> Option<Agreement> {
    let links = term_links(frame, application.terms_of_use.as_deref(), application.privacy_policy.as_deref());
    let key = match returns_to {
        Some(_) => "description.authorize_agreement_with_redirect",
        None => "description.authorize_agreement",
    };
    let values = [("name", application.name.as_str()), ("uri", returns_to.unwrap_or_default())];
    // The names are put in after the sentence was cut at its tags: a name may look like one.
    let Around { before, after, .. } = frame.wording.around(key, &[("name", "{{name}}"), ("uri", "{{uri}}")]);
    let fill = |text: &str| super::wording::fill(text, &values);
    (!links.is_empty()).then(|| Agreement { before: fill(&before), links, after: fill(&after) })
}

/// The origin of a redirect URI, or its scheme when it leads into an app.
fn destination(redirect_uri: &str) -> Option<String> {
    let url = url::Url::parse(redirect_uri).ok()?;
    if url.origin().is_tuple() { Some(url.origin().ascii_serialization()) } else { Some(format!("{}:", url.scheme())) }
}

/// A link to a registered redirect URI must not be one that a browser runs.
fn is_harmless(uri: &str) -> bool {
    url::Url::parse(uri).is_ok_and(|url| !matches!(url.scheme(), "javascript" | "data" | "vbscript" | "blob" | "file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_where_they_return_to() {
        for (uri, expected) in [
            ("https://shop.example/cb?x=1", Some("https://shop.example")),
            ("http://127.0.0.1:8080/cb", Some("http://127.0.0.1:8080")),
            ("com.shop.app://cb", Some("com.shop.app:")),
            ("nonsense", None),
        ] {
            assert_eq!(destination(uri).as_deref(), expected, "{uri}");
        }
    }

    #[test]
    fn attack_56_cancel_never_runs_script() {
        assert!(is_harmless("https://shop.example/cb") && is_harmless("com.shop.app://cb"));
        assert!(
            !is_harmless("javascript:alert(1)")
                && !is_harmless("JAVASCRIPT:alert(1)")
                && !is_harmless("data:text/html,x")
        );
    }
}
