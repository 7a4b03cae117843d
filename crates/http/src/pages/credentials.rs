//! The forms in which people say who they are: sign in, create an account, ask for a new password.

use super::again::Again;
use super::experience::{Experience, Method};
use super::form::{Button, Field, FormPage, Hidden, Terms};
use super::frame::Frame;
use super::identifier;
use signet_identity::experience::identifier::IdentifierType as Identifier;

/// What these forms need beside the frame.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journey {
    /// Binds the form to the sign-in of this browser.
    pub(crate) csrf: String,
    /// Where people want to go.
    pub(crate) application: Option<String>,
    /// The identifiers that the application wants to see, when it said.
    pub(crate) identifiers: Vec<Identifier>,
}

/// How a page came to be shown, when one form has several addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Everything that is offered.
    Whole,
    /// What the application asked for with `first_screen=identifier:…`.
    Single,
    /// Sign-in with a password where a code is the usual way.
    Password,
}

/// Ways to sign in on this page.
pub(crate) fn methods(experience: &Experience, wanted: &[Identifier]) -> Vec<Method> {
    let all = || experience.methods.iter();
    let fitting: Vec<_> = all().filter(|method| wanted.contains(&method.identifier)).cloned().collect();
    if fitting.is_empty() { all().cloned().collect() } else { fitting }
}

pub(crate) fn sign_in<'a>(frame: &'a Frame, journey: &Journey, screen: Screen, again: &Again) -> FormPage<'a> {
    let experience = &frame.experience;
    let methods = methods(experience, &journey.identifiers);
    let has_password = methods.iter().any(|method| method.password);
    let has_code = methods.iter().any(|method| method.verification_code);
    let prefers_code = has_code
        && methods.iter().all(|method| !method.password || !method.is_password_primary && method.verification_code);
    let asks_password = has_password && (screen == Screen::Password || !prefers_code);
    let path = match screen {
        Screen::Whole => "/sign-in",
        Screen::Single => "/identifier-sign-in",
        Screen::Password => "/sign-in/password",
    };

    let mut page = FormPage::new(frame, "sign-in", frame.t("description.sign_in_to_your_account").to_owned(), path);
    page.lead = to_application(frame, journey);
    page.alert.clone_from(&again.alert);
    page.hidden = vec![Hidden::new("csrf", &journey.csrf)];
    let identifiers: Vec<_> = methods.iter().map(|method| method.identifier).collect();
    page.fields.push(identifier::field(frame, &identifiers, again));
    if asks_password {
        let password = Field::password("password", frame.t("input.password"), "current-password");
        page.fields.push(password.with_wrong(again.wrong_in("password")));
        page.buttons.push(Button::main(frame.t("action.sign_in")));
        if experience.forgot_password.email || experience.forgot_password.phone {
            page.forgot = Some(frame.link("", "/forgot-password", "action.forgot_password"));
        }
        if has_code {
            page.buttons.push(Button::other(frame.t("action.sign_in_via_passcode"), "method", "code"));
        }
    } else {
        let send = Button::other(frame.t("action.continue"), "method", "code");
        page.buttons.push(Button { is_quiet: false, skips_checks: false, ..send });
        if has_password {
            page.links.push(frame.link("", "/sign-in/password", "action.sign_in_via_password"));
        }
    }
    page.terms = Terms::of(frame, false, again.is_refused());
    if screen == Screen::Single {
        page.links.push(frame.link("", "/sign-in", "description.all_sign_in_options"));
    } else if experience.can_register() {
        page.links.push(frame.link("description.no_account", "/register", "action.create_account"));
    }
    page.focused()
}

