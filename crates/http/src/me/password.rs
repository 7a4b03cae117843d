//! One's own password.

use super::caller::Myself;
use super::refused;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::management::openapi::{Refused, Unprocessable};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::secret::Plain;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(verify_own_password)).routes(routes!(update_own_password))
}

#[derive(ToSchema)]
struct OwnPassword {
    #[schema(value_type = String, min_length = 1)]
    password: Plain,
}

impl FromFields for OwnPassword {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { password: Plain::new(fields.required("password", text().min(1))?) })
    }
}

/// Check one's own password
///
/// It may be changed for ten minutes after.
#[utoipa::path(post, path = "/me/password/verify", tag = "Own account", request_body = OwnPassword,
    responses((status = 204), Refused, Unprocessable))]
async fn verify_own_password(
    myself: Myself,
    State(state): State<TenantState>,
    Json(request): Json<OwnPassword>,
) -> Result<StatusCode, ApiError> {
    state.identity.prove_own_password(myself.id(), request.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change one's own password
///
/// The old one must have been checked within ten minutes, when there is one.
#[utoipa::path(post, path = "/me/password", tag = "Own account", request_body = OwnPassword,
    responses((status = 204), Refused, Unprocessable))]
async fn update_own_password(
    myself: Myself,
    State(state): State<TenantState>,
    Json(request): Json<OwnPassword>,
) -> Result<StatusCode, ApiError> {
    state.identity.change_own_password(myself.id(), request.password).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
