//! The people of an organization.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{existing, referenced, references, refused};
use super::organization_requests::{AnyUsers, Containing, SomeUsers};
use super::organization_responses::NamedRole;
use super::user_requests::SearchableUser;
use super::user_response::UserResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::search::SearchFields;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{OrganizationId, OrganizationRoleId, UserId};
use signet_storage::UserFilter;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_organization_users, add_organization_users, replace_organization_users))
        .routes(routes!(delete_organization_user))
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
struct WithRole {
    /// Those who have this role in the organization.
    organization_role_id: Option<String>,
}

impl FromFields for WithRole {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { organization_role_id: fields.optional("organizationRoleId", text())? })
    }
}

impl WithRole {
    /// An id that breaks the grammar is no role's.
    fn role(self) -> Result<Option<OrganizationRoleId>, ApiError> {
        let Some(id) = self.organization_role_id.filter(|id| !id.is_empty()) else { return Ok(None) };
        id.parse().map(Some).map_err(|_| ApiError::not_exists("organization_role", &id))
    }
}

/// A member with the roles in this organization.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationUser {
    #[serde(flatten)]
    user: UserResponse,
    organization_roles: Vec<NamedRole>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AddedUsers {
    user_ids: Vec<String>,
}

/// List users of an organization
///
/// Newest first.
#[utoipa::path(get, path = "/organizations/{id}/users", tag = "Organizations",
    params(("id" = String, Path), Containing, WithRole, Paging),
    responses((status = 200, body = Vec<OrganizationUser>), Refused, NotFound))]
async fn list_organization_users(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    page: Page,
    (Query(containing), Query(with_role)): (Query<Containing>, Query<WithRole>),
) -> Result<Paged<OrganizationUser>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let search = containing.search(SearchableUser::FIELDS);
    let filter = UserFilter { organization: Some((id.clone(), with_role.role()?)), search, ..UserFilter::default() };
    let found = reader.users(&filter, Some(page.rows())).await?;
    let users: Vec<UserId> = found.items.iter().map(|user| user.id.clone()).collect();
    let mut roles = reader.roles_of_organization_users(&id, &users).await?;
    let rows = found.items.into_iter().map(|user| {
        let roles = roles.remove(&user.id).unwrap_or_default();
        let organization_roles = roles.into_iter().map(NamedRole::new).collect();
        OrganizationUser { user: UserResponse::new(user).without_has_password(), organization_roles }
    });
    Ok(page.of(rows.collect(), Total::Exactly(found.total)))
}

/// Add users to an organization
///
/// Members stay as they are.
#[utoipa::path(post, path = "/organizations/{id}/users", tag = "Organizations", params(("id" = String, Path)),
    request_body = SomeUsers, responses((status = 201, body = AddedUsers), Refused, Unprocessable))]
async fn add_organization_users(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<SomeUsers>,
) -> Result<(StatusCode, Json<AddedUsers>), ApiError> {
    let users: Vec<UserId> = references(&request.user_ids)?;
    let mut tx = state.store.write().await?;
    for user in &users {
        tx.add_organization_user(&id, user).await.map_err(refused)?;
    }
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(AddedUsers { user_ids: request.user_ids })))
}

/// Replace users of an organization
///
/// Those who stay keep their roles.
#[utoipa::path(put, path = "/organizations/{id}/users", tag = "Organizations", params(("id" = String, Path)),
    request_body = AnyUsers, responses((status = 204), Refused, Unprocessable))]
async fn replace_organization_users(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<AnyUsers>,
) -> Result<StatusCode, ApiError> {
    let users: Vec<UserId> = references(&request.user_ids)?;
    let mut tx = state.store.write().await?;
    referenced(&tx, &id).await?;
    tx.replace_organization_users(&id, &users).await.map_err(refused)?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a user from an organization
///
/// Roles and consents in this organization go too.
#[utoipa::path(delete, path = "/organizations/{id}/users/{userId}", tag = "Organizations",
    params(("id" = String, Path), ("userId" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_organization_user(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(OrganizationId, UserId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_organization_user(&id, &user).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
