//! API resources: the APIs that access tokens are for.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::resource_requests::{CreateResource, ListOptions, UpdateIsDefault, UpdateResource};
use super::resource_scopes::ScopeResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ResourceId, TenantId};
use signet_core::resource::{ApiResource, DEFAULT_ACCESS_TOKEN_TTL};
use signet_storage::{Constraint, Reader, StoreError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_resources, create_resource))
        .routes(routes!(get_resource, update_resource, delete_resource))
        .routes(routes!(update_resource_is_default))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResourceResponse {
    tenant_id: String,
    id: String,
    name: String,
    indicator: String,
    is_default: bool,
    /// Seconds.
    access_token_ttl: i64,
    /// In lists that ask for them, and of a new resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    scopes: Option<Vec<ScopeResponse>>,
}

impl ResourceResponse {
    pub(crate) fn new(tenant: &TenantId, resource: ApiResource) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: resource.id.to_string(),
            name: resource.name,
            indicator: resource.indicator,
            is_default: resource.is_default,
            access_token_ttl: resource.access_token_ttl,
            scopes: None,
        }
    }
}

/// List API resources
#[utoipa::path(get, path = "/resources", tag = "Resources", params(ListOptions, Paging),
    responses((status = 200, body = Vec<ResourceResponse>), Refused))]
async fn list_resources(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: OptionalPage,
    Query(options): Query<ListOptions>,
) -> Result<Paged<ResourceResponse>, ApiError> {
    let reader = state.store.read().await?;
    let found = reader.resources(page.rows()).await?;
    let total = Total::Exactly(found.total);
    let rows = if options.include_scopes.unwrap_or(false) {
        with_scopes(&reader, state.tenant(), found.items).await?
    } else {
        found.items.into_iter().map(|resource| ResourceResponse::new(state.tenant(), resource)).collect()
    };
    Ok(page.of(rows, total))
}

async fn with_scopes(
    reader: &Reader,
    tenant: &TenantId,
    resources: Vec<ApiResource>,
) -> Result<Vec<ResourceResponse>, StoreError> {
    let ids: Vec<ResourceId> = resources.iter().map(|resource| resource.id.clone()).collect();
    let scopes = reader.scopes_of_resources(&ids).await?;
    let with_its_own = |resource: ApiResource| {
        let own = scopes.iter().filter(|scope| scope.resource_id == resource.id);
        let own = own.map(|scope| ScopeResponse::new(tenant, scope.clone())).collect();
        ResourceResponse { scopes: Some(own), ..ResourceResponse::new(tenant, resource) }
    };
    Ok(resources.into_iter().map(with_its_own).collect())
}

/// Create an API resource
#[utoipa::path(post, path = "/resources", tag = "Resources", request_body = CreateResource,
    responses((status = 201, body = ResourceResponse), Refused, Unprocessable))]
async fn create_resource(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateResource>,
) -> Result<(StatusCode, Json<ResourceResponse>), ApiError> {
    let resource = ApiResource {
        id: ResourceId::random(&*state.rng),
        name: request.name,
        indicator: request.indicator,
        is_default: false,
        access_token_ttl: request.access_token_ttl.unwrap_or(DEFAULT_ACCESS_TOKEN_TTL),
    };
    let mut tx = state.store.write().await?;
    match tx.insert_resource(&resource).await {
        Err(StoreError::Conflict(Constraint::ResourceIndicator)) => {
            let refused = ApiError::new(ErrorCode::ResourceIdentifierInUse);
            return Err(refused.with("indicator", &resource.indicator));
        }
        inserted => inserted?,
    }
    tx.commit().await?;
    let answer = ResourceResponse { scopes: Some(Vec::new()), ..ResourceResponse::new(state.tenant(), resource) };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Get an API resource
#[utoipa::path(get, path = "/resources/{id}", tag = "Resources", params(("id" = String, Path)),
    responses((status = 200, body = ResourceResponse), Refused, NotFound))]
async fn get_resource(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ResourceId>,
) -> Result<Json<ResourceResponse>, ApiError> {
    let resource = existing(&state.store.read().await?, &id).await?;
    Ok(Json(ResourceResponse::new(state.tenant(), resource)))
}

/// Update an API resource
///
/// Its indicator never changes.
#[utoipa::path(patch, path = "/resources/{id}", tag = "Resources", params(("id" = String, Path)),
    request_body = UpdateResource,
    responses((status = 200, body = ResourceResponse), Refused, NotFound, Unprocessable))]
async fn update_resource(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ResourceId>,
    Json(request): Json<UpdateResource>,
) -> Result<Json<ResourceResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let mut resource = existing(&tx, &id).await?;
    refuse_management_api(&state, &resource, ErrorCode::ResourceCannotModifyManagementApi)?;
    if request.name.is_none() && request.access_token_ttl.is_none() {
        return Err(ErrorCode::EntityInvalidInput.into());
    }
    resource.name = request.name.unwrap_or(resource.name);
    resource.access_token_ttl = request.access_token_ttl.unwrap_or(resource.access_token_ttl);
    tx.update_resource(&resource).await?;
    tx.commit().await?;
    Ok(Json(ResourceResponse::new(state.tenant(), resource)))
}

/// Make an API resource the default
///
/// The default is the resource of token requests that name none. There is at most one.
#[utoipa::path(patch, path = "/resources/{id}/is-default", tag = "Resources", params(("id" = String, Path)),
    request_body = UpdateIsDefault,
    responses((status = 200, body = ResourceResponse), Refused, NotFound))]
async fn update_resource_is_default(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ResourceId>,
    Json(request): Json<UpdateIsDefault>,
) -> Result<Json<ResourceResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let mut resource = existing(&tx, &id).await?;
    resource.is_default = request.is_default;
    if request.is_default {
        tx.clear_default_resource().await?;
    }
    tx.update_resource(&resource).await?;
    tx.commit().await?;
    Ok(Json(ResourceResponse::new(state.tenant(), resource)))
}

/// Delete an API resource
///
/// Its scopes go with it.
#[utoipa::path(delete, path = "/resources/{id}", tag = "Resources", params(("id" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_resource(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ResourceId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    let resource = tx.resource(&id).await?.ok_or(ErrorCode::EntityNotFound)?;
    refuse_management_api(&state, &resource, ErrorCode::ResourceCannotDeleteManagementApi)?;
    // Another request may have deleted it since.
    if !tx.delete_resource(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn existing(reader: &Reader, id: &ResourceId) -> Result<ApiResource, ApiError> {
    reader.resource(id).await?.ok_or_else(|| ApiError::not_exists("resource", id.as_str()))
}

/// The resource of the Management API itself is the server's: without it nobody could repair anything.
pub(super) fn refuse_management_api(
    state: &TenantState,
    resource: &ApiResource,
    code: ErrorCode,
) -> Result<(), ApiError> {
    if resource.indicator == state.management_audience() { Err(code.into()) } else { Ok(()) }
}
