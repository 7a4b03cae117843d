//! Pages that stand alone, and the root.

use super::open::{frame_of, lost, pending, seen};
use crate::oidc::see_other;
use crate::pages::notice;
use crate::state::TenantState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;

pub(super) async fn unknown_session(State(state): State<TenantState>, parts: Parts) -> Response {
    notice::unknown_session(&frame_of(&state, seen(&parts), None).await).answer(StatusCode::OK)
}

pub(super) async fn account_suspended(State(state): State<TenantState>, parts: Parts) -> Response {
    notice::account_suspended(&frame_of(&state, seen(&parts), None).await).answer(StatusCode::OK)
}

/// Nothing is here; who is on the way somewhere goes on.
pub(super) async fn root(State(state): State<TenantState>, parts: Parts) -> Response {
    match pending(&state, &parts).await {
        Ok(_) => see_other(&frame_of(&state, seen(&parts), None).await.path_to("/sign-in")),
        Err(_) => lost(&state, &parts).await,
    }
}
