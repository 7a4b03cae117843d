//! `GET /oidc/jwks` (RFC 7517 §5).

use super::answer::{OAuthAnswer, json};
use super::cors;
use crate::state::TenantState;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use serde::Serialize;
use signet_oidc::error::OAuthError;
use signet_oidc::jose::jwk::PublicJwk;

#[derive(Serialize)]
struct KeySet<'k> {
    keys: Vec<&'k PublicJwk>,
}

pub(super) async fn get(State(state): State<TenantState>) -> Response {
    cors::open(OAuthAnswer::new(&state, None).of(key_set(&state).await))
}

async fn key_set(state: &TenantState) -> Result<Response, OAuthError> {
    let ring = state.provider.key_ring().await?;
    let keys = KeySet { keys: ring.public().collect() };
    let content_type = HeaderValue::from_static("application/jwk-set+json; charset=utf-8");
    Ok(json(&keys, content_type, HeaderValue::from_static("no-cache, max-age=0, must-revalidate")))
}
