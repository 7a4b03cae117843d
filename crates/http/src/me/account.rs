//! What somebody is called, and their custom data.

use super::caller::Myself;
use super::refused;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{text, url};
use crate::extract::shape::{Fields, FromFields, Patch};
use crate::management::openapi::{Refused, Unprocessable};
use crate::management::user_response::UserResponse;
use crate::state::TenantState;
use axum::extract::State;
use serde_json::{Map, Value};
use signet_identity::identifier::Email;
use signet_identity::own_account::OwnChanges;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(get_own_account, update_own_account))
        .routes(routes!(get_own_custom_data, update_own_custom_data))
}

/// Get one's own account
#[utoipa::path(get, path = "/me", tag = "Own account", responses((status = 200, body = UserResponse), Refused))]
async fn get_own_account(myself: Myself, State(state): State<TenantState>) -> Result<Json<UserResponse>, ApiError> {
    Ok(Json(UserResponse::new(state.identity.own_account(myself.id()).await?)))
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct UpdateOwnAccount {
    #[schema(nullable = false, max_length = 128)]
    username: Option<String>,
    /// Must have been verified within ten minutes.
    #[schema(value_type = Option<String>, nullable = false)]
    primary_email: Option<Email>,
    #[schema(value_type = Option<String>, max_length = 128)]
    name: Patch<String>,
    /// A URL.
    #[schema(value_type = Option<String>, max_length = 2048)]
    avatar: Patch<String>,
}

impl FromFields for UpdateOwnAccount {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let username = fields.optional("username", text().min(1).max(128));
        let is_email = |text: &str| text.parse::<Email>().is_ok();
        let primary_email = fields.optional("primaryEmail", text().matching("regex", "Invalid", is_email));
        let name = fields.patch("name", text().max(128));
        let avatar = fields.patch("avatar", url().max(2048));
        Ok(Self {
            username: username?,
            primary_email: primary_email?.and_then(|email| email.parse().ok()),
            name: name?,
            avatar: avatar?,
        })
    }
}

#[expect(clippy::option_option, reason = "left alone, taken away, or another one")]
fn change(patch: Patch<String>) -> Option<Option<String>> {
    match patch {
        Patch::Keep => None,
        Patch::Clear => Some(None),
        Patch::Set(value) => Some(Some(value).filter(|value| !value.is_empty())),
    }
}

/// Change one's own account
#[utoipa::path(patch, path = "/me", tag = "Own account", request_body = UpdateOwnAccount,
    responses((status = 200, body = UserResponse), Refused, Unprocessable))]
async fn update_own_account(
    myself: Myself,
    State(state): State<TenantState>,
    Json(request): Json<UpdateOwnAccount>,
) -> Result<Json<UserResponse>, ApiError> {
    let changes = OwnChanges {
        username: request.username,
        primary_email: request.primary_email,
        name: change(request.name),
        avatar: change(request.avatar),
    };
    Ok(Json(UserResponse::new(state.identity.change_own_account(myself.id(), changes).await.map_err(refused)?)))
}

/// Get one's own custom data
#[utoipa::path(get, path = "/me/custom-data", tag = "Own account",
    responses((status = 200, body = Object), Refused))]
async fn get_own_custom_data(
    myself: Myself,
    State(state): State<TenantState>,
) -> Result<Json<Map<String, Value>>, ApiError> {
    Ok(Json(state.identity.own_account(myself.id()).await?.custom_data))
}

/// Any object: its members are what changes.
struct OwnCustomData(Map<String, Value>);

impl FromFields for OwnCustomData {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self(fields.rest()))
    }
}

/// Change one's own custom data
///
/// Members that are given replace those of the same name; the others stay.
#[utoipa::path(patch, path = "/me/custom-data", tag = "Own account", request_body = Object,
    responses((status = 200, description = "The whole custom data", body = Object), Refused))]
async fn update_own_custom_data(
    myself: Myself,
    State(state): State<TenantState>,
    Json(OwnCustomData(changes)): Json<OwnCustomData>,
) -> Result<Json<Map<String, Value>>, ApiError> {
    Ok(Json(state.identity.change_own_custom_data(myself.id(), changes).await?))
}
