//! Whose sign-in a request is about: the browser's, by its signed cookie.

use crate::cookies::PendingInteraction;
use crate::error::ApiError;
use crate::extract::origin::RequestOrigin;
use crate::extract::own_page::comes_from_here;
use crate::oidc::answer::OAuthAnswer;
use crate::state::TenantState;
use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use http::Method;
use signet_core::error_code::ErrorCode;
use signet_core::interaction::{Interaction, PendingPrompt};
use signet_identity::experience::{Visit, Visitor};
use signet_oidc::audit::Origin;
use signet_oidc::error::AuthorizeError;

/// Longer lists of languages are cut.
const MOST_LOCALES: usize = 200;

/// The sign-in that waits in this browser. The first argument of a handler, so that nothing else of a stranger's
/// request is looked at.
pub(crate) struct SigningIn(pub(crate) Visit);

impl FromRequestParts<TenantState> for SigningIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &TenantState) -> Result<Self, Response> {
        if parts.method != Method::GET && !comes_from_here(state, &parts.headers) {
            return Err(ApiError::from(ErrorCode::AuthForbidden).into_response());
        }
        let PendingInteraction(interaction) = PendingInteraction::from_request_parts(parts, state).await?;
        // Who is asked for consent has signed in already.
        if interaction.prompt != PendingPrompt::Login {
            let error = AuthorizeError::InteractionNotFound.into();
            return Err(OAuthAnswer::new(state, parts.uri.query()).refuse(&error));
        }
        let Ok(RequestOrigin(origin)) = RequestOrigin::from_request_parts(parts, state).await;
        let visitor = visitor(origin, &interaction, parts);
        Ok(Self(Visit::new(state.identity.clone(), visitor, interaction)))
    }
}

/// What the steps know of a request.
fn visitor(origin: Origin, interaction: &Interaction, parts: &Parts) -> Visitor {
    let (user_agent, user_agent_parsed) = origin.user_agent.map(|agent| (agent.raw, agent.parsed)).unzip();
    let asked = interaction.params.get("ui_locales").and_then(serde_json::Value::as_str);
    let accepted = || parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locales = asked.or_else(accepted).map(|locales| locales.chars().take(MOST_LOCALES).collect());
    Visitor { ip: origin.ip, user_agent, user_agent_parsed, locales }
}
