//! The permissions that a role gives.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::resource_scopes::{ScopeResponse, SearchableScope};
use super::resources::ResourceResponse;
use super::role_requests::ids;
use super::roles::{existing, refuse_internal};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged, Total};
use crate::extract::path::Path;
use crate::extract::search::Searched;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ResourceId, RoleId, ScopeId};
use signet_core::resource::{ApiResource, ApiScope};
use signet_core::role::RoleType;
use signet_storage::{Constraint, Reader, StoreError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_role_scopes, assign_role_scopes)).routes(routes!(delete_role_scope))
}

#[derive(Debug, Serialize, ToSchema)]
struct ScopeWithResource {
    #[serde(flatten)]
    scope: ScopeResponse,
    resource: ResourceResponse,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct ScopeIds {
    scope_ids: Vec<String>,
}

impl FromFields for ScopeIds {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { scope_ids: fields.required("scopeIds", ids().min(1))? })
    }
}

/// List scopes of a role
///
/// Each comes with its resource.
#[utoipa::path(get, path = "/roles/{id}/scopes", tag = "Roles", params(("id" = String, Path), Searching, Paging),
    responses((status = 200, body = Vec<ScopeWithResource>), Refused, NotFound))]
async fn list_role_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
    page: OptionalPage,
    search: Searched<SearchableScope>,
) -> Result<Paged<ScopeWithResource>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let found = reader.role_scopes(&id, search.0.as_ref(), page.rows()).await?;
    let total = Total::Exactly(found.total);
    let resources = resources_of(&reader, &found.items).await?;
    // A resource that was deleted since took its scopes along.
    let rows = found.items.into_iter().filter_map(|scope| {
        let resource = resources.iter().find(|resource| resource.id == scope.resource_id)?.clone();
        let resource = ResourceResponse::new(state.tenant(), resource);
        Some(ScopeWithResource { scope: ScopeResponse::new(state.tenant(), scope), resource })
    });
    Ok(page.of(rows.collect(), total))
}

async fn resources_of(reader: &Reader, scopes: &[ApiScope]) -> Result<Vec<ApiResource>, StoreError> {
    let mut ids: Vec<ResourceId> = scopes.iter().map(|scope| scope.resource_id.clone()).collect();
    ids.sort();
    ids.dedup();
    reader.resources_by_ids(&ids).await
}

/// Assign scopes to a role
///
/// Answers with all scopes of the role.
#[utoipa::path(post, path = "/roles/{id}/scopes", tag = "Roles", params(("id" = String, Path)),
    request_body = ScopeIds,
    responses((status = 201, body = Vec<ScopeResponse>), Refused, NotFound, Unprocessable))]
async fn assign_role_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
    Json(request): Json<ScopeIds>,
) -> Result<(StatusCode, Json<Vec<ScopeResponse>>), ApiError> {
    let mut tx = state.store.write().await?;
    let role = existing(&tx, &id).await?;
    refuse_internal(&role.name)?;
    for scope in assignable(&tx, &state, role.kind, &request.scope_ids).await? {
        tx.add_scope_to_role(&id, &scope).await.map_err(|error| scope_exists(error, &scope))?;
    }
    let held = tx.role_scopes(&id, None, None).await?.items;
    tx.commit().await?;
    let held = held.into_iter().map(|scope| ScopeResponse::new(state.tenant(), scope)).collect();
    Ok((StatusCode::CREATED, Json(held)))
}

/// Remove a scope from a role
#[utoipa::path(delete, path = "/roles/{id}/scopes/{scopeId}", tag = "Roles",
    params(("id" = String, Path), ("scopeId" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_role_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, scope)): Path<(RoleId, ScopeId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    let role = tx.role(&id).await?.ok_or(ErrorCode::EntityNotFound)?;
    refuse_internal(&role.name)?;
    if !tx.remove_scope_from_role(&id, &scope).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The scopes with these ids, without repetitions, when a role of this type may have all of them.
pub(super) async fn assignable(
    reader: &Reader,
    state: &TenantState,
    kind: RoleType,
    ids: &[String],
) -> Result<Vec<ScopeId>, ApiError> {
    let unknown = || ApiError::new(ErrorCode::EntityForeignKeyNotFound).status(StatusCode::UNPROCESSABLE_ENTITY);
    let parsed: Result<Vec<ScopeId>, _> = ids.iter().map(|id| id.parse()).collect();
    let mut wanted = parsed.map_err(|_| unknown())?;
    wanted.sort();
    wanted.dedup();
    let found = reader.scopes_by_ids(&wanted).await?;
    if found.len() != wanted.len() {
        return Err(unknown());
    }
    if kind == RoleType::User {
        let own = reader.resource_by_indicator(&state.management_audience()).await?;
        if own.is_some_and(|own| found.iter().any(|scope| scope.resource_id == own.id)) {
            return Err(ErrorCode::RoleManagementScopesNotForUsers.into());
        }
    }
    Ok(wanted)
}

fn scope_exists(error: StoreError, scope: &ScopeId) -> ApiError {
    match error {
        StoreError::Conflict(Constraint::RoleScope) => {
            ApiError::new(ErrorCode::RoleScopeExists).with("scopeId", scope.as_str())
        }
        other => other.into(),
    }
}
