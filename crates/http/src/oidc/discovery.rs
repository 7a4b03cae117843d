//! `GET /oidc/.well-known/openid-configuration`, and the same for OAuth clients (RFC 8414 §3).

use super::answer::{OAuthAnswer, json};
use super::cors;
use crate::state::TenantState;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use signet_oidc::discovery::Discovery;

pub(super) async fn get(State(state): State<TenantState>) -> Response {
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    let answer = Discovery::of(&state.provider)
        .await
        .map(|document| json(&document, content_type, HeaderValue::from_static("public, max-age=300")));
    cors::open(OAuthAnswer::new(&state, None).of(answer))
}
