//! The organizations of a user.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use super::organization_responses::OrganizationWithRoles;
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
/// Each with the roles that the user has there.
#[utoipa::path(get, path = "/users/{userId}/organizations", tag = "Users", params(("userId" = String, Path)),
    responses((status = 200, body = Vec<OrganizationWithRoles>), Refused, NotFound))]
async fn list_user_organizations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<Vec<OrganizationWithRoles>>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let organizations = reader.organizations_of_user(&id).await?;
    let mut roles = reader.organization_roles_of_user(&id).await?;
    let shown = organizations.into_iter().map(|organization| {
        let roles = roles.remove(&organization.id).unwrap_or_default();
        OrganizationWithRoles::new(state.tenant(), organization, roles)
    });
    Ok(Json(shown.collect()))
}
