//! The machines that hold a role.

use super::applications::ApplicationResponse;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::role_requests::ids;
use super::roles::existing;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::search::{SearchFields, Searched};
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::application::ApplicationType;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, RoleId};
use signet_core::role::RoleType;
use signet_storage::{ApplicationFilter, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_role_applications, assign_role_applications))
        .routes(routes!(delete_role_application))
}

/// The fields that `search` is about.
#[derive(Debug, Clone)]
struct SearchableApplication;

impl SearchFields for SearchableApplication {
    const FIELDS: &'static [&'static str] = &["id", "name", "description"];
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct ApplicationIds {
    application_ids: Vec<String>,
}

impl FromFields for ApplicationIds {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { application_ids: fields.required("applicationIds", ids().min(1))? })
    }
}

/// List applications of a role
#[utoipa::path(get, path = "/roles/{id}/applications", tag = "Roles",
    params(("id" = String, Path), Searching, Paging),
    responses((status = 200, body = Vec<ApplicationResponse>), Refused, NotFound))]
async fn list_role_applications(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
    page: Page,
    search: Searched<SearchableApplication>,
) -> Result<Paged<ApplicationResponse>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let filter = ApplicationFilter { role: Some(id), search: search.0, ..ApplicationFilter::default() };
    let found = reader.applications(&filter, Some(page.rows())).await?;
    let rows = found.items.into_iter().map(|application| ApplicationResponse::new(state.tenant(), application));
    Ok(page.of(rows.collect(), Total::Exactly(found.total)))
}

/// Assign a role to applications
#[utoipa::path(post, path = "/roles/{id}/applications", tag = "Roles", params(("id" = String, Path)),
    request_body = ApplicationIds,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, NotFound, Unprocessable))]
async fn assign_role_applications(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<RoleId>,
    Json(request): Json<ApplicationIds>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let mut tx = state.store.write().await?;
    if existing(&tx, &id).await?.kind != RoleType::MachineToMachine {
        return Err(ErrorCode::EntityConstraintViolated.into());
    }
    for application in machines(&tx, &request.application_ids).await? {
        if !tx.assign_role_to_application(&application, &id).await? {
            let refused = ApiError::new(ErrorCode::RoleApplicationExists);
            return Err(refused.with("applicationId", application.as_str()));
        }
    }
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Remove a role from an application
#[utoipa::path(delete, path = "/roles/{id}/applications/{applicationId}", tag = "Roles",
    params(("id" = String, Path), ("applicationId" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_role_application(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, application)): Path<(RoleId, ApplicationId)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_role_from_application(&application, &id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The applications with these ids, without repetitions: all must exist and be machines.
async fn machines(reader: &Reader, ids: &[String]) -> Result<Vec<ApplicationId>, ApiError> {
    let mut machines = Vec::new();
    for id in ids {
        let absent = || ApiError::not_exists("application", id);
        let wanted: ApplicationId = id.parse().map_err(|_| absent())?;
        if machines.contains(&wanted) {
            continue;
        }
        let application = reader.application(&wanted).await?.ok_or_else(absent)?;
        if application.kind != ApplicationType::MachineToMachine {
            return Err(ErrorCode::EntityConstraintViolated.into());
        }
        machines.push(wanted);
    }
    Ok(machines)
}
