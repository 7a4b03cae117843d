//! What the tests of this crate share.

use crate::error::ApiError;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// The body of an answer, as text.
pub(crate) async fn text_of(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The JSON body of an answer.
pub(crate) async fn body_of(response: Response) -> Value {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The body that an error is answered with.
pub(crate) fn refusal_of(error: ApiError) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(body_of(error.into_response()))
}
