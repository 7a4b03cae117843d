//! What a claims script would be given for somebody who is there, to test it with.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use serde::Serialize;
use serde_json::Value;
use signet_core::error_code::ErrorCode;
use signet_core::id::UserId;
use signet_core::script::TokenType;
use signet_oidc::token::claims::sample::{NoSample, Sample};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_claims_script_context))
}

/// Whom the token would be about.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the API")]
struct Subject {
    /// Of `access-token`: the person.
    user_id: Option<String>,
    /// Of `client-credentials`: the machine. Of `access-token`: the application that the person signs in to.
    application_id: Option<String>,
    /// The organization that the token would be about.
    organization_id: Option<String>,
}

impl FromFields for Subject {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let user_id = fields.optional("userId", text());
        let application_id = fields.optional("applicationId", text());
        let organization_id = fields.optional("organizationId", text());
        Ok(Self { user_id: user_id?, application_id: application_id?, organization_id: organization_id? })
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct ScriptContext {
    /// A token like the one that would be made.
    #[schema(value_type = Object)]
    token: Value,
    /// What the script would be given, with what looks like a secret masked.
    #[schema(value_type = Object)]
    context: Value,
}

/// Get what a claims script would be given
///
/// For a person, with `interaction` of their last open session, or for a machine. Members whose name says that they
/// hold a secret are masked.
#[utoipa::path(get, path = "/configs/jwt-customizer/{tokenTypePath}/context", tag = "Claims scripts",
    params(("tokenTypePath" = String, Path), Subject),
    responses((status = 200, body = ScriptContext), Refused, NotFound, Unprocessable))]
async fn get_claims_script_context(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(kind): Path<TokenType>,
    Query(subject): Query<Subject>,
) -> Result<Json<ScriptContext>, ApiError> {
    let (application, organization) = (subject.application_id.as_deref(), subject.organization_id.as_deref());
    let found = match kind {
        TokenType::AccessToken => {
            let user =
                subject.user_id.ok_or_else(|| ApiError::invalid_request("`userId` says whose token it would be."))?;
            // An id that breaks the grammar belongs to nobody.
            let user: UserId = user.parse().map_err(|_| ErrorCode::EntityNotFound)?;
            state.provider.sample_of_person(&user, application, organization).await
        }
        TokenType::ClientCredentials => {
            let missing = || ApiError::invalid_request("`applicationId` says whose token it would be.");
            state.provider.sample_of_machine(application.ok_or_else(missing)?, organization).await
        }
    };
    let Sample { token, context } = found?;
    Ok(Json(ScriptContext { token, context }))
}

impl From<NoSample> for ApiError {
    fn from(reason: NoSample) -> Self {
        match reason {
            NoSample::User | NoSample::Application => ErrorCode::EntityNotFound.into(),
            NoSample::Membership => ErrorCode::OrganizationRequireMembership.into(),
            NoSample::Failed(error) => error.into(),
        }
    }
}
