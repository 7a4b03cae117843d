//! Who a client is.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signet_tests::Machine;
use std::time::Duration;

const API: &str = "https://default.logto.app/api";
const WANTED: &str = "grant_type=client_credentials&resource=https://default.logto.app/api";

#[tokio::test]
async fn a_secret_works_in_the_header_and_in_the_body() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;

    robot.asks(&signet, WANTED).await.expect(200);
    signet.token(&format!("{WANTED}&client_id={}&client_secret={}", robot.id, robot.secret)).await.expect(200);
    let json = json!({"grant_type": "client_credentials", "resource": API, "client_id": robot.id, "client_secret": robot.secret});
    let request = Request::post("/oidc/token")
        .header("content-type", "application/json")
        .body(Body::from(json.to_string()))
        .unwrap();
    signet.send(request).await.expect(200);
}

#[tokio::test]
async fn every_secret_of_an_application_works_until_it_expires_or_is_deleted() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    let path = format!("/applications/{}/secrets", robot.id);
    let expires = signet_tests::START.0 + 60_000;
    let short = signet.api("POST", &path, json!({"name": "short", "expiresAt": expires})).await.expect(201);
    let other = signet.api("POST", &path, json!({"name": "other"})).await.expect(201);
    let with = |secret: &Value| Machine::new(&robot.id, secret["value"].as_str().unwrap());
    with(&short).asks(&signet, WANTED).await.expect(200);
    with(&other).asks(&signet, WANTED).await.expect(200);

    signet.advance(Duration::from_secs(61));
    signet.api("DELETE", &format!("{path}/other"), Value::Null).await.expect(204);

    with(&short).asks(&signet, WANTED).await.refuses(400, "invalid_request", "client secret has expired");
    with(&other).asks(&signet, WANTED).await.refuses(401, "invalid_client", "client authentication failed");
    robot.asks(&signet, WANTED).await.expect(200);
}

#[tokio::test]
async fn who_cannot_prove_who_it_is_gets_the_documented_refusal() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    let id = &robot.id;

    let wrong = Machine::new(id, "wrong").asks(&signet, WANTED).await;
    wrong.refuses(401, "invalid_client", "client authentication failed");
    assert_eq!(
        wrong.header("www-authenticate"),
        r#"Basic realm="https://id.example/oidc", error="invalid_client", error_description="client authentication failed""#
    );
    let posted = signet.token(&format!("{WANTED}&client_id={id}&client_secret=wrong")).await;
    posted.refuses(401, "invalid_client", "client authentication failed");
    assert_eq!(posted.header("www-authenticate"), "");
    signet.token(&format!("{WANTED}&client_id={id}")).await.refuses(
        401,
        "invalid_client",
        "client authentication failed",
    );
    signet.token(&format!("{WANTED}&client_id=nobody&client_secret=x")).await.refuses(
        400,
        "invalid_client",
        "invalid client nobody",
    );
    signet.token(WANTED).await.refuses(400, "invalid_request", "no client authentication mechanism provided");
    robot.asks(&signet, &format!("{WANTED}&client_id={id}&client_secret=x")).await.refuses(
        400,
        "invalid_request",
        "client authentication must only be provided using one mechanism",
    );
    robot.asks(&signet, &format!("{WANTED}&client_id=other")).await.refuses(
        400,
        "invalid_request",
        "client_id mismatch",
    );
    for header in ["Basic !!!", "Basic", "Bearer x", "Basic YQ=="] {
        let request = Request::post("/oidc/token")
            .header("authorization", header)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(WANTED))
            .unwrap();
        signet.send(request).await.refuses(400, "invalid_request", "invalid authorization header value format");
    }
}

#[tokio::test]
async fn the_plain_oauth_members_are_answered_on_request() {
    let signet = signet().await;
    let request = Request::post("/oidc/token?parse_error=false")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(WANTED))
        .unwrap();

    let body = signet.send(request).await.expect(400);

    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["error", "error_description"]);
}

#[tokio::test]
async fn attack_60_only_registered_origins_may_call_from_a_page() {
    let signet = signet().await;
    let settings = json!({"name": "robot", "type": "MachineToMachine", "customClientMetadata": {"corsAllowedOrigins": ["https://shop.example"]}});
    let robot = signet.machine_with(settings).await;
    let from = |origin: &str| {
        Request::post("/oidc/token")
            .header("authorization", robot.basic())
            .header("origin", origin)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(WANTED))
            .unwrap()
    };

    for origin in ["https://shop.example", "https://id.example"] {
        let answer = signet.send(from(origin)).await;
        answer.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(answer.header("access-control-expose-headers"), "WWW-Authenticate");
    }
    for origin in ["https://evil.example", "null", "https://shop.example.evil.example", "http://shop.example"] {
        let answer = signet.send(from(origin)).await;
        let id = &robot.id;
        answer.refuses(400, "invalid_request", &format!("origin {origin} not allowed for client: {id}"));
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn attack_60_token_answers_are_never_cached_or_framed() {
    let signet = signet().await;

    let answer = signet.bootstrap().asks(&signet, WANTED).await;

    answer.expect(200);
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "SAMEORIGIN"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=15552000; includeSubDomains"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert_eq!(answer.header("logto-core-request-id").len(), 16);
}
