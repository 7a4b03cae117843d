//! A password that was forgotten: where a code goes, and the new password.

use super::first::{can_reset, new_password as typed_password, send_code};
use super::next::{self, Next};
use super::open::{self, Opened, Posted};
use crate::oidc::see_other;
use crate::pages::again::Again;
use crate::pages::credentials;
use crate::pages::form::Alert;
use crate::pages::identifier::{self, FIELD};
use crate::pages::steps;
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_identity::experience::Visit;
use signet_identity::experience::refusal::ExperienceError;

pub(super) async fn forgot(State(state): State<TenantState>, mut parts: Parts) -> Response {
    let opened = match open::open(&state, &mut parts).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let Opened { frame, journey, .. } = &opened;
    if !can_reset(&frame.experience) {
        return see_other(&frame.path_to("/sign-in"));
    }
    let hint = open::parameter(&parts, "login_hint").unwrap_or_default();
    let again = Again::default().typed(FIELD, hint);
    credentials::forgot_password(frame, journey, path(parts.uri.path()), &again).answer(StatusCode::OK)
}

fn path(path: &str) -> &'static str {
    if path.ends_with("/reset-password") { "/reset-password" } else { "/forgot-password" }
}

pub(super) async fn forgets(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let mut posted = match open::posted(&state, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let typed = Again::default().typed(FIELD, posted.form.get(FIELD).unwrap_or_default());
    let kinds = credentials::forgot_password_identifiers(&posted.frame.experience, &posted.journey.identifiers);
    let Some(named) = identifier::parse(posted.form.get(FIELD).unwrap_or_default(), &kinds) else {
        let again = typed.wrong(FIELD, identifier::not_one_of(&posted.frame, &kinds));
        return page(&posted, &again);
    };
    let outcome = send_code(&mut posted, named, InteractionEvent::ForgotPassword).await;
    match next::answer(&state, &posted, outcome) {
        Ok(response) => response,
        Err(refusal) => page(&posted, &next::again(&posted.frame, &refusal, &typed)),
    }
}

fn page(posted: &Posted, again: &Again) -> Response {
    let page = credentials::forgot_password(&posted.frame, &posted.journey, path(&posted.path), again);
    page.answer(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Somebody knows their password, but it is too old.
pub(super) fn expired(posted: &Posted) -> Response {
    let alert = Alert::calm(posted.frame.t("description.password_expired"));
    let again = Again::with_alert(alert).typed(FIELD, posted.form.get(FIELD).unwrap_or_default());
    if !can_reset(&posted.frame.experience) {
        return super::first::sign_in_page(posted, &again).answer(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = credentials::forgot_password(&posted.frame, &posted.journey, "/forgot-password", &again);
    page.answer(StatusCode::UNPROCESSABLE_ENTITY)
}

pub(super) async fn new_password(State(state): State<TenantState>, mut parts: Parts) -> Response {
    let opened = match open::open(&state, &mut parts).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let has_proved = |visit: &Visit| {
        visit.state().is_ok_and(|state| state.event == InteractionEvent::ForgotPassword && state.user_id.is_some())
    };
    if opened.visit.as_ref().is_some_and(|visit| !has_proved(visit)) {
        return see_other(&opened.frame.path_to("/forgot-password"));
    }
    steps::reset_password(&opened.frame, &opened.journey, &Again::default()).answer(StatusCode::OK)
}

pub(super) async fn resets(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let mut posted = match open::posted(&state, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let page = |posted: &Posted, again: &Again| {
        let page = steps::reset_password(&posted.frame, &posted.journey, again);
        page.answer(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let password = match typed_password(&posted, &Again::default()) {
        Ok(password) => password,
        Err(again) => return page(&posted, &again),
    };
    let outcome = change(&mut posted.visit, password).await;
    match next::answer(&state, &posted, outcome) {
        Ok(response) => response,
        Err(refusal) => page(&posted, &next::again(&posted.frame, &refusal, &Again::default())),
    }
}

async fn change(visit: &mut Visit, password: Plain) -> Result<Next, ExperienceError> {
    visit.reset_password(password).await?;
    next::finish(visit).await
}
