//! One-time tokens: made for a program that sends them in a link, and used once. A token's value is in the answer that
//! makes it and nowhere else.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::absent;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::shape::compound::{list, object};
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{integer, one_of, text};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::TenantId;
use signet_core::interaction::InteractionEvent;
use signet_core::one_time_token::{ONE_TIME_TOKEN_TTL, OneTimeToken, OneTimeTokenContext, OneTimeTokenStatus};
use signet_core::secret::Plain;
use signet_identity::experience::refusal::{ExperienceError, Refusal, TokenRefusal};
use signet_identity::identifier::Email;
use signet_storage::OneTimeTokenFilter;
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_one_time_tokens, create_one_time_token))
        .routes(routes!(verify_one_time_token))
        .routes(routes!(get_one_time_token, delete_one_time_token))
        .routes(routes!(update_one_time_token_status))
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TokenResponse {
    tenant_id: String,
    id: String,
    email: String,
    /// Only in the answers to those who make it or show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    token: Option<String>,
    #[schema(value_type = Object)]
    context: OneTimeTokenContext,
    /// `active`, `consumed`, `revoked` or `expired`.
    status: &'static str,
    /// Milliseconds since the epoch.
    created_at: i64,
    /// Milliseconds since the epoch.
    expires_at: i64,
}

impl TokenResponse {
    fn new(tenant: &TenantId, token: OneTimeToken, value: Option<&Plain>) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            id: token.id,
            email: token.email,
            token: value.map(|value| value.expose().to_owned()),
            context: token.context,
            status: token.status.as_str(),
            created_at: token.created_at.0,
            expires_at: token.expires_at.0,
        }
    }
}

fn email(fields: &mut Fields<'_>) -> Result<Email, Noted> {
    let text = fields.required("email", text().max(256))?;
    text.parse()
        .map_err(|error: signet_identity::identifier::InvalidIdentifier| fields.refuse("email", &error.to_string()))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    email: Option<String>,
    /// `active`, `consumed`, `revoked` or `expired`.
    #[param(value_type = Option<String>)]
    status: Option<OneTimeTokenStatus>,
}

impl FromFields for Filter {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let email = fields.optional("email", text());
        let status = fields.optional("status", one_of(OneTimeTokenStatus::ALL, OneTimeTokenStatus::as_str));
        Ok(Self { email: email?, status: status? })
    }
}

/// List one-time tokens
///
/// Newest first. `Total-Number` counts those that the filter lets through.
#[utoipa::path(get, path = "/one-time-tokens", tag = "One-time tokens", params(Filter, Paging),
    responses((status = 200, body = Vec<TokenResponse>), Refused))]
async fn list_one_time_tokens(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: OptionalPage,
    Query(filter): Query<Filter>,
) -> Result<Paged<TokenResponse>, ApiError> {
    let now = state.clock.now();
    let filter = OneTimeTokenFilter { email: filter.email, status: filter.status, now: Some(now) };
    let found = state.store.read().await?.one_time_tokens(&filter, page.rows()).await?;
    let shown = found.items.into_iter().map(|token| TokenResponse::new(state.tenant(), token.at(now), None)).collect();
    Ok(page.of(shown, Total::Exactly(found.total)))
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct CreateToken {
    #[schema(value_type = String)]
    email: Email,
    #[schema(value_type = Option<Object>, nullable = false)]
    context: OneTimeTokenContext,
    /// Seconds; ten minutes unless told otherwise.
    #[schema(value_type = Option<i64>, nullable = false, minimum = 1)]
    expires_in: i64,
}

struct Context(OneTimeTokenContext);

impl FromFields for Context {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let organizations = fields.optional("jitOrganizationIds", list(text().min(1).max(21)).max(100));
        let event = fields.optional("interactionEvent", one_of(InteractionEvent::ALL, InteractionEvent::as_str));
        Ok(Self(OneTimeTokenContext { jit_organization_ids: organizations?, interaction_event: event? }))
    }
}

/// A year: longer links are no links but passwords.
const LONGEST: i64 = 31_536_000;

