//! Proving: a password, a code, a one-time token, or a name and a password for a new account.

use super::refusal::{Refusals, Uncached, Unsent};
use super::requests::{IdentifierBody, RecipientBody, event, password, short};
use super::visiting::SigningIn;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::compound::object;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::kept::literal;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use serde::Serialize;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_identity::experience::identifier::{Identifier, Recipient};
use signet_identity::experience::refusal::ExperienceError;
use signet_identity::identifier::Email;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(verify_password))
        .routes(routes!(send_verification_code))
        .routes(routes!(verify_verification_code))
        .routes(routes!(propose_password_identity))
        .routes(routes!(verify_one_time_token_in_experience))
}

/// Under which it is proved, or will be.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Verification {
    verification_id: String,
}

type Answered = Uncached<Result<Json<Verification>, ApiError>>;

fn answered(outcome: Result<String, ExperienceError>) -> Answered {
    Uncached(outcome.map(|verification_id| Json(Verification { verification_id })).map_err(ApiError::from))
}

#[derive(ToSchema)]
struct PasswordProof {
    #[schema(value_type = Object)]
    identifier: Identifier,
    #[schema(value_type = String)]
    password: Plain,
}

impl FromFields for PasswordProof {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let identifier = fields.required("identifier", object::<IdentifierBody>());
        let password = password(fields);
        Ok(Self { identifier: identifier?.0, password: password? })
    }
}

/// Verify a password
///
/// The answer is the same whether the password is wrong or there is no such account.
#[utoipa::path(post, path = "/experience/verification/password", tag = "Experience", security(()),
    request_body = PasswordProof, responses((status = 200, body = Verification), Refusals))]
async fn verify_password(SigningIn(mut visit): SigningIn, Json(request): Json<PasswordProof>) -> Answered {
    answered(visit.verify_password(request.identifier, request.password).await)
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct CodeRequest {
    #[schema(value_type = Object)]
    identifier: Recipient,
    #[schema(value_type = String)]
    interaction_event: InteractionEvent,
}

impl FromFields for CodeRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let identifier = fields.required("identifier", object::<RecipientBody>());
        let interaction_event = event(fields, "interactionEvent");
        Ok(Self { identifier: identifier?.0, interaction_event: interaction_event? })
    }
}

/// Send a verification code
///
/// The answer is the same when nobody has the address and so nothing is sent.
#[utoipa::path(post, path = "/experience/verification/verification-code", tag = "Experience", security(()),
    request_body = CodeRequest, responses((status = 200, body = Verification), Refusals, Unsent))]
async fn send_verification_code(SigningIn(mut visit): SigningIn, Json(request): Json<CodeRequest>) -> Answered {
    answered(visit.send_code(request.identifier, request.interaction_event).await)
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct CodeProof {
    #[schema(value_type = Object)]
    identifier: Recipient,
    verification_id: String,
    #[schema(value_type = String)]
    code: Plain,
}

impl FromFields for CodeProof {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let identifier = fields.required("identifier", object::<RecipientBody>());
        let (verification_id, code) = (short(fields, "verificationId"), short(fields, "code"));
        Ok(Self { identifier: identifier?.0, verification_id: verification_id?, code: Plain::new(code?) })
    }
}

/// Verify a verification code
#[utoipa::path(post, path = "/experience/verification/verification-code/verify", tag = "Experience", security(()),
    request_body = CodeProof, responses((status = 200, body = Verification), Refusals))]
async fn verify_verification_code(SigningIn(mut visit): SigningIn, Json(request): Json<CodeProof>) -> Answered {
    let CodeProof { identifier, verification_id, code } = request;
    answered(visit.verify_code(&identifier, &verification_id, code).await.map(|()| verification_id))
}

/// The username is not parsed here: what is wrong with it has codes of its own.
struct NewUsername(String);

impl FromFields for NewUsername {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let kind = fields.required("type", literal(&["username"]));
        let value = short(fields, "value");
        kind?;
        Ok(Self(value?))
    }
}

#[derive(ToSchema)]
struct NewIdentity {
    #[schema(value_type = Object)]
    identifier: String,
    #[schema(value_type = String)]
    password: Plain,
}

impl FromFields for NewIdentity {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let identifier = fields.required("identifier", object::<NewUsername>());
        let password = password(fields);
        Ok(Self { identifier: identifier?.0, password: password? })
    }
}

/// Choose a username and a password for a new account
#[utoipa::path(post, path = "/experience/verification/new-password-identity", tag = "Experience", security(()),
    request_body = NewIdentity, responses((status = 200, body = Verification), Refusals))]
async fn propose_password_identity(SigningIn(mut visit): SigningIn, Json(request): Json<NewIdentity>) -> Answered {
    answered(visit.propose_identity(&request.identifier, request.password).await)
}

/// An email address alone.
struct EmailBody(Email);

impl FromFields for EmailBody {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let kind = fields.required("type", literal(&["email"]));
        let value = short(fields, "value");
        kind?;
        value?
            .parse()
            .map(Self)
            .map_err(|error: signet_identity::identifier::InvalidIdentifier| fields.refuse("value", &error.to_string()))
    }
}

#[derive(ToSchema)]
struct TokenProof {
    #[schema(value_type = Object)]
    identifier: Email,
    #[schema(value_type = String)]
    token: Plain,
}

impl FromFields for TokenProof {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let identifier = fields.required("identifier", object::<EmailBody>());
        let token = short(fields, "token");
        Ok(Self { identifier: identifier?.0, token: Plain::new(token?) })
    }
}

/// Verify a one-time token
///
/// It is used up.
#[utoipa::path(post, path = "/experience/verification/one-time-token/verify", tag = "Experience", security(()),
    request_body = TokenProof, responses((status = 200, body = Verification), Refusals))]
async fn verify_one_time_token_in_experience(
    SigningIn(mut visit): SigningIn,
    Json(request): Json<TokenProof>,
) -> Answered {
    answered(visit.verify_one_time_token(request.identifier, request.token).await)
}
