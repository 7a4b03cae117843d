//! Pages whose only form sends itself: the logout's confirmation, and answers of the authorization endpoint with
//! `response_mode=form_post`. Without script people press the button.

use super::form::Hidden;
use super::frame::{Forms, Frame};
use askama::Template;
use axum::response::Response;
use http::StatusCode;

#[derive(Debug, Template)]
#[template(path = "handover.html")]
pub(crate) struct Handover<'a> {
    frame: &'a Frame,
    id: &'static str,
    heading: &'a str,
    text: Option<&'a str>,
    action: &'a str,
    hidden: Vec<Hidden>,
    button: &'a str,
}

impl Handover<'_> {
    pub(crate) fn answer(&self) -> Response {
        self.frame.answer(StatusCode::OK, self, Forms::Anywhere, &[])
    }
}

/// Asks the browser to confirm a logout (OIDC RP-Initiated Logout §2): a link on another site must not end a session
/// by itself, and it cannot know `xsrf`.
pub(crate) fn sign_out<'a>(frame: &'a Frame, action: &'a str, xsrf: &str) -> Handover<'a> {
    Handover {
        frame,
        id: "op.logoutForm",
        heading: frame.t("description.sign_out"),
        text: Some(frame.t("description.signing_out")),
        action,
        hidden: vec![Hidden::new("xsrf", xsrf), Hidden::new("logout", "yes")],
        button: frame.t("action.sign_out"),
    }
}

/// Sends the authorization response to the client (OAuth 2.0 Form Post Response Mode §2). Whatever `parameters` hold is
/// text in attributes.
pub(crate) fn form_post<'a>(frame: &'a Frame, redirect_uri: &'a str, parameters: &[(&str, String)]) -> Handover<'a> {
    Handover {
        frame,
        id: "form-post",
        heading: frame.t("description.returning_to_application"),
        text: None,
        action: redirect_uri,
        hidden: parameters.iter().map(|(name, value)| Hidden::new(*name, value.as_str())).collect(),
        button: frame.t("action.continue"),
    }
}
