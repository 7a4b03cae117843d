//! The roles that machines have in an organization.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{references, refused, roles_for};
use super::organization_requests::SomeOrganizationRoles;
use super::organization_responses::OrganizationRoleResponse;
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
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, OrganizationId, OrganizationRoleId};
use signet_core::role::RoleType;
use signet_storage::Reader;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(assign_organization_applications_roles))
        .routes(routes!(
            list_organization_application_roles,
            assign_organization_application_roles,
            replace_organization_application_roles
        ))
        .routes(routes!(delete_organization_application_role))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct RolesOfApplications {
    #[schema(min_items = 1)]
    application_ids: Vec<String>,
    #[schema(min_items = 1)]
    organization_role_ids: Vec<String>,
}

impl FromFields for RolesOfApplications {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let application_ids = fields.required("applicationIds", ids().min(1));
        let organization_role_ids = fields.required("organizationRoleIds", ids().min(1));
        Ok(Self { application_ids: application_ids?, organization_role_ids: organization_role_ids? })
    }
}

/// Assign roles to applications of an organization
///
/// Every role to every one of the applications.
#[utoipa::path(post, path = "/organizations/{id}/applications/roles", tag = "Organizations",
    params(("id" = String, Path)), request_body = RolesOfApplications,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, Unprocessable))]
async fn assign_organization_applications_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<RolesOfApplications>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let applications: Vec<ApplicationId> = references(&request.application_ids)?;
    let mut tx = state.store.write().await?;
    let roles = roles_for(&tx, RoleType::MachineToMachine, &request.organization_role_ids).await?;
    for application in &applications {
        for role in &roles {
            tx.assign_role_to_organization_application(&id, application, role).await.map_err(refused)?;
        }
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// List roles of an application in an organization
#[utoipa::path(get, path = "/organizations/{id}/applications/{applicationId}/roles", tag = "Organizations",
    params(("id" = String, Path), ("applicationId" = String, Path), Paging),
    responses((status = 200, body = Vec<OrganizationRoleResponse>), Refused, NotFound, Unprocessable))]
async fn list_organization_application_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, application)): Path<(OrganizationId, ApplicationId)>,
    page: OptionalPage,
) -> Result<Paged<OrganizationRoleResponse>, ApiError> {
    let reader = state.store.read().await?;
    member(&reader, &id, &application).await?;
    let found = reader.roles_of_organization_application(&id, &application, page.rows()).await?;
    Ok(page.listed(found, |role| OrganizationRoleResponse::new(state.tenant(), role)))
}

/// Assign roles to an application of an organization
///
/// Roles that it has already are left alone.
#[utoipa::path(post, path = "/organizations/{id}/applications/{applicationId}/roles", tag = "Organizations",
    params(("id" = String, Path), ("applicationId" = String, Path)), request_body = SomeOrganizationRoles,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, NotFound, Unprocessable))]
async fn assign_organization_application_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, application)): Path<(OrganizationId, ApplicationId)>,
    Json(request): Json<SomeOrganizationRoles>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let mut tx = state.store.write().await?;
    member(&tx, &id, &application).await?;
    for role in roles_for(&tx, RoleType::MachineToMachine, &request.organization_role_ids).await? {
        tx.assign_role_to_organization_application(&id, &application, &role).await.map_err(refused)?;
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Replace roles of an application in an organization
#[utoipa::path(put, path = "/organizations/{id}/applications/{applicationId}/roles", tag = "Organizations",
    params(("id" = String, Path), ("applicationId" = String, Path)), request_body = SomeOrganizationRoles,
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn replace_organization_application_roles(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, application)): Path<(OrganizationId, ApplicationId)>,
    Json(request): Json<SomeOrganizationRoles>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.take_organization_application(&id, &application).await? {
        return Err(ErrorCode::OrganizationRequireMembership.into());
    }
    let roles = roles_for(&tx, RoleType::MachineToMachine, &request.organization_role_ids).await?;
    tx.remove_roles_from_organization_application(&id, &application).await?;
    for role in &roles {
        tx.assign_role_to_organization_application(&id, &application, role).await.map_err(refused)?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a role from an application of an organization
#[utoipa::path(delete, path = "/organizations/{id}/applications/{applicationId}/roles/{organizationRoleId}",
    tag = "Organizations",
    params(("id" = String, Path), ("applicationId" = String, Path), ("organizationRoleId" = String, Path)),
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn delete_organization_application_role(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, application, role)): Path<(OrganizationId, ApplicationId, OrganizationRoleId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    member(&tx, &id, &application).await?;
    if !tx.remove_role_from_organization_application(&id, &application, &role).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses a machine that is no member.
async fn member(reader: &Reader, organization: &OrganizationId, application: &ApplicationId) -> Result<(), ApiError> {
    if reader.is_organization_application(organization, application).await? {
        return Ok(());
    }
    Err(ErrorCode::OrganizationRequireMembership.into())
}