impl FromFields for CreateToken {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let email = email(fields);
        let context = fields.optional("context", object::<Context>());
        let expires_in = fields.optional("expiresIn", integer().min(1).max(LONGEST));
        Ok(Self {
            email: email?,
            context: context?.map(|context| context.0).unwrap_or_default(),
            expires_in: expires_in?.unwrap_or(ONE_TIME_TOKEN_TTL),
        })
    }
}

/// Create a one-time token
///
/// Its value is in this answer only. Whoever signs in or registers with it joins the organizations of
/// `jitOrganizationIds`, with the roles that newcomers get there.
#[utoipa::path(post, path = "/one-time-tokens", tag = "One-time tokens", request_body = CreateToken,
    responses((status = 201, body = TokenResponse), Refused, Unprocessable))]
async fn create_one_time_token(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateToken>,
) -> Result<(StatusCode, Json<TokenResponse>), ApiError> {
    let lifetime = Duration::from_secs(request.expires_in.unsigned_abs());
    let made = state.identity.make_one_time_token(&request.email, request.context, lifetime).await;
    let (token, value) = made.map_err(|error| match error {
        ExperienceError::Refused(Refusal::Token(TokenRefusal::UnknownOrganization)) => absent(),
        other => other.into(),
    })?;
    Ok((StatusCode::CREATED, Json(TokenResponse::new(state.tenant(), token, Some(&value)))))
}

#[derive(ToSchema)]
struct UseToken {
    #[schema(value_type = String)]
    token: Plain,
    #[schema(value_type = String)]
    email: Email,
}

impl FromFields for UseToken {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let token = fields.required("token", text().min(1).max(256));
        let email = email(fields);
        Ok(Self { token: Plain::new(token?), email: email? })
    }
}

/// Verify a one-time token
///
/// It is used up.
#[utoipa::path(post, path = "/one-time-tokens/verify", tag = "One-time tokens", request_body = UseToken,
    responses((status = 200, body = TokenResponse), Refused, NotFound))]
async fn verify_one_time_token(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<UseToken>,
) -> Result<Json<TokenResponse>, ApiError> {
    let token = state.identity.use_one_time_token(&request.token, &request.email).await?;
    Ok(Json(TokenResponse::new(state.tenant(), token, Some(&request.token))))
}

/// Get a one-time token
#[utoipa::path(get, path = "/one-time-tokens/{id}", tag = "One-time tokens", params(("id" = String, Path)),
    responses((status = 200, body = TokenResponse), Refused, NotFound))]
async fn get_one_time_token(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<String>,
) -> Result<Json<TokenResponse>, ApiError> {
    let found = state.store.read().await?.one_time_token(&id).await?;
    let token = found.ok_or_else(|| ApiError::not_exists("one_time_token", &id))?;
    Ok(Json(TokenResponse::new(state.tenant(), token.at(state.clock.now()), None)))
}

#[derive(ToSchema)]
struct Status {
    /// `consumed`, `revoked` or `expired`.
    #[schema(value_type = String)]
    status: OneTimeTokenStatus,
}

impl FromFields for Status {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { status: fields.required("status", one_of(OneTimeTokenStatus::ALL, OneTimeTokenStatus::as_str))? })
    }
}

/// Change the status of a one-time token
///
/// It does not become active again.
#[utoipa::path(put, path = "/one-time-tokens/{id}/status", tag = "One-time tokens", params(("id" = String, Path)),
    request_body = Status, responses((status = 200, body = TokenResponse), Refused, NotFound))]
async fn update_one_time_token_status(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<String>,
    Json(request): Json<Status>,
) -> Result<Json<TokenResponse>, ApiError> {
    let token = state.identity.set_one_time_token_status(&id, request.status).await?;
    let token = token.ok_or_else(|| ApiError::not_exists("one_time_token", &id))?;
    Ok(Json(TokenResponse::new(state.tenant(), token, None)))
}

/// Delete a one-time token
#[utoipa::path(delete, path = "/one-time-tokens/{id}", tag = "One-time tokens", params(("id" = String, Path)),
    responses((status = 204), Refused, NotFound))]
async fn delete_one_time_token(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let tx = state.store.write().await?;
    if !tx.delete_one_time_token(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
