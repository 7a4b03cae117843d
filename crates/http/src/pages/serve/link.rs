//! The page of a link with a one-time token. Opening it uses nothing up; its button does.

use super::next::{self, Next};
use super::open::{self, Opened, Posted};
use crate::oidc::see_other;
use crate::pages::again::Again;
use crate::pages::form::Terms;
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
use signet_identity::experience::refusal::{ExperienceError, Refusal, TokenRefusal};
use signet_identity::identifier::Email;

/// What a link brings: a token, and the address that it was sent to.
struct Link {
    email: Email,
    token: String,
}

impl Link {
    fn new(email: Option<&str>, token: Option<&str>) -> Option<Self> {
        let token = token.filter(|token| !token.is_empty())?.to_owned();
        Some(Self { email: email?.parse().ok()?, token })
    }

    fn shown(&self) -> (&str, &str) {
        (self.email.as_str(), &self.token)
    }
}

/// The page, when the address of the first page brings a link.
pub(super) fn of_first_page(opened: &Opened, parts: &Parts) -> Option<Response> {
    let (email, token) = (open::parameter(parts, "login_hint"), open::parameter(parts, "one_time_token"));
    let link = Link::new(email.as_deref(), token.as_deref())?;
    Some(steps::link(&opened.frame, &opened.journey, link.shown(), &Again::default()).answer(StatusCode::OK))
}

pub(super) async fn shown(State(state): State<TenantState>, mut parts: Parts) -> Response {
    let opened = match open::open(&state, &mut parts).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    of_first_page(&opened, &parts).unwrap_or_else(|| see_other(&opened.frame.path_to("/sign-in")))
}

pub(super) async fn uses(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let mut posted = match open::posted(&state, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let Some(link) = Link::new(posted.form.get("email"), posted.form.get("token")) else {
        return see_other(&posted.frame.path_to("/sign-in"));
    };
    let page = |posted: &Posted, again: &Again| {
        let page = steps::link(&posted.frame, &posted.journey, link.shown(), again);
        page.answer(StatusCode::UNPROCESSABLE_ENTITY)
    };
    if Terms::must_be_agreed(&posted.frame, true) && posted.form.get("agree").is_none() {
        let again = Again::default().alerting(posted.frame.t("error.terms_acceptance_required"));
        return page(&posted, &again);
    }
    let event =
        if posted.frame.experience.can_sign_in() { InteractionEvent::SignIn } else { InteractionEvent::Register };
    let outcome = enter(&mut posted.visit, event, &link).await;
    match next::answer(&state, &posted, outcome) {
        Ok(response) => response,
        Err(refusal) => page(&posted, &next::again(&posted.frame, &refusal, &Again::default())),
    }
}

/// Signs in, or registers who has no account.
async fn enter(visit: &mut Visit, event: InteractionEvent, link: &Link) -> Result<Next, ExperienceError> {
    visit.start(event).await?;
    let proof = prove(visit, link).await?;
    match visit.identify(Some(&proof)).await {
        Err(ExperienceError::Refused(Refusal::UnknownUser(_))) => {
            visit.switch_event(InteractionEvent::Register).await?;
            visit.identify(Some(&proof)).await?;
        }
        identified => drop(identified?),
    }
    next::finish(visit).await
}

/// Uses the token up. One that is for registering only is not, until it is shown for that.
async fn prove(visit: &mut Visit, link: &Link) -> Result<String, ExperienceError> {
    let token = || Plain::new(link.token.clone());
    match visit.verify_one_time_token(link.email.clone(), token()).await {
        Err(ExperienceError::Refused(Refusal::Token(TokenRefusal::OtherEvent))) => {
            visit.start(InteractionEvent::Register).await?;
            visit.verify_one_time_token(link.email.clone(), token()).await
        }
        proved => proved,
    }
}
