//! A panic ends the request that met it, and no other.

use crate::error::failure;
use axum::response::Response;
use std::any::Any;

#[expect(clippy::needless_pass_by_value, reason = "the layer hands over the panic")]
pub(crate) fn answer(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(panic = text, "a request panicked");
    failure()
}
