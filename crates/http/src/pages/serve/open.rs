//! What a request for a page has: how the page looks, and the interaction that its browser takes part in.

use super::next;
use crate::cookies::PendingInteraction;
use crate::extract::origin::RequestOrigin;
use crate::oidc::see_other;
use crate::pages::credentials::Journey;
use crate::pages::experience::Experience;
use crate::pages::frame::Frame;
use crate::pages::language::Asked;
use crate::pages::notice;
use crate::pages::wording::Wording;
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use signet_core::interaction::{Interaction, PendingPrompt};
use signet_core::verification::Channel;
use signet_identity::experience::identifier::IdentifierType;
use signet_identity::experience::{Visit, Visitor};
use signet_oidc::authorize::interaction::consent_page;
use signet_oidc::form::{Form, FormInput};
use std::sync::Arc;
use url::form_urlencoded;

/// A page of a sign-in that is shown.
pub(super) struct Opened {
    pub(super) frame: Frame,
    pub(super) journey: Journey,
    /// Absent when an administrator looks at a page without signing in anywhere.
    pub(super) visit: Option<Visit>,
}

/// A form of a sign-in that was sent, from a page that this browser was shown for this interaction.
pub(super) struct Posted {
    pub(super) frame: Frame,
    pub(super) journey: Journey,
    pub(super) visit: Visit,
    pub(super) form: Form,
    /// Which page it was sent from.
    pub(super) path: String,
}

/// Opens a page. The response says why it cannot be shown, or leads elsewhere.
pub(super) async fn open(state: &TenantState, parts: &mut Parts) -> Result<Opened, Response> {
    if parameter(parts, "preview").is_some() {
        let frame = frame_of(state, seen(parts), None).await;
        return Ok(Opened { frame, journey: Journey::default(), visit: None });
    }
    let interaction = pending(state, parts).await?;
    let (frame, journey, visit) = enter(state, parts, interaction).await?;
    Ok(Opened { frame, journey, visit: Some(visit) })
}

/// Reads a form. Here and nowhere else it is checked that the page was this browser's own: the token in it belongs to
/// the interaction of the cookie, which a page of somebody else cannot know (attacks 36, 37).
pub(super) async fn posted(state: &TenantState, request: Request<Body>) -> Result<Posted, Response> {
    let (mut parts, body) = request.into_parts();
    let form = read(state, &parts, body).await?;
    let interaction = pending(state, &parts).await?;
    check_token(state, &parts, &interaction, &form).await?;
    let path = parts.uri.path().to_owned();
    let (frame, journey, visit) = enter(state, &mut parts, interaction).await?;
    Ok(Posted { frame, journey, visit, form, path })
}

/// The parameters of a form, each of which occurs once.
pub(super) async fn read(state: &TenantState, parts: &Parts, body: Body) -> Result<Form, Response> {
    let content_type = parts.headers.get("content-type").and_then(|value| value.to_str().ok());
    let form = match crate::oidc::read(body).await {
        Ok(body) => Form::parse(FormInput { path: "/", content_type, query: None, body: &body }),
        Err(error) => Err(error),
    };
    match form {
        Ok(form) => Ok(form),
        Err(error) => {
            let frame = frame_of(state, seen(parts), None).await;
            Err(notice::refused_request(&frame, &error.to_string()).answer(StatusCode::BAD_REQUEST))
        }
    }
}

/// The interaction of this browser that the page is about.
pub(super) async fn pending(state: &TenantState, parts: &Parts) -> Result<Interaction, Response> {
    match PendingInteraction::of(state, parts).await {
        Ok(PendingInteraction(interaction)) => Ok(interaction),
        Err(error) if error.is_lost_session() => Err(lost(state, parts).await),
        Err(error) => Err(next::failed(&frame_of(state, seen(parts), None).await, &error)),
    }
}

/// There is nothing to go on with: a page of the tenant's, or ours, says so.
pub(super) async fn lost(state: &TenantState, parts: &Parts) -> Response {
    let frame = frame_of(state, seen(parts), None).await;
    let own = frame.experience.unknown_session.clone();
    see_other(&own.unwrap_or_else(|| format!("{}/unknown-session", state.base_path())))
}

