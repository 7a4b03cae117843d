//! Secrets of applications. Their values can be read again, so that they can be copied into a deployment later.

use super::applications::{ApplicationResponse, existing};
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{Text, integer, text};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::application::ApplicationSecret;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, TenantId};
use signet_core::secret::Plain;
use signet_core::time::Timestamp;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_application_secrets, create_application_secret))
        .routes(routes!(update_application_secret, delete_application_secret))
        .routes(routes!(delete_application_legacy_secret))
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SecretResponse {
    tenant_id: String,
    application_id: String,
    name: String,
    value: String,
    /// Milliseconds since the epoch.
    created_at: i64,
    /// Milliseconds since the epoch.
    expires_at: Option<i64>,
}

impl SecretResponse {
    fn new(tenant: &TenantId, secret: ApplicationSecret, value: &Plain) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            application_id: secret.application_id.to_string(),
            name: secret.name,
            value: value.expose().to_owned(),
            created_at: secret.created_at.0,
            expires_at: secret.expires_at.map(|at| at.0),
        }
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct CreateSecret {
    #[schema(max_length = 256)]
    name: String,
    /// Milliseconds since the epoch, in the future.
    expires_at: Option<i64>,
}

impl FromFields for CreateSecret {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", name());
        let expires_at = fields.nullish("expiresAt", integer());
        Ok(Self { name: name?, expires_at: expires_at? })
    }
}

#[derive(Debug, ToSchema)]
struct RenameSecret {
    #[schema(max_length = 256)]
    name: String,
}

impl FromFields for RenameSecret {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { name: fields.required("name", name())? })
    }
}

fn name() -> Text {
    text().min(1).max(256)
}

/// List secrets of an application
///
/// In the order in which they were made.
#[utoipa::path(get, path = "/applications/{id}/secrets", tag = "Applications", params(("id" = String, Path)),
    responses((status = 200, body = Vec<SecretResponse>), Refused, NotFound))]
async fn list_application_secrets(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<Vec<SecretResponse>>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let mut rows = Vec::new();
    for secret in reader.application_secrets(&id).await? {
        let value = reader.open_application_secret(&secret)?;
        rows.push(SecretResponse::new(state.tenant(), secret, &value));
    }
    Ok(Json(rows))
}

/// Create a secret of an application
#[utoipa::path(post, path = "/applications/{id}/secrets", tag = "Applications", params(("id" = String, Path)),
    request_body = CreateSecret,
    responses((status = 201, body = SecretResponse), Refused, NotFound, Unprocessable))]
async fn create_application_secret(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(request): Json<CreateSecret>,
) -> Result<(StatusCode, Json<SecretResponse>), ApiError> {
    let now = state.clock.now();
    let expires_at = request.expires_at.map(Timestamp);
    if expires_at.is_some_and(|at| at <= now) {
        return Err(ApiError::invalid_request("The secret would have expired already."));
    }
    let mut tx = state.store.write().await?;
    if !existing(&tx, &id).await?.kind.has_managed_secrets() {
        return Err(ErrorCode::EntityConstraintViolated.into());
    }
    let value = Plain::new(state.rng.secret());
    let sealed = tx.seal_application_secret(&id, &request.name, value.expose())?;
    let secret =
        ApplicationSecret { application_id: id, name: request.name, value: sealed, created_at: now, expires_at };
    tx.insert_application_secret(&secret).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(SecretResponse::new(state.tenant(), secret, &value))))
}

/// Rename a secret of an application
#[utoipa::path(patch, path = "/applications/{id}/secrets/{name}", tag = "Applications",
    params(("id" = String, Path), ("name" = String, Path)), request_body = RenameSecret,
    responses((status = 200, body = SecretResponse), Refused, NotFound, Unprocessable))]
async fn update_application_secret(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, name)): Path<(ApplicationId, String)>,
    Json(request): Json<RenameSecret>,
) -> Result<Json<SecretResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    existing(&tx, &id).await?;
    let secrets = tx.application_secrets(&id).await?;
    let secret = secrets.iter().find(|secret| secret.name == name);
    let secret = secret.ok_or_else(|| ApiError::new(ErrorCode::EntityNotExists).with("name", "application secret"))?;
    let renamed = tx.rename_application_secret(secret, &request.name).await?;
    let value = tx.open_application_secret(&renamed)?;
    tx.commit().await?;
    Ok(Json(SecretResponse::new(state.tenant(), renamed, &value)))
}

/// Delete a secret of an application
#[utoipa::path(delete, path = "/applications/{id}/secrets/{name}", tag = "Applications",
    params(("id" = String, Path), ("name" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_application_secret(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, name)): Path<(ApplicationId, String)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.delete_application_secret(&id, &name).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Delete the legacy secret of an application
///
/// There are none: every secret has a name here.
#[utoipa::path(delete, path = "/applications/{id}/legacy-secret", tag = "Applications",
    params(("id" = String, Path)), responses((status = 200, body = ApplicationResponse), Refused, NotFound))]
async fn delete_application_legacy_secret(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<ApplicationResponse>, ApiError> {
    existing(&state.store.read().await?, &id).await?;
    Err(ErrorCode::ApplicationNoLegacySecret.into())
}
