//! Permissions of the organization template.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_requests::{Containing, description, name};
use super::organization_responses::OrganizationScopeResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields, Patch};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::error_code::ErrorCode;
use signet_core::id::OrganizationScopeId;
use signet_core::organization::OrganizationScope;
use signet_storage::Reader;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_organization_scopes, create_organization_scope)).routes(routes!(
        get_organization_scope,
        update_organization_scope,
        delete_organization_scope
    ))
}

#[derive(Debug, ToSchema)]
struct CreateOrganizationScope {
    #[schema(min_length = 1, max_length = 128)]
    name: String,
    #[schema(max_length = 256)]
    description: Option<String>,
}

impl FromFields for CreateOrganizationScope {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let (name, description) = (fields.required("name", name()), fields.nullish("description", description()));
        Ok(Self { name: name?, description: description? })
    }
}

#[derive(Debug, ToSchema)]
struct UpdateOrganizationScope {
    #[schema(nullable = false, min_length = 1, max_length = 128)]
    name: Option<String>,
    #[schema(value_type = Option<String>, max_length = 256)]
    description: Patch<String>,
}

impl FromFields for UpdateOrganizationScope {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let (name, description) = (fields.optional("name", name()), fields.patch("description", description()));
        Ok(Self { name: name?, description: description? })
    }
}

/// List organization permissions
#[utoipa::path(get, path = "/organization-scopes", tag = "Organization scopes", params(Containing, Paging),
    responses((status = 200, body = Vec<OrganizationScopeResponse>), Refused))]
async fn list_organization_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: OptionalPage,
    Query(containing): Query<Containing>,
) -> Result<Paged<OrganizationScopeResponse>, ApiError> {
    let search = containing.search(&["id", "name", "description"]);
    let found = state.store.read().await?.organization_scopes(search.as_ref(), page.rows()).await?;
    Ok(page.listed(found, |scope| OrganizationScopeResponse::new(state.tenant(), scope)))
}

/// Create an organization permission
#[utoipa::path(post, path = "/organization-scopes", tag = "Organization scopes",
    request_body = CreateOrganizationScope,
    responses((status = 201, body = OrganizationScopeResponse), Refused, Unprocessable))]
async fn create_organization_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateOrganizationScope>,
) -> Result<(StatusCode, Json<OrganizationScopeResponse>), ApiError> {
    let id = OrganizationScopeId::random(&*state.rng);
    let scope = OrganizationScope { id, name: request.name, description: request.description };
    let mut tx = state.store.write().await?;
    tx.insert_organization_scope(&scope).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(OrganizationScopeResponse::new(state.tenant(), scope))))
}

/// Get an organization permission
#[utoipa::path(get, path = "/organization-scopes/{id}", tag = "Organization scopes", params(("id" = String, Path)),
    responses((status = 200, body = OrganizationScopeResponse), Refused, NotFound))]
async fn get_organization_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationScopeId>,
) -> Result<Json<OrganizationScopeResponse>, ApiError> {
    let scope = existing(&state.store.read().await?, &id).await?;
    Ok(Json(OrganizationScopeResponse::new(state.tenant(), scope)))
}

/// Update an organization permission
#[utoipa::path(patch, path = "/organization-scopes/{id}", tag = "Organization scopes", params(("id" = String, Path)),
    request_body = UpdateOrganizationScope,
    responses((status = 200, body = OrganizationScopeResponse), Refused, NotFound, Unprocessable))]
async fn update_organization_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationScopeId>,
    Json(request): Json<UpdateOrganizationScope>,
) -> Result<Json<OrganizationScopeResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let mut scope = existing(&tx, &id).await?;
    if request.name.is_none() && request.description == Patch::Keep {
        return Err(ErrorCode::EntityInvalidInput.into());
    }
    scope.name = request.name.unwrap_or(scope.name);
    request.description.apply(&mut scope.description);
    tx.update_organization_scope(&scope).await?;
    tx.commit().await?;
    Ok(Json(OrganizationScopeResponse::new(state.tenant(), scope)))
}

/// Delete an organization permission
///
/// The roles that had it lose it.
#[utoipa::path(delete, path = "/organization-scopes/{id}", tag = "Organization scopes", params(("id" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_organization_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationScopeId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.delete_organization_scope(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn existing(reader: &Reader, id: &OrganizationScopeId) -> Result<OrganizationScope, ApiError> {
    reader.organization_scope(id).await?.ok_or_else(|| ApiError::not_exists("organization_scope", id.as_str()))
}
