//! Permissions of API resources.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::resources::{existing, refuse_management_api};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::extract::search::{SearchFields, Searched};
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{Text, text};
use crate::extract::shape::{Fields, FromFields, Patch};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ResourceId, ScopeId, TenantId};
use signet_core::resource::ApiScope;
use signet_storage::{Constraint, Reader, StoreError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_resource_scopes, create_resource_scope))
        .routes(routes!(update_resource_scope, delete_resource_scope))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScopeResponse {
    tenant_id: String,
    id: String,
    resource_id: String,
    name: String,
    description: Option<String>,
    /// Milliseconds since the epoch.
    created_at: i64,
}

impl ScopeResponse {
    pub(crate) fn new(tenant: &TenantId, scope: ApiScope) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: scope.id.to_string(),
            resource_id: scope.resource_id.to_string(),
            name: scope.name,
            description: scope.description,
            created_at: scope.created_at.0,
        }
    }
}

/// The fields that `search` is about.
#[derive(Debug, Clone)]
pub(super) struct SearchableScope;

impl SearchFields for SearchableScope {
    const FIELDS: &'static [&'static str] = &["id", "name", "description"];
}

#[derive(Debug, ToSchema)]
struct CreateScope {
    name: String,
    description: Option<String>,
}

impl FromFields for CreateScope {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", name());
        let description = fields.nullish("description", text());
        Ok(Self { name: name?, description: description? })
    }
}

#[derive(Debug, ToSchema)]
struct UpdateScope {
    #[schema(nullable = false)]
    name: Option<String>,
    #[schema(value_type = Option<String>)]
    description: Patch<String>,
}

impl FromFields for UpdateScope {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.optional("name", name());
        let description = fields.patch("description", text());
        Ok(Self { name: name?, description: description? })
    }
}

fn name() -> Text {
    text().min(1).max(256)
}

/// List scopes of an API resource
#[utoipa::path(get, path = "/resources/{resourceId}/scopes", tag = "Resources",
    params(("resourceId" = String, Path), Searching, Paging),
    responses((status = 200, body = Vec<ScopeResponse>), Refused, NotFound))]
async fn list_resource_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(resource): Path<ResourceId>,
    page: OptionalPage,
    search: Searched<SearchableScope>,
) -> Result<Paged<ScopeResponse>, ApiError> {
    let found = state.store.read().await?.resource_scopes(&resource, search.0.as_ref(), page.rows()).await?;
    Ok(page.listed(found, |scope| ScopeResponse::new(state.tenant(), scope)))
}

/// Create a scope of an API resource
#[utoipa::path(post, path = "/resources/{resourceId}/scopes", tag = "Resources",
    params(("resourceId" = String, Path)), request_body = CreateScope,
    responses((status = 201, body = ScopeResponse), Refused, NotFound, Unprocessable))]
async fn create_resource_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(resource_id): Path<ResourceId>,
    Json(request): Json<CreateScope>,
) -> Result<(StatusCode, Json<ScopeResponse>), ApiError> {
    refuse_space(&request.name)?;
    let mut tx = state.store.write().await?;
    check_changeable(&tx, &state, &resource_id).await?;
    let scope = ApiScope {
        id: ScopeId::random(&*state.rng),
        resource_id,
        name: request.name,
        description: request.description,
        created_at: state.clock.now(),
    };
    tx.insert_scope(&scope).await.map_err(|error| name_exists(error, &scope.name))?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ScopeResponse::new(state.tenant(), scope))))
}

/// Update a scope of an API resource
#[utoipa::path(patch, path = "/resources/{resourceId}/scopes/{scopeId}", tag = "Resources",
    params(("resourceId" = String, Path), ("scopeId" = String, Path)), request_body = UpdateScope,
    responses((status = 200, body = ScopeResponse), Refused, NotFound, Unprocessable))]
async fn update_resource_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((resource, id)): Path<(ResourceId, ScopeId)>,
    Json(request): Json<UpdateScope>,
) -> Result<Json<ScopeResponse>, ApiError> {
    request.name.as_deref().map_or(Ok(()), refuse_space)?;
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    check_changeable(&tx, &state, &resource).await?;
    let scope = tx.scope(&id).await?.filter(|scope| scope.resource_id == resource);
    let mut scope = scope.ok_or_else(|| ApiError::not_exists("scope", id.as_str()))?;
    if request.name.is_none() && request.description == Patch::Keep {
        return Err(ErrorCode::EntityInvalidInput.into());
    }
    scope.name = request.name.unwrap_or(scope.name);
    request.description.apply(&mut scope.description);
    tx.update_scope(&scope).await.map_err(|error| name_exists(error, &scope.name))?;
    tx.commit().await?;
    Ok(Json(ScopeResponse::new(state.tenant(), scope)))
}

/// Delete a scope of an API resource
///
/// Roles lose it.
#[utoipa::path(delete, path = "/resources/{resourceId}/scopes/{scopeId}", tag = "Resources",
    params(("resourceId" = String, Path), ("scopeId" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_resource_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((resource, id)): Path<(ResourceId, ScopeId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    let scope = tx.scope(&id).await?.filter(|scope| scope.resource_id == resource);
    let scope = scope.ok_or(ErrorCode::EntityNotFound)?;
    check_changeable(&tx, &state, &scope.resource_id).await?;
    if !tx.delete_scope(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Scopes of the Management API are the server's, like the resource.
async fn check_changeable(reader: &Reader, state: &TenantState, resource: &ResourceId) -> Result<(), ApiError> {
    let resource = existing(reader, resource).await?;
    refuse_management_api(state, &resource, ErrorCode::ResourceCannotModifyManagementApi)
}

/// A space would make two scopes of one in a token.
fn refuse_space(name: &str) -> Result<(), ApiError> {
    if name.contains(' ') { Err(ErrorCode::ScopeNameWithSpace.into()) } else { Ok(()) }
}

fn name_exists(error: StoreError, name: &str) -> ApiError {
    match error {
        StoreError::Conflict(Constraint::ScopeName) => ApiError::new(ErrorCode::ScopeNameExists).with("name", name),
        other => other.into(),
    }
}
