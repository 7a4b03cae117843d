//! How an application looks on the page that asks for consent.

use super::applications::existing;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused};
use super::organization_requests::{branding, color};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{Text, text};
use crate::extract::shape::{Fields, FromFields, Patch};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::id::{ApplicationId, TenantId};
use signet_core::third_party::Appearance;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

type Members = Map<String, Value>;

const LONGEST_URL: usize = 2048;
const LONGEST_CSS: usize = 256 * 1024;
const LONGEST_NAME: usize = 256;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_application_sign_in_experience, put_application_sign_in_experience))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct PutAppearance {
    /// `primaryColor`, `isDarkModeEnabled` and `darkPrimaryColor`.
    #[schema(value_type = Option<Object>, nullable = false)]
    color: Option<Members>,
    /// URLs: `logoUrl`, `darkLogoUrl`, `favicon` and `darkFavicon`.
    #[schema(value_type = Option<Object>, nullable = false)]
    branding: Option<Members>,
    #[schema(value_type = Option<String>)]
    custom_css: Patch<String>,
    #[schema(value_type = Option<String>, max_length = 2048)]
    terms_of_use_url: Patch<String>,
    #[schema(value_type = Option<String>, max_length = 2048)]
    privacy_policy_url: Patch<String>,
    #[schema(value_type = Option<String>, max_length = 256)]
    display_name: Patch<String>,
}

impl FromFields for PutAppearance {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let (color, branding) = (fields.optional("color", color()), fields.optional("branding", branding()));
        let custom_css = fields.patch("customCss", text().max(LONGEST_CSS));
        let terms_of_use_url = fields.patch("termsOfUseUrl", link());
        let privacy_policy_url = fields.patch("privacyPolicyUrl", link());
        let display_name = fields.patch("displayName", text().max(LONGEST_NAME));
        Ok(Self {
            color: color?,
            branding: branding?,
            custom_css: custom_css?,
            terms_of_use_url: terms_of_use_url?,
            privacy_policy_url: privacy_policy_url?,
            display_name: display_name?,
        })
    }
}

/// An empty field of a form means none.
fn link() -> Text {
    text().max(LONGEST_URL).matching("url", "Invalid url", |text| text.is_empty() || url::Url::parse(text).is_ok())
}

impl PutAppearance {
    fn apply(self, appearance: &mut Appearance) {
        if let Some(color) = self.color {
            appearance.color = color;
        }
        if let Some(branding) = self.branding {
            appearance.branding = branding;
        }
        self.custom_css.apply(&mut appearance.custom_css);
        self.terms_of_use_url.apply(&mut appearance.terms_of_use_url);
        self.privacy_policy_url.apply(&mut appearance.privacy_policy_url);
        self.display_name.apply(&mut appearance.display_name);
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AppearanceResponse {
    tenant_id: String,
    application_id: String,
    #[schema(value_type = Object)]
    color: Members,
    #[schema(value_type = Object)]
    branding: Members,
    custom_css: Option<String>,
    terms_of_use_url: Option<String>,
    privacy_policy_url: Option<String>,
    display_name: Option<String>,
}

impl AppearanceResponse {
    fn new(tenant: &TenantId, application: &ApplicationId, appearance: Appearance) -> Self {
        Self {
            tenant_id: tenant.to_string(),
            application_id: application.to_string(),
            color: appearance.color,
            branding: appearance.branding,
            custom_css: appearance.custom_css,
            terms_of_use_url: appearance.terms_of_use_url,
            privacy_policy_url: appearance.privacy_policy_url,
            display_name: appearance.display_name,
        }
    }
}

/// Get the looks of an application
///
/// 404 until somebody has said how it looks.
#[utoipa::path(get, path = "/applications/{applicationId}/sign-in-experience", tag = "Applications",
    params(("applicationId" = String, Path)),
    responses((status = 200, body = AppearanceResponse), Refused, NotFound))]
async fn get_application_sign_in_experience(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<AppearanceResponse>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let found = reader.appearance(&id).await?;
    let appearance = found.ok_or_else(|| ApiError::not_exists("application_sign_in_experience", id.as_str()))?;
    Ok(Json(AppearanceResponse::new(state.tenant(), &id, appearance)))
}

/// Change the looks of an application
///
/// What is not given stays.
#[utoipa::path(put, path = "/applications/{applicationId}/sign-in-experience", tag = "Applications",
    params(("applicationId" = String, Path)), request_body = PutAppearance,
    responses((status = 200, body = AppearanceResponse), (status = 201, body = AppearanceResponse), Refused, NotFound))]
async fn put_application_sign_in_experience(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(request): Json<PutAppearance>,
) -> Result<(StatusCode, Json<AppearanceResponse>), ApiError> {
    let tx = state.store.write().await?;
    tx.lock_tenant().await?;
    existing(&tx, &id).await?;
    let before = tx.appearance(&id).await?;
    let status = if before.is_some() { StatusCode::OK } else { StatusCode::CREATED };
    let mut appearance = before.unwrap_or_default();
    request.apply(&mut appearance);
    tx.put_appearance(&id, &appearance).await?;
    tx.commit().await?;
    Ok((status, Json(AppearanceResponse::new(state.tenant(), &id, appearance))))
}
