//! The audit log, newest entries first.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{Page, Paged, Total};
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{digits, flag, text};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use serde_json::Value;
use signet_core::error_code::ErrorCode;
use signet_core::id::TenantId;
use signet_core::time::Timestamp;
use signet_storage::{LogFilter, LogRow};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A capped count stops here: it says that there are more than ten thousand.
const CAP: u32 = 10_001;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_logs)).routes(routes!(get_log))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LogResponse {
    tenant_id: String,
    id: String,
    key: String,
    #[schema(value_type = Object)]
    payload: Value,
    /// Milliseconds since the epoch.
    created_at: i64,
}

impl LogResponse {
    fn new(tenant: &TenantId, row: LogRow) -> Self {
        let LogRow { id, key, payload, created_at } = row;
        Self { tenant_id: tenant.to_string(), id, key, payload, created_at: created_at.0 }
    }
}

/// Query of `GET /logs`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    #[param(rename = "userId")]
    user_id: Option<String>,
    #[param(rename = "applicationId")]
    application_id: Option<String>,
    #[param(rename = "logKey")]
    log_key: Option<String>,
    /// Stops counting at 10001, which is quicker.
    #[param(rename = "enableCap", value_type = Option<String>)]
    enable_cap: Option<bool>,
    /// Milliseconds since the epoch.
    start_time: Option<i64>,
    /// Milliseconds since the epoch.
    end_time: Option<i64>,
}

impl FromFields for Filter {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let user_id = fields.optional("userId", text());
        let application_id = fields.optional("applicationId", text());
        let log_key = fields.optional("logKey", text());
        let enable_cap = fields.optional("enableCap", flag());
        let start_time = fields.optional("start_time", digits());
        let end_time = fields.optional("end_time", digits());
        Ok(Self {
            user_id: user_id?,
            application_id: application_id?,
            log_key: log_key?,
            enable_cap: enable_cap?,
            start_time: start_time?,
            end_time: end_time?,
        })
    }
}

impl Filter {
    fn into_stored(self) -> Result<LogFilter, ApiError> {
        if self.start_time.zip(self.end_time).is_some_and(|(start, end)| start > end) {
            return Err(ErrorCode::LogInvalidTimeWindow.into());
        }
        Ok(LogFilter {
            user_id: self.user_id,
            application_id: self.application_id,
            key: self.log_key,
            from: self.start_time.map(Timestamp),
            until: self.end_time.map(Timestamp),
            count_cap: self.enable_cap.unwrap_or(false).then_some(CAP),
        })
    }
}

/// List audit log entries
#[utoipa::path(get, path = "/logs", tag = "Audit log", params(Filter, Paging),
    responses((status = 200, body = Vec<LogResponse>), Refused))]
async fn list_logs(
    _: ManagementCaller,
    State(state): State<TenantState>,
    page: Page,
    Query(filter): Query<Filter>,
) -> Result<Paged<LogResponse>, ApiError> {
    let filter = filter.into_stored()?;
    let found = state.store.read().await?.logs(&filter, page.rows()).await?;
    let is_capped = filter.count_cap.is_some_and(|cap| found.total >= i64::from(cap));
    let total = if is_capped { Total::AtLeast(found.total) } else { Total::Exactly(found.total) };
    Ok(page.of(found.items, total).map(|row| LogResponse::new(state.tenant(), row)))
}

/// Get an audit log entry
#[utoipa::path(get, path = "/logs/{id}", tag = "Audit log", params(("id" = String, Path)),
    responses((status = 200, body = LogResponse), Refused, NotFound))]
async fn get_log(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<String>,
) -> Result<Json<LogResponse>, ApiError> {
    let found = state.store.read().await?.log(&id).await?;
    let row = found.ok_or_else(|| ApiError::not_exists("log", &id))?;
    Ok(Json(LogResponse::new(state.tenant(), row)))
}
