//! Bounds on what comes before a body. Bodies have their own, where they are read.

use crate::error::ApiError;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use signet_core::error_code::ErrorCode;

const MAX_URI_BYTES: usize = 16 * 1024;
const MAX_HEADERS: usize = 100;
const MAX_HEADER_BYTES: usize = 64 * 1024;

pub(crate) async fn enforce(request: Request, next: Next) -> Response {
    let uri = request.uri();
    if uri.path().len() + uri.query().unwrap_or_default().len() > MAX_URI_BYTES {
        return ApiError::new(ErrorCode::RequestUriTooLong).into_response();
    }
    if !fits(request.headers()) {
        return ApiError::new(ErrorCode::RequestHeadersTooLarge).into_response();
    }
    next.run(request).await
}

fn fits(headers: &HeaderMap) -> bool {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    headers.len() <= MAX_HEADERS && bytes <= MAX_HEADER_BYTES
}
