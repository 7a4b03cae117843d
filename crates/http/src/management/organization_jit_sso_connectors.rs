//! The enterprise connectors whose people join an organization when they sign in first.
//!
//! There are no such connectors: every list is empty, and every id belongs to nothing.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{absent, existing, referenced};
use super::organization_requests::{AnySsoConnectors, SomeSsoConnectors};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged, Total};
use crate::extract::path::Path;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::error_code::ErrorCode;
use signet_core::id::OrganizationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(
            list_organization_jit_sso_connectors,
            add_organization_jit_sso_connectors,
            replace_organization_jit_sso_connectors
        ))
        .routes(routes!(delete_organization_jit_sso_connector))
}

/// List enterprise connectors of an organization
#[utoipa::path(get, path = "/organizations/{id}/jit/sso-connectors", tag = "Organizations",
    params(("id" = String, Path), Paging), responses((status = 200, body = Vec<Object>), Refused, NotFound))]
async fn list_organization_jit_sso_connectors(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    page: OptionalPage,
) -> Result<Paged<()>, ApiError> {
    existing(&state.store.read().await?, &id).await?;
    Ok(page.of(Vec::new(), Total::Exactly(0)))
}

/// Add enterprise connectors to an organization
#[utoipa::path(post, path = "/organizations/{id}/jit/sso-connectors", tag = "Organizations",
    params(("id" = String, Path)), request_body = SomeSsoConnectors,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, Unprocessable))]
async fn add_organization_jit_sso_connectors(
    _: ManagementCaller,
    Path(_): Path<OrganizationId>,
    Json(request): Json<SomeSsoConnectors>,
) -> Result<(StatusCode, &'static str), ApiError> {
    known(&request.sso_connector_ids)?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Replace enterprise connectors of an organization
#[utoipa::path(put, path = "/organizations/{id}/jit/sso-connectors", tag = "Organizations",
    params(("id" = String, Path)), request_body = AnySsoConnectors, responses((status = 204), Refused, Unprocessable))]
async fn replace_organization_jit_sso_connectors(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<AnySsoConnectors>,
) -> Result<StatusCode, ApiError> {
    referenced(&state.store.write().await?, &id).await?;
    known(&request.sso_connector_ids)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove an enterprise connector from an organization
#[utoipa::path(delete, path = "/organizations/{id}/jit/sso-connectors/{ssoConnectorId}", tag = "Organizations",
    params(("id" = String, Path), ("ssoConnectorId" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_organization_jit_sso_connector(
    _: ManagementCaller,
    Path((_, _)): Path<(OrganizationId, String)>,
) -> Result<StatusCode, ApiError> {
    Err(ErrorCode::EntityNotFound.into())
}

/// No connector is.
fn known(ids: &[String]) -> Result<(), ApiError> {
    if ids.is_empty() { Ok(()) } else { Err(absent()) }
}
