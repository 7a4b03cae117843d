//! The organizations that a person let a third-party application into.

use super::application_consent_scopes::third_party;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_requests::{AnyOrganizations, SomeOrganizations};
use super::organization_responses::OrganizationResponse;
use super::users;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, PagedMember, Total};
use crate::extract::path::Path;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, OrganizationId, UserId};
use signet_storage::{Reader, StoreError, Tx};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(
            list_application_consent_organizations,
            add_application_consent_organizations,
            replace_application_consent_organizations
        ))
        .routes(routes!(delete_application_consent_organization))
}

#[derive(Debug, Serialize, ToSchema)]
struct ConsentedOrganizations {
    organizations: Vec<OrganizationResponse>,
}

/// List organizations that a user let an application into
#[utoipa::path(get, path = "/applications/{id}/users/{userId}/consent-organizations", tag = "Applications",
    params(("id" = String, Path), ("userId" = String, Path), Paging),
    responses((status = 200, body = ConsentedOrganizations), Refused, NotFound, Unprocessable))]
async fn list_application_consent_organizations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(ApplicationId, UserId)>,
    page: Page,
) -> Result<PagedMember<ConsentedOrganizations>, ApiError> {
    let reader = state.store.read().await?;
    both(&reader, &id, &user).await?;
    let found = reader.consented_organizations(&id, &user, Some(page.rows())).await?;
    let shown = found.items.into_iter().map(|organization| OrganizationResponse::new(state.tenant(), organization));
    Ok(page.member(ConsentedOrganizations { organizations: shown.collect() }, Total::Exactly(found.total)))
}

/// Let an application into more organizations of a user
#[utoipa::path(post, path = "/applications/{id}/users/{userId}/consent-organizations", tag = "Applications",
    params(("id" = String, Path), ("userId" = String, Path)), request_body = SomeOrganizations,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, NotFound, Unprocessable))]
async fn add_application_consent_organizations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(ApplicationId, UserId)>,
    Json(request): Json<SomeOrganizations>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let tx = state.store.write().await?;
    both(&tx, &id, &user).await?;
    consent(&tx, (&id, &user), &request.organization_ids).await?;
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// Replace the organizations that a user let an application into
///
/// The application's next refresh is answered by what they are then.
#[utoipa::path(put, path = "/applications/{id}/users/{userId}/consent-organizations", tag = "Applications",
    params(("id" = String, Path), ("userId" = String, Path)), request_body = AnyOrganizations,
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn replace_application_consent_organizations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user)): Path<(ApplicationId, UserId)>,
    Json(request): Json<AnyOrganizations>,
) -> Result<StatusCode, ApiError> {
    let tx = state.store.write().await?;
    tx.lock_tenant().await?;
    both(&tx, &id, &user).await?;
    tx.withdraw_organizations(&id, &user).await?;
    consent(&tx, (&id, &user), &request.organization_ids).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take an application out of an organization of a user
#[utoipa::path(delete, path = "/applications/{id}/users/{userId}/consent-organizations/{organizationId}",
    tag = "Applications",
    params(("id" = String, Path), ("userId" = String, Path), ("organizationId" = String, Path)),
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn delete_application_consent_organization(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, user, organization)): Path<(ApplicationId, UserId, OrganizationId)>,
) -> Result<StatusCode, ApiError> {
    let tx = state.store.write().await?;
    both(&tx, &id, &user).await?;
    if !tx.withdraw_organization((&id, &user), &organization).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn both(reader: &Reader, application: &ApplicationId, user: &UserId) -> Result<(), ApiError> {
    third_party(reader, application).await?;
    users::existing(reader, user).await.map(drop)
}

/// Only of organizations that the person is a member of.
async fn consent(tx: &Tx, who: (&ApplicationId, &UserId), organizations: &[String]) -> Result<(), ApiError> {
    let stranger = || ApiError::from(ErrorCode::OrganizationRequireMembership);
    for text in organizations {
        let organization: OrganizationId = text.parse().map_err(|_| stranger())?;
        tx.consent_to_organization(who, &organization).await.map_err(|error| match error {
            StoreError::MissingReference => stranger(),
            other => other.into(),
        })?;
    }
    Ok(())
}
