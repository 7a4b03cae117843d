//! The people who hold a role.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::role_requests::ids;
use super::roles::existing;
use super::user_requests::SearchableUser;
use super::user_response::UserResponse;
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
use signet_core::error_code::ErrorCode;
use signet_core::id::{RoleId, UserId};
use signet_core::role::RoleType;
use signet_storage::{Reader, UserFilter};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_role_users, assign_role_users)).routes(routes!(delete_role_user))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct UserIds {
    user_ids: Vec<String>,
}

impl FromFields for UserIds {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { user_ids: fields.required("userIds", ids().min(1))? })
    }
}

/// List users of a role
///
/// Newest first.
#[utoipa::path(get, path = "/roles/{id}/users", tag = "Roles", params(("id" = String, Path), Searching, Paging),
    responses((status = 200, body = Vec<UserResponse>), Refused, NotFound))]
async fn list_role_users(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
    page: Page,
    search: Searched<SearchableUser>,
) -> Result<Paged<UserResponse>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let filter = UserFilter { role: Some(id), search: search.0, ..UserFilter::default() };
    let found = reader.users(&filter, Some(page.rows())).await?;
    Ok(page.of(found.items.into_iter().map(UserResponse::new).collect(), Total::Exactly(found.total)))
}

/// Assign a role to users
#[utoipa::path(post, path = "/roles/{id}/users", tag = "Roles", params(("id" = String, Path)),
    request_body = UserIds,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, NotFound, Unprocessable))]
async fn assign_role_users(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
    Json(request): Json<UserIds>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let mut tx = state.store.write().await?;
    if existing(&tx, &id).await?.kind != RoleType::User {
        return Err(ErrorCode::EntityConstraintViolated.into());
    }
    for user in people(&tx, &request.user_ids).await? {
        if !tx.assign_role_to_user(&user, &id).await? {
            return Err(ApiError::new(ErrorCode::RoleUserExists).with("userId", user.as_str()));
        }
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Remove a role from a user
#[utoipa::path(delete, path = "/roles/{id}/users/{userId}", tag = "Roles",
    params(("id" = String, Path), ("userId" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_role_user(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(RoleId, UserId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_role_from_user(&user, &id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The users with these ids, without repetitions: all must exist.
async fn people(reader: &Reader, ids: &[String]) -> Result<Vec<UserId>, ApiError> {
    let mut wanted: Vec<UserId> = Vec::new();
    for id in ids {
        let id = id.parse().map_err(|_| ApiError::not_exists("user", id))?;
        if !wanted.contains(&id) {
            wanted.push(id);
        }
    }
    let found = reader.users_by_ids(&wanted).await?;
    match wanted.iter().find(|id| found.iter().all(|user| user.id != **id)) {
        Some(absent) => Err(ApiError::not_exists("user", absent.as_str())),
        None => Ok(wanted),
    }
}
