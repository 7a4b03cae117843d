//! Organizations.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::existing;
use super::organization_requests::{Containing, CreateOrganization, Featuring, UpdateOrganization};
use super::organization_responses::OrganizationResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::OrganizationId;
use signet_storage::{OrganizationPeople, OrganizationPerson};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_organizations, create_organization)).routes(routes!(
        get_organization,
        update_organization,
        delete_organization
    ))
}

#[derive(Debug, Serialize, ToSchema)]
struct ListedOrganization {
    #[serde(flatten)]
    organization: OrganizationResponse,
    /// Only when asked for.
    #[serde(flatten)]
    people: Option<ShownPeople>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ShownPeople {
    users_count: i64,
    featured_users: Vec<FeaturedMember>,
}

#[derive(Debug, Serialize, ToSchema)]
struct FeaturedMember {
    id: String,
    avatar: Option<String>,
    name: Option<String>,
}

impl ShownPeople {
    fn new(people: OrganizationPeople) -> Self {
        let shown = |person: OrganizationPerson| FeaturedMember {
            id: person.id.to_string(),
            avatar: person.avatar,
            name: person.name,
        };
        Self { users_count: people.count, featured_users: people.featured.into_iter().map(shown).collect() }
    }
}

/// List organizations
///
/// Newest first.
#[utoipa::path(get, path = "/organizations", tag = "Organizations", params(Containing, Featuring, Paging),
    responses((status = 200, body = Vec<ListedOrganization>), Refused))]
async fn list_organizations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: Page,
    Query(containing): Query<Containing>,
    Query(featuring): Query<Featuring>,
) -> Result<Paged<ListedOrganization>, ApiError> {
    let search = containing.search(&["id", "name"]);
    let reader = state.store.read().await?;
    let found = reader.organizations(search.as_ref(), Some(page.rows())).await?;
    let mut people = None;
    if featuring.show_featured {
        let ids: Vec<OrganizationId> = found.items.iter().map(|organization| organization.id.clone()).collect();
        people = Some(reader.people_of_organizations(&ids).await?);
    }
    let rows = found.items.into_iter().map(|organization| {
        let people = people.as_mut().map(|people| people.remove(&organization.id).unwrap_or_default());
        let organization = OrganizationResponse::new(state.tenant(), organization);
        ListedOrganization { organization, people: people.map(ShownPeople::new) }
    });
    Ok(page.of(rows.collect(), Total::Exactly(found.total)))
}

/// Create an organization
#[utoipa::path(post, path = "/organizations", tag = "Organizations", request_body = CreateOrganization,
    responses((status = 201, body = OrganizationResponse), Refused))]
async fn create_organization(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateOrganization>,
) -> Result<(StatusCode, Json<OrganizationResponse>), ApiError> {
    let organization = request.into_organization(OrganizationId::random(&*state.rng), state.clock.now());
    let mut tx = state.store.write().await?;
    tx.insert_organization(&organization).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(OrganizationResponse::new(state.tenant(), organization))))
}

/// Get an organization
#[utoipa::path(get, path = "/organizations/{id}", tag = "Organizations", params(("id" = String, Path)),
    responses((status = 200, body = OrganizationResponse), Refused, NotFound))]
async fn get_organization(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
) -> Result<Json<OrganizationResponse>, ApiError> {
    let organization = existing(&state.store.read().await?, &id).await?;
    Ok(Json(OrganizationResponse::new(state.tenant(), organization)))
}

/// Update an organization
///
/// Custom data, color and branding are replaced whole.
#[utoipa::path(patch, path = "/organizations/{id}", tag = "Organizations", params(("id" = String, Path)),
    request_body = UpdateOrganization,
    responses((status = 200, body = OrganizationResponse), Refused, NotFound, Unprocessable))]
async fn update_organization(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<UpdateOrganization>,
) -> Result<Json<OrganizationResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    let taken = tx.take_organization(&id).await?;
    let mut organization = taken.ok_or_else(|| ApiError::not_exists("organization", id.as_str()))?;
    if request.is_empty() {
        return Err(ErrorCode::EntityInvalidInput.into());
    }
    request.apply(&mut organization);
    tx.update_organization(&organization).await?;
    tx.commit().await?;
    Ok(Json(OrganizationResponse::new(state.tenant(), organization)))
}

/// Delete an organization
///
/// Its members stay, without their roles there.
#[utoipa::path(delete, path = "/organizations/{id}", tag = "Organizations", params(("id" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_organization(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.delete_organization(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
