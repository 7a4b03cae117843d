//! The organizations of a user.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use super::users::existing;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::state::TenantState;
use axum::extract::State;
use signet_core::id::UserId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_user_organizations))
}

/// List organizations of a user
///
/// None: nobody is a member before there are organizations.
#[utoipa::path(get, path = "/users/{userId}/organizations", tag = "Users", params(("userId" = String, Path)),
    responses((status = 200, body = Vec<Object>), Refused, NotFound))]
async fn list_user_organizations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<[(); 0]>, ApiError> {
    existing(&state.store.read().await?, &id).await?;
    Ok(Json([]))
}
