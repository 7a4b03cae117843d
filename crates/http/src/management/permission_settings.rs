//! How far permissions reach: whether tokens say more than holds for what they are about.

use super::caller::ManagementCaller;
use super::openapi::Refused;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::one_of;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use serde_json::json;
use signet_core::rbac::Mode;
use signet_oidc::organizations::{PERMISSIONS_CONFIG, mode_of};
use signet_storage::{Reader, StoreError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_permission_settings, update_permission_settings))
}

#[derive(Debug, Serialize, ToSchema)]
struct PermissionSettings {
    /// `compatible` or `strict`.
    mode: &'static str,
}

#[derive(Debug, ToSchema)]
struct UpdatePermissionSettings {
    /// `compatible` or `strict`. Absent: as it is.
    #[schema(value_type = Option<String>)]
    mode: Option<Mode>,
}

impl FromFields for UpdatePermissionSettings {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { mode: fields.optional("mode", one_of(&Mode::ALL, Mode::as_str))? })
    }
}

/// Get permission settings
#[utoipa::path(get, path = "/configs/permissions", tag = "Permissions",
    responses((status = 200, body = PermissionSettings), Refused))]
async fn get_permission_settings(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<PermissionSettings>, ApiError> {
    Ok(Json(stored(&state.store.read().await?).await?))
}

/// Update permission settings
///
/// `compatible`, the default: an API token that names no organization carries what its person may do in any of theirs,
/// and one that names an organization carries what they may do everywhere as well. `strict`: a token carries what holds
/// for what it names, and nothing else. It counts from the next token on.
#[utoipa::path(patch, path = "/configs/permissions", tag = "Permissions", request_body = UpdatePermissionSettings,
    responses((status = 200, body = PermissionSettings), Refused))]
async fn update_permission_settings(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<UpdatePermissionSettings>,
) -> Result<Json<PermissionSettings>, ApiError> {
    let Some(mode) = request.mode else { return Ok(Json(stored(&state.store.read().await?).await?)) };
    let mut tx = state.store.write().await?;
    tx.put_config(PERMISSIONS_CONFIG, &json!({"mode": mode.as_str()})).await?;
    tx.commit().await?;
    Ok(Json(PermissionSettings { mode: mode.as_str() }))
}

async fn stored(reader: &Reader) -> Result<PermissionSettings, StoreError> {
    let stored = reader.config(PERMISSIONS_CONFIG).await?;
    Ok(PermissionSettings { mode: mode_of(stored.as_ref())?.as_str() })
}
