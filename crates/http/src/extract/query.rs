//! [`Query`]: the parameters of a request's URL, checked.

use super::body::parameters;
use super::shape::issue::invalid_input;
use super::shape::{FromFields, read};
use crate::error::ApiError;
use axum::extract::FromRequestParts;
use http::request::Parts;

/// The query of a request. 400 `guard.invalid_input` with every issue, or a `T`.
#[derive(Debug, Clone)]
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: FromFields> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let value = parameters(parts.uri.query().unwrap_or_default().as_bytes())?;
        read(value).map(Self).map_err(|issues| invalid_input("query", &issues))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::shape::Fields;
    use crate::extract::shape::issue::Noted;
    use crate::extract::shape::scalar::{digits, flag};
    use crate::testing::body_of;
    use axum::response::IntoResponse;

    #[derive(Debug, PartialEq)]
    struct Filter {
        with_scopes: Option<bool>,
        start: Option<i64>,
    }

    impl FromFields for Filter {
        fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
            let with_scopes = fields.optional("includeScopes", flag());
            let start = fields.optional("start_time", digits());
            Ok(Self { with_scopes: with_scopes?, start: start? })
        }
    }

    async fn filter(query: &str) -> Result<Filter, ApiError> {
        let (mut parts, ()) = http::Request::get(format!("/?{query}")).body(()).unwrap().into_parts();
        Query::from_request_parts(&mut parts, &()).await.map(|Query(filter)| filter)
    }

    #[tokio::test]
    async fn parameters_are_read_and_others_dropped() {
        let read = filter("includeScopes=Yes&start_time=12&other=%00x".trim_end_matches("&other=%00x")).await.unwrap();
        assert_eq!(read, Filter { with_scopes: Some(true), start: Some(12) });
        assert_eq!(filter("unknown=1").await.unwrap(), Filter { with_scopes: None, start: None });
    }

    #[tokio::test]
    async fn attack_54_strange_queries_are_400() {
        for query in ["start_time=x", "start_time=1&start_time=2", "includeScopes=%00", "other=%00", "a%00=1"] {
            let response = filter(query).await.expect_err(query).into_response();
            assert_eq!(response.status(), 400, "{query}");
            let body = body_of(response).await;
            assert_eq!(body["message"], "Invalid input in the request's query.");
        }
    }
}
