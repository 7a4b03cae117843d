//! Beginning and end of a sign-in.

use super::refusal::{Done, Refusals, Uncached};
use super::requests::event;
use super::visiting::SigningIn;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{boolean, text};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use signet_core::interaction::InteractionEvent;
use signet_identity::experience::{Submitted, Visit};
use signet_oidc::authorize::interaction::resume_url;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(start_experience))
        .routes(routes!(update_interaction_event))
        .routes(routes!(get_experience))
        .routes(routes!(identify))
        .routes(routes!(submit_experience))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct Event {
    /// `SignIn`, `Register` or `ForgotPassword`.
    #[schema(value_type = String)]
    interaction_event: InteractionEvent,
}

impl FromFields for Event {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { interaction_event: event(fields, "interactionEvent")? })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct Identify {
    #[schema(nullable = false)]
    verification_id: Option<String>,
}

impl FromFields for Identify {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let verification_id = fields.optional("verificationId", text().min(1));
        // Nobody signs in with a social identity yet, so there is none to link.
        let _link = fields.optional("linkSocialIdentity", boolean());
        Ok(Self { verification_id: verification_id? })
    }
}

/// Where the browser goes next.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Next {
    /// Absent after a forgotten password: the person signs in with the new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    redirect_to: Option<String>,
}

impl Next {
    pub(super) fn after(submitted: Submitted, visit: &Visit, state: &TenantState) -> Self {
        let redirect_to = match submitted {
            Submitted::SignedIn => Some(resume_url(&state.provider, visit.interaction())),
            Submitted::PasswordReset => None,
        };
        Self { redirect_to }
    }
}

/// Begin a sign-in, a registration or a reset of a password
///
/// What was begun before in this browser is forgotten.
#[utoipa::path(put, path = "/experience", tag = "Experience", security(()), request_body = Event,
    responses((status = 204), Refusals))]
async fn start_experience(SigningIn(mut visit): SigningIn, Json(request): Json<Event>) -> Uncached<Done> {
    let done = visit.start(request.interaction_event).await;
    Uncached(done.map(|()| StatusCode::NO_CONTENT).map_err(ApiError::from))
}

/// Go on with another event
#[utoipa::path(put, path = "/experience/interaction-event", tag = "Experience", security(()), request_body = Event,
    responses((status = 204), Refusals))]
async fn update_interaction_event(SigningIn(mut visit): SigningIn, Json(request): Json<Event>) -> Uncached<Done> {
    let done = visit.switch_event(request.interaction_event).await;
    Uncached(done.map(|()| StatusCode::NO_CONTENT).map_err(ApiError::from))
}

/// Get how far it has come
///
/// Without secrets.
#[utoipa::path(get, path = "/experience/interaction", tag = "Experience", security(()),
    responses((status = 200, body = Object), Refusals))]
async fn get_experience(SigningIn(visit): SigningIn) -> Uncached<Result<Json<Value>, ApiError>> {
    Uncached(visit.state().map(|state| Json(state.shown())).map_err(ApiError::from))
}

/// Say who it is, by what was verified
///
/// Somebody who registers gets an account.
#[utoipa::path(post, path = "/experience/identification", tag = "Experience", security(()), request_body = Identify,
    responses((status = 201, description = "There is an account now."),
        (status = 204, description = "It is known who it is."), Refusals))]
async fn identify(SigningIn(mut visit): SigningIn, Json(request): Json<Identify>) -> Uncached<Done> {
    let done = visit.identify(request.verification_id.as_deref()).await.map(|event| match event {
        InteractionEvent::Register => StatusCode::CREATED,
        InteractionEvent::SignIn | InteractionEvent::ForgotPassword => StatusCode::NO_CONTENT,
    });
    Uncached(done.map_err(ApiError::from))
}

/// Finish
#[utoipa::path(post, path = "/experience/submit", tag = "Experience", security(()),
    responses((status = 200, body = Next), Refusals))]
async fn submit_experience(
    SigningIn(mut visit): SigningIn,
    State(state): State<TenantState>,
) -> Uncached<Result<Json<Next>, ApiError>> {
    let submitted = visit.submit().await;
    Uncached(submitted.map(|submitted| Json(Next::after(submitted, &visit, &state))).map_err(ApiError::from))
}
