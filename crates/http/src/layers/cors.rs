//! Which web pages may read the answers below `/api`.

use http::request::Parts;
use http::{HeaderName, HeaderValue, Method};
use std::sync::Arc;
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer, ExposeHeaders};

/// Routes for people's own accounts: their tokens, not the page's origin, say what may be done.
const OPEN_PATHS: [&str; 2] = ["/api/my-account", "/api/verifications"];

/// The origins that may call the Management API.
#[derive(Debug, Clone)]
pub(crate) enum CorsPolicy {
    /// In development every page may.
    AnyOrigin,
    /// In production the console's pages may.
    Origins(Arc<[String]>),
}

impl CorsPolicy {
    /// `*` among the configured origins stands for all of them.
    pub(crate) fn of(origins: &[String]) -> Self {
        if origins.iter().any(|origin| origin == "*") { Self::AnyOrigin } else { Self::Origins(origins.into()) }
    }

    fn allows(&self, origin: &str, path: &str) -> bool {
        // `null` is every sandboxed frame and local file: nobody in particular.
        if origin == "null" {
            return false;
        }
        let is_open = OPEN_PATHS.iter().any(|open| path.strip_prefix(open).is_some_and(is_segment_end));
        is_open
            || match self {
                Self::AnyOrigin => true,
                Self::Origins(origins) => origins.iter().any(|allowed| allowed == origin),
            }
    }
}

fn is_segment_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

pub(crate) fn layer(policy: CorsPolicy) -> CorsLayer {
    let allows = move |origin: &HeaderValue, parts: &Parts| {
        let path = parts.extensions.get::<axum::extract::OriginalUri>().map_or(parts.uri.path(), |uri| uri.0.path());
        origin.to_str().is_ok_and(|origin| policy.allows(origin, path))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(allows))
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(ExposeHeaders::list([HeaderName::from_static("*")]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_60_only_known_origins_read_the_management_api() {
        let console = CorsPolicy::Origins(["https://console.example".to_owned()].into());
        for (origin, path, allowed) in [
            ("https://console.example", "/api/roles", true),
            ("https://console.example.evil", "/api/roles", false),
            ("http://console.example", "/api/roles", false),
            ("https://shop.example", "/api/roles", false),
            ("https://shop.example", "/api/my-account", true),
            ("https://shop.example", "/api/my-account/profile", true),
            ("https://shop.example", "/api/my-accounts", false),
            ("null", "/api/my-account", false),
            ("null", "/api/roles", false),
        ] {
            assert_eq!(console.allows(origin, path), allowed, "{origin} {path}");
        }
        assert!(CorsPolicy::of(&["*".to_owned()]).allows("http://localhost:5173", "/api/roles"));
    }
}
