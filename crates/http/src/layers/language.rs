//! Refusals in the language of whoever asked (RFC 9110 §12.5.4). Handlers know no language, so this comes after them.

use crate::error::Told;
use crate::phrases;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_LENGTH, HeaderValue, VARY};

/// Says a refusal again when its caller reads something else than English.
pub(crate) async fn translate(request: Request, next: Next) -> Response {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = accepted.map_or(phrases::ENGLISH, phrases::language_for);
    let mut response = next.run(request).await;
    let Some(told) = response.extensions_mut().remove::<Told>() else { return response };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language));
    if language != phrases::ENGLISH {
        headers.remove(CONTENT_LENGTH);
        *response.body_mut() = Body::from(told.body_in(language));
    }
    response
}
