//! The people of a tenant.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Searching, Unprocessable};
use super::user_requests::{CreateUser, Including, ListFilter, NewPassword, SearchableUser, UpdateUser};
use super::user_response::UserResponse;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::search::Searched;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::boolean;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::error_code::ErrorCode;
use signet_core::id::UserId;
use signet_core::user::User;
use signet_identity::users;
use signet_oidc::authorize::session::Farewell;
use signet_storage::{Reader, Tx, UserFilter};
use std::collections::HashMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_users, create_user))
        .routes(routes!(get_user, update_user, delete_user))
        .routes(routes!(update_user_is_suspended))
}

/// List users
///
/// Newest first.
#[utoipa::path(get, path = "/users", tag = "Users", params(ListFilter, Searching, Paging),
    responses((status = 200, body = Vec<UserResponse>), Refused))]
async fn list_users(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: Page,
    search: Searched<SearchableUser>,
    Query(filter): Query<ListFilter>,
) -> Result<Paged<UserResponse>, ApiError> {
    let with_hash = filter.include_password_hash;
    let filter = UserFilter { search: search.0, ..filter.into_stored()? };
    let reader = state.store.read().await?;
    let found = reader.users(&filter, Some(page.rows())).await?;
    let mut hashes = HashMap::new();
    if with_hash {
        let ids: Vec<UserId> = found.items.iter().map(|user| user.id.clone()).collect();
        hashes = reader.user_passwords(&ids).await?;
    }
    let rows = found.items.into_iter().map(|user| {
        let hash = hashes.remove(&user.id);
        let shown = UserResponse::new(user);
        if with_hash { shown.with_password_hash(hash) } else { shown }
    });
    Ok(page.of(rows.collect(), Total::Exactly(found.total)))
}

/// Create a user
///
/// With the default roles. The password policy is for people who choose their own password, and not asked here.
#[utoipa::path(post, path = "/users", tag = "Users", request_body = CreateUser,
    responses((status = 200, body = UserResponse), Refused, Unprocessable))]
async fn create_user(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(mut request): Json<CreateUser>,
) -> Result<Json<UserResponse>, ApiError> {
    let password = match request.take_password()? {
        Some(NewPassword::Plain(password)) => Some(state.passwords.hash(password).await?),
        Some(NewPassword::Hashed(hash)) => Some(hash),
        None => None,
    };
    let any_case = names_in_any_case(&state).await?;
    let mut tx = state.store.write().await?;
    let id = users::new_id(&tx, &*state.rng).await?;
    let mut user = request.into_user(id, state.clock.now())?;
    if any_case {
        refuse_same_name(&tx, &user).await?;
    }
    users::create(&mut tx, &mut user, password.as_ref()).await?;
    tx.commit().await?;
    Ok(Json(UserResponse::new(user)))
}

/// Get a user
#[utoipa::path(get, path = "/users/{userId}", tag = "Users", params(("userId" = String, Path), Including),
    responses((status = 200, body = UserResponse), Refused, NotFound))]
async fn get_user(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Query(including): Query<Including>,
) -> Result<Json<UserResponse>, ApiError> {
    let reader = state.store.read().await?;
    let mut shown = UserResponse::new(existing(&reader, &id).await?);
    if including.include_password_hash {
        shown = shown.with_password_hash(reader.user_password(&id).await?);
    }
    if including.include_sso_identities {
        shown = shown.with_sso_identities();
    }
    Ok(Json(shown))
}

/// Update a user
///
/// Custom data and profile are replaced whole.
#[utoipa::path(patch, path = "/users/{userId}", tag = "Users", params(("userId" = String, Path)),
    request_body = UpdateUser, responses((status = 200, body = UserResponse), Refused, NotFound, Unprocessable))]
async fn update_user(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<UpdateUser>,
) -> Result<Json<UserResponse>, ApiError> {
    let any_case = request.names() && names_in_any_case(&state).await?;
    let mut tx = state.store.write().await?;
    let mut user = taken(&mut tx, &state, &id).await?;
    request.apply(&mut user)?;
    if any_case {
        refuse_same_name(&tx, &user).await?;
    }
    tx.update_user(&user).await?;
    tx.commit().await?;
    Ok(Json(UserResponse::new(user)))
}

/// Delete a user
///
/// Sessions, grants and opaque tokens end at once, and applications are told through their back-channel logout URIs.
/// Access tokens that are JWTs live until they expire.
#[utoipa::path(delete, path = "/users/{userId}", tag = "Users", params(("userId" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_user(
    caller: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<StatusCode, ApiError> {
    if caller.subject() == id.as_str() {
        return Err(ErrorCode::UserCannotDeleteSelf.into());
    }
    let mut tx = state.store.write().await?;
    let farewell = Farewell::of(&tx, &id, state.clock.now()).await?;
    if !users::delete(&mut tx, &id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    farewell.say(&state.provider).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct UserSuspension {
    is_suspended: bool,
}

impl FromFields for UserSuspension {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { is_suspended: fields.required("isSuspended", boolean())? })
    }
}

/// Suspend a user, or end a suspension
///
/// Sessions, grants and opaque tokens of a suspended user end at once and do not come back, and applications are told
/// through their back-channel logout URIs. Access tokens that are JWTs live until they expire.
#[utoipa::path(patch, path = "/users/{userId}/is-suspended", tag = "Users", params(("userId" = String, Path)),
    request_body = UserSuspension, responses((status = 200, body = UserResponse), Refused, NotFound))]
async fn update_user_is_suspended(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<UserSuspension>,
) -> Result<Json<UserResponse>, ApiError> {
    let mut tx = state.store.write().await?;
    let farewell = Farewell::of(&tx, &id, state.clock.now()).await?;
    let user = users::set_suspended(&mut tx, &id, request.is_suspended, state.clock.now()).await?;
    let user = user.ok_or(ErrorCode::EntityNotFound)?;
    tx.commit().await?;
    if request.is_suspended {
        farewell.say(&state.provider).await?;
    }
    Ok(Json(UserResponse::new(user)))
}

/// Whether `Alice` and `alice` are one name in this tenant.
async fn names_in_any_case(state: &TenantState) -> Result<bool, ApiError> {
    Ok(!state.identity.settings().await?.rules.username_policy.case_sensitive)
}

/// Refuses a name that somebody else has in another case. Names in the same case the database keeps apart.
async fn refuse_same_name(tx: &Tx, user: &User) -> Result<(), ApiError> {
    let Some(name) = &user.username else { return Ok(()) };
    // No constraint helps here, so that two at once must wait for each other.
    tx.lock_tenant().await?;
    match tx.user_by_username_any_case(name).await? {
        Some(other) if other.id != user.id => Err(ErrorCode::UserUsernameInUse.into()),
        _ => Ok(()),
    }
}

/// The user of a path, or 404.
pub(super) async fn existing(reader: &Reader, id: &UserId) -> Result<User, ApiError> {
    reader.user(id).await?.ok_or_else(|| ErrorCode::EntityNotFound.into())
}

/// The user of a path, to be changed by this transaction, or 404.
pub(super) async fn taken(tx: &mut Tx, state: &TenantState, id: &UserId) -> Result<User, ApiError> {
    tx.take_user(id, state.clock.now()).await?.ok_or_else(|| ErrorCode::EntityNotFound.into())
}