/// Refuses a form whose token is not that of the interaction: the sign-in went on in another tab, or the form is not
/// ours.
pub(super) async fn check_token(
    state: &TenantState,
    parts: &Parts,
    interaction: &Interaction,
    form: &Form,
) -> Result<(), Response> {
    let keys = match state.cookie_keys().await {
        Ok(keys) => keys,
        Err(error) => return Err(next::failed(&frame_of(state, seen(parts), None).await, &error)),
    };
    if keys.verifies_form(interaction.uid.as_str(), form.get("csrf").unwrap_or_default()) {
        return Ok(());
    }
    let frame = frame_of(state, seen(parts), Some(interaction)).await;
    let again = frame.path_to(match interaction.prompt {
        PendingPrompt::Login => "/sign-in",
        PendingPrompt::Consent => "/consent",
    });
    Err(notice::outdated_form(&frame, &again).answer(StatusCode::FORBIDDEN))
}

async fn enter(
    state: &TenantState,
    parts: &mut Parts,
    interaction: Interaction,
) -> Result<(Frame, Journey, Visit), Response> {
    if interaction.prompt == PendingPrompt::Consent {
        // Somebody came back from the consent page: they are signed in, and go on from there.
        return Err(see_other(&format!("{}{}", state.base_path(), consent_page(&interaction.client_id))));
    }
    let frame = frame_of(state, seen(parts), Some(&interaction)).await;
    let token = match state.cookie_keys().await {
        Ok(keys) => keys.form_token(interaction.uid.as_str()),
        Err(error) => return Err(next::failed(&frame, &error)),
    };
    let application = match state.provider.client(interaction.client_id.as_str()).await {
        Ok(client) => client.map(|client| client.application.name.clone()),
        Err(error) => return Err(next::failed(&frame, &error)),
    };
    let journey = Journey { csrf: token, application, identifiers: wanted_identifiers(parts) };
    let visitor = visitor(state, parts, &frame).await;
    Ok((frame, journey, Visit::new(state.identity.clone(), visitor, interaction)))
}

async fn visitor(state: &TenantState, parts: &mut Parts, frame: &Frame) -> Visitor {
    let Ok(RequestOrigin(origin)) = RequestOrigin::from_request_parts(parts, state).await;
    let (user_agent, user_agent_parsed) = match origin.user_agent {
        Some(agent) => (Some(agent.raw), Some(agent.parsed)),
        None => (None, None),
    };
    Visitor { ip: origin.ip, user_agent, user_agent_parsed, locales: Some(frame.language().to_owned()) }
}

/// How pages look to this request. Without a database they are plain, so that even then something can be said.
pub(crate) async fn frame_of(
    state: &TenantState,
    (query, headers): (Option<&str>, &HeaderMap),
    interaction: Option<&Interaction>,
) -> Frame {
    let own = state.own_phrases().await.unwrap_or_default();
    let experience = match state.identity.settings().await {
        Ok(settings) => {
            let resets = |channel| settings.rules.resets_passwords_by(channel, state.identity.senders());
            let mut all = settings.all.clone();
            let offered = json!({"email": resets(Channel::Email), "phone": resets(Channel::Phone)});
            all.insert("forgotPassword".to_owned(), offered);
            Experience::read(&Value::Object(all))
        }
        Err(_) => Experience::read(&Value::Null),
    };
    let asked_before = interaction.and_then(|interaction| interaction.params.get("ui_locales")?.as_str());
    let query = query.unwrap_or_default();
    let (ui_locales, locale) = (in_query(query, "ui_locales"), in_query(query, "locale"));
    let asked = Asked {
        ui_locales: ui_locales.as_deref().or(asked_before),
        locale: locale.as_deref(),
        accept_language: headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()),
    };
    let wording = Wording::choose(&asked, (experience.auto_detect, &experience.fallback_language), &own);
    Frame::new(state.base_path(), Arc::new(experience), wording, query)
}

/// The identifiers that the application wants to see on its page, from the page's query.
fn wanted_identifiers(parts: &Parts) -> Vec<IdentifierType> {
    let wanted = parameter(parts, "identifier").unwrap_or_default();
    let named = |name: &str| IdentifierType::ALL.iter().copied().find(|kind| kind.as_str() == name);
    wanted.split_ascii_whitespace().filter_map(named).collect()
}

/// A parameter of the page's address.
pub(super) fn parameter(parts: &Parts, name: &str) -> Option<String> {
    in_query(parts.uri.query().unwrap_or_default(), name)
}

fn in_query(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// What of a request decides how its page looks.
pub(super) fn seen(parts: &Parts) -> (Option<&str>, &HeaderMap) {
    (parts.uri.query(), &parts.headers)
}
