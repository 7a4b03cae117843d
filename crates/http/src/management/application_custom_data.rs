//! The custom data of an application: a JSON object that means nothing to the server.

use super::applications::existing;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde_json::{Map, Value};
use signet_core::id::ApplicationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(update_application_custom_data))
}

/// The body itself is the object.
#[derive(Debug)]
struct CustomData(Map<String, Value>);

impl FromFields for CustomData {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self(fields.rest()))
    }
}

/// Update custom data of an application
///
/// Members that are given replace those of the same name, one level deep; the others stay.
#[utoipa::path(patch, path = "/applications/{applicationId}/custom-data", tag = "Applications",
    params(("applicationId" = String, Path)), request_body = Object,
    responses((status = 200, description = "The whole custom data", body = Object), Refused, NotFound))]
async fn update_application_custom_data(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(CustomData(changes)): Json<CustomData>,
) -> Result<Json<Map<String, Value>>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let mut application = existing(&tx, &id).await?;
    application.custom_data.extend(changes);
    tx.update_application(&application).await?;
    tx.commit().await?;
    Ok(Json(application.custom_data))
}
