//! What happens around every request of a tenant, outermost first:
//!
//! 1. [`request_id`]: an id, a span and one summary line in the log
//! 2. [`security_headers`]
//! 3. a panic of anything below ends one request, not the server
//! 4. [`limits`]: too many headers, too long a URL
//!
//! and around those below `/api`: [`cors`], compression, [`etag`] and [`language`].

pub(crate) mod cors;
pub(crate) mod etag;
pub(crate) mod fallback;
pub(crate) mod language;
pub(crate) mod limits;
pub(crate) mod panic;
pub(crate) mod request_id;
pub(crate) mod security_headers;

use axum::{Router, middleware};
use cors::CorsPolicy;
use signet_core::random::Rng;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// The layers around everything that a tenant serves. Call it last: routes that are added later are not covered.
///
/// Each layer goes around those before it.
pub(crate) fn around_tenant<S: Clone + Send + Sync + 'static>(router: Router<S>, rng: Arc<dyn Rng>) -> Router<S> {
    router
        .layer(middleware::from_fn(limits::enforce))
        .layer(CatchPanicLayer::custom(panic::answer))
        .layer(middleware::map_response(security_headers::add))
        .layer(middleware::from_fn_with_state(rng, request_id::identify))
}

/// The layers around the routes below `/api`, and their answers to unknown paths and methods.
///
/// Nest the router below `/api` or merge it with others that have no fallback.
pub(crate) fn around_api<S: Clone + Send + Sync + 'static>(router: Router<S>, cors: CorsPolicy) -> Router<S> {
    router
        .fallback(fallback::no_route)
        .method_not_allowed_fallback(fallback::no_method)
        .layer(middleware::from_fn(language::translate))
        .layer(middleware::from_fn(etag::revalidate))
        .layer(CompressionLayer::new())
        .layer(cors::layer(cors))
}

/// The layers around the API of one's own account. Only the console calls it, from the same origin, so that no other
/// page may read its answers; and they are nobody else's, so that no cache keeps them.
pub(crate) fn around_own_account<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router
        .method_not_allowed_fallback(fallback::no_method)
        .layer(middleware::map_response(security_headers::keep_from_caches))
}

#[cfg(test)]
mod tests;
