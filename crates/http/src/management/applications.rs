//! Applications: the OAuth clients of a tenant.

use super::application_access_control::refuse_no_rules;
use super::application_list::{ListFilter, Searchable};
use super::application_requests::{CreateApplication, UpdateApplication, refuse_saml};
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::search::Searched;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::application::{Application, ApplicationSecret, ApplicationType, DEFAULT_SECRET_NAME};
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, TenantId};
use signet_core::role::Role;
use signet_storage::{ApplicationFilter, Reader, RoleFilter, StoreError, Tx};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The deprecated role behind `isAdmin`.
const ADMIN_ROLE: &str = "#internal:admin";

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_applications, create_application)).routes(routes!(
        get_application,
        update_application,
        delete_application
    ))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ApplicationResponse {
    tenant_id: String,
    id: String,
    name: String,
    description: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[schema(value_type = Object)]
    oidc_client_metadata: Map<String, Value>,
    #[schema(value_type = Object)]
    custom_client_metadata: Map<String, Value>,
    #[schema(value_type = Option<Object>)]
    protected_app_metadata: Option<Map<String, Value>>,
    #[schema(value_type = Object)]
    custom_data: Map<String, Value>,
    is_third_party: bool,
    app_level_access_control_enabled: bool,
    /// Milliseconds since the epoch.
    created_at: i64,
}

impl ApplicationResponse {
    pub(crate) fn new(tenant: &TenantId, application: Application) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: application.id.to_string(),
            name: application.name,
            description: application.description,
            kind: application.kind.as_str(),
            oidc_client_metadata: application.oidc_client_metadata,
            custom_client_metadata: application.custom_client_metadata,
            protected_app_metadata: application.protected_app_metadata,
            custom_data: application.custom_data,
            is_third_party: application.is_third_party,
            app_level_access_control_enabled: application.app_level_access_control_enabled,
            created_at: application.created_at.0,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ApplicationDetails {
    #[serde(flatten)]
    application: ApplicationResponse,
    is_admin: bool,
}

/// List applications
///
/// Newest first.
#[utoipa::path(get, path = "/applications", tag = "Applications", params(ListFilter, Searching, Paging),
    responses((status = 200, body = Vec<ApplicationResponse>), Refused))]
async fn list_applications(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: OptionalPage,
    search: Searched<Searchable>,
    Query(filter): Query<ListFilter>,
) -> Result<Paged<ApplicationResponse>, ApiError> {
    let filter = ApplicationFilter { search: search.0, ..filter.into_stored()? };
    let found = state.store.read().await?.applications(&filter, page.rows()).await?;
    Ok(page.listed(found, |application| ApplicationResponse::new(state.tenant(), application)))
}

/// Create an application
///
/// A confidential one gets a secret.
#[utoipa::path(post, path = "/applications", tag = "Applications", request_body = CreateApplication,
    responses((status = 200, body = ApplicationResponse), Refused, Unprocessable))]
async fn create_application(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateApplication>,
) -> Result<Json<ApplicationResponse>, ApiError> {
    let application = request.into_application(ApplicationId::random(&*state.rng), state.clock.now())?;
    check_key_set_url(&state, &application)?;
    check_id_token_algorithm(&state, application.id_token_algorithm()).await?;
    let mut tx = state.store.write().await?;
    tx.insert_application(&application).await?;
    if application.kind.has_managed_secrets() {
        let secret = ApplicationSecret {
            application_id: application.id.clone(),
            name: DEFAULT_SECRET_NAME.to_owned(),
            value: tx.seal_application_secret(&application.id, DEFAULT_SECRET_NAME, &state.rng.secret())?,
            created_at: application.created_at,
            expires_at: None,
        };
        tx.insert_application_secret(&secret).await?;
    }
    tx.commit().await?;
    Ok(Json(ApplicationResponse::new(state.tenant(), application)))
}

/// Get an application
#[utoipa::path(get, path = "/applications/{id}", tag = "Applications", params(("id" = String, Path)),
    responses((status = 200, body = ApplicationDetails), Refused, NotFound))]
