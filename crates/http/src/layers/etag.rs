//! Conditional requests (RFC 9110 §13): an answer that the client already has is not sent again.

use crate::error::failure;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use http::{HeaderMap, Method, StatusCode};
use sha2::{Digest, Sha256};

/// Gives answers to `GET` a tag, and answers 304 when the client holds that tag.
pub(crate) async fn revalidate(request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let held = request.headers().get_all(IF_NONE_MATCH).iter().cloned().collect::<Vec<_>>();
    let response = next.run(request).await;
    if !is_read || response.status() != StatusCode::OK || response.headers().contains_key(ETAG) {
        return response;
    }
    tagged(response, &held).await
}

async fn tagged(response: Response, held: &[HeaderValue]) -> Response {
    let (mut parts, body) = response.into_parts();
    // The bodies of this API are in memory already, so that this copies nothing.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return failure() };
    if bytes.is_empty() {
        return Response::from_parts(parts, Body::empty());
    }
    let tag = tag_of(&bytes);
    let is_held = held.iter().any(|value| value.to_str().is_ok_and(|list| holds(list, &tag)));
    if let Ok(value) = HeaderValue::try_from(tag) {
        parts.headers.insert(ETAG, value);
    }
    if is_held {
        return not_modified(parts.headers);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// A weak tag: it stands for the content, whatever compression it is sent in.
fn tag_of(bytes: &[u8]) -> String {
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(bytes));
    format!("W/\"{}\"", digest.get(..27).unwrap_or(&digest))
}

/// The weak comparison of RFC 9110 §8.8.3.2.
fn holds(list: &str, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|held| opaque(held) == opaque(tag))
}

fn not_modified(mut headers: HeaderMap) -> Response {
    headers.remove(CONTENT_TYPE);
    headers.remove(CONTENT_LENGTH);
    (StatusCode::NOT_MODIFIED, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        let tag = tag_of(b"[]");
        let strong = tag.trim_start_matches("W/").to_owned();
        for (list, expected) in [
            (tag.clone(), true),
            (strong.clone(), true),
            (format!("\"other\", {strong}"), true),
            ("*".to_owned(), true),
            ("\"other\"".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(holds(&list, &tag), expected, "{list}");
        }
        assert_ne!(tag_of(b"[]"), tag_of(b"[1]"));
    }
}
