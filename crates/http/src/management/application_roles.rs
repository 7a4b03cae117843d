//! The global roles that a machine holds.

use super::applications::existing;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::role_requests::{SearchableRole, ids};
use super::roles::RoleResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::search::Searched;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::application::ApplicationType;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, RoleId};
use signet_core::role::RoleType;
use signet_storage::{Reader, RoleFilter};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_application_roles, assign_application_roles, replace_application_roles))
        .routes(routes!(delete_application_role))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct RoleIds {
    role_ids: Vec<String>,
}

impl FromFields for RoleIds {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { role_ids: fields.required("roleIds", ids())? })
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AssignedRoles {
    role_ids: Vec<String>,
    /// Those that the application did not hold before.
    added_role_ids: Vec<String>,
}

/// List roles of an application
#[utoipa::path(get, path = "/applications/{applicationId}/roles", tag = "Applications",
    params(("applicationId" = String, Path), Searching, Paging),
    responses((status = 200, body = Vec<RoleResponse>), Refused, NotFound, Unprocessable))]
async fn list_application_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    page: Page,
    search: Searched<SearchableRole>,
) -> Result<Paged<RoleResponse>, ApiError> {
    let reader = state.store.read().await?;
    machine(&reader, &id).await?;
    let filter =
        RoleFilter { held_by_application: Some(id), without_internal: true, search: search.0, ..RoleFilter::default() };
    let found = reader.roles(&filter, Some(page.rows())).await?;
    let rows = found.items.into_iter().map(|role| RoleResponse::new(state.tenant(), role));
    Ok(page.of(rows.collect(), Total::Exactly(found.total)))
}

/// Assign roles to an application
///
/// Roles that it holds already are left alone.
#[utoipa::path(post, path = "/applications/{applicationId}/roles", tag = "Applications",
    params(("applicationId" = String, Path)), request_body = RoleIds,
    responses((status = 201, body = AssignedRoles), Refused, NotFound, Unprocessable))]
async fn assign_application_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(request): Json<RoleIds>,
) -> Result<(StatusCode, Json<AssignedRoles>), ApiError> {
    let mut tx = state.store.write().await?;
    machine(&tx, &id).await?;
    let mut added_role_ids = Vec::new();
    for role in machine_roles(&tx, &request.role_ids).await? {
        if tx.assign_role_to_application(&id, &role).await? {
            added_role_ids.push(role.to_string());
        }
    }
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(AssignedRoles { role_ids: request.role_ids, added_role_ids })))
}

/// Replace roles of an application
#[utoipa::path(put, path = "/applications/{applicationId}/roles", tag = "Applications",
    params(("applicationId" = String, Path)), request_body = RoleIds,
    responses((status = 200, body = String, content_type = "text/plain"), Refused, NotFound, Unprocessable))]
async fn replace_application_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(request): Json<RoleIds>,
) -> Result<&'static str, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    machine(&tx, &id).await?;
    let roles = machine_roles(&tx, &request.role_ids).await?;
    tx.remove_roles_from_application(&id).await?;
    for role in &roles {
        tx.assign_role_to_application(&id, role).await?;
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok("OK")
}

/// Remove a role from an application
#[utoipa::path(delete, path = "/applications/{applicationId}/roles/{roleId}", tag = "Applications",
    params(("applicationId" = String, Path), ("roleId" = String, Path)),
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn delete_application_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, role)): Path<(ApplicationId, RoleId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    machine(&tx, &id).await?;
    if !tx.remove_role_from_application(&id, &role).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Only machines hold roles of their own.
async fn machine(reader: &Reader, id: &ApplicationId) -> Result<(), ApiError> {
    match existing(reader, id).await?.kind {
        ApplicationType::MachineToMachine => Ok(()),
        _ => Err(ErrorCode::ApplicationInvalidType.into()),
    }
}

/// The roles with these ids, without repetitions: all must exist and be for machines.
async fn machine_roles(reader: &Reader, ids: &[String]) -> Result<Vec<RoleId>, ApiError> {
    let mut wanted: Vec<RoleId> = Vec::new();
    for id in ids {
        let id = id.parse().map_err(|_| ApiError::not_exists("role", id))?;
        if !wanted.contains(&id) {
            wanted.push(id);
        }
    }
    let found = reader.roles_by_ids(&wanted).await?;
    for id in &wanted {
        match found.iter().find(|role| role.id == *id) {
            None => return Err(ApiError::not_exists("role", id.as_str())),
            Some(role) if role.kind != RoleType::MachineToMachine => {
                return Err(ErrorCode::ApplicationInvalidRoleType.into());
            }
            Some(_) => {}
        }
    }
    Ok(wanted)
}
