//! The roles that whoever joins an organization just in time gets there.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{existing, referenced, refused, roles_for};
use super::organization_requests::{AnyOrganizationRoles, SomeOrganizationRoles};
use super::organization_responses::OrganizationRoleResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::error_code::ErrorCode;
use signet_core::id::{OrganizationId, OrganizationRoleId};
use signet_core::role::RoleType;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_organization_jit_roles, add_organization_jit_roles, replace_organization_jit_roles))
        .routes(routes!(delete_organization_jit_role))
}

/// List roles of newcomers of an organization
#[utoipa::path(get, path = "/organizations/{id}/jit/roles", tag = "Organizations",
    params(("id" = String, Path), Paging),
    responses((status = 200, body = Vec<OrganizationRoleResponse>), Refused, NotFound))]
async fn list_organization_jit_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    page: OptionalPage,
) -> Result<Paged<OrganizationRoleResponse>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let found = reader.jit_roles(&id, page.rows()).await?;
    Ok(page.listed(found, |role| OrganizationRoleResponse::new(state.tenant(), role)))
}

/// Add roles of newcomers of an organization
///
/// Roles for people only.
#[utoipa::path(post, path = "/organizations/{id}/jit/roles", tag = "Organizations", params(("id" = String, Path)),
    request_body = SomeOrganizationRoles,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, Unprocessable))]
async fn add_organization_jit_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<SomeOrganizationRoles>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let mut tx = state.store.write().await?;
    for role in roles_for(&tx, RoleType::User, &request.organization_role_ids).await? {
        tx.add_jit_role(&id, &role).await.map_err(refused)?;
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Replace roles of newcomers of an organization
#[utoipa::path(put, path = "/organizations/{id}/jit/roles", tag = "Organizations", params(("id" = String, Path)),
    request_body = AnyOrganizationRoles, responses((status = 204), Refused, Unprocessable))]
async fn replace_organization_jit_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<AnyOrganizationRoles>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    referenced(&tx, &id).await?;
    let roles = roles_for(&tx, RoleType::User, &request.organization_role_ids).await?;
    tx.remove_jit_roles(&id).await?;
    for role in &roles {
        tx.add_jit_role(&id, role).await.map_err(refused)?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a role of newcomers of an organization
#[utoipa::path(delete, path = "/organizations/{id}/jit/roles/{organizationRoleId}", tag = "Organizations",
    params(("id" = String, Path), ("organizationRoleId" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_organization_jit_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, role)): Path<(OrganizationId, OrganizationRoleId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_jit_role(&id, &role).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
