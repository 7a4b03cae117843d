//! Which browser origins may call which endpoint (Fetch §3.2).
//!
//! Discovery and keys are open to all. The other endpoints are open to the provider's own origin and to the origins
//! that the client registered; an origin that is not answers 400 without `Access-Control-Allow-Origin`.

use crate::state::TenantState;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use signet_core::redirect_uri;
use signet_oidc::error::OAuthError;
use signet_oidc::provider::Client;
use url::Url;

/// An endpoint that any page may read.
pub(super) fn open(mut response: Response) -> Response {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

pub(super) async fn open_preflight(headers: HeaderMap) -> Response {
    open(preflight_answer(&headers, "GET"))
}

/// The client is not known before the request itself, so every origin may ask; whether it may call is decided then.
pub(super) async fn preflight(headers: HeaderMap) -> Response {
    let mut response = preflight_answer(&headers, "POST");
    if let Some(origin) = headers.get(ORIGIN) {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        response.headers_mut().insert(VARY, HeaderValue::from_static("Origin"));
    }
    response
}

/// As [`preflight`], for an endpoint that is read too.
pub(super) async fn bearer_preflight(headers: HeaderMap) -> Response {
    let mut response = preflight(headers).await;
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    response
}

fn preflight_answer(asked: &HeaderMap, methods: &'static str) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    if let Some(wanted) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    response
}

/// The caller's origin, once it is known to be allowed.
pub(super) struct AllowedOrigin(Option<HeaderValue>);

impl AllowedOrigin {
    /// Requests without an `Origin` come from no page and need no permission.
    pub(super) async fn check(state: &TenantState, headers: &HeaderMap, client_id: &str) -> Result<Self, OAuthError> {
        let Some(header) = headers.get(ORIGIN) else { return Ok(Self(None)) };
        let client = state.provider.client(client_id).await?;
        let origin = header.to_str().unwrap_or_default();
        let allowed = origin_of(&state.endpoint).is_some_and(|own| own == origin)
            || client.as_deref().is_some_and(|client| registered(client, origin));
        match (allowed, client) {
            (true, _) => Ok(Self(Some(header.clone()))),
            // Who the client is goes first; the refusal of an unknown one is not shown to the page.
            (false, None) => Ok(Self(None)),
            (false, Some(client)) => Err(OAuthError::OriginNotAllowed {
                origin: origin.to_owned(),
                client_id: client.application.id.to_string(),
            }),
        }
    }

    /// Lets the page read the answer, a refusal included.
    pub(super) fn show(self, mut response: Response) -> Response {
        if let Some(origin) = self.0 {
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("WWW-Authenticate"));
            headers.insert(VARY, HeaderValue::from_static("Origin"));
        }
        response
    }
}

fn registered(client: &Client, origin: &str) -> bool {
    let application = &client.application;
    application.cors_allowed_origins().any(|allowed| allowed == origin)
        || application.redirect_uris().any(|uri| redirect_uri::has_origin(uri, origin))
}

/// The origin of a web URL. Others have none that a page could have (`null` is nobody's).
fn origin_of(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}
