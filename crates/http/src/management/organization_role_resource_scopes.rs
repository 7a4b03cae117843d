//! The scopes of API resources that roles of the organization template grant.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{existing_role, referenced_role, references, refused};
use super::organization_requests::{AnyScopes, SomeScopes};
use super::resource_scopes::ScopeResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::error_code::ErrorCode;
use signet_core::id::{OrganizationRoleId, ScopeId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(
            list_organization_role_resource_scopes,
            add_organization_role_resource_scopes,
            replace_organization_role_resource_scopes
        ))
        .routes(routes!(delete_organization_role_resource_scope))
}

/// List API scopes of an organization role
#[utoipa::path(get, path = "/organization-roles/{id}/resource-scopes", tag = "Organization roles",
    params(("id" = String, Path), Paging),
    responses((status = 200, body = Vec<ScopeResponse>), Refused, NotFound))]
async fn list_organization_role_resource_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationRoleId>,
    page: OptionalPage,
) -> Result<Paged<ScopeResponse>, ApiError> {
    let reader = state.store.read().await?;
    existing_role(&reader, &id).await?;
    let found = reader.resource_scopes_of_organization_role(&id, page.rows()).await?;
    Ok(page.listed(found, |scope| ScopeResponse::new(state.tenant(), scope)))
}

/// Add API scopes to an organization role
///
/// Those that it has already are left alone.
#[utoipa::path(post, path = "/organization-roles/{id}/resource-scopes", tag = "Organization roles",
    params(("id" = String, Path)), request_body = SomeScopes,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, Unprocessable))]
async fn add_organization_role_resource_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationRoleId>,
    Json(request): Json<SomeScopes>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let scopes: Vec<ScopeId> = references(&request.scope_ids)?;
    let mut tx = state.store.write().await?;
    for scope in &scopes {
        tx.add_resource_scope_to_organization_role(&id, scope).await.map_err(refused)?;
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Replace API scopes of an organization role
#[utoipa::path(put, path = "/organization-roles/{id}/resource-scopes", tag = "Organization roles",
    params(("id" = String, Path)), request_body = AnyScopes, responses((status = 204), Refused, Unprocessable))]
async fn replace_organization_role_resource_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationRoleId>,
    Json(request): Json<AnyScopes>,
) -> Result<StatusCode, ApiError> {
    let scopes: Vec<ScopeId> = references(&request.scope_ids)?;
    let mut tx = state.store.write().await?;
    referenced_role(&tx, &id).await?;
    tx.remove_resource_scopes_from_organization_role(&id).await?;
    for scope in &scopes {
        tx.add_resource_scope_to_organization_role(&id, scope).await.map_err(refused)?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove an API scope from an organization role
#[utoipa::path(delete, path = "/organization-roles/{id}/resource-scopes/{scopeId}", tag = "Organization roles",
    params(("id" = String, Path), ("scopeId" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_organization_role_resource_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, scope)): Path<(OrganizationRoleId, ScopeId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_resource_scope_from_organization_role(&id, &scope).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
