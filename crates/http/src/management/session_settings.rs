//! How long a browser session lasts.

use super::caller::ManagementCaller;
use super::openapi::Refused;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::integer;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use signet_storage::{Reader, StoreError};
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A year.
const MAX_TTL: i64 = 31_536_000;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_session_settings, update_session_settings))
}

#[derive(Debug, Serialize, ToSchema)]
struct SessionSettings {
    /// Seconds.
    ttl: i64,
}

#[derive(Debug, ToSchema)]
struct UpdateSessionSettings {
    /// Seconds, at most a year.
    ttl: Option<i64>,
}

impl FromFields for UpdateSessionSettings {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { ttl: fields.optional("ttl", integer().min(1).max(MAX_TTL))? })
    }
}

/// Get session settings
#[utoipa::path(get, path = "/configs/oidc/session", tag = "Sessions",
    responses((status = 200, body = SessionSettings), Refused))]
async fn get_session_settings(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<SessionSettings>, ApiError> {
    Ok(Json(stored(&state.store.read().await?).await?))
}

/// Update session settings
#[utoipa::path(patch, path = "/configs/oidc/session", tag = "Sessions", request_body = UpdateSessionSettings,
    responses((status = 200, body = SessionSettings), Refused))]
async fn update_session_settings(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<UpdateSessionSettings>,
) -> Result<Json<SessionSettings>, ApiError> {
    let Some(ttl) = request.ttl else { return Ok(Json(stored(&state.store.read().await?).await?)) };
    let mut tx = state.store.write().await?;
    tx.put_session_ttl(Duration::from_secs(ttl.unsigned_abs())).await?;
    tx.commit().await?;
    Ok(Json(SessionSettings { ttl }))
}

async fn stored(reader: &Reader) -> Result<SessionSettings, StoreError> {
    let ttl = reader.session_ttl().await?.as_secs();
    Ok(SessionSettings { ttl: i64::try_from(ttl).unwrap_or(MAX_TTL) })
}
