//! [`Json`]: the body of a request, checked, and the body of an answer.

use super::body::read_value;
use super::shape::issue::invalid_input;
use super::shape::{FromFields, read};
use crate::error::{ApiError, JSON};
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use serde::Serialize;

/// A JSON body. As an argument: 400 `guard.invalid_input` with every issue, or a `T`.
#[derive(Debug, Clone)]
pub(crate) struct Json<T>(pub(crate) T);

impl<S: Send + Sync, T: FromFields> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let value = read_value(&parts.headers, body).await?;
        read(value).map(Self).map_err(|issues| invalid_input("body", &issues))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => ([(CONTENT_TYPE, JSON)], bytes).into_response(),
            Err(error) => ApiError::internal(error).into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::shape::Fields;
    use crate::extract::shape::issue::Noted;
    use crate::extract::shape::scalar::text;
    use crate::testing::body_of;
    use axum::body::Body;
    use http::StatusCode;
    use serde_json::{Value, json};

    struct Named(Option<String>);

    impl FromFields for Named {
        fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
            Ok(Self(fields.optional("name", text())?))
        }
    }

    async fn send(content_type: &str, body: impl Into<Body>) -> (StatusCode, Value) {
        let request = Request::post("/").header("content-type", content_type).body(body.into()).unwrap();
        let response = match Json::<Named>::from_request(request, &()).await {
            Ok(Json(named)) => Json(json!({"name": named.0})).into_response(),
            Err(error) => error.into_response(),
        };
        (response.status(), body_of(response).await)
    }

    #[tokio::test]
    async fn json_forms_and_nothing_are_read() {
        for (content_type, body, expected) in [
            ("application/json", r#"{"name":"a"}"#, json!({"name": "a"})),
            ("application/x-www-form-urlencoded", "name=a+b", json!({"name": "a b"})),
            ("application/json", "", json!({"name": null})),
            ("text/plain", "", json!({"name": null})),
        ] {
            assert_eq!(send(content_type, body).await, (StatusCode::OK, expected), "{content_type} {body}");
        }
    }

    #[tokio::test]
    async fn attack_54_what_is_not_a_json_object_is_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for (content_type, body, status, code) in [
            ("application/json", "{ not json", 400, None),
            ("application/json", r#"{"name":"\ud800"}"#, 400, None),
            ("application/json", r#"{"name":1e999}"#, 400, None),
            ("application/json", deep.as_str(), 400, None),
            ("application/json", "[]", 400, Some("guard.invalid_input")),
            ("application/json", "null", 400, Some("guard.invalid_input")),
            ("application/json", r#"{"name":"\u0000"}"#, 400, Some("guard.invalid_input")),
            ("application/json", r#"{"a\u0000":1}"#, 400, Some("guard.invalid_input")),
            ("application/x-www-form-urlencoded", "name=%00", 400, Some("guard.invalid_input")),
            ("text/plain", "name", 415, Some("request.unsupported_media_type")),
            ("multipart/form-data; boundary=x", "--x--", 415, Some("request.unsupported_media_type")),
        ] {
            let shown = body.get(..20).unwrap_or(body).to_owned();
            let (answered, body) = send(content_type, body.to_owned()).await;
            assert_eq!((answered.as_u16(), body["code"].as_str()), (status, code), "{shown} {body}");
            assert!(body["message"].is_string());
        }
    }

    #[tokio::test]
    async fn attack_54_large_bodies_are_refused_announced_or_not() {
        let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(1024 * 1024));
        let (status, body) = send("application/json", large.clone()).await;
        assert_eq!((status.as_u16(), body["code"].as_str()), (413, Some("request.body_too_large")));

        let chunk = std::io::Result::Ok(large);
        let (status, _) = send("application/json", Body::from_stream(futures_util::stream::iter([chunk]))).await;
        assert_eq!(status.as_u16(), 413);

        let (status, _) = send("application/x-www-form-urlencoded", "x".repeat(56 * 1024 + 1)).await;
        assert_eq!(status.as_u16(), 413);
    }

    #[tokio::test]
    async fn attack_54_a_broken_connection_is_not_a_fault_of_ours() {
        let broken = futures_util::stream::iter([Err::<&str, _>(std::io::Error::other("reset"))]);
        assert_eq!(send("application/json", Body::from_stream(broken)).await.0.as_u16(), 400);
    }
}
