//! The pages between the first one and the end: a code that was sent, and what an account lacks.

use super::first::new_password;
use super::next::{self, Next};
use super::open::{self, Posted};
use crate::oidc::see_other;
use crate::pages::again::Again;
use crate::pages::form::Alert;
use crate::pages::identifier::{self, FIELD};
use crate::pages::notice;
use crate::pages::steps::{self, Flow, Missing};
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_identity::experience::identifier::{Identifier, IdentifierType, Recipient};
use signet_identity::experience::refusal::{ExperienceError, Refusal};
use signet_identity::experience::state::{Experience as Progress, Proof};
use signet_identity::experience::{NewProfile, Visit};

/// A code that was sent.
struct Sent {
    id: String,
    identifier: Identifier,
    recipient: Recipient,
}

/// The latest code of this way.
fn sent(progress: &Progress) -> Option<Sent> {
    let is_code =
        |proof: &Proof| matches!(proof, Proof::EmailVerificationCode { .. } | Proof::PhoneVerificationCode { .. });
    let record = progress.records.iter().rev().find(|record| is_code(&record.proof))?;
    let identifier = record.proof.identifier().clone();
    let recipient = identifier.recipient()?;
    Some(Sent { id: record.id.clone(), identifier, recipient })
}

pub(super) async fn code(State(state): State<TenantState>, mut parts: Parts) -> Response {
    let opened = match open::open(&state, &mut parts).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let flow = Flow::of_path(parts.uri.path());
    let sent = opened.visit.as_ref().and_then(|visit| sent(&visit.state().ok()?));
    let Some(sent) = sent else { return see_other(&opened.frame.path_to(flow.start())) };
    let target = (sent.identifier.kind(), sent.identifier.as_str());
    steps::code(&opened.frame, &opened.journey, flow, target, &Again::default()).answer(StatusCode::OK)
}

