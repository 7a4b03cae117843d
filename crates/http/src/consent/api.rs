//! `/api/interaction/consent`: what is asked, and the answer.

use crate::cookies::{Cookies, PendingInteraction};
use crate::error::{ApiError, ErrorBody};
use crate::extract::json::Json;
use crate::extract::own_page::comes_from_here;
use crate::extract::shape::compound::list;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::oidc::answer::{OAuthAnswer, uncached};
use crate::state::TenantState;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use signet_core::id::OrganizationId;
use signet_oidc::authorize::consent::missing::{
    Missing, MissingInOrganization, MissingScopes, NamedResource, NamedScope,
};
use signet_oidc::authorize::consent::{self, Consent, NotAllowed};
use signet_oidc::error::OAuthError;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_consent, submit_consent))
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ConsentInfo {
    application: ConsentApplication,
    user: ConsentUser,
    /// Organizations of the person that the application may be let into. Empty unless it asks for the first time.
    organizations: Vec<ConsentOrganization>,
    /// Absent when nothing is missing.
    #[serde(rename = "missingOIDCScope", skip_serializing_if = "Vec::is_empty")]
    missing_openid_scope: Vec<String>,
    missing_resource_scopes: Vec<MissingResourceScopes>,
    /// Absent when a device asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    redirect_uri: Option<String>,
}

/// The application, with how it looks where it differs from the tenant.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ConsentApplication {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    display_name: Option<String>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    branding: Map<String, Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    color: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    custom_css: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    terms_of_use_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    privacy_policy_url: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ConsentOrganization {
    id: String,
    name: String,
    missing_resource_scopes: Vec<MissingResourceScopes>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ConsentUser {
    id: String,
    name: Option<String>,
    avatar: Option<String>,
    username: Option<String>,
    primary_email: Option<String>,
    primary_phone: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct MissingResourceScopes {
    resource: ConsentResource,
    scopes: Vec<ConsentScope>,
}

#[derive(Serialize, ToSchema)]
struct ConsentResource {
    id: String,
    name: String,
    indicator: String,
}

#[derive(Serialize, ToSchema)]
struct ConsentScope {
    id: String,
    name: String,
    description: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Submitted {
    /// Where the browser goes next.
    redirect_to: String,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct SubmitConsent {
    #[schema(nullable = false)]
    organization_ids: Option<Vec<String>>,
}

impl FromFields for SubmitConsent {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { organization_ids: fields.optional("organizationIds", list(text().min(1)))? })
    }
}

impl SubmitConsent {
    /// Nobody is a member of an organization whose id nothing can have.
    fn organizations(&self) -> Option<Vec<OrganizationId>> {
        self.organization_ids.iter().flatten().map(|id| id.parse().ok()).collect()
    }
}

/// Get what a person is asked to allow
///
/// For the browser whose person is asked, by its cookies.
#[utoipa::path(get, path = "/interaction/consent", tag = "Interaction", security(()),
    responses((status = 200, body = ConsentInfo),
        (status = 400, body = ErrorBody, description = "Nobody is asked in this browser.")))]
async fn get_consent(State(state): State<TenantState>, pending: PendingInteraction, headers: HeaderMap) -> Response {
    let info = async {
        let consent = open(&state, pending, &headers).await?;
        let missing = consent.missing(&state.provider).await?;
        Ok(uncached(&ConsentInfo::new(&consent, missing)))
    };
    OAuthAnswer::new(&state, None).of(info.await)
}

/// Allow what is asked
///
/// Lets the application into the organizations that are named. For the browser whose person is asked, by its cookies.
#[utoipa::path(post, path = "/interaction/consent", tag = "Interaction", security(()), request_body = SubmitConsent,
    responses((status = 200, body = Submitted),
        (status = 400, body = ErrorBody, description = "Nobody is asked in this browser."),
        (status = 403, body = ErrorBody, description = "The call came from a page of somebody else."),
        (status = 422, body = ErrorBody, description = "The person is no member of an organization.")))]
async fn submit_consent(
    State(state): State<TenantState>,
    pending: PendingInteraction,
    headers: HeaderMap,
    Json(request): Json<SubmitConsent>,
) -> Response {
    if !comes_from_here(&state, &headers) {
        return ApiError::from(ErrorCode::AuthForbidden).into_response();
    }
    let submitted = async {
        let consent = open(&state, pending, &headers).await?;
        let chosen = request.organizations().ok_or(NotAllowed::NotAMember)?;
        consent.allow(&state.provider, &chosen).await
    };
    match submitted.await {
        Ok(redirect_to) => uncached(&Submitted { redirect_to }),
        Err(NotAllowed::NotAMember) => ApiError::from(ErrorCode::OrganizationRequireMembership).into_response(),
        Err(NotAllowed::Failed(error)) => OAuthAnswer::new(&state, None).refuse(&error),
    }
}

async fn open(state: &TenantState, pending: PendingInteraction, headers: &HeaderMap) -> Result<Consent, OAuthError> {
    let cookies = Cookies::of(state, headers).await?;
    consent::open(&state.provider, pending.0, cookies.session()).await
}

impl ConsentInfo {
    fn new(consent: &Consent, missing: Missing) -> Self {
        let user = consent.user();
        Self {
            application: ConsentApplication::new(consent),
            user: ConsentUser {
                id: user.id.to_string(),
                name: user.name.clone(),
                avatar: user.avatar.clone(),
                username: user.username.clone(),
                primary_email: user.primary_email.clone(),
                primary_phone: user.primary_phone.clone(),
            },
            organizations: missing.organizations.into_iter().map(ConsentOrganization::from).collect(),
            missing_openid_scope: consent.missing_openid().iter().map(str::to_owned).collect(),
            missing_resource_scopes: missing.own.into_iter().map(MissingResourceScopes::from).collect(),
            redirect_uri: consent.redirect_uri().map(str::to_owned),
        }
    }
}

impl ConsentApplication {
    fn new(consent: &Consent) -> Self {
        let (application, look) = (&consent.client.application, &consent.appearance);
        Self {
            id: application.id.to_string(),
            name: application.name.clone(),
            display_name: look.display_name.clone(),
            branding: look.branding.clone(),
            color: look.color.clone(),
            custom_css: look.custom_css.clone(),
            terms_of_use_url: look.terms_of_use_url.clone(),
            privacy_policy_url: look.privacy_policy_url.clone(),
        }
    }
}

impl From<MissingInOrganization> for ConsentOrganization {
    fn from(organization: MissingInOrganization) -> Self {
        Self {
            id: organization.id.to_string(),
            name: organization.name,
            missing_resource_scopes: organization.scopes.into_iter().map(MissingResourceScopes::from).collect(),
        }
    }
}

impl From<MissingScopes> for MissingResourceScopes {
    fn from(missing: MissingScopes) -> Self {
        let NamedResource { id, name, indicator } = missing.resource;
        let scope = |NamedScope { id, name, description }| ConsentScope { id, name, description };
        Self {
            resource: ConsentResource { id, name, indicator },
            scopes: missing.scopes.into_iter().map(scope).collect(),
        }
    }
}
