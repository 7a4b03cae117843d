//! The browser sessions of a user.

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
use serde_json::{Map, Value, json};
use signet_core::error_code::ErrorCode;
use signet_core::id::{SessionUid, UserId};
use signet_core::session::{Session, SessionClient};
use signet_core::time::Timestamp;
use signet_oidc::authorize::session::{self, AlsoRevoke};
use signet_storage::Reader;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_user_sessions)).routes(routes!(get_user_session, delete_user_session))
}

#[derive(Debug, Serialize, ToSchema)]
struct UserSessions {
    sessions: Vec<SessionResponse>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionResponse {
    payload: SessionPayload,
    /// What was submitted when the user signed in.
    #[schema(value_type = Option<Object>)]
    last_submission: Option<Value>,
    /// The application that the session began with.
    client_id: Option<String>,
    account_id: String,
    /// Milliseconds.
    #[schema(value_type = i64)]
    expires_at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionPayload {
    /// Seconds.
    exp: i64,
    iat: i64,
    /// Names the session. What opens it is never shown.
    jti: String,
    uid: String,
    kind: &'static str,
    /// Seconds. When the user proved who they are.
    login_ts: i64,
    account_id: String,
    /// By application: `{sid, grantId, persistsLogout?}`.
    #[schema(value_type = Object)]
    authorizations: Map<String, Value>,
}

impl SessionResponse {
    fn new(session: Session, clients: &[SessionClient]) -> Self {
        let uid = session.uid.to_string();
        let payload = SessionPayload {
            exp: session.expires_at.seconds(),
            iat: session.created_at.seconds(),
            jti: uid.clone(),
            uid,
            kind: "Session",
            login_ts: session.login_at.seconds(),
            account_id: session.user_id.to_string(),
            authorizations: clients.iter().map(authorization).collect(),
        };
        Self {
            payload,
            last_submission: session.last_submission,
            client_id: session.client_id.map(String::from),
            account_id: session.user_id.into(),
            expires_at: session.expires_at,
        }
    }
}

fn authorization(client: &SessionClient) -> (String, Value) {
    let mut value = json!({"sid": client.sid, "grantId": client.grant_id});
    if let Some(members) = value.as_object_mut().filter(|_| client.persists_logout) {
        members.insert("persistsLogout".to_owned(), true.into());
    }
    (client.client_id.to_string(), value)
}

/// List sessions of a user
#[utoipa::path(get, path = "/users/{userId}/sessions", tag = "Users", params(("userId" = String, Path)),
    responses((status = 200, body = UserSessions), Refused, NotFound))]
async fn list_user_sessions(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<UserId>,
) -> Result<Json<UserSessions>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let mut sessions = Vec::new();
    for session in reader.sessions_of_user(&id, state.clock.now()).await? {
        let clients = reader.session_clients(&session.uid).await?;
        sessions.push(SessionResponse::new(session, &clients));
    }
    Ok(Json(UserSessions { sessions }))
}

/// Get a session of a user
#[utoipa::path(get, path = "/users/{userId}/sessions/{sessionId}", tag = "Users",
    params(("userId" = String, Path), ("sessionId" = String, Path)),
    responses((status = 200, body = SessionResponse), Refused, NotFound))]
async fn get_user_session(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((user, id)): Path<(UserId, SessionUid)>,
) -> Result<Json<SessionResponse>, ApiError> {
    let reader = state.store.read().await?;
    let session = of_user(&reader, (&user, &id), state.clock.now()).await?;
    let clients = reader.session_clients(&id).await?;
    Ok(Json(SessionResponse::new(session, &clients)))
}

async fn of_user(reader: &Reader, (user, id): (&UserId, &SessionUid), now: Timestamp) -> Result<Session, ApiError> {
    let session = reader.session(id, now).await?.ok_or(ErrorCode::OidcSessionNotFound)?;
    if session.user_id == *user { Ok(session) } else { Err(ErrorCode::OidcInvalidSessionAccount.into()) }
}

/// What goes with a session.
#[derive(Debug)]
struct DeleteSession {
    also: AlsoRevoke,
}

fn name(also: AlsoRevoke) -> &'static str {
    match also {
        AlsoRevoke::All => "all",
        AlsoRevoke::FirstParty => "firstParty",
        AlsoRevoke::Nothing => "",
    }
}

impl FromFields for DeleteSession {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let also = fields.optional("revokeGrantsTarget", one_of(&[AlsoRevoke::All, AlsoRevoke::FirstParty], name))?;
        Ok(Self { also: also.unwrap_or(AlsoRevoke::Nothing) })
    }
}

/// End a session of a user
///
/// Its applications are told through their back-channel logout URIs. Refresh tokens with `offline_access` keep
/// working unless `revokeGrantsTarget` says otherwise.
#[utoipa::path(delete, path = "/users/{userId}/sessions/{sessionId}", tag = "Users",
    params(("userId" = String, Path), ("sessionId" = String, Path),
        ("revokeGrantsTarget" = Option<String>, Query, description = "`all` or `firstParty`: also revoke these grants.")),
    responses((status = 204, description = "The session has ended."), Refused, NotFound))]
async fn delete_user_session(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((user, id)): Path<(UserId, SessionUid)>,
    Query(request): Query<DeleteSession>,
) -> Result<StatusCode, ApiError> {
    let session = of_user(&state.store.read().await?, (&user, &id), state.clock.now()).await?;
    session::terminate(&state.provider, &session, request.also).await?;
    Ok(StatusCode::NO_CONTENT)
}
