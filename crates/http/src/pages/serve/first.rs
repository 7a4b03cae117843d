//! The first pages: sign in, create an account.

use super::next::{self, Next};
use super::open::{self, Posted};
use crate::pages::again::Again;
use crate::pages::credentials::{self, Screen};
use crate::pages::experience::Experience;
use crate::pages::form::{FormPage, Terms};
use crate::pages::identifier::{self, FIELD};
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_identity::experience::NewProfile;
use signet_identity::experience::identifier::{Identifier, IdentifierType};
use signet_identity::experience::refusal::{ExperienceError, Refusal};

pub(super) async fn sign_in(State(state): State<TenantState>, mut parts: Parts) -> Response {
    let opened = match open::open(&state, &mut parts).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    if let Some(page) = super::link::of_first_page(&opened, &parts) {
        return page;
    }
    let (frame, journey) = (&opened.frame, &opened.journey);
    let hint = open::parameter(&parts, "login_hint").unwrap_or_default();
    let again = Again::default().typed(FIELD, hint);
    if frame.experience.can_sign_in() {
        credentials::sign_in(frame, journey, screen(parts.uri.path()), &again).answer(StatusCode::OK)
    } else {
        credentials::register(frame, journey, Screen::Whole, &again).answer(StatusCode::OK)
    }
}

pub(super) async fn register(State(state): State<TenantState>, mut parts: Parts) -> Response {
    let opened = match open::open(&state, &mut parts).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    if let Some(page) = super::link::of_first_page(&opened, &parts) {
        return page;
    }
    let (frame, journey) = (&opened.frame, &opened.journey);
    let hint = open::parameter(&parts, "login_hint").unwrap_or_default();
    let again = Again::default().typed(FIELD, hint);
    if frame.experience.can_register() {
        credentials::register(frame, journey, screen(parts.uri.path()), &again).answer(StatusCode::OK)
    } else {
        let again = again.alerting(frame.t("error.registration_closed"));
        credentials::sign_in(frame, journey, Screen::Whole, &again).answer(StatusCode::FORBIDDEN)
    }
}

fn screen(path: &str) -> Screen {
    if path.ends_with("/sign-in/password") {
        Screen::Password
    } else if path.contains("/identifier-") {
        Screen::Single
    } else {
        Screen::Whole
    }
}

/// The sign-in page again, after a form.
pub(super) fn sign_in_page<'p>(posted: &'p Posted, again: &Again) -> FormPage<'p> {
    credentials::sign_in(&posted.frame, &posted.journey, screen(&posted.path), again)
}

