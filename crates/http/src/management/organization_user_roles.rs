//! The roles that people have in an organization, and what these allow.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{fitting, references, refused, roles_for};
use super::organization_responses::{OrganizationRoleResponse, OrganizationScopeResponse};
use super::role_requests::ids;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;
use signet_core::error_code::ErrorCode;
use signet_core::id::{OrganizationId, OrganizationRoleId, UserId};
use signet_core::role::RoleType;
use signet_storage::Reader;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(assign_organization_users_roles))
        .routes(routes!(list_organization_user_roles, assign_organization_user_roles, replace_organization_user_roles))
        .routes(routes!(delete_organization_user_role))
        .routes(routes!(list_organization_user_scopes))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct RolesOfUsers {
    #[schema(min_items = 1)]
    user_ids: Vec<String>,
    #[schema(min_items = 1)]
    organization_role_ids: Vec<String>,
}

impl FromFields for RolesOfUsers {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let user_ids = fields.required("userIds", ids().min(1));
        let organization_role_ids = fields.required("organizationRoleIds", ids().min(1));
        Ok(Self { user_ids: user_ids?, organization_role_ids: organization_role_ids? })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct RolesByIdOrName {
    #[schema(value_type = Option<Vec<String>>, nullable = false)]
    organization_role_ids: Vec<String>,
    #[schema(value_type = Option<Vec<String>>, nullable = false)]
    organization_role_names: Vec<String>,
}

impl FromFields for RolesByIdOrName {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let by_id = fields.optional("organizationRoleIds", ids());
        let by_name = fields.optional("organizationRoleNames", ids());
        Ok(Self {
            organization_role_ids: by_id?.unwrap_or_default(),
            organization_role_names: by_name?.unwrap_or_default(),
        })
    }
}

impl RolesByIdOrName {
    /// The roles that are meant, each once.
    async fn resolve(&self, reader: &Reader) -> Result<Vec<OrganizationRoleId>, ApiError> {
        let mut roles = roles_for(reader, RoleType::User, &self.organization_role_ids).await?;
        let named = reader.organization_roles_by_names(&self.organization_role_names).await?;
        let unknown: Vec<&String> =
            self.organization_role_names.iter().filter(|name| named.iter().all(|role| role.name != **name)).collect();
        if !unknown.is_empty() {
            let refused = ApiError::new(ErrorCode::OrganizationRoleNamesNotFound);
            return Err(refused.data(json!({ "organizationRoleNames": unknown })));
        }
        fitting(RoleType::User, &named)?;
        for role in named {
            if !roles.contains(&role.id) {
                roles.push(role.id);
            }
        }
        Ok(roles)
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AssignedRoles {
    organization_role_ids: Vec<String>,
}

/// Assign roles to users of an organization
///
/// Every role to every one of the users.
#[utoipa::path(post, path = "/organizations/{id}/users/roles", tag = "Organizations", params(("id" = String, Path)),
    request_body = RolesOfUsers,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, Unprocessable))]
async fn assign_organization_users_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<RolesOfUsers>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let users: Vec<UserId> = references(&request.user_ids)?;
    let mut tx = state.store.write().await?;
    let roles = roles_for(&tx, RoleType::User, &request.organization_role_ids).await?;
    for user in &users {
        for role in &roles {
            tx.assign_role_to_organization_user(&id, user, role).await.map_err(refused)?;
        }
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// List roles of a user in an organization
#[utoipa::path(get, path = "/organizations/{id}/users/{userId}/roles", tag = "Organizations",
    params(("id" = String, Path), ("userId" = String, Path), Paging),
    responses((status = 200, body = Vec<OrganizationRoleResponse>), Refused, NotFound, Unprocessable))]
async fn list_organization_user_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(OrganizationId, UserId)>,
    page: OptionalPage,
) -> Result<Paged<OrganizationRoleResponse>, ApiError> {
    let reader = state.store.read().await?;
    member(&reader, &id, &user).await?;
    let found = reader.roles_of_organization_user(&id, &user, page.rows()).await?;
    Ok(page.listed(found, |role| OrganizationRoleResponse::new(state.tenant(), role)))
}

/// Assign roles to a user of an organization
///
/// By id, by name, or both. Roles that the user has already are left alone.
#[utoipa::path(post, path = "/organizations/{id}/users/{userId}/roles", tag = "Organizations",
    params(("id" = String, Path), ("userId" = String, Path)), request_body = RolesByIdOrName,
    responses((status = 201, body = AssignedRoles), Refused, NotFound, Unprocessable))]
async fn assign_organization_user_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(OrganizationId, UserId)>,
    Json(request): Json<RolesByIdOrName>,
) -> Result<(StatusCode, Json<AssignedRoles>), ApiError> {
    let mut tx = state.store.write().await?;
    member(&tx, &id, &user).await?;
    let roles = request.resolve(&tx).await?;
    for role in &roles {
        tx.assign_role_to_organization_user(&id, &user, role).await.map_err(refused)?;
    }
    tx.commit().await?;
    let organization_role_ids = roles.into_iter().map(String::from).collect();
    Ok((StatusCode::CREATED, Json(AssignedRoles { organization_role_ids })))
}

/// Replace roles of a user in an organization
#[utoipa::path(put, path = "/organizations/{id}/users/{userId}/roles", tag = "Organizations",
    params(("id" = String, Path), ("userId" = String, Path)), request_body = RolesByIdOrName,
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn replace_organization_user_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(OrganizationId, UserId)>,
    Json(request): Json<RolesByIdOrName>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.take_organization_user(&id, &user).await? {
        return Err(ErrorCode::OrganizationRequireMembership.into());
    }
    let roles = request.resolve(&tx).await?;
    tx.remove_roles_from_organization_user(&id, &user).await?;
    for role in &roles {
        tx.assign_role_to_organization_user(&id, &user, role).await.map_err(refused)?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a role from a user of an organization
#[utoipa::path(delete, path = "/organizations/{id}/users/{userId}/roles/{organizationRoleId}", tag = "Organizations",
    params(("id" = String, Path), ("userId" = String, Path), ("organizationRoleId" = String, Path)),
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn delete_organization_user_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user, role)): Path<(OrganizationId, UserId, OrganizationRoleId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    member(&tx, &id, &user).await?;
    if !tx.remove_role_from_organization_user(&id, &user, &role).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List permissions of a user in an organization
///
/// Those of the organization template that the user's roles there grant. None for somebody who is no member.
#[utoipa::path(get, path = "/organizations/{id}/users/{userId}/scopes", tag = "Organizations",
    params(("id" = String, Path), ("userId" = String, Path)),
    responses((status = 200, body = Vec<OrganizationScopeResponse>), Refused, NotFound))]
async fn list_organization_user_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(OrganizationId, UserId)>,
) -> Result<Json<Vec<OrganizationScopeResponse>>, ApiError> {
    let scopes = state.store.read().await?.scopes_of_organization_user(&id, &user).await?;
    let shown = scopes.into_iter().map(|scope| OrganizationScopeResponse::new(state.tenant(), scope));
    Ok(Json(shown.collect()))
}

/// Refuses somebody who is no member.
async fn member(reader: &Reader, organization: &OrganizationId, user: &UserId) -> Result<(), ApiError> {
    if reader.is_organization_user(organization, user).await? {
        return Ok(());
    }
    Err(ErrorCode::OrganizationRequireMembership.into())
}
