//! What a user has allowed applications.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use super::users::existing;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::one_of;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};
use signet_core::application::Application;
use signet_core::error_code::ErrorCode;
use signet_core::grant::Grant;
use signet_core::id::{GrantId, UserId};
use signet_core::scope::Scope;
use signet_core::time::Timestamp;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_user_grants)).routes(routes!(delete_user_grant))
}

#[derive(Debug, Serialize, ToSchema)]
struct UserGrants {
    grants: Vec<GrantResponse>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GrantResponse {
    id: String,
    payload: GrantPayload,
    /// Milliseconds.
    #[schema(value_type = i64)]
    expires_at: Timestamp,
    application: GrantedApplication,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GrantPayload {
    /// Seconds.
    exp: i64,
    iat: i64,
    jti: String,
    kind: &'static str,
    client_id: String,
    account_id: String,
    /// `{scope}`: scopes of OpenID Connect.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object, nullable = false)]
    openid: Option<Value>,
    /// Scopes by resource indicator.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = Object)]
    resources: BTreeMap<String, Scope>,
    /// What was asked for and not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object, nullable = false)]
    rejected: Option<Value>,
}

#[derive(Debug, Serialize, ToSchema)]
struct GrantedApplication {
    id: String,
    name: String,
}

impl GrantResponse {
    fn new(grant: Grant, application: &Application) -> Self {
        let openid = |scope: &Scope| (!scope.is_empty()).then(|| json!({"scope": scope}));
        let mut rejected = grant.rejected;
        rejected.resources.retain(|_, scope| !scope.is_empty());
        let has_rejected = !rejected.openid.is_empty() || !rejected.resources.is_empty();
        let payload = GrantPayload {
            exp: grant.expires_at.seconds(),
            iat: grant.created_at.seconds(),
            jti: grant.id.to_string(),
            kind: "Grant",
            client_id: grant.client_id.to_string(),
            account_id: grant.user_id.to_string(),
            openid: openid(&grant.openid),
            resources: grant.resources,
            rejected: has_rejected
                .then(|| json!({"openid": {"scope": rejected.openid}, "resources": rejected.resources})),
        };
        let application = GrantedApplication { id: application.id.to_string(), name: application.name.clone() };
        Self { id: grant.id.into(), payload, expires_at: grant.expires_at, application }
    }
}

/// Whose applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AppType {
    FirstParty,
    ThirdParty,
}

impl AppType {
    const ALL: [Self; 2] = [Self::FirstParty, Self::ThirdParty];

    fn as_str(self) -> &'static str {
        match self {
            Self::FirstParty => "firstParty",
            Self::ThirdParty => "thirdParty",
        }
    }

    fn of(application: &Application) -> Self {
        if application.is_third_party { Self::ThirdParty } else { Self::FirstParty }
    }
}

#[derive(Debug)]
struct GrantFilter {
    app_type: Option<AppType>,
}

impl FromFields for GrantFilter {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { app_type: fields.optional("appType", one_of(&AppType::ALL, AppType::as_str))? })
    }
}

/// List grants of a user
#[utoipa::path(get, path = "/users/{userId}/grants", tag = "Users", params(("userId" = String, Path),
        ("appType" = Option<String>, Query, description = "`firstParty` or `thirdParty`")),
    responses((status = 200, body = UserGrants), Refused, NotFound))]
async fn list_user_grants(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
    Query(filter): Query<GrantFilter>,
) -> Result<Json<UserGrants>, ApiError> {
    let stored = {
        let reader = state.store.read().await?;
        existing(&reader, &id).await?;
        reader.grants_of_user(&id, state.clock.now()).await?
    };
    let mut grants = Vec::new();
    for grant in stored {
        let known = state.provider.client(grant.client_id.as_str()).await?;
        let wanted = |kind: AppType| filter.app_type.is_none_or(|asked| asked == kind);
        if let Some(client) = known.filter(|client| wanted(AppType::of(&client.application))) {
            grants.push(GrantResponse::new(grant, &client.application));
        }
    }
    Ok(Json(UserGrants { grants }))
}

/// Revoke a grant of a user
///
/// Its codes and tokens go with it. Access tokens in the form of JWTs are good until they expire.
#[utoipa::path(delete, path = "/users/{userId}/grants/{grantId}", tag = "Users",
    params(("userId" = String, Path), ("grantId" = String, Path)),
    responses((status = 204, description = "The grant is revoked."), Refused, NotFound))]
async fn delete_user_grant(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((user, id)): Path<(UserId, GrantId)>,
) -> Result<StatusCode, ApiError> {
    let tx = state.store.write().await?;
    let found = tx.grant(&id, state.clock.now()).await?.filter(|grant| grant.user_id == user);
    if found.is_none() || !tx.delete_grant(&id).await? {
        return Err(ErrorCode::OidcInvalidGrant.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
