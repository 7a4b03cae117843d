//! The headers of everything below `/console`. A worker has the policy of its own file, so every file has it.

use super::ConsoleFacts;
use http::HeaderMap;
use http::header::{CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_FRAME_OPTIONS};
use url::Url;

pub(super) fn of(facts: &ConsoleFacts) -> HeaderMap {
    let values = [
        (CONTENT_SECURITY_POLICY, policy(facts)),
        // Addresses in the console name people and applications.
        (REFERRER_POLICY, "same-origin".to_owned()),
        (X_FRAME_OPTIONS, "DENY".to_owned()),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()".to_owned()),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?))).collect()
}

/// Scripts and workers come from here alone, and none is written into a page or put together from text. Styles may be:
/// the code editor places its marks with them, and they can call nobody but where pictures may come from. Pictures come
/// from anywhere over TLS, because people's avatars and applications' logos do.
fn policy(facts: &ConsoleFacts) -> String {
    let mut origins: Vec<String> =
        [&facts.endpoint, &facts.admin_endpoint].into_iter().filter_map(|endpoint| origin(endpoint)).collect();
    origins.dedup();
    let own = origins.join(" ");
    format!(
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; \
        img-src 'self' data: blob: https: {own}; font-src 'self' data:; connect-src 'self' {own}; \
        frame-src 'self' {own}; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
}

fn origin(endpoint: &str) -> Option<String> {
    Some(Url::parse(endpoint).ok()?.origin().ascii_serialization())
}
