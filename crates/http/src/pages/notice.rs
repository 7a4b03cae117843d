//! Pages without a form: what went wrong, what is done, and where to go on.

use super::frame::{Forms, Frame, Link};
use askama::Template;
use axum::response::Response;
use http::StatusCode;

#[derive(Debug, Template)]
#[template(path = "notice.html")]
pub(crate) struct Notice<'a> {
    frame: &'a Frame,
    kind: &'static str,
    heading: String,
    text: Option<String>,
    /// For whoever runs the application, in the words of the protocol.
    reason: Option<String>,
    link: Option<Link>,
    /// Where the browser goes by itself.
    refresh: Option<String>,
}

impl<'a> Notice<'a> {
    pub(crate) fn new(frame: &'a Frame, kind: &'static str, heading: &str) -> Self {
        Self { frame, kind, heading: heading.to_owned(), text: None, reason: None, link: None, refresh: None }
    }

    pub(crate) fn saying(self, text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..self }
    }

    pub(crate) fn with_link(self, href: &str, label: &str) -> Self {
        let link = Link { before: String::new(), href: href.to_owned(), label: label.to_owned(), after: String::new() };
        Self { link: Some(link), ..self }
    }

    pub(crate) fn answer(&self, status: StatusCode) -> Response {
        self.frame.answer(status, self, Forms::Here, &[])
    }
}

/// There is no sign-in that this browser could go on with.
pub(crate) fn unknown_session(frame: &Frame) -> Notice<'_> {
    Notice::new(frame, "unknown-session", frame.t("error.invalid_session"))
        .saying(frame.t("error.invalid_session_description"))
}

/// A form of an earlier sign-in was sent.
pub(crate) fn outdated_form<'a>(frame: &'a Frame, again: &str) -> Notice<'a> {
    Notice::new(frame, "outdated-form", frame.t("error.outdated_form"))
        .saying(frame.t("error.outdated_form_description"))
        .with_link(again, frame.t("action.try_again"))
}

pub(crate) fn account_suspended(frame: &Frame) -> Notice<'_> {
    let text = frame.t("error.account_suspended_description");
    Notice::new(frame, "account-suspended", frame.t("error.account_suspended")).saying(text)
}

/// The person may not use this application; `sign_out` lets them try as somebody else.
pub(crate) fn access_denied<'a>(frame: &'a Frame, sign_out: &str) -> Notice<'a> {
    Notice::new(frame, "access-denied", frame.t("error.access_denied"))
        .saying(frame.t("error.application_access_denied"))
        .with_link(sign_out, frame.t("action.sign_out"))
}

/// A request of an application that may not be answered with a redirect. `reason` is text of the protocol; it may hold
/// what the request said, and is shown as text.
pub(crate) fn refused_request<'a>(frame: &'a Frame, reason: &str) -> Notice<'a> {
    let page = Notice::new(frame, "error", frame.t("error.invalid_request"));
    Notice { reason: Some(reason.to_owned()), ..page.saying(frame.t("error.invalid_request_description")) }
}

/// A fault of ours.
pub(crate) fn failure(frame: &Frame) -> Notice<'_> {
    Notice::new(frame, "error", frame.t("error.something_went_wrong")).saying(frame.t("error.try_again_later"))
}

pub(crate) fn not_found(frame: &Frame) -> Notice<'_> {
    Notice::new(frame, "not-found", frame.t("error.not_found")).saying(frame.t("error.not_found_description"))
}

/// After a logout without an address to go back to.
pub(crate) fn signed_out(frame: &Frame) -> Notice<'_> {
    let text = frame.t("description.signed_out_description");
    Notice::new(frame, "signed-out", frame.t("description.signed_out")).saying(text)
}

/// Leads on to where the sign-in is resumed. A page and not a redirect, because browsers hold all redirects after a
/// form to `form-action`, and no policy can name every address that an application goes on to.
pub(crate) fn going_on<'a>(frame: &'a Frame, to: &str) -> Notice<'a> {
    let page = Notice::new(frame, "going-on", frame.t("description.signing_in"))
        .saying(frame.t("description.signing_in_description"))
        .with_link(to, frame.t("description.go_on"));
    Notice { refresh: Some(to.to_owned()), ..page }
}
