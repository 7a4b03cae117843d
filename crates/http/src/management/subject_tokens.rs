//! Subject tokens: what a backend exchanges once for an access token of somebody else (RFC 8693), to act for them.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use crate::error::ApiError;
use crate::extract::json::Json;
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
use signet_core::exchange::{SUBJECT_TOKEN_PREFIX, SUBJECT_TOKEN_TTL, SubjectToken};
use signet_core::id::MAX_LENGTH;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(create_subject_token))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct CreateSubjectToken {
    user_id: String,
    /// What claims scripts should know of the impersonation.
    #[schema(value_type = Option<Object>, nullable = false)]
    context: Option<Map<String, Value>>,
}

impl FromFields for CreateSubjectToken {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let user_id = fields.required("userId", text());
        let context = fields.optional("context", json_object());
        Ok(Self { user_id: user_id?, context: context? })
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CreatedSubjectToken {
    subject_token: String,
    /// Seconds.
    expires_in: i64,
}

/// Create a subject token
///
/// It works once, for ten minutes.
#[utoipa::path(post, path = "/subject-tokens", tag = "Subject tokens", request_body = CreateSubjectToken,
    responses((status = 201, body = CreatedSubjectToken), Refused, NotFound))]
async fn create_subject_token(
    caller: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateSubjectToken>,
) -> Result<(StatusCode, Json<CreatedSubjectToken>), ApiError> {
    // An id that breaks the grammar is nobody's.
    let user_id = request.user_id.parse().map_err(|_| ErrorCode::EntityForeignKeyNotFound)?;
    let now = state.clock.now();
    let subject_token = format!("{SUBJECT_TOKEN_PREFIX}{}", state.rng.id(MAX_LENGTH));
    let token = SubjectToken {
        id: state.rng.id(MAX_LENGTH),
        hash: ValueHash::of(&subject_token),
        user_id,
        creator_id: Some(caller.subject().to_owned()),
        context: request.context.unwrap_or_default(),
        created_at: now,
        expires_at: Timestamp::from_seconds(now.seconds() + SUBJECT_TOKEN_TTL),
        consumed_at: None,
    };
    let tx = state.store.write().await?;
    tx.insert_subject_token(&token).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(CreatedSubjectToken { subject_token, expires_in: SUBJECT_TOKEN_TTL })))
}