async fn get_application(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<ApplicationDetails>, ApiError> {
    let reader = state.store.read().await?;
    let application = existing(&reader, &id).await?;
    let roles = RoleFilter { held_by_application: Some(id), ..RoleFilter::default() };
    let is_admin = reader.roles(&roles, None).await?.items.iter().any(|role: &Role| role.name == ADMIN_ROLE);
    Ok(Json(ApplicationDetails { application: ApplicationResponse::new(state.tenant(), application), is_admin }))
}

/// Update an application
///
/// Members that are objects are replaced whole, except those of a protected application.
#[utoipa::path(patch, path = "/applications/{id}", tag = "Applications", params(("id" = String, Path)),
    request_body = UpdateApplication,
    responses((status = 200, body = ApplicationResponse), Refused, NotFound, Unprocessable))]
async fn update_application(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(request): Json<UpdateApplication>,
) -> Result<Json<ApplicationResponse>, ApiError> {
    check_id_token_algorithm(&state, request.id_token_algorithm()).await?;
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let mut application = existing(&tx, &id).await?;
    let is_admin = request.is_admin;
    if request.controls_access() && tx.access_rules(&id).await?.is_empty() {
        return Err(refuse_no_rules());
    }
    let key_set_before = application.jwks_uri().map(str::to_owned);
    request.apply(&mut application)?;
    if application.jwks_uri() != key_set_before.as_deref() {
        check_key_set_url(&state, &application)?;
    }
    tx.update_application(&application).await?;
    if let Some(is_admin) = is_admin {
        set_admin(&mut tx, &application, is_admin).await?;
    }
    tx.commit().await?;
    Ok(Json(ApplicationResponse::new(state.tenant(), application)))
}

/// Delete an application
#[utoipa::path(delete, path = "/applications/{id}", tag = "Applications", params(("id" = String, Path)),
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn delete_application(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    let application = tx.application(&id).await?.ok_or(ErrorCode::EntityNotFound)?;
    refuse_saml(application.kind)?;
    if has_custom_domains(&application) {
        return Err(ErrorCode::ApplicationDeleteCustomDomainsFirst.into());
    }
    // What people allowed it goes too, with the tokens that hang on it: nobody could revoke them any more.
    tx.delete_grants_of_client(&id).await?;
    tx.delete_application(&id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The application of a path, or 404.
pub(super) async fn existing(reader: &Reader, id: &ApplicationId) -> Result<Application, ApiError> {
    let found = reader.application(id).await?;
    found.ok_or_else(|| ApiError::not_exists("application", id.as_str()))
}

/// A URL that the egress guard would never call is refused now, and not when the client first wants a token.
fn check_key_set_url(state: &TenantState, application: &Application) -> Result<(), ApiError> {
    let Some(url) = application.jwks_uri() else { return Ok(()) };
    let refused = |reason| ApiError::invalid_request(format!("`oidcClientMetadata.jwksUri`: {reason}"));
    state.provider.accepts_key_set_url(url).map_err(refused)
}

/// An algorithm that no key of the tenant has is refused now, and not when the client first wants an ID token.
async fn check_id_token_algorithm(state: &TenantState, wanted: Option<&str>) -> Result<(), ApiError> {
    let Some(wanted) = wanted else { return Ok(()) };
    let ring = state.provider.key_ring().await.map_err(ApiError::internal)?;
    if ring.algorithms().into_iter().any(|algorithm| algorithm.as_str() == wanted) {
        return Ok(());
    }
    Err(ApiError::invalid_request(format!(
        "`oidcClientMetadata.idTokenSignedResponseAlg`: no signing key of this tenant is for {wanted}"
    )))
}

async fn set_admin(tx: &mut Tx, application: &Application, is_admin: bool) -> Result<(), ApiError> {
    if application.kind != ApplicationType::MachineToMachine {
        return Err(ErrorCode::ApplicationInvalidType.into());
    }
    let role = tx.role_by_name(ADMIN_ROLE).await?;
    let role = role.ok_or_else(|| ApiError::new(ErrorCode::EntityNotExists).with("name", "role"))?;
    let changed: Result<bool, StoreError> = if is_admin {
        tx.assign_role_to_application(&application.id, &role.id).await
    } else {
        tx.remove_role_from_application(&application.id, &role.id).await
    };
    changed?;
    Ok(())
}

fn has_custom_domains(application: &Application) -> bool {
    let metadata = application.protected_app_metadata.as_ref();
    let domains = metadata.and_then(|metadata| metadata.get("customDomains")).and_then(Value::as_array);
    domains.is_some_and(|domains| !domains.is_empty())
}
