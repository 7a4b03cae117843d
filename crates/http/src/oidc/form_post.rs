//! The page that posts an answer to a client (Form Post Response Mode §2). It runs one line of script, which its policy
//! names by digest, and has a button for browsers without.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const SCRIPT: &str = "document.forms[0].submit()";

/// A page that nobody may frame, whose form goes where it says.
pub(super) fn page(action: &str, fields: &[(&'static str, String)]) -> Response {
    let mut inputs = String::new();
    for (name, value) in fields {
        // Writing to a string cannot fail.
        let _written = write!(inputs, r#"<input type="hidden" name="{name}" value="{}">"#, escaped(value));
    }
    let body = format!(
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Continue</title></head><body><form method="post" action="{}">{inputs}<noscript><button type="submit">Continue</button></noscript></form><script>{SCRIPT}</script></body></html>"#,
        escaped(action)
    );
    html(body, SCRIPT)
}

/// An answer that is a page with one script.
pub(crate) fn html(body: String, script: &str) -> Response {
    let digest = STANDARD.encode(Sha256::digest(script.as_bytes()));
    let policy = format!("default-src 'none'; script-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'");
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""));
    let headers: [(HeaderName, HeaderValue); 3] = [
        (CONTENT_TYPE, text("text/html; charset=utf-8")),
        (CACHE_CONTROL, text("no-store")),
        (CONTENT_SECURITY_POLICY, text(&policy)),
    ];
    (StatusCode::OK, headers, body).into_response()
}

/// Text that ends no attribute and begins no element.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text_of;

    #[tokio::test]
    async fn attack_39_state_cannot_leave_its_field() {
        let hostile = r#""><script>alert(1)</script><input value='"#;

        let response = page("https://client.example/cb?a=1&b=2", &[("state", hostile.to_owned())]);

        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'sha256-") && !policy.contains("unsafe"),
            "{policy}"
        );
        let body = text_of(response).await;
        assert!(body.contains(r#"action="https://client.example/cb?a=1&amp;b=2""#), "{body}");
        assert_eq!(body.matches("<script>").count(), 1, "{body}");
        assert_eq!(body.matches("<input").count(), 1, "{body}");
    }
}
