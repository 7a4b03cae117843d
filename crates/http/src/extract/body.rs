//! Bodies of requests: read within a limit, and parsed by their content type.

use crate::error::ApiError;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use url::form_urlencoded;

/// Longest JSON body.
pub(crate) const JSON_LIMIT: usize = 1024 * 1024;
/// Longest form body.
pub(crate) const FORM_LIMIT: usize = 56 * 1024;
/// Most parameters of a form or a query.
const MAX_PARAMETERS: usize = 1000;

/// How a body is written, by its content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Form,
    Other,
}

impl Format {
    /// A request without a content type has no body worth reading, or one that nobody can read.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media_type.as_str() {
            "application/json" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            other if other.starts_with("application/") && other.ends_with("+json") => Self::Json,
            _ => Self::Other,
        }
    }

    fn limit(self) -> usize {
        match self {
            Self::Json | Self::Other => JSON_LIMIT,
            Self::Form => FORM_LIMIT,
        }
    }
}

/// Reads a body of at most `limit` bytes. A longer one is refused before it is in memory.
pub(crate) async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, ApiError> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let mut chunks = body.into_data_stream();
    let mut bytes = BytesMut::new();
    while let Some(chunk) = chunks.next().await {
        // The connection broke or the chunks are malformed; most often nobody will read the answer.
        let chunk = chunk.map_err(|_| ApiError::Malformed("the request body could not be read".to_owned()))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

fn too_large(limit: usize) -> ApiError {
    ApiError::new(ErrorCode::RequestBodyTooLarge).with("limit", &limit.to_string())
}

/// A request's body as one JSON value. A missing body is an empty object.
pub(crate) async fn read_value(headers: &HeaderMap, body: Body) -> Result<Value, ApiError> {
    let format = Format::of(headers);
    let bytes = read(headers, body, format.limit()).await?;
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match format {
        // The parser refuses lone surrogates, numbers that no double holds, and nesting beyond 128 levels.
        Format::Json => serde_json::from_slice(&bytes).map_err(|error| ApiError::Malformed(error.to_string())),
        Format::Form => parameters(&bytes),
        Format::Other => Err(ErrorCode::RequestUnsupportedMediaType.into()),
    }
}

/// The parameters of a form or a query as members of an object. A name that occurs again makes an array.
pub(crate) fn parameters(encoded: &[u8]) -> Result<Value, ApiError> {
    let mut members = Map::new();
    for (count, (name, value)) in form_urlencoded::parse(encoded).enumerate() {
        if count == MAX_PARAMETERS {
            return Err(ApiError::invalid_request("There are too many parameters."));
        }
        let value = Value::from(value.into_owned());
        match members.get_mut(name.as_ref()) {
            None => {
                members.insert(name.into_owned(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::from(vec![first.take(), value]),
        }
    }
    Ok(Value::Object(members))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn repeated_parameters_are_arrays() {
        for (encoded, expected) in [
            ("", json!({})),
            ("a=1&b=x+y%21", json!({"a": "1", "b": "x y!"})),
            ("a=1&a=2&a=3", json!({"a": ["1", "2", "3"]})),
            ("a", json!({"a": ""})),
        ] {
            assert_eq!(parameters(encoded.as_bytes()).unwrap(), expected, "{encoded}");
        }
        assert!(parameters("a=1&".repeat(1001).as_bytes()).is_err());
    }

    #[test]
    fn content_types_decide_the_format() {
        for (value, expected) in [
            ("application/json", Format::Json),
            ("Application/JSON; charset=utf-8", Format::Json),
            ("application/merge-patch+json", Format::Json),
            ("application/x-www-form-urlencoded;charset=UTF-8", Format::Form),
            ("text/plain", Format::Other),
            ("multipart/form-data; boundary=x", Format::Other),
            ("", Format::Other),
        ] {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, value.parse().unwrap())]);
            assert_eq!(Format::of(&headers), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn parameters_never_panic(encoded in prop::collection::vec(any::<u8>(), 0..64)) {
            prop_assert!(parameters(&encoded).unwrap().is_object());
        }
    }
}
