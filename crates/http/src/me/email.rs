//! Codes to an address that somebody wants to have as theirs.

use super::caller::Myself;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::management::openapi::Refused;
use crate::management::verification_codes::Unsent;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::secret::Plain;
use signet_identity::identifier::Email;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(create_own_verification_code)).routes(routes!(verify_own_verification_code))
}

fn email(fields: &mut Fields<'_>) -> Result<Email, Noted> {
    let address = fields.required("email", text().max(256))?;
    address.parse().map_err(|_| fields.refuse("email", "an email address is written like `name@example.com`"))
}

#[derive(ToSchema)]
struct SendOwnCode {
    #[schema(value_type = String)]
    email: Email,
}

impl FromFields for SendOwnCode {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { email: email(fields)? })
    }
}

/// Send a code to an address of one's own
#[utoipa::path(post, path = "/me/verification-codes", tag = "Own account", request_body = SendOwnCode,
    responses((status = 204), Refused, Unsent))]
async fn create_own_verification_code(
    myself: Myself,
    State(state): State<TenantState>,
    Json(request): Json<SendOwnCode>,
) -> Result<StatusCode, ApiError> {
    state.identity.send_own_email_code(myself.id(), request.email).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct CheckOwnCode {
    #[schema(value_type = String)]
    email: Email,
    #[schema(value_type = String)]
    verification_code: Plain,
}

impl FromFields for CheckOwnCode {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let email = email(fields);
        let code = fields.required("verificationCode", text().min(1).max(64));
        Ok(Self { email: email?, verification_code: Plain::new(code?) })
    }
}

/// Check the code that an address got
///
/// The account may take the address for ten minutes after.
#[utoipa::path(post, path = "/me/verification-codes/verify", tag = "Own account", request_body = CheckOwnCode,
    responses((status = 204), Refused))]
async fn verify_own_verification_code(
    myself: Myself,
    State(state): State<TenantState>,
    Json(request): Json<CheckOwnCode>,
) -> Result<StatusCode, ApiError> {
    state.identity.prove_own_email(myself.id(), request.email, &request.verification_code).await?;
    Ok(StatusCode::NO_CONTENT)
}
