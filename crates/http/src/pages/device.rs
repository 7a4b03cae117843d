//! The pages on which a device is connected (RFC 8628 §3.3). Their forms go to the endpoint itself.

use super::form::{Alert, Button, Field, FormPage, Hidden};
use super::frame::Frame;
use super::notice::Notice;

/// Where a device's code is entered and confirmed.
const ENDPOINT: &str = "/oidc/device";

/// Why the form is shown again, as the endpoint names it in the page's query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeviceError {
    NoCode,
    NotFound,
    Expired,
    AlreadyUsed,
    Aborted,
    InvalidRequest,
    TooManyAttempts,
}

impl DeviceError {
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("NoCodeError", Self::NoCode),
        ("NotFoundError", Self::NotFound),
        ("ExpiredError", Self::Expired),
        ("AlreadyUsedError", Self::AlreadyUsed),
        ("AbortedError", Self::Aborted),
        ("InvalidRequest", Self::InvalidRequest),
        ("TooManyAttemptsError", Self::TooManyAttempts),
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, error)| *error)
    }

    fn key(self) -> &'static str {
        match self {
            Self::NoCode => "error.device_code_required",
            Self::NotFound => "error.invalid_device_code",
            Self::Expired => "error.device_code_expired",
            Self::AlreadyUsed => "error.device_code_used",
            Self::Aborted => "error.device_flow_aborted",
            Self::InvalidRequest => "error.device_form_outdated",
            Self::TooManyAttempts => "error.too_many_attempts",
        }
    }
}

/// Asks for the code that the device shows.
pub(crate) fn enter<'a>(frame: &'a Frame, xsrf: &str, typed: &str, error: Option<DeviceError>) -> FormPage<'a> {
    let mut page = FormPage::new(frame, "device", frame.t("description.device_activation").to_owned(), ENDPOINT);
    page.lead = Some(frame.t("description.device_activation_description").to_owned());
    page.hidden = vec![Hidden::new("xsrf", xsrf)];
    let field = Field { is_code: true, longest: 32, ..Field::text("user_code", frame.t("input.device_code"), "off") };
    let field = field.with_value(typed);
    let field = match error {
        Some(DeviceError::Aborted) => {
            page.alert = Some(Alert::calm(frame.t("error.device_flow_aborted")));
            field
        }
        Some(error) => field.with_wrong(vec![frame.t(error.key()).to_owned()]),
        None => field,
    };
    page.fields.push(field);
    page.buttons.push(Button::main(frame.t("action.continue")));
    page.focused()
}

/// Asks whether the device is this person's: a code that somebody else sent them would sign in that person's device
/// (RFC 8628 §5.4).
pub(crate) fn confirm<'a>(frame: &'a Frame, xsrf: &str, user_code: &str, application: &str) -> FormPage<'a> {
    let mut page = FormPage::new(frame, "device", frame.t("description.device_confirm").to_owned(), ENDPOINT);
    let warning = frame.t("description.device_confirm_description");
    page.lead = Some(warning.to_owned());
    let named = frame.wording.fill("description.device_application", &[("name", application)]);
    page.alert = Some(Alert::calm(named));
    page.shown_code = Some(user_code.to_owned());
    page.hidden = vec![Hidden::new("xsrf", xsrf), Hidden::new("user_code", user_code)];
    let confirm = Button::other(frame.t("action.confirm"), "confirm", "yes");
    page.buttons.push(Button { is_quiet: false, ..confirm });
    page.buttons.push(Button::other(frame.t("action.cancel"), "abort", "yes"));
    page
}

/// The end, in the browser.
pub(crate) fn success(frame: &Frame) -> Notice<'_> {
    let text = frame.t("description.device_activation_success_description");
    Notice::new(frame, "device", frame.t("description.device_activation_success")).saying(text)
}
