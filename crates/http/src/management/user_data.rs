//! Parts of a user that are changed by themselves: custom data, profile, and choices about second factors.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use super::user_requests::profile;
use super::users::{existing, taken};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::shape::compound::json_object;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::kept::members;
use crate::extract::shape::scalar::boolean;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde_json::{Map, Value, json};
use signet_core::id::UserId;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

type Object = Map<String, Value>;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_user_custom_data, update_user_custom_data))
        .routes(routes!(update_user_profile))
        .routes(routes!(list_user_logto_configs, update_user_logto_configs))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct UserCustomData {
    #[schema(value_type = Object)]
    custom_data: Object,
}

impl FromFields for UserCustomData {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { custom_data: fields.required("customData", json_object())? })
    }
}

/// Get custom data of a user
#[utoipa::path(get, path = "/users/{userId}/custom-data", tag = "Users", params(("userId" = String, Path)),
    responses((status = 200, body = Object), Refused, NotFound))]
async fn list_user_custom_data(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<Object>, ApiError> {
    Ok(Json(existing(&state.store.read().await?, &id).await?.custom_data))
}

/// Update custom data of a user
///
/// Members that are given replace those of the same name, one level deep; the others stay.
#[utoipa::path(patch, path = "/users/{userId}/custom-data", tag = "Users", params(("userId" = String, Path)),
    request_body = UserCustomData,
    responses((status = 200, description = "The whole custom data", body = Object), Refused, NotFound))]
async fn update_user_custom_data(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<UserCustomData>,
) -> Result<Json<Object>, ApiError> {
    let mut tx = state.store.write().await?;
    let mut user = taken(&mut tx, &state, &id).await?;
    user.custom_data.extend(request.custom_data);
    tx.update_user(&user).await?;
    tx.commit().await?;
    Ok(Json(user.custom_data))
}

#[derive(Debug, ToSchema)]
struct UserProfile {
    #[schema(value_type = Object)]
    profile: Object,
}

impl FromFields for UserProfile {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { profile: fields.required("profile", profile())? })
    }
}

/// Update the profile of a user
///
/// Members that are given replace those of the same name; an address replaces the whole address.
#[utoipa::path(patch, path = "/users/{userId}/profile", tag = "Users", params(("userId" = String, Path)),
    request_body = UserProfile,
    responses((status = 200, description = "The whole profile", body = Object), Refused, NotFound))]
async fn update_user_profile(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(request): Json<UserProfile>,
) -> Result<Json<Object>, ApiError> {
    let mut tx = state.store.write().await?;
    let mut user = taken(&mut tx, &state, &id).await?;
    user.profile.extend(request.profile);
    tx.update_user(&user).await?;
    tx.commit().await?;
    Ok(Json(user.profile))
}

/// The names of the two groups, in an answer and as stored.
const MFA: &str = "mfa";
const PASSKEY: (&str, &str) = ("passkeySignIn", "passkey_sign_in");

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct UserChoices {
    #[schema(value_type = Option<Object>, nullable = false)]
    mfa: Option<Object>,
    #[schema(value_type = Option<Object>, nullable = false)]
    passkey_sign_in: Option<Object>,
}

impl FromFields for UserChoices {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let mfa = members().optionals(&["enabled", "skipped", "skipMfaOnSignIn"], boolean);
        // Known to clients of the reference, and not an administrator's to change.
        let mfa = fields.optional(MFA, mfa.optional("additionalBindingSuggestionSkipped", boolean()));
        let passkey_sign_in = fields.optional(PASSKEY.0, members().optional("skipped", boolean()));
        Ok(Self { mfa: mfa?, passkey_sign_in: passkey_sign_in? })
    }
}

/// Get choices of a user about second factors
#[utoipa::path(get, path = "/users/{userId}/logto-configs", tag = "Users", params(("userId" = String, Path)),
    responses((status = 200, body = Object), Refused, NotFound))]
async fn list_user_logto_configs(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<Value>, ApiError> {
    Ok(Json(choices(&existing(&state.store.read().await?, &id).await?.settings)))
}

/// Update choices of a user about second factors
///
/// What is not given stays.
#[utoipa::path(patch, path = "/users/{userId}/logto-configs", tag = "Users", params(("userId" = String, Path)),
    request_body = UserChoices, responses((status = 200, body = Object), Refused, NotFound))]
async fn update_user_logto_configs(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Json(mut request): Json<UserChoices>,
) -> Result<Json<Value>, ApiError> {
    let mut tx = state.store.write().await?;
    let mut user = taken(&mut tx, &state, &id).await?;
    request.mfa.iter_mut().for_each(|mfa| drop(mfa.remove("additionalBindingSuggestionSkipped")));
    for (group, given) in [(MFA, request.mfa), (PASSKEY.1, request.passkey_sign_in)] {
        if let Some(given) = given {
            merge(&mut user.settings, group, given);
        }
    }
    tx.update_user(&user).await?;
    tx.commit().await?;
    Ok(Json(choices(&user.settings)))
}

fn merge(settings: &mut Object, group: &str, given: Object) {
    match settings.get_mut(group) {
        Some(Value::Object(held)) => held.extend(given),
        _ => drop(settings.insert(group.to_owned(), given.into())),
    }
}

/// Everything has its default but `enabled`, of which it matters that nobody chose.
fn choices(settings: &Object) -> Value {
    let choice = |group: &str, name: &str| settings.get(group).and_then(|held| held.get(name)).and_then(Value::as_bool);
    let mut mfa = json!({
        "skipped": choice(MFA, "skipped").unwrap_or(false),
        "skipMfaOnSignIn": choice(MFA, "skipMfaOnSignIn").unwrap_or(false),
    });
    if let (Some(enabled), Some(members)) = (choice(MFA, "enabled"), mfa.as_object_mut()) {
        members.insert("enabled".to_owned(), enabled.into());
    }
    json!({MFA: mfa, PASSKEY.0: {"skipped": choice(PASSKEY.1, "skipped").unwrap_or(false)}})
}
