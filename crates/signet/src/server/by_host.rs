//! One listener for both tenants: requests for the admin endpoint's host go to the admin tenant, all others to the
//! default one. Only when the two endpoints differ in their host or port.

use crate::config::ServerArgs;
use axum::Router;
use axum::extract::Request;
use axum::http::header::HOST;
use std::convert::Infallible;
use tower::service_fn;
use tower::util::ServiceExt as _;

pub(super) fn by_host(core: Router, admin: Router, settings: &ServerArgs) -> Router {
    let (own, other) = (authority(&settings.endpoint()), authority(&settings.admin_endpoint()));
    let Some(other) = other.filter(|other| own.as_ref() != Some(other)) else { return core };
    Router::new().fallback_service(service_fn(move |request: Request| {
        let router = if asked(&request).is_some_and(|host| host == other) { admin.clone() } else { core.clone() };
        async move { Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    }))
}

/// Host with a port that is not the scheme's own.
fn authority(endpoint: &str) -> Option<String> {
    let url = url::Url::parse(endpoint).ok()?;
    let host = url.host_str()?.to_owned();
    Some(url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}")))
}

fn asked(request: &Request) -> Option<String> {
    let header = request.headers().get(HOST).and_then(|value| value.to_str().ok());
    header.or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str)).map(str::to_ascii_lowercase)
}