pub(crate) fn register<'a>(frame: &'a Frame, journey: &Journey, screen: Screen, again: &Again) -> FormPage<'a> {
    let experience = &frame.experience;
    let path = if screen == Screen::Single { "/identifier-register" } else { "/register" };
    let mut page = FormPage::new(frame, "register", frame.t("description.create_your_account").to_owned(), path);
    page.lead = to_application(frame, journey);
    page.alert.clone_from(&again.alert);
    page.hidden = vec![Hidden::new("csrf", &journey.csrf)];
    let identifiers = sign_up_identifiers(experience, &journey.identifiers);
    page.fields.push(identifier::field(frame, &identifiers, again));
    if takes_password_at_once(experience) {
        page.fields.extend(new_password_fields(frame, again));
        page.buttons.push(Button::main(frame.t("action.create_account")));
    } else {
        page.buttons.push(Button::main(frame.t("action.continue")));
    }
    page.terms = Terms::of(frame, true, again.is_refused());
    if screen == Screen::Single {
        page.links.push(frame.link("", "/register", "description.all_account_creation_options"));
    }
    if experience.can_sign_in() {
        page.links.push(frame.link("description.have_account", "/sign-in", "action.sign_in"));
    }
    page.focused()
}

/// The identifiers of which a new account has one.
pub(crate) fn sign_up_identifiers(experience: &Experience, wanted: &[Identifier]) -> Vec<Identifier> {
    let all = &experience.sign_up.identifiers;
    let fitting: Vec<_> = all.iter().copied().filter(|identifier| wanted.contains(identifier)).collect();
    if fitting.is_empty() { all.clone() } else { fitting }
}

/// Names are not verified, so that a password may be chosen on the same page. Addresses are, and the password comes
/// after the code.
pub(crate) fn takes_password_at_once(experience: &Experience) -> bool {
    experience.sign_up.password && experience.sign_up.identifiers == [Identifier::Username]
}

/// Asks where a code for a new password may be sent.
pub(crate) fn forgot_password<'a>(frame: &'a Frame, journey: &Journey, path: &str, again: &Again) -> FormPage<'a> {
    let identifiers = forgot_password_identifiers(&frame.experience, &journey.identifiers);
    let mut page = FormPage::new(frame, "forgot-password", frame.t("description.reset_password").to_owned(), path);
    let types = identifier::nouns(frame, &identifiers);
    page.lead = Some(frame.wording.fill("description.reset_password_description", &[("types", &types)]));
    page.alert.clone_from(&again.alert);
    page.hidden = vec![Hidden::new("csrf", &journey.csrf)];
    page.fields.push(identifier::field(frame, &identifiers, again));
    page.buttons.push(Button::main(frame.t("action.send_passcode")));
    page.links.push(frame.link("", "/sign-in", "description.back_to_sign_in"));
    page.focused()
}

/// The addresses that a code can be sent to.
pub(crate) fn forgot_password_identifiers(experience: &Experience, wanted: &[Identifier]) -> Vec<Identifier> {
    let offered =
        [(Identifier::Email, experience.forgot_password.email), (Identifier::Phone, experience.forgot_password.phone)];
    let all: Vec<_> =
        offered.into_iter().filter(|(_, is_offered)| *is_offered).map(|(identifier, _)| identifier).collect();
    let fitting: Vec<_> = all.iter().copied().filter(|identifier| wanted.contains(identifier)).collect();
    if fitting.is_empty() { all } else { fitting }
}

/// The two fields of a new password.
pub(super) fn new_password_fields(frame: &Frame, again: &Again) -> [Field; 2] {
    let shortest = frame.experience.shortest_password.to_string();
    let hint = frame.wording.fill("description.password_requirement", &[("min", &shortest)]);
    let first = Field::password("password", frame.t("input.password"), "new-password");
    let second = Field::password("confirm_password", frame.t("input.confirm_password"), "new-password");
    [
        first.with_wrong(again.wrong_in("password")).with_hint(hint),
        second.with_wrong(again.wrong_in("confirm_password")),
    ]
}

fn to_application(frame: &Frame, journey: &Journey) -> Option<String> {
    let name = journey.application.as_deref()?;
    Some(frame.wording.fill("description.sign_in_to_application", &[("name", name)]))
}
