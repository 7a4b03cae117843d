//! An id for every request: in its span, in its answer, and in the one line that the log has about it.

use crate::error::RefusedWith;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use metrics::Label;
use signet_core::random::Rng;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("logto-core-request-id");
const LENGTH: usize = 16;

/// Names the request. An id that the client sends is not taken over: it could pretend to be another request.
pub(crate) async fn identify(State(rng): State<Arc<dyn Rng>>, request: Request, next: Next) -> Response {
    let id = rng.opaque(LENGTH);
    let started = stopwatch();
    // The route, not the path: a path may hold what must not be in a log.
    let route: Arc<str> = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).into();
    let span = tracing::info_span!("request", request.id = %id, method = %request.method(), route = &*route);
    let answer = async {
        let response = next.run(request).await;
        summarize(&response, route, started.elapsed());
        response
    };
    let mut response = answer.instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the telemetry layer: how long a request took is not the Clock's"
)]
fn stopwatch() -> Instant {
    Instant::now()
}

/// One line, off by default under its own target, and `signet_http_request_duration_seconds`.
fn summarize(response: &Response, route: Arc<str>, elapsed: Duration) {
    let status = response.status().as_u16();
    let code = response.extensions().get::<RefusedWith>().map(|RefusedWith(code)| code.as_str());
    let duration_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(target: "signet_http::request", status, error.code = code, duration_ms, "answered a request");
    let class = match status {
        ..400 => "ok",
        400..500 => "refused",
        500.. => "failed",
    };
    let labels = [Label::new("route", route), Label::from_static_parts("class", class)];
    metrics::histogram!("signet_http_request_duration_seconds", labels.iter()).record(elapsed.as_secs_f64());
}
