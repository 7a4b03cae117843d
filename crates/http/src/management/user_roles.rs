//! The global roles that a user holds.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::role_requests::{SearchableRole, ids};
use super::roles::RoleResponse;
use super::users::{existing, taken};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::extract::search::Searched;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{RoleId, UserId};
use signet_core::role::RoleType;
use signet_storage::{Reader, RoleFilter};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_user_roles, assign_user_roles, replace_user_roles))
        .routes(routes!(delete_user_role))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct RolesOfUser {
    role_ids: Vec<String>,
}

impl FromFields for RolesOfUser {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { role_ids: fields.required("roleIds", ids())? })
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AddedToUser {
    role_ids: Vec<String>,
    /// Those that the user did not hold before.
    added_role_ids: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct HeldByUser {
    role_ids: Vec<String>,
}

/// List roles of a user
#[utoipa::path(get, path = "/users/{userId}/roles", tag = "Users",
    params(("userId" = String, Path), Searching, Paging),
    responses((status = 200, body = Vec<RoleResponse>), Refused, NotFound))]
async fn list_user_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    page: OptionalPage,
    search: Searched<SearchableRole>,
) -> Result<Paged<RoleResponse>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let kind = Some(RoleType::User);
    let filter = RoleFilter { kind, held_by_user: Some(id), search: search.0, ..RoleFilter::default() };
    let found = reader.roles(&filter, page.rows()).await?;
    Ok(page.listed(found, |role| RoleResponse::new(state.tenant(), role)))
}

/// Assign roles to a user
///
/// Roles that the user holds already are left alone.
#[utoipa::path(post, path = "/users/{userId}/roles", tag = "Users", params(("userId" = String, Path)),
    request_body = RolesOfUser, responses((status = 201, body = AddedToUser), Refused, NotFound, Unprocessable))]
async fn assign_user_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<RolesOfUser>,
) -> Result<(StatusCode, Json<AddedToUser>), ApiError> {
    let mut tx = state.store.write().await?;
    existing(&tx, &id).await?;
    let mut added_role_ids = Vec::new();
    for role in user_roles(&tx, &request.role_ids).await? {
        if tx.assign_role_to_user(&id, &role).await? {
            added_role_ids.push(role.to_string());
        }
    }
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(AddedToUser { role_ids: request.role_ids, added_role_ids })))
}

/// Replace roles of a user
#[utoipa::path(put, path = "/users/{userId}/roles", tag = "Users", params(("userId" = String, Path)),
    request_body = RolesOfUser, responses((status = 200, body = HeldByUser), Refused, NotFound, Unprocessable))]
async fn replace_user_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<RolesOfUser>,
) -> Result<Json<HeldByUser>, ApiError> {
    let mut tx = state.store.write().await?;
    taken(&mut tx, &state, &id).await?;
    let roles = user_roles(&tx, &request.role_ids).await?;
    tx.remove_roles_from_user(&id).await?;
    for role in &roles {
        tx.assign_role_to_user(&id, role).await?;
    }
    tx.commit().await?;
    Ok(Json(HeldByUser { role_ids: roles.into_iter().map(String::from).collect() }))
}

/// Remove a role from a user
#[utoipa::path(delete, path = "/users/{userId}/roles/{roleId}", tag = "Users",
    params(("userId" = String, Path), ("roleId" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_user_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, role)): Path<(UserId, RoleId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_role_from_user(&id, &role).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The roles with these ids, without repetitions: all must exist and be for people.
async fn user_roles(reader: &Reader, ids: &[String]) -> Result<Vec<RoleId>, ApiError> {
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
            Some(role) if role.kind != RoleType::User => return Err(ErrorCode::UserInvalidRoleType.into()),
            Some(_) => {}
        }
    }
    Ok(wanted)
}
