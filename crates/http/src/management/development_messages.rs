//! The mailbox of a development server. Not part of the reference: there is none in production.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use signet_identity::message::Kept;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_development_messages))
}

/// A message that would have been sent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MessageResponse {
    /// `email` or `phone`.
    channel: &'static str,
    to: String,
    /// What it is about: `SignIn`, `Register`, `ForgotPassword`, `Generic` or `OrganizationInvitation`.
    template_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    code: Option<String>,
    /// What else the text of the template may mention.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Option<Object>, nullable = false)]
    variables: Map<String, Value>,
    /// Languages that the person reads, best first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    locales: Option<String>,
    /// Milliseconds since the epoch.
    created_at: i64,
}

impl From<Kept> for MessageResponse {
    fn from(kept: Kept) -> Self {
        Self {
            channel: kept.channel.as_str(),
            to: kept.to,
            template_type: kept.message.template.as_str(),
            code: kept.message.code.map(|code| code.expose().to_owned()),
            variables: kept.message.variables.0,
            locales: kept.message.locales,
            created_at: kept.at.0,
        }
    }
}

/// List messages to people, on a development server
///
/// Newest first, with their codes and links. They are in memory only. A server for production has none: 404.
#[utoipa::path(get, path = "/development/messages", tag = "Development",
    responses((status = 200, body = Vec<MessageResponse>), Refused, NotFound))]
async fn list_development_messages(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<Vec<MessageResponse>>, ApiError> {
    let mailbox = state.identity.mailbox().ok_or(ErrorCode::EntityNotFound)?;
    Ok(Json(mailbox.messages().into_iter().map(MessageResponse::from).collect()))
}
