//! The machines of an organization.

use super::application_list::Searchable;
use super::applications::ApplicationResponse;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{absent, existing, referenced, references, refused};
use super::organization_requests::{AnyApplications, Containing, SomeApplications};
use super::organization_responses::NamedRole;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::search::SearchFields;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::application::ApplicationType;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, OrganizationId};
use signet_storage::{ApplicationFilter, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(
            list_organization_applications,
            add_organization_applications,
            replace_organization_applications
        ))
        .routes(routes!(delete_organization_application))
}

/// A member with its roles in this organization.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationApplication {
    #[serde(flatten)]
    application: ApplicationResponse,
    organization_roles: Vec<NamedRole>,
}

/// List applications of an organization
///
/// Newest first.
#[utoipa::path(get, path = "/organizations/{id}/applications", tag = "Organizations",
    params(("id" = String, Path), Containing, Paging),
    responses((status = 200, body = Vec<OrganizationApplication>), Refused, NotFound))]
async fn list_organization_applications(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    page: Page,
    Query(containing): Query<Containing>,
) -> Result<Paged<OrganizationApplication>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let search = containing.search(Searchable::FIELDS);
    let filter = ApplicationFilter { organization: Some(id.clone()), search, ..ApplicationFilter::default() };
    let found = reader.applications(&filter, Some(page.rows())).await?;
    let ids: Vec<ApplicationId> = found.items.iter().map(|application| application.id.clone()).collect();
    let mut roles = reader.roles_of_organization_applications(&id, &ids).await?;
    let rows = found.items.into_iter().map(|application| {
        let roles = roles.remove(&application.id).unwrap_or_default();
        let organization_roles = roles.into_iter().map(NamedRole::new).collect();
        let application = ApplicationResponse::new(state.tenant(), application);
        OrganizationApplication { application, organization_roles }
    });
    Ok(page.of(rows.collect(), Total::Exactly(found.total)))
}

/// Add applications to an organization
///
/// Machine-to-machine applications only. Members stay as they are.
#[utoipa::path(post, path = "/organizations/{id}/applications", tag = "Organizations", params(("id" = String, Path)),
    request_body = SomeApplications,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, Unprocessable))]
async fn add_organization_applications(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<SomeApplications>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let mut tx = state.store.write().await?;
    for application in machines(&tx, &request.application_ids).await? {
        tx.add_organization_application(&id, &application).await.map_err(refused)?;
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Replace applications of an organization
///
/// Those that stay keep their roles.
#[utoipa::path(put, path = "/organizations/{id}/applications", tag = "Organizations", params(("id" = String, Path)),
    request_body = AnyApplications, responses((status = 204), Refused, Unprocessable))]
async fn replace_organization_applications(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<AnyApplications>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    referenced(&tx, &id).await?;
    let applications = machines(&tx, &request.application_ids).await?;
    tx.replace_organization_applications(&id, &applications).await.map_err(refused)?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove an application from an organization
///
/// Its roles in this organization go too.
#[utoipa::path(delete, path = "/organizations/{id}/applications/{applicationId}", tag = "Organizations",
    params(("id" = String, Path), ("applicationId" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_organization_application(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, application)): Path<(OrganizationId, ApplicationId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_organization_application(&id, &application).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The applications with these ids, each once: all must exist and be machines.
async fn machines(reader: &Reader, ids: &[String]) -> Result<Vec<ApplicationId>, ApiError> {
    let wanted: Vec<ApplicationId> = references(ids)?;
    for id in &wanted {
        let application = reader.application(id).await?.ok_or_else(absent)?;
        if application.kind != ApplicationType::MachineToMachine {
            return Err(ErrorCode::EntityConstraintViolated.into());
        }
    }
    Ok(wanted)
}
