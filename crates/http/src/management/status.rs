//! Whether the server answers, for whoever watches it.

use crate::state::TenantState;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const STATUS_API_KEY: HeaderName = HeaderName::from_static("logto-status-api-key");
const TENANT_ID: HeaderName = HeaderName::from_static("logto-tenant-id");

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_status))
}

/// Check that the server answers
///
/// Callers that know the status key are told the tenant id in `logto-tenant-id`.
#[utoipa::path(get, path = "/status", tag = "Status", security(()),
    params(("logto-status-api-key" = Option<String>, Header)),
    responses((status = 204, description = "The server answers.")))]
async fn get_status(State(state): State<TenantState>, headers: HeaderMap) -> Response {
    let presented = headers.get(STATUS_API_KEY).and_then(|value| value.to_str().ok());
    let expected = state.settings.status_api_key;
    let is_known = presented.zip(expected).is_some_and(|(presented, expected)| expected.matches(presented));
    let mut response = StatusCode::NO_CONTENT.into_response();
    if is_known && let Ok(tenant) = HeaderValue::from_str(state.tenant().as_str()) {
        response.headers_mut().insert(TENANT_ID, tenant);
    }
    response
}
