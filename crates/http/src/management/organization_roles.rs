//! Roles of the organization template.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{existing_role, references, refused};
use super::organization_requests::Containing;
use super::organization_responses::OrganizationRoleResponse;
use super::organization_role_requests::{CreateOrganizationRole, OfKind, UpdateOrganizationRole};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{OrganizationRoleId, OrganizationScopeId, ScopeId};
use signet_storage::{GrantedResourceScope, GrantedScope};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_organization_roles, create_organization_role)).routes(routes!(
        get_organization_role,
        update_organization_role,
        delete_organization_role
    ))
}

/// A role with what it grants.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationRoleWithScopes {
    #[serde(flatten)]
    role: OrganizationRoleResponse,
    scopes: Vec<NamedScope>,
    resource_scopes: Vec<NamedResourceScope>,
}

/// A permission of the template, in short.
#[derive(Debug, Serialize, ToSchema)]
struct NamedScope {
    id: String,
    name: String,
}

/// A scope of an API resource, in short.
#[derive(Debug, Serialize, ToSchema)]
struct NamedResourceScope {
    id: String,
    name: String,
    resource: NamedResource,
}

#[derive(Debug, Serialize, ToSchema)]
struct NamedResource {
    id: String,
    name: String,
}

impl NamedScope {
    fn new(granted: &GrantedScope) -> Self {
        Self { id: granted.scope.id.to_string(), name: granted.scope.name.clone() }
    }
}

impl NamedResourceScope {
    fn new(granted: &GrantedResourceScope) -> Self {
        let resource = NamedResource { id: granted.resource_id.to_string(), name: granted.resource_name.clone() };
        Self { id: granted.id.to_string(), name: granted.name.clone(), resource }
    }
}

/// List organization roles
#[utoipa::path(get, path = "/organization-roles", tag = "Organization roles", params(OfKind, Containing, Paging),
    responses((status = 200, body = Vec<OrganizationRoleWithScopes>), Refused))]
async fn list_organization_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: Page,
    (Query(of), Query(containing)): (Query<OfKind>, Query<Containing>),
) -> Result<Paged<OrganizationRoleWithScopes>, ApiError> {
    let search = containing.search(&["id", "name", "description"]);
    let reader = state.store.read().await?;
    let found = reader.organization_roles(of.kind, search.as_ref(), Some(page.rows())).await?;
    let ids: Vec<OrganizationRoleId> = found.items.iter().map(|role| role.id.clone()).collect();
    let scopes = reader.scopes_of_organization_roles(&ids).await?;
    let resource_scopes = reader.resource_scopes_of_organization_roles(&ids).await?;
    let rows = found.items.into_iter().map(|role| OrganizationRoleWithScopes {
        scopes: scopes.iter().filter(|granted| granted.role == role.id).map(NamedScope::new).collect(),
        resource_scopes: resource_scopes
            .iter()
            .filter(|granted| granted.role == role.id)
            .map(NamedResourceScope::new)
            .collect(),
        role: OrganizationRoleResponse::new(state.tenant(), role),
    });
    Ok(page.of(rows.collect(), Total::Exactly(found.total)))
}

/// Create an organization role
#[utoipa::path(post, path = "/organization-roles", tag = "Organization roles", request_body = CreateOrganizationRole,
    responses((status = 201, body = OrganizationRoleResponse), Refused, Unprocessable))]
async fn create_organization_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateOrganizationRole>,
) -> Result<(StatusCode, Json<OrganizationRoleResponse>), ApiError> {
    let scopes: Vec<OrganizationScopeId> = references(&request.organization_scope_ids)?;
    let resource_scopes: Vec<ScopeId> = references(&request.resource_scope_ids)?;
    let role = request.into_role(OrganizationRoleId::random(&*state.rng));
    let mut tx = state.store.write().await?;
    tx.insert_organization_role(&role).await?;
    for scope in &scopes {
        tx.add_scope_to_organization_role(&role.id, scope).await.map_err(refused)?;
    }
    for scope in &resource_scopes {
        tx.add_resource_scope_to_organization_role(&role.id, scope).await.map_err(refused)?;
    }
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(OrganizationRoleResponse::new(state.tenant(), role))))
}

/// Get an organization role
#[utoipa::path(get, path = "/organization-roles/{id}", tag = "Organization roles", params(("id" = String, Path)),
    responses((status = 200, body = OrganizationRoleResponse), Refused, NotFound))]
async fn get_organization_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationRoleId>,
) -> Result<Json<OrganizationRoleResponse>, ApiError> {
    let role = existing_role(&state.store.read().await?, &id).await?;
    Ok(Json(OrganizationRoleResponse::new(state.tenant(), role)))
}

/// Update an organization role
#[utoipa::path(patch, path = "/organization-roles/{id}", tag = "Organization roles", params(("id" = String, Path)),
    request_body = UpdateOrganizationRole,
    responses((status = 200, body = OrganizationRoleResponse), Refused, NotFound, Unprocessable))]
async fn update_organization_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationRoleId>,
    Json(request): Json<UpdateOrganizationRole>,
) -> Result<Json<OrganizationRoleResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let mut role = existing_role(&tx, &id).await?;
    if request.is_empty() {
        return Err(ErrorCode::EntityInvalidInput.into());
    }
    request.apply(&mut role);
    tx.update_organization_role(&role).await?;
    tx.commit().await?;
    Ok(Json(OrganizationRoleResponse::new(state.tenant(), role)))
}

/// Delete an organization role
///
/// Whoever had it, in whatever organization, loses it.
#[utoipa::path(delete, path = "/organization-roles/{id}", tag = "Organization roles", params(("id" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_organization_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationRoleId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.delete_organization_role(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
