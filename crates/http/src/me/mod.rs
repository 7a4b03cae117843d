//! `/me`: one's own account, for people of the tenant of administrators. Their console calls it with a token that opens
//! nothing else.

mod account;
mod caller;
mod email;
mod password;

use crate::error::ApiError;
use crate::state::TenantState;
use http::StatusCode;
use serde_json::json;
use signet_core::error_code::ErrorCode;
use signet_identity::experience::refusal::{ExperienceError, Refusal};
use utoipa_axum::router::OpenApiRouter;

/// Every route, with its description.
pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().merge(account::router()).merge(password::router()).merge(email::router())
}

/// Refusals whose status is another one than in a sign-in.
fn refused(error: ExperienceError) -> ApiError {
    match error {
        ExperienceError::Refused(Refusal::UnknownVerification) => {
            ApiError::new(ErrorCode::SessionVerificationNotFound).status(StatusCode::BAD_REQUEST)
        }
        ExperienceError::Refused(Refusal::NotVerified) => {
            ApiError::new(ErrorCode::SessionVerificationFailed).status(StatusCode::UNPROCESSABLE_ENTITY)
        }
        ExperienceError::Refused(Refusal::PasswordRejected(issues)) => {
            ApiError::new(ErrorCode::PasswordRejected).status(StatusCode::BAD_REQUEST).data(json!({"issues": issues}))
        }
        error => error.into(),
    }
}
