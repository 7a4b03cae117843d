//! The table from what a step refuses to the answer of the API.

use crate::error::ApiError;
use crate::management::openapi::refusals;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use signet_identity::experience::refusal::{ExperienceError, Refusal};
use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::RefOr;

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let mut error = Self::new(refusal.code());
        for (name, value) in refusal.values() {
            error = error.with(name, &value);
        }
        match refusal.data() {
            Some(data) => error.data(data),
            None => error,
        }
    }
}

impl From<ExperienceError> for ApiError {
    fn from(error: ExperienceError) -> Self {
        match error {
            ExperienceError::Refused(refusal) => refusal.into(),
            ExperienceError::Store(error) => error.into(),
            ExperienceError::Hashing(error) => error.into(),
        }
    }
}

/// What a handler of these routes answers, which no cache keeps.
pub(super) struct Uncached<T>(pub(super) T);

impl<T: IntoResponse> IntoResponse for Uncached<T> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        response.headers_mut().insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
        response
    }
}

/// An outcome without a body.
pub(super) type Done = Result<StatusCode, ApiError>;

/// What any step may answer.
pub(super) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([
            ("400", "Nobody waits in this browser, the input is not valid, or what was to be proved is wrong."),
            ("401", "The account is suspended."),
            ("403", "The tenant does not let people in for this."),
            ("404", "Nothing was begun, or it does not exist."),
            ("409", "Somebody else is signing in here, or the same browser went on elsewhere."),
            ("422", "Something is wrong, missing, taken or not enabled."),
            ("503", "The database or the hashing of passwords is busy. Try again."),
        ])
    }
}

/// What a step that sends a message may answer beside that.
pub(super) struct Unsent;

impl IntoResponses for Unsent {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([
            ("429", "The recipient got too many messages."),
            ("501", "Nothing is configured that sends such messages."),
        ])
    }
}
