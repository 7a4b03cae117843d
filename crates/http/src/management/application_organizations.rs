//! The organizations of a machine.

use super::applications::existing;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused};
use super::organization_responses::OrganizationWithRoles;
use crate::error::ApiError;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::state::TenantState;
use axum::extract::State;
use signet_core::id::ApplicationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_application_organizations))
}

/// List organizations of an application
///
/// Each with the roles that the application has there.
#[utoipa::path(get, path = "/applications/{id}/organizations", tag = "Applications",
    params(("id" = String, Path), Paging),
    responses((status = 200, body = Vec<OrganizationWithRoles>), Refused, NotFound))]
async fn list_application_organizations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    page: OptionalPage,
) -> Result<Paged<OrganizationWithRoles>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let found = reader.organizations_of_application(&id, page.rows()).await?;
    let mut roles = reader.organization_roles_of_application(&id).await?;
    Ok(page.listed(found, |organization| {
        let roles = roles.remove(&organization.id).unwrap_or_default();
        OrganizationWithRoles::new(state.tenant(), organization, roles)
    }))
}
