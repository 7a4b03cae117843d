//! The forms between saying who one is and being signed in: a code that was sent, a new password, a missing detail.

use super::again::Again;
use super::credentials::{Journey, new_password_fields};
use super::form::{Button, Field, FormPage, Hidden, Terms};
use super::frame::{Frame, Link};
use super::identifier;
use super::wording::Around;
use signet_identity::experience::identifier::IdentifierType as Identifier;

/// Which of the journeys a step belongs to. It is a part of the step's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    SignIn,
    Register,
    ForgotPassword,
    Continue,
}

/// What an account lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Username,
    Password,
    Address(Address),
}

/// Where a code can reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    Email,
    Phone,
    Either,
}

impl Flow {
    /// The flow that a step's address names.
    pub(crate) fn of_path(path: &str) -> Self {
        let all = [Self::Register, Self::ForgotPassword, Self::Continue];
        let names = |flow: &Self| path.split('/').any(|segment| segment == flow.segment());
        all.into_iter().find(names).unwrap_or(Self::SignIn)
    }

    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Register => "register",
            Self::ForgotPassword => "forgot-password",
            Self::Continue => "continue",
        }
    }

    /// Where the step before began.
    pub(crate) fn start(self) -> &'static str {
        match self {
            Self::SignIn | Self::Continue => "/sign-in",
            Self::Register => "/register",
            Self::ForgotPassword => "/forgot-password",
        }
    }
}

impl Missing {
    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Password => "password",
            Self::Address(Address::Email) => "email",
            Self::Address(Address::Phone) => "phone",
            Self::Address(Address::Either) => "emailOrPhone",
        }
    }

    pub(crate) fn of(segment: &str) -> Option<Self> {
        let addresses = [Address::Email, Address::Phone, Address::Either].map(Self::Address);
        [Self::Username, Self::Password].into_iter().chain(addresses).find(|missing| missing.segment() == segment)
    }

    fn heading_key(self) -> &'static str {
        match self {
            Self::Username => "description.enter_username",
            Self::Password => "description.set_password",
            Self::Address(Address::Email) => "description.link_email",
            Self::Address(Address::Phone) => "description.link_phone",
            Self::Address(Address::Either) => "description.link_email_or_phone",
        }
    }
}

impl Address {
    pub(crate) fn identifiers(self) -> &'static [Identifier] {
        match self {
            Self::Email => &[Identifier::Email],
            Self::Phone => &[Identifier::Phone],
            Self::Either => &[Identifier::Email, Identifier::Phone],
        }
    }
}

/// Asks whether to go on with a link that was sent to `email`. A button, because programs that look at mail open links.
pub(crate) fn link<'a>(
    frame: &'a Frame,
    journey: &Journey,
    (email, token): (&str, &str),
    again: &Again,
) -> FormPage<'a> {
    let heading = frame.t("description.sign_in_to_your_account").to_owned();
    let mut page = FormPage::new(frame, "one-time-token", heading, "/one-time-token");
    page.lead = Some(frame.wording.fill("description.go_on_as", &[("email", email)]));
    page.alert.clone_from(&again.alert);
    page.hidden = vec![Hidden::new("csrf", &journey.csrf), Hidden::new("email", email), Hidden::new("token", token)];
    page.terms = Terms::of(frame, true, again.is_refused());
    page.buttons.push(Button::main(frame.t("action.continue")));
    page.links.push(frame.link("", "/sign-in", "description.all_sign_in_options"));
    page.focused()
}

/// Asks for the code that was sent to `target`.
pub(crate) fn code<'a>(
    frame: &'a Frame,
    journey: &Journey,
    flow: Flow,
    target: (Identifier, &str),
    again: &Again,
) -> FormPage<'a> {
    let (identifier, address) = target;
    let heading = if identifier == Identifier::Phone { "description.verify_phone" } else { "description.verify_email" };
    let path = format!("/{}/verification-code", flow.segment());
    let mut page = FormPage::new(frame, "verification-code", frame.t(heading).to_owned(), &path);
    // Digits are stored, people write a plus before them.
    let shown = if identifier == Identifier::Phone { format!("+{address}") } else { address.to_owned() };
    page.lead = Some(frame.wording.fill("description.enter_passcode", &[("target", &shown)]));
    page.alert.clone_from(&again.alert);
    page.hidden = vec![Hidden::new("csrf", &journey.csrf)];
    page.fields.push(Field::code(frame.t("input.verification_code")).with_wrong(again.wrong_in("code")));
    page.buttons.push(Button::main(frame.t("action.continue")));
    let Around { before, inside, after } = frame.wording.around("description.resend_passcode", &[]);
    page.resend = Some(Link { before, href: String::new(), label: inside, after });
    page.links.push(frame.link("", flow.start(), "action.back"));
    page.focused()
}

/// Asks whoever proved an address without an account whether to create one, or the other way round.
pub(crate) fn other_way<'a>(
    frame: &'a Frame,
    journey: &Journey,
    flow: Flow,
    address: &str,
    registers: bool,
) -> FormPage<'a> {
    let (heading, question, go) = if registers {
        ("description.create_your_account", "description.sign_in_id_does_not_exist", "action.create_account")
    } else {
        ("description.sign_in_to_your_account", "description.create_account_id_exists", "action.sign_in")
    };
    let path = format!("/{}/verification-code", flow.segment());
    let mut page = FormPage::new(frame, "other-way", frame.t(heading).to_owned(), &path);
    page.lead = Some(frame.wording.fill(question, &[("value", address)]));
    page.hidden = vec![Hidden::new("csrf", &journey.csrf), Hidden::new("other", "yes")];
    page.terms = Terms::of(frame, registers, false).filter(|_| registers);
    page.buttons.push(Button::main(frame.t(go)));
    page.links.push(frame.link("", flow.start(), "action.back"));
    page
}

/// Asks for a new password, in place of one that was forgotten.
pub(crate) fn reset_password<'a>(frame: &'a Frame, journey: &Journey, again: &Again) -> FormPage<'a> {
    let heading = frame.t("description.new_password").to_owned();
    let mut page = FormPage::new(frame, "reset-password", heading, "/forgot-password/reset");
    page.alert.clone_from(&again.alert);
    page.hidden = vec![Hidden::new("csrf", &journey.csrf)];
    page.fields.extend(new_password_fields(frame, again));
    page.buttons.push(Button::main(frame.t("action.save_password")));
    page.links.push(frame.link("", "/sign-in", "description.back_to_sign_in"));
    page.focused()
}

/// Asks for what an account must have.
pub(crate) fn fulfil<'a>(frame: &'a Frame, journey: &Journey, missing: Missing, again: &Again) -> FormPage<'a> {
    let path = format!("/continue/{}", missing.segment());
    let mut page = FormPage::new(frame, "continue", frame.t(missing.heading_key()).to_owned(), &path);
    page.lead = Some(frame.t("description.continue_with_more_information").to_owned());
    page.alert.clone_from(&again.alert);
    page.hidden = vec![Hidden::new("csrf", &journey.csrf)];
    match missing {
        Missing::Username => page.fields.push(identifier::field(frame, &[Identifier::Username], again)),
        Missing::Address(address) => page.fields.push(identifier::field(frame, address.identifiers(), again)),
        Missing::Password => page.fields.extend(new_password_fields(frame, again)),
    }
    page.buttons.push(Button::main(frame.t("action.continue")));
    page.focused()
}
