//! What a third-party application may ask people for.

use super::applications::existing;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use super::resources::refuse_management_api;
use super::role_requests::ids;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::{Param, Path, PathParam};
use crate::extract::shape::compound::list;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::one_of;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;
use signet_core::application::Application;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, OrganizationScopeId, ResourceId, ScopeId};
use signet_core::organization::OrganizationScope;
use signet_core::resource::{ApiResource, ApiScope};
use signet_core::third_party::{Level, USER_SCOPES};
use signet_storage::{Reader, Tx};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(get_application_consent_scopes, add_application_consent_scopes))
        .routes(routes!(delete_application_consent_scope))
}

#[expect(clippy::struct_field_names, reason = "the names of the API")]
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct AddedScopes {
    /// Ids of permissions of organizations.
    #[schema(nullable = false)]
    organization_scopes: Option<Vec<String>>,
    /// Ids of API permissions that come from global roles.
    #[schema(nullable = false)]
    resource_scopes: Option<Vec<String>>,
    /// Ids of API permissions that come from roles in organizations.
    #[schema(nullable = false)]
    organization_resource_scopes: Option<Vec<String>>,
    /// Names of scopes of user data.
    #[schema(nullable = false, value_type = Option<Vec<String>>)]
    user_scopes: Option<Vec<&'static str>>,
}

impl FromFields for AddedScopes {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let organization_scopes = fields.optional("organizationScopes", ids());
        let resource_scopes = fields.optional("resourceScopes", ids());
        let organization_resource_scopes = fields.optional("organizationResourceScopes", ids());
        let user_scopes = fields.optional("userScopes", list(one_of(&USER_SCOPES, |name| name)));
        Ok(Self {
            organization_scopes: organization_scopes?,
            resource_scopes: resource_scopes?,
            organization_resource_scopes: organization_resource_scopes?,
            user_scopes: user_scopes?,
        })
    }
}

#[expect(clippy::struct_field_names, reason = "the names of the API")]
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ConsentScopesResponse {
    organization_scopes: Vec<ConsentScope>,
    resource_scopes: Vec<ConsentResourceScopes>,
    organization_resource_scopes: Vec<ConsentResourceScopes>,
    user_scopes: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConfiguredScope)]
struct ConsentScope {
    id: String,
    name: String,
    description: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConfiguredResource)]
struct ConsentResource {
    id: String,
    name: String,
    indicator: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConfiguredResourceScopes)]
struct ConsentResourceScopes {
    resource: ConsentResource,
    scopes: Vec<ConsentScope>,
}

impl From<OrganizationScope> for ConsentScope {
    fn from(scope: OrganizationScope) -> Self {
        Self { id: scope.id.to_string(), name: scope.name, description: scope.description }
    }
}

impl From<&ApiScope> for ConsentScope {
    fn from(scope: &ApiScope) -> Self {
        Self { id: scope.id.to_string(), name: scope.name.clone(), description: scope.description.clone() }
    }
}

/// A list of the path.
#[derive(Debug, Clone, Copy)]
enum ScopeType {
    Organization,
    Api(Level),
    User,
}

impl ScopeType {
    const ALL: [Self; 4] = [Self::Organization, Self::Api(Level::Person), Self::Api(Level::Organization), Self::User];

    fn as_path(self) -> &'static str {
        match self {
            Self::Organization => "organization-scopes",
            Self::Api(Level::Person) => "resource-scopes",
            Self::Api(Level::Organization) => "organization-resource-scopes",
            Self::User => "user-scopes",
        }
    }
}

impl PathParam for ScopeType {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        param.one_of(&Self::ALL, Self::as_path)
    }
}

/// List what an application may ask people for
#[utoipa::path(get, path = "/applications/{applicationId}/user-consent-scopes", tag = "Applications",
    params(("applicationId" = String, Path)),
    responses((status = 200, body = ConsentScopesResponse), Refused, NotFound))]
async fn get_application_consent_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<ConsentScopesResponse>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let scopes = reader.consent_scopes(&id).await?;
    let all = scopes.apis.iter().chain(&scopes.organization_apis);
    let mut resource_ids: Vec<ResourceId> = all.map(|scope| scope.resource_id.clone()).collect();
    resource_ids.sort();
    resource_ids.dedup();
    let resources = reader.resources_by_ids(&resource_ids).await?;
    Ok(Json(ConsentScopesResponse {
        organization_scopes: scopes.organization.into_iter().map(ConsentScope::from).collect(),
        resource_scopes: by_resource(&resources, &scopes.apis),
        organization_resource_scopes: by_resource(&resources, &scopes.organization_apis),
        user_scopes: scopes.user,
    }))
}

/// Resources without any of the scopes are left out.
fn by_resource(resources: &[ApiResource], scopes: &[ApiScope]) -> Vec<ConsentResourceScopes> {
    let grouped = resources.iter().map(|resource| ConsentResourceScopes {
        resource: ConsentResource {
            id: resource.id.to_string(),
            name: resource.name.clone(),
            indicator: resource.indicator.clone(),
        },
        scopes: scopes.iter().filter(|scope| scope.resource_id == resource.id).map(ConsentScope::from).collect(),
    });
    grouped.filter(|group| !group.scopes.is_empty()).collect()
}

