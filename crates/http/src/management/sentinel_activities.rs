//! Lets people try again who failed too often.

use super::caller::ManagementCaller;
use super::openapi::Refused;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::compound::list;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::kept::literal;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(delete_sentinel_activities))
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct Unblock {
    /// `User` or `App`.
    #[schema(value_type = String)]
    target_type: &'static str,
    /// Usernames, email addresses, phone numbers or user ids, as they were typed.
    targets: Vec<String>,
}

impl FromFields for Unblock {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let target_type = fields.required("targetType", literal(&["User", "App"]));
        let targets = fields.required("targets", list(text().min(1).max(256)).max(500));
        Ok(Self { target_type: target_type?, targets: targets? })
    }
}

/// Forget failed attempts
///
/// Who was kept out may try again.
#[utoipa::path(post, path = "/sentinel-activities/delete", tag = "Sentinel", request_body = Unblock,
    responses((status = 204), Refused))]
async fn delete_sentinel_activities(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<Unblock>,
) -> Result<StatusCode, ApiError> {
    // Applications are not counted.
    if request.target_type == "User" {
        state.identity.unblock(&request.targets).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