pub(super) async fn signs_in(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let mut posted = match open::posted(&state, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let typed = Again::default().typed(FIELD, posted.form.get(FIELD).unwrap_or_default());
    let methods = credentials::methods(&posted.frame.experience, &posted.journey.identifiers);
    let kinds: Vec<_> = methods.iter().map(|method| method.identifier).collect();
    let named = match checked(&posted, &kinds, false, &typed) {
        Ok(named) => named,
        Err(again) => return sign_in_page(&posted, &again).answer(StatusCode::UNPROCESSABLE_ENTITY),
    };
    let password = posted.form.get("password").map(|text| Plain::new(text.to_owned()));
    let wants_code = posted.form.get("method") == Some("code");
    let outcome = match (wants_code, password) {
        (true, _) => send_code(&mut posted, named, InteractionEvent::SignIn).await,
        (false, Some(password)) => with_password(&mut posted, named, password).await,
        (false, None) => {
            let again = typed.wrong("password", posted.frame.t("error.password_required"));
            return sign_in_page(&posted, &again).answer(StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    match next::answer(&state, &posted, outcome) {
        Ok(response) => response,
        Err(Refusal::PasswordExpired) => super::reset::expired(&posted),
        Err(refusal) => {
            let again = next::again(&posted.frame, &refusal, &typed);
            sign_in_page(&posted, &again).answer(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn with_password(posted: &mut Posted, named: Identifier, password: Plain) -> Result<Next, ExperienceError> {
    let visit = &mut posted.visit;
    visit.start(InteractionEvent::SignIn).await?;
    let proof = visit.verify_password(named, password).await?;
    visit.identify(Some(&proof)).await?;
    next::finish(visit).await
}

/// Sends a code for `event`, from its first page.
pub(super) async fn send_code(
    posted: &mut Posted,
    named: Identifier,
    event: InteractionEvent,
) -> Result<Next, ExperienceError> {
    // A username reaches nobody.
    let recipient = named.recipient().ok_or(Refusal::MethodNotEnabled)?;
    posted.visit.start(event).await?;
    posted.visit.send_code(recipient, event).await?;
    let flow = match event {
        InteractionEvent::SignIn => "sign-in",
        InteractionEvent::Register => "register",
        InteractionEvent::ForgotPassword => "forgot-password",
    };
    Ok(Next::Page(format!("/{flow}/verification-code")))
}

pub(super) async fn registers(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let mut posted = match open::posted(&state, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let typed = Again::default().typed(FIELD, posted.form.get(FIELD).unwrap_or_default());
    let page = |posted: &Posted, again: &Again| {
        let page = credentials::register(&posted.frame, &posted.journey, screen(&posted.path), again);
        page.answer(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let kinds = credentials::sign_up_identifiers(&posted.frame.experience, &posted.journey.identifiers);
    let named = match checked(&posted, &kinds, true, &typed) {
        Ok(named) => named,
        Err(again) => return page(&posted, &again),
    };
    let outcome = if credentials::takes_password_at_once(&posted.frame.experience) {
        match new_password(&posted, &typed) {
            Ok(password) => with_new_password(&mut posted, &named, password).await,
            Err(again) => return page(&posted, &again),
        }
    } else if named.kind() == IdentifierType::Username {
        with_username(&mut posted, &named).await
    } else {
        send_code(&mut posted, named, InteractionEvent::Register).await
    };
    match next::answer(&state, &posted, outcome) {
        Ok(response) => response,
        Err(refusal) => page(&posted, &next::again(&posted.frame, &refusal, &typed)),
    }
}

async fn with_new_password(posted: &mut Posted, named: &Identifier, password: Plain) -> Result<Next, ExperienceError> {
    let visit = &mut posted.visit;
    visit.start(InteractionEvent::Register).await?;
    let proof = visit.propose_identity(named.as_str(), password).await?;
    visit.identify(Some(&proof)).await?;
    next::finish(visit).await
}

async fn with_username(posted: &mut Posted, named: &Identifier) -> Result<Next, ExperienceError> {
    posted.visit.start(InteractionEvent::Register).await?;
    posted.visit.add_profile(NewProfile::Username(named.as_str().to_owned())).await?;
    next::finish(&mut posted.visit).await
}

/// What was typed as an identifier, once the terms are agreed to.
fn checked(posted: &Posted, kinds: &[IdentifierType], registers: bool, typed: &Again) -> Result<Identifier, Again> {
    let frame = &posted.frame;
    if Terms::must_be_agreed(frame, registers) && posted.form.get("agree").is_none() {
        return Err(typed.clone().alerting(frame.t("error.terms_acceptance_required")));
    }
    let named = identifier::parse(posted.form.get(FIELD).unwrap_or_default(), kinds);
    named.ok_or_else(|| typed.clone().wrong(FIELD, identifier::not_one_of(frame, kinds)))
}

/// The new password, typed twice alike.
pub(super) fn new_password(posted: &Posted, typed: &Again) -> Result<Plain, Again> {
    let (first, second) = (posted.form.get("password"), posted.form.get("confirm_password"));
    match (first, second) {
        (None, _) => Err(typed.clone().wrong("password", posted.frame.t("error.password_required"))),
        (Some(first), Some(second)) if first == second => Ok(Plain::new(first.to_owned())),
        (Some(_), _) => Err(typed.clone().wrong("confirm_password", posted.frame.t("error.passwords_do_not_match"))),
    }
}

/// Whether anybody can get a new password by themselves.
pub(super) fn can_reset(experience: &Experience) -> bool {
    experience.forgot_password.email || experience.forgot_password.phone
}
