//! Passwords of users, as administrators set, check and expire them.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use super::user_response::UserResponse;
use super::users::{existing, taken};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{boolean, text};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::UserId;
use signet_core::secret::Plain;
use signet_identity::password::Checked;
use signet_identity::password::queue::HashingError;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(update_user_password))
        .routes(routes!(update_user_password_expiration))
        .routes(routes!(verify_user_password))
        .routes(routes!(get_user_has_password))
}

/// Both are about the moment: asking again may help.
impl From<HashingError> for ApiError {
    fn from(error: HashingError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

#[derive(Debug, ToSchema)]
struct UserPassword {
    #[schema(value_type = String, min_length = 1)]
    password: Plain,
}

impl FromFields for UserPassword {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { password: Plain::new(fields.required("password", text().min(1))?) })
    }
}

/// Set the password of a user
///
/// The password policy is for people who choose their own password, and not asked here. Sessions go on.
#[utoipa::path(patch, path = "/users/{userId}/password", tag = "Users", params(("userId" = String, Path)),
    request_body = UserPassword, responses((status = 200, body = UserResponse), Refused, NotFound))]
async fn update_user_password(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<UserPassword>,
) -> Result<Json<UserResponse>, ApiError> {
    existing(&state.store.read().await?, &id).await?;
    let hash = state.passwords.hash(request.password).await?;
    let mut tx = state.store.write().await?;
    // Somebody may have been deleted meanwhile.
    tx.set_user_password(&id, &hash, state.clock.now()).await?;
    let user = existing(&tx, &id).await?;
    tx.commit().await?;
    Ok(Json(UserResponse::new(user)))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct UserPasswordExpiration {
    is_expired: bool,
}

impl FromFields for UserPasswordExpiration {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { is_expired: fields.required("isExpired", boolean())? })
    }
}

/// Let the password of a user expire, or take that back
///
/// Only where passwords expire at all.
#[utoipa::path(patch, path = "/users/{userId}/password/expiration", tag = "Users",
    params(("userId" = String, Path)), request_body = UserPasswordExpiration,
    responses((status = 200, body = UserResponse), Refused, NotFound))]
async fn update_user_password_expiration(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<UserPasswordExpiration>,
) -> Result<Json<UserResponse>, ApiError> {
    let policy = state.identity.settings().await?.rules.password_expiration;
    let passwords_expire = policy.enabled && policy.valid_period_days.is_some();
    let mut tx = state.store.write().await?;
    let mut user = taken(&mut tx, &state, &id).await?;
    if request.is_expired && !passwords_expire {
        return Err(ErrorCode::SignInPasswordExpirationNotEnabled.into());
    }
    user.is_password_expired = request.is_expired;
    tx.update_user(&user).await?;
    tx.commit().await?;
    Ok(Json(UserResponse::new(user)))
}

/// Check the password of a user
#[utoipa::path(post, path = "/users/{userId}/password/verify", tag = "Users", params(("userId" = String, Path)),
    request_body = UserPassword, responses((status = 204), Refused, NotFound, Unprocessable))]
async fn verify_user_password(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<UserPassword>,
) -> Result<StatusCode, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let stored = reader.user_password(&id).await?;
    drop(reader);
    match state.passwords.check(request.password, stored.clone()).await? {
        Checked::Wrong => return Err(ErrorCode::SessionInvalidCredentials.into()),
        Checked::Right { upgraded } => {
            if let (Some(old), Some(new)) = (stored, upgraded) {
                let mut tx = state.store.write().await?;
                tx.upgrade_user_password(&id, &old, &new).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct HasPassword {
    has_password: bool,
}

/// Whether a user has a password
#[utoipa::path(get, path = "/users/{userId}/has-password", tag = "Users", params(("userId" = String, Path)),
    responses((status = 200, body = HasPassword), Refused, NotFound))]
async fn get_user_has_password(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<HasPassword>, ApiError> {
    let has_password = existing(&state.store.read().await?, &id).await?.has_password;
    Ok(Json(HasPassword { has_password }))
}
