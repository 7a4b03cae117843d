//! Requests through all layers.

use super::*;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields};
use crate::testing::body_of;
use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use http::{HeaderMap, Request};
use serde_json::json;
use signet_core::random::SeededRng;
use tower::ServiceExt;

struct Nothing;

impl FromFields for Nothing {
    fn from_fields(_: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self)
    }
}

async fn panics() {
    assert_eq!(1, 2, "the password is hunter2");
}

fn app() -> Router {
    let list = || async { Json(vec!["a rather long value that is worth compressing"; 4]) };
    let routes = Router::new()
        .route("/api/roles", get(list).post(|_: Json<Nothing>| async { Json(json!({})) }))
        .route("/api/panic", get(panics));
    let cors = CorsPolicy::Origins(["https://console.example".to_owned()].into());
    around_tenant(around_api(routes, cors), Arc::new(SeededRng::new(1)))
}

async fn send(method: &str, path: &str, headers: &[(&'static str, &str)]) -> Response {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_is_named_and_guarded() {
    for (method, path) in [("GET", "/api/roles"), ("GET", "/api/none"), ("PUT", "/api/roles"), ("GET", "/api/panic")] {
        let response = send(method, path, &[("logto-core-request-id", "chosen-by-client")]).await;
        let headers = response.headers();
        let id = text(headers, "logto-core-request-id");
        assert!(id.len() == 16 && id != "chosen-by-client", "{path} {id}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "SAMEORIGIN"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=15552000; includeSubDomains"),
        ] {
            assert_eq!(text(headers, name), value, "{path} {name}");
        }
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_answered_in_json() {
    let response = send("GET", "/api/none", &[]).await;
    assert_eq!(response.status(), 404);
    assert_eq!(body_of(response).await["code"], "request.route_not_found");

    let response = send("PUT", "/api/roles", &[]).await;
    assert_eq!(response.status(), 405);
    assert_eq!(text(response.headers(), "allow"), "GET,HEAD,POST");
    assert_eq!(body_of(response).await["code"], "request.method_not_allowed");

    assert_eq!(send("BREW", "/api/roles", &[]).await.status(), 405);
}

#[tokio::test]
async fn a_panic_ends_one_request_and_tells_nothing() {
    let response = send("GET", "/api/panic", &[]).await;
    assert_eq!(response.status(), 500);
    assert_eq!(body_of(response).await, json!({"message": "Internal server error."}));
}

#[tokio::test]
async fn a_held_answer_is_not_sent_again() {
    let first = send("GET", "/api/roles", &[]).await;
    let tag = text(first.headers(), "etag").to_owned();
    assert!(!tag.is_empty());

    let second = send("GET", "/api/roles", &[("if-none-match", &tag)]).await;
    assert_eq!(second.status(), 304);
    assert_eq!(text(second.headers(), "etag"), tag);
    assert_eq!(text(second.headers(), "content-type"), "");
    assert_eq!(axum::body::to_bytes(second.into_body(), 10).await.unwrap().len(), 0);

    let compressed = send("GET", "/api/roles", &[("if-none-match", "\"old\""), ("accept-encoding", "gzip")]).await;
    assert_eq!(compressed.status(), 200);
    assert_eq!(text(compressed.headers(), "content-encoding"), "gzip");
    assert_eq!(text(compressed.headers(), "etag"), tag);

    let head = send("HEAD", "/api/roles", &[]).await;
    assert_eq!((head.status().as_u16(), text(head.headers(), "etag")), (200, tag.as_str()));

    let refused = send("GET", "/api/none", &[]).await;
    assert_eq!(text(refused.headers(), "etag"), "");
}

#[tokio::test]
async fn pages_of_other_origins_cannot_read() {
    for (origin, expected) in [("https://console.example", "https://console.example"), ("https://evil.example", "")] {
        let response = send("GET", "/api/roles", &[("origin", origin)]).await;
        assert_eq!(text(response.headers(), "access-control-allow-origin"), expected);
        assert_eq!(text(response.headers(), "access-control-expose-headers"), "*");

        let preflight = send(
            "OPTIONS",
            "/api/roles",
            &[
                ("origin", origin),
                ("access-control-request-method", "PATCH"),
                ("access-control-request-headers", "authorization"),
            ],
        )
        .await;
        assert!(preflight.status().is_success());
        assert_eq!(text(preflight.headers(), "access-control-allow-origin"), expected);
        assert_eq!(text(preflight.headers(), "access-control-allow-headers"), "authorization");
    }
}

#[tokio::test]
async fn attack_54_huge_heads_are_refused() {
    let long = "x".repeat(17 * 1024);
    assert_eq!(send("GET", &format!("/api/roles?q={long}"), &[]).await.status(), 414);

    let large = "x".repeat(65 * 1024);
    assert_eq!(send("GET", "/api/roles", &[("x-large", &large)]).await.status(), 431);

    let many: Vec<(&str, &str)> = vec![("x-many", "1"); 101];
    assert_eq!(send("GET", "/api/roles", &many).await.status(), 431);
}
