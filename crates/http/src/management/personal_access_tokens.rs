//! Personal access tokens of users: what they exchange for access tokens without signing in. Their values can be read
//! again, as clients of the reference do.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use super::users::existing;
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
use signet_core::error_code::ErrorCode;
use signet_core::exchange::{PERSONAL_TOKEN_PREFIX, PersonalAccessToken};
use signet_core::id::{TenantId, UserId};
use signet_core::secret::Plain;
use signet_core::time::Timestamp;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(
            list_user_personal_access_tokens,
            create_user_personal_access_token,
            update_personal_access_token_name
        ))
        .routes(routes!(delete_personal_access_token_post))
        .routes(routes!(update_user_personal_access_token, delete_user_personal_access_token))
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PersonalAccessTokenResponse {
    tenant_id: String,
    user_id: String,
    name: String,
    value: String,
    /// Milliseconds since the epoch.
    created_at: i64,
    /// Milliseconds since the epoch.
    expires_at: Option<i64>,
}

impl PersonalAccessTokenResponse {
    fn new(tenant: &TenantId, token: PersonalAccessToken, value: &Plain) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            user_id: token.user_id.to_string(),
            name: token.name,
            value: value.expose().to_owned(),
            created_at: token.created_at.0,
            expires_at: token.expires_at.map(|at| at.0),
        }
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct CreatePersonalAccessToken {
    #[schema(max_length = 256)]
    name: String,
    /// Milliseconds since the epoch, in the future.
    expires_at: Option<i64>,
}

impl FromFields for CreatePersonalAccessToken {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", name());
        let expires_at = fields.nullish("expiresAt", integer());
        Ok(Self { name: name?, expires_at: expires_at? })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct RenamePersonalAccessToken {
    /// The token to rename. Without it, the one that has the new name already.
    #[schema(nullable = false)]
    current_name: Option<String>,
    #[schema(max_length = 256)]
    name: String,
}

impl FromFields for RenamePersonalAccessToken {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let current_name = fields.optional("currentName", text());
        let name = fields.required("name", name());
        Ok(Self { current_name: current_name?, name: name? })
    }
}

#[derive(Debug, ToSchema)]
struct PersonalAccessTokenName {
    #[schema(max_length = 256)]
    name: String,
}

impl FromFields for PersonalAccessTokenName {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { name: fields.required("name", name())? })
    }
}

fn name() -> Text {
    text().min(1).max(256)
}

/// List personal access tokens of a user
///
/// In the order in which they were made.
#[utoipa::path(get, path = "/users/{userId}/personal-access-tokens", tag = "Users",
    params(("userId" = String, Path)), responses((status = 200, body = Vec<PersonalAccessTokenResponse>), Refused, NotFound))]
async fn list_user_personal_access_tokens(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<Vec<PersonalAccessTokenResponse>>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let mut rows = Vec::new();
    for token in reader.personal_access_tokens(&id).await? {
        let value = reader.open_personal_access_token(&token)?;
        rows.push(PersonalAccessTokenResponse::new(state.tenant(), token, &value));
    }
    Ok(Json(rows))
}

/// Create a personal access token of a user
#[utoipa::path(post, path = "/users/{userId}/personal-access-tokens", tag = "Users",
    params(("userId" = String, Path)), request_body = CreatePersonalAccessToken,
    responses((status = 201, body = PersonalAccessTokenResponse), Refused, NotFound, Unprocessable))]
async fn create_user_personal_access_token(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<CreatePersonalAccessToken>,
) -> Result<(StatusCode, Json<PersonalAccessTokenResponse>), ApiError> {
    let now = state.clock.now();
    let expires_at = request.expires_at.map(Timestamp);
    if expires_at.is_some_and(|at| at <= now) {
        return Err(ApiError::invalid_request("The token would have expired already."));
    }
    let plain = Plain::new(format!("{PERSONAL_TOKEN_PREFIX}{}", state.rng.secret()));
    let tx = state.store.write().await?;
    existing(&tx, &id).await?;
    let (hash, value) = tx.seal_personal_access_token(&plain)?;
    let token = PersonalAccessToken { user_id: id, name: request.name, hash, value, created_at: now, expires_at };
    tx.insert_personal_access_token(&token).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(PersonalAccessTokenResponse::new(state.tenant(), token, &plain))))
}

/// Rename a personal access token of a user
#[utoipa::path(patch, path = "/users/{userId}/personal-access-tokens", tag = "Users",
    params(("userId" = String, Path)), request_body = RenamePersonalAccessToken,
    responses((status = 200, body = PersonalAccessTokenResponse), Refused, NotFound, Unprocessable))]
async fn update_personal_access_token_name(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<RenamePersonalAccessToken>,
) -> Result<Json<PersonalAccessTokenResponse>, ApiError> {
    let from = request.current_name.as_deref().unwrap_or(&request.name);
    rename(&state, &id, from, &request.name).await
}

/// Rename a personal access token of a user, named in the path
///
/// For clients that know no other way: a name may hold what a path does not.
#[utoipa::path(patch, path = "/users/{userId}/personal-access-tokens/{name}", tag = "Users",
    params(("userId" = String, Path), ("name" = String, Path)), request_body = PersonalAccessTokenName,
    responses((status = 200, body = PersonalAccessTokenResponse), Refused, NotFound, Unprocessable))]
async fn update_user_personal_access_token(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, from)): Path<(UserId, String)>,
    Json(request): Json<PersonalAccessTokenName>,
) -> Result<Json<PersonalAccessTokenResponse>, ApiError> {
    rename(&state, &id, &from, &request.name).await
}

async fn rename(
    state: &TenantState,
    user: &UserId,
    from: &str,
    to: &str,
) -> Result<Json<PersonalAccessTokenResponse>, ApiError> {
    let tx = state.store.write().await?;
    let renamed = tx.rename_personal_access_token(user, from, to).await?;
    let token =
        renamed.ok_or_else(|| ApiError::new(ErrorCode::EntityNotExists).with("name", "personal access token"))?;
    let value = tx.open_personal_access_token(&token)?;
    tx.commit().await?;
    Ok(Json(PersonalAccessTokenResponse::new(state.tenant(), token, &value)))
}

/// Delete a personal access token of a user
#[utoipa::path(post, path = "/users/{userId}/personal-access-tokens/delete", tag = "Users",
    params(("userId" = String, Path)), request_body = PersonalAccessTokenName, responses((status = 204), Refused, NotFound))]
async fn delete_personal_access_token_post(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<PersonalAccessTokenName>,
) -> Result<StatusCode, ApiError> {
    delete(&state, &id, &request.name).await
}

/// Delete a personal access token of a user, named in the path
///
/// For clients that know no other way: a name may hold what a path does not.
#[utoipa::path(delete, path = "/users/{userId}/personal-access-tokens/{name}", tag = "Users",
    params(("userId" = String, Path), ("name" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_user_personal_access_token(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, name)): Path<(UserId, String)>,
) -> Result<StatusCode, ApiError> {
    delete(&state, &id, &name).await
}

async fn delete(state: &TenantState, user: &UserId, name: &str) -> Result<StatusCode, ApiError> {
    let tx = state.store.write().await?;
    if !tx.delete_personal_access_token(user, name).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
