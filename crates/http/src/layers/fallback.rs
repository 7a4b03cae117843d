//! Answers to paths and methods that do not exist.

use crate::error::ApiError;
use signet_core::error_code::ErrorCode;

pub(crate) async fn no_route() -> ApiError {
    ErrorCode::RequestRouteNotFound.into()
}

/// The router adds `Allow` (RFC 9110 §15.5.6).
pub(crate) async fn no_method() -> ApiError {
    ErrorCode::RequestMethodNotAllowed.into()
}
