//! Which claims beyond OpenID Connect's the ID tokens of the tenant have.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::compound::list;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::one_of;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Map, Value, json};
use signet_core::claims::standard::ExtendedClaim;
use signet_core::error_code::ErrorCode;
use signet_oidc::provider::ID_TOKEN_CONFIG;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_id_token_settings, replace_id_token_settings))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct IdTokenSettings {
    /// `custom_data`, `identities`, `sso_identities`, `roles`, `organizations`, `organization_data` and
    /// `organization_roles`. Absent: none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled_extended_claims: Option<Vec<Value>>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct ReplaceIdTokenSettings {
    /// Absent: none.
    #[schema(value_type = Option<Vec<String>>)]
    enabled_extended_claims: Option<Vec<ExtendedClaim>>,
}

impl FromFields for ReplaceIdTokenSettings {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let claims = list(one_of(&ExtendedClaim::ALL, ExtendedClaim::as_str));
        Ok(Self { enabled_extended_claims: fields.optional("enabledExtendedClaims", claims)? })
    }
}

/// Get the settings of ID tokens
#[utoipa::path(get, path = "/configs/id-token", tag = "ID tokens",
    responses((status = 200, body = IdTokenSettings), Refused, NotFound))]
async fn get_id_token_settings(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<IdTokenSettings>, ApiError> {
    let stored = state.store.read().await?.config(ID_TOKEN_CONFIG).await?.ok_or(ErrorCode::EntityNotFound)?;
    let claims = stored.get("enabledExtendedClaims").and_then(Value::as_array).cloned();
    Ok(Json(IdTokenSettings { enabled_extended_claims: claims }))
}

/// Replace the settings of ID tokens
///
/// A claim also needs its scope. Userinfo has what the scopes allow, whatever is set here.
#[utoipa::path(put, path = "/configs/id-token", tag = "ID tokens", request_body = ReplaceIdTokenSettings,
    responses((status = 200, body = IdTokenSettings), Refused))]
async fn replace_id_token_settings(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<ReplaceIdTokenSettings>,
) -> Result<Json<IdTokenSettings>, ApiError> {
    let claims: Option<Vec<Value>> =
        request.enabled_extended_claims.map(|claims| claims.iter().map(|claim| claim.as_str().into()).collect());
    let mut stored = Map::new();
    if let Some(claims) = &claims {
        stored.insert("enabledExtendedClaims".to_owned(), json!(claims));
    }
    let mut tx = state.store.write().await?;
    tx.put_config(ID_TOKEN_CONFIG, &Value::Object(stored)).await?;
    tx.commit().await?;
    Ok(Json(IdTokenSettings { enabled_extended_claims: claims }))
}
