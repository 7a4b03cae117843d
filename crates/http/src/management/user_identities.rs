//! Who a user is elsewhere: identities at social providers.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use super::user_response::UserResponse;
use super::users::{existing, taken};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::shape::compound::json_object;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use signet_core::id::UserId;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

type Object = Map<String, Value>;

/// Longest name of a connector's target.
const LONGEST_TARGET: usize = 128;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(get_user_identity, replace_user_identity, delete_user_identity))
        .routes(routes!(list_user_all_identities))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct UserIdentity {
    /// The user's id at the provider.
    #[schema(max_length = 256)]
    user_id: String,
    /// What the provider says of the user.
    #[schema(value_type = Option<Object>, nullable = false)]
    details: Option<Object>,
}

impl FromFields for UserIdentity {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let user_id = fields.required("userId", text().max(256));
        let details = fields.optional("details", json_object());
        Ok(Self { user_id: user_id?, details: details? })
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct HeldIdentity {
    #[schema(value_type = Object)]
    identity: Value,
}

/// Get a social identity of a user
#[utoipa::path(get, path = "/users/{userId}/identities/{target}", tag = "Users",
    params(("userId" = String, Path), ("target" = String, Path)),
    responses((status = 200, body = HeldIdentity), Refused, NotFound))]
async fn get_user_identity(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, target)): Path<(UserId, String)>,
) -> Result<Json<HeldIdentity>, ApiError> {
    let mut user = existing(&state.store.read().await?, &id).await?;
    let identity = user.identities.remove(&target).ok_or(ErrorCode::UserIdentityNotExist)?;
    Ok(Json(HeldIdentity { identity }))
}

/// Set a social identity of a user
///
/// In place of the one that the user has there, if there is one. An identity belongs to one user only.
#[utoipa::path(put, path = "/users/{userId}/identities/{target}", tag = "Users",
    params(("userId" = String, Path), ("target" = String, Path)), request_body = UserIdentity,
    responses((status = 200, description = "All identities of the user", body = Object),
        (status = 201, description = "All identities of the user", body = Object), Refused, NotFound, Unprocessable))]
async fn replace_user_identity(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, target)): Path<(UserId, String)>,
    Json(request): Json<UserIdentity>,
) -> Result<(StatusCode, Json<Object>), ApiError> {
    if target.chars().count() > LONGEST_TARGET {
        return Err(ErrorCode::EntityValueTooLong.into());
    }
    let mut tx = state.store.write().await?;
    let mut user = taken(&mut tx, &state, &id).await?;
    tx.delete_user_identity(&id, &target).await?;
    tx.insert_user_identity(&id, &target, &request.user_id).await?;
    let mut identity = Map::from_iter([("userId".to_owned(), Value::from(request.user_id))]);
    identity.extend(request.details.map(|details| ("details".to_owned(), details.into())));
    let before = user.identities.insert(target, identity.into());
    tx.update_user(&user).await?;
    tx.commit().await?;
    let status = if before.is_some() { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(user.identities)))
}

/// Remove a social identity from a user
#[utoipa::path(delete, path = "/users/{userId}/identities/{target}", tag = "Users",
    params(("userId" = String, Path), ("target" = String, Path)),
    responses((status = 200, body = UserResponse), Refused, NotFound))]
async fn delete_user_identity(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, target)): Path<(UserId, String)>,
) -> Result<Json<UserResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    let mut user = taken(&mut tx, &state, &id).await?;
    // `remove` of this kind of map would move the last one into its place.
    user.identities.shift_remove(&target).ok_or(ErrorCode::UserIdentityNotExist)?;
    tx.delete_user_identity(&id, &target).await?;
    tx.update_user(&user).await?;
    tx.commit().await?;
    Ok(Json(UserResponse::new(user)))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AllIdentities {
    social_identities: Vec<SocialIdentity>,
    /// Empty: there are no connectors for enterprises yet.
    #[schema(value_type = Vec<Object>)]
    sso_identities: [(); 0],
}

#[derive(Debug, Serialize, ToSchema)]
struct SocialIdentity {
    target: String,
    #[schema(value_type = Object)]
    identity: Value,
}

/// List all identities of a user
#[utoipa::path(get, path = "/users/{userId}/all-identities", tag = "Users", params(("userId" = String, Path)),
    responses((status = 200, body = AllIdentities), Refused, NotFound))]
async fn list_user_all_identities(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<AllIdentities>, ApiError> {
    let user = existing(&state.store.read().await?, &id).await?;
    let shown = |(target, identity)| SocialIdentity { target, identity };
    let social_identities = user.identities.into_iter().map(shown).collect();
    Ok(Json(AllIdentities { social_identities, sso_identities: [] }))
}
