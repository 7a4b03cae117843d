//! Verification codes for programs that ask people themselves.

use super::caller::ManagementCaller;
use super::openapi::{Refused, refusals};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::secret::Plain;
use signet_identity::experience::identifier::Recipient;
use std::collections::BTreeMap;
use utoipa::openapi::RefOr;
use utoipa::{IntoResponses, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(create_verification_code)).routes(routes!(verify_verification_code_by_api))
}

/// What may keep a message from being sent.
pub(crate) struct Unsent;

impl IntoResponses for Unsent {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([
            ("429", "The recipient got too many messages."),
            ("501", "Nothing is configured that sends such messages."),
        ])
    }
}

/// `email` or `phone`.
fn recipient(fields: &mut Fields<'_>) -> Result<Recipient, Noted> {
    let (email, phone) = (fields.optional("email", text().max(256)), fields.optional("phone", text().max(256)));
    match (email?, phone?) {
        (Some(email), None) => match email.parse() {
            Ok(email) => Ok(Recipient::Email(email)),
            Err(_) => Err(fields.refuse("email", "an email address is written like `name@example.com`")),
        },
        (None, Some(phone)) => match phone.parse() {
            Ok(phone) => Ok(Recipient::Phone(phone)),
            Err(_) => Err(fields.refuse("phone", "a phone number is the digits of country code and number")),
        },
        _ => Err(fields.refuse("email", "give `email` or `phone`")),
    }
}

#[derive(ToSchema)]
struct SendCode {
    #[schema(value_type = Option<String>)]
    email: Recipient,
    #[schema(value_type = Option<String>)]
    phone: (),
}

impl FromFields for SendCode {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { email: recipient(fields)?, phone: () })
    }
}

/// Send a verification code
///
/// It ends the earlier ones for this recipient.
#[utoipa::path(post, path = "/verification-codes", tag = "Verification codes", request_body = SendCode,
    responses((status = 204), Refused, Unsent))]
async fn create_verification_code(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<SendCode>,
) -> Result<StatusCode, ApiError> {
    let SendCode { email: recipient, phone: () } = request;
    state.identity.send_generic_code(recipient).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct CheckCode {
    #[schema(value_type = Option<String>)]
    email: Recipient,
    #[schema(value_type = Option<String>)]
    phone: (),
    #[schema(value_type = String)]
    verification_code: Plain,
}

impl FromFields for CheckCode {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let email = recipient(fields);
        let code = fields.required("verificationCode", text().min(1).max(64));
        Ok(Self { email: email?, phone: (), verification_code: Plain::new(code?) })
    }
}

/// Verify a verification code
///
/// It works once.
#[utoipa::path(post, path = "/verification-codes/verify", tag = "Verification codes", request_body = CheckCode,
    responses((status = 204), Refused))]
async fn verify_verification_code_by_api(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CheckCode>,
) -> Result<StatusCode, ApiError> {
    let CheckCode { email: recipient, phone: (), verification_code } = request;
    state.identity.verify_generic_code(&recipient, &verification_code).await?;
    Ok(StatusCode::NO_CONTENT)
}