/// Let an application ask people for more
///
/// What it may ask for already stays.
#[utoipa::path(post, path = "/applications/{applicationId}/user-consent-scopes", tag = "Applications",
    params(("applicationId" = String, Path)), request_body = AddedScopes,
    responses((status = 201, body = String, content_type = "text/plain"), Refused, NotFound, Unprocessable))]
async fn add_application_consent_scopes(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(request): Json<AddedScopes>,
) -> Result<(StatusCode, &'static str), ApiError> {
    let mut tx = state.store.write().await?;
    third_party(&tx, &id).await?;
    let wanted = Wanted::find(&state, &tx, &request).await?;
    for name in request.user_scopes.into_iter().flatten() {
        tx.allow_user_scope(&id, name).await?;
    }
    wanted.allow(&mut tx, &id).await?;
    tx.commit().await?;
    // The reference answers with the name of the status.
    Ok((StatusCode::CREATED, "Created"))
}

/// What a request names, all of which exists.
struct Wanted {
    organization: Vec<OrganizationScopeId>,
    apis: [(Level, Vec<ScopeId>); 2],
}

impl Wanted {
    async fn find(state: &TenantState, reader: &Reader, request: &AddedScopes) -> Result<Self, ApiError> {
        let organization_ids: Vec<OrganizationScopeId> = parsed(request.organization_scopes.as_deref());
        let organization = reader.organization_scopes_by_ids(&organization_ids).await?;
        let organization: Vec<_> = organization.into_iter().map(|scope| scope.id).collect();
        let (apis, organization_apis) =
            (request.resource_scopes.as_deref(), request.organization_resource_scopes.as_deref());
        let mut found = reader.scopes_by_ids(&parsed(apis)).await?;
        found.extend(reader.scopes_by_ids(&parsed(organization_apis)).await?);
        let known: Vec<&str> = found.iter().map(|scope| scope.id.as_str()).collect();
        let invalid = [
            unknown(request.organization_scopes.as_deref(), |id| organization.iter().any(|known| known.as_str() == id)),
            unknown(apis, |id| known.contains(&id)),
            unknown(organization_apis, |id| known.contains(&id)),
        ];
        if let [organization, apis, organization_apis] = &invalid
            && invalid.iter().any(|ids| !ids.is_empty())
        {
            return Err(ApiError::new(ErrorCode::ApplicationConsentScopesNotFound).data(json!({
                "invalidOrganizationScopes": organization,
                "invalidResourceScopes": apis,
                "invalidOrganizationResourceScopes": organization_apis,
            })));
        }
        let resources: Vec<ResourceId> = found.iter().map(|scope| scope.resource_id.clone()).collect();
        for resource in reader.resources_by_ids(&resources).await? {
            refuse_management_api(state, &resource, ErrorCode::ApplicationConsentManagementApi)?;
        }
        Ok(Self {
            organization,
            apis: [(Level::Person, parsed(apis)), (Level::Organization, parsed(organization_apis))],
        })
    }

    async fn allow(&self, tx: &mut Tx, application: &ApplicationId) -> Result<(), ApiError> {
        for scope in &self.organization {
            tx.allow_organization_scope(application, scope).await?;
        }
        for (level, scopes) in &self.apis {
            for scope in scopes {
                tx.allow_api_scope(application, *level, scope).await?;
            }
        }
        Ok(())
    }
}

fn parsed<T: std::str::FromStr>(ids: Option<&[String]>) -> Vec<T> {
    ids.unwrap_or_default().iter().filter_map(|id| id.parse().ok()).collect()
}

fn unknown(ids: Option<&[String]>, is_known: impl Fn(&str) -> bool) -> Vec<&str> {
    ids.unwrap_or_default().iter().map(String::as_str).filter(|id| !is_known(id)).collect()
}

/// Let an application ask people for less
///
/// Tokens have less from the next refresh on. A scope of user data is named, any other has an id.
#[utoipa::path(delete, path = "/applications/{applicationId}/user-consent-scopes/{scopeType}/{scopeId}",
    tag = "Applications",
    params(("applicationId" = String, Path),
        ("scopeType" = String, Path, description = "`organization-scopes`, `resource-scopes`, `organization-resource-scopes` or `user-scopes`."),
        ("scopeId" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_application_consent_scope(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, kind, scope)): Path<(ApplicationId, ScopeType, String)>,
) -> Result<StatusCode, ApiError> {
    let absent = |_| ApiError::from(ErrorCode::EntityNotFound);
    let mut tx = state.store.write().await?;
    let was_allowed = match kind {
        ScopeType::User => tx.disallow_user_scope(&id, &scope).await?,
        ScopeType::Api(level) => tx.disallow_api_scope(&id, level, &scope.parse().map_err(absent)?).await?,
        ScopeType::Organization => tx.disallow_organization_scope(&id, &scope.parse().map_err(absent)?).await?,
    };
    if !was_allowed {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The third-party application of a path. Others ask nobody.
pub(super) async fn third_party(reader: &Reader, id: &ApplicationId) -> Result<Application, ApiError> {
    let application = existing(reader, id).await?;
    if application.is_third_party { Ok(application) } else { Err(ErrorCode::ApplicationThirdPartyOnly.into()) }
}