pub(super) async fn shows_code(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let mut posted = match open::posted(&state, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let flow = Flow::of_path(&posted.path);
    let Some(sent) = posted.visit.state().ok().and_then(|progress| sent(&progress)) else {
        return see_other(&posted.frame.path_to(flow.start()));
    };
    let target = (sent.identifier.kind(), sent.identifier.as_str());
    let page = |posted: &Posted, again: &Again, status| {
        steps::code(&posted.frame, &posted.journey, flow, target, again).answer(status)
    };
    let outcome = if posted.form.get("resend").is_some() {
        match resend(&mut posted.visit, sent.recipient.clone()).await {
            Ok(()) => {
                let alert = Alert::calm(posted.frame.t("description.passcode_sent"));
                return page(&posted, &Again::with_alert(alert), StatusCode::OK);
            }
            Err(error) => Err(error),
        }
    } else if posted.form.get("other").is_some() {
        change_mind(&mut posted.visit, &sent).await
    } else {
        let code: String = posted.form.get("code").unwrap_or_default().split_whitespace().collect();
        verify(&mut posted.visit, flow, &sent, code).await
    };
    match next::answer(&state, &posted, outcome) {
        Ok(response) => response,
        Err(refusal) => other_way(&posted, flow, &sent, &refusal).unwrap_or_else(|| {
            let again = next::again(&posted.frame, &refusal, &Again::default());
            page(&posted, &again, StatusCode::UNPROCESSABLE_ENTITY)
        }),
    }
}

async fn resend(visit: &mut Visit, recipient: Recipient) -> Result<(), ExperienceError> {
    let event = visit.state()?.event;
    visit.send_code(recipient, event).await.map(drop)
}

async fn verify(visit: &mut Visit, flow: Flow, sent: &Sent, code: String) -> Result<Next, ExperienceError> {
    visit.verify_code(&sent.recipient, &sent.id, Plain::new(code)).await?;
    if flow == Flow::Continue {
        let new = match sent.recipient {
            Recipient::Email(_) => NewProfile::Email(sent.id.clone()),
            Recipient::Phone(_) => NewProfile::Phone(sent.id.clone()),
        };
        visit.add_profile(new).await?;
        return next::finish(visit).await;
    }
    match visit.identify(Some(&sent.id)).await? {
        InteractionEvent::ForgotPassword => Ok(Next::Page("/forgot-password/reset".to_owned())),
        InteractionEvent::SignIn | InteractionEvent::Register => next::finish(visit).await,
    }
}

/// Whoever proved an address that has no account may create one, and whoever has one may sign in to it. Only now is it
/// told which of the two it is: the address is theirs.
fn other_way(posted: &Posted, flow: Flow, sent: &Sent, refusal: &Refusal) -> Option<Response> {
    let experience = &posted.frame.experience;
    let kind = sent.identifier.kind();
    let registers = match refusal {
        Refusal::UnknownUser(_) if flow == Flow::SignIn => true,
        Refusal::InUse(_) if flow == Flow::Register => false,
        _ => return None,
    };
    let is_offered = if registers {
        experience.can_register() && experience.sign_up.identifiers.contains(&kind)
    } else {
        experience.can_sign_in()
            && experience.methods.iter().any(|method| method.identifier == kind && method.verification_code)
    };
    let page = || {
        let value = sent.identifier.as_str();
        steps::other_way(&posted.frame, &posted.journey, flow, value, registers).answer(StatusCode::OK)
    };
    is_offered.then(page)
}

async fn change_mind(visit: &mut Visit, sent: &Sent) -> Result<Next, ExperienceError> {
    let event = match visit.state()?.event {
        InteractionEvent::SignIn => InteractionEvent::Register,
        InteractionEvent::Register => InteractionEvent::SignIn,
        InteractionEvent::ForgotPassword => return Err(Refusal::NotForForgotPassword.into()),
    };
    visit.switch_event(event).await?;
    visit.identify(Some(&sent.id)).await?;
    next::finish(visit).await
}

pub(super) async fn missing(State(state): State<TenantState>, mut parts: Parts) -> Response {
    let opened = match open::open(&state, &mut parts).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let Some(missing) = named(parts.uri.path()) else {
        return notice::not_found(&opened.frame).answer(StatusCode::NOT_FOUND);
    };
    if opened.visit.as_ref().is_some_and(|visit| visit.state().is_err()) {
        return see_other(&opened.frame.path_to("/sign-in"));
    }
    steps::fulfil(&opened.frame, &opened.journey, missing, &Again::default()).answer(StatusCode::OK)
}

fn named(path: &str) -> Option<Missing> {
    Missing::of(path.rsplit('/').next().unwrap_or_default())
}

pub(super) async fn adds(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let mut posted = match open::posted(&state, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let Some(missing) = named(&posted.path) else {
        return notice::not_found(&posted.frame).answer(StatusCode::NOT_FOUND);
    };
    let typed = Again::default().typed(FIELD, posted.form.get(FIELD).unwrap_or_default());
    let page = |posted: &Posted, again: &Again| {
        let page = steps::fulfil(&posted.frame, &posted.journey, missing, again);
        page.answer(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let outcome = match missing {
        Missing::Password => match new_password(&posted, &typed) {
            Ok(password) => add(&mut posted.visit, NewProfile::Password(password)).await,
            Err(again) => return page(&posted, &again),
        },
        Missing::Username | Missing::Address(_) => {
            let kinds = match missing {
                Missing::Address(address) => address.identifiers(),
                Missing::Username | Missing::Password => &[IdentifierType::Username],
            };
            match identifier::parse(posted.form.get(FIELD).unwrap_or_default(), kinds) {
                Some(named) => add_identifier(&mut posted.visit, named).await,
                None => return page(&posted, &typed.wrong(FIELD, identifier::not_one_of(&posted.frame, kinds))),
            }
        }
    };
    match next::answer(&state, &posted, outcome) {
        Ok(response) => response,
        Err(refusal) => page(&posted, &next::again(&posted.frame, &refusal, &typed)),
    }
}

async fn add(visit: &mut Visit, new: NewProfile) -> Result<Next, ExperienceError> {
    visit.add_profile(new).await?;
    next::finish(visit).await
}

/// Names are taken as they are; addresses get a code first.
async fn add_identifier(visit: &mut Visit, named: Identifier) -> Result<Next, ExperienceError> {
    let Some(recipient) = named.recipient() else {
        return add(visit, NewProfile::Username(named.as_str().to_owned())).await;
    };
    let event = visit.state()?.event;
    visit.send_code(recipient, event).await?;
    Ok(Next::Page("/continue/verification-code".to_owned()))
}
