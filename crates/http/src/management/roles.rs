//! Global roles.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::role_requests::{CreateRole, ListFilter, SearchableRole, UpdateRole};
use super::role_scopes::assignable;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::search::Searched;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{RoleId, TenantId};
use signet_core::role::{INTERNAL_ROLE_PREFIX, Role};
use signet_storage::{Constraint, Reader, RoleFilter, RolePeople, RolePerson, RoleUsage, StoreError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_roles, create_role)).routes(routes!(get_role, update_role, delete_role))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleResponse {
    tenant_id: String,
    id: String,
    name: String,
    description: String,
    #[serde(rename = "type")]
    kind: &'static str,
    is_default: bool,
}

impl RoleResponse {
    pub(crate) fn new(tenant: &TenantId, role: Role) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: role.id.to_string(),
            name: role.name,
            description: role.description,
            kind: role.kind.as_str(),
            is_default: role.is_default,
        }
    }
}

/// A role with who holds it: how many, and a few of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RoleWithHolders {
    #[serde(flatten)]
    role: RoleResponse,
    users_count: i64,
    featured_users: Vec<FeaturedUser>,
    applications_count: i64,
    featured_applications: Vec<FeaturedApplication>,
}

#[derive(Debug, Serialize, ToSchema)]
struct FeaturedUser {
    id: String,
    avatar: Option<String>,
    name: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct FeaturedApplication {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl RoleWithHolders {
    fn new(tenant: &TenantId, role: Role, people: RolePeople, usage: RoleUsage) -> Self {
        let shown =
            |person: RolePerson| FeaturedUser { id: person.id.to_string(), avatar: person.avatar, name: person.name };
        let featured = usage.featured_applications.into_iter().map(|application| FeaturedApplication {
            id: application.id.to_string(),
            name: application.name,
            kind: application.kind.as_str(),
        });
        Self {
            role: RoleResponse::new(tenant, role),
            users_count: people.count,
            featured_users: people.featured.into_iter().map(shown).collect(),
            applications_count: usage.applications,
            featured_applications: featured.collect(),
        }
    }
}

/// List roles
#[utoipa::path(get, path = "/roles", tag = "Roles", params(ListFilter, Searching, Paging),
    responses((status = 200, body = Vec<RoleWithHolders>), Refused))]
async fn list_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: OptionalPage,
    search: Searched<SearchableRole>,
    Query(filter): Query<ListFilter>,
) -> Result<Paged<RoleWithHolders>, ApiError> {
    let reader = state.store.read().await?;
    let found = reader.roles(&RoleFilter { search: search.0, ..filter.into_stored() }, page.rows()).await?;
    let total = Total::Exactly(found.total);
    let ids: Vec<RoleId> = found.items.iter().map(|role| role.id.clone()).collect();
    let mut usages = reader.role_usages(&ids).await?;
    let mut people = reader.people_of_roles(&ids).await?;
    let rows = found.items.into_iter().map(|role| {
        let usage = usages.remove(&role.id).unwrap_or_default();
        let people = people.remove(&role.id).unwrap_or_default();
        RoleWithHolders::new(state.tenant(), role, people, usage)
    });
    Ok(page.of(rows.collect(), total))
}

/// Create a role
#[utoipa::path(post, path = "/roles", tag = "Roles", request_body = CreateRole,
    responses((status = 200, body = RoleResponse), Refused, Unprocessable))]
async fn create_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateRole>,
) -> Result<Json<RoleResponse>, ApiError> {
    refuse_internal(&request.name)?;
    let role = Role {
        id: RoleId::random(&*state.rng),
        name: request.name,
        description: request.description,
        kind: request.kind,
        is_default: request.is_default,
    };
    let mut tx = state.store.write().await?;
    let scopes = assignable(&tx, &state, role.kind, &request.scope_ids).await?;
    tx.insert_role(&role).await.map_err(|error| name_in_use(error, &role.name))?;
    for scope in &scopes {
        tx.add_scope_to_role(&role.id, scope).await?;
    }
    tx.commit().await?;
    Ok(Json(RoleResponse::new(state.tenant(), role)))
}

/// Get a role
#[utoipa::path(get, path = "/roles/{id}", tag = "Roles", params(("id" = String, Path)),
    responses((status = 200, body = RoleResponse), Refused, NotFound))]
async fn get_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
) -> Result<Json<RoleResponse>, ApiError> {
    let role = existing(&state.store.read().await?, &id).await?;
    Ok(Json(RoleResponse::new(state.tenant(), role)))
}

/// Update a role
///
/// Its type never changes.
#[utoipa::path(patch, path = "/roles/{id}", tag = "Roles", params(("id" = String, Path)), request_body = UpdateRole,
    responses((status = 200, body = RoleResponse), Refused, NotFound, Unprocessable))]
async fn update_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
    Json(request): Json<UpdateRole>,
) -> Result<Json<RoleResponse>, ApiError> {
    request.name.as_deref().map_or(Ok(()), refuse_internal)?;
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let mut role = existing(&tx, &id).await?;
    refuse_internal(&role.name)?;
    if request.is_empty() {
        return Err(ErrorCode::EntityInvalidInput.into());
    }
    role.name = request.name.unwrap_or(role.name);
    role.description = request.description.unwrap_or(role.description);
    role.is_default = request.is_default.unwrap_or(role.is_default);
    tx.update_role(&role).await.map_err(|error| name_in_use(error, &role.name))?;
    tx.commit().await?;
    Ok(Json(RoleResponse::new(state.tenant(), role)))
}

/// Delete a role
///
/// Whoever holds it loses it.
#[utoipa::path(delete, path = "/roles/{id}", tag = "Roles", params(("id" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    let role = tx.role(&id).await?.ok_or(ErrorCode::EntityNotFound)?;
    refuse_internal(&role.name)?;
    // Another request may have deleted it since.
    if !tx.delete_role(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn existing(reader: &Reader, id: &RoleId) -> Result<Role, ApiError> {
    reader.role(id).await?.ok_or_else(|| ApiError::not_exists("role", id.as_str()))
}

/// The server's own roles are not anybody's to make or change.
pub(super) fn refuse_internal(name: &str) -> Result<(), ApiError> {
    if name.starts_with(INTERNAL_ROLE_PREFIX) { Err(ErrorCode::RoleInternalViolation.into()) } else { Ok(()) }
}

fn name_in_use(error: StoreError, name: &str) -> ApiError {
    match error {
        StoreError::Conflict(Constraint::RoleName) => ApiError::new(ErrorCode::RoleNameInUse).with("name", name),
        other => other.into(),
    }
}
