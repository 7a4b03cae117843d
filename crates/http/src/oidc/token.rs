//! `POST /oidc/token`.

use super::answer::{OAuthAnswer, uncached};
use super::cors::AllowedOrigin;
use crate::extract::origin::RequestOrigin;
use crate::state::TenantState;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request};
use axum::response::Response;
use signet_oidc::error::OAuthError;
use signet_oidc::form::FormInput;
use signet_oidc::token::request::{TOKEN_PATH, TokenRequest};

pub(super) async fn post(State(state): State<TenantState>, origin: RequestOrigin, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let answer = OAuthAnswer::new(&state, parts.uri.query());
    let parsed = match read(body).await {
        Ok(body) => authorization(&parts.headers)
            .and_then(|header| TokenRequest::parse(header, form_input(TOKEN_PATH, &parts, &body))),
        Err(error) => Err(error),
    };
    let request = match parsed {
        Ok(request) => request,
        Err(error) => return answer.refuse(&error),
    };
    let allowed = AllowedOrigin::check(&state, &parts.headers, request.credential.client_id()).await;
    match allowed {
        Ok(allowed) => {
            let outcome = signet_oidc::token::handle(&state.provider, request, &origin.0).await;
            allowed.show(answer.of(outcome.map(|granted| uncached(&granted))))
        }
        Err(error) => answer.refuse(&error),
    }
}

/// The whole body, unless it is too large.
pub(crate) async fn read(body: Body) -> Result<Bytes, OAuthError> {
    axum::body::to_bytes(body, super::BODY_LIMIT).await.map_err(|_| OAuthError::BodyTooLarge)
}

/// The one `Authorization` header. Of two, a proxy may have read the other.
pub(super) fn authorization(headers: &HeaderMap) -> Result<Option<&[u8]>, OAuthError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (value, None) => Ok(value.map(axum::http::HeaderValue::as_bytes)),
        (_, Some(_)) => Err(OAuthError::MalformedBasicHeader),
    }
}

pub(super) fn form_input<'r>(path: &'static str, parts: &'r Parts, body: &'r [u8]) -> FormInput<'r> {
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    FormInput { path, content_type, query: parts.uri.query(), body }
}
