//! Introspection and revocation of the tokens that exist.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use signet_tests::{Answer, Machine, Signet};

async fn post(signet: &Signet, machine: &Machine, path: &str, form: &str) -> Answer {
    let request = Request::post(format!("/oidc/token/{path}"))
        .header("authorization", machine.basic())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap();
    signet.send(request).await
}

#[tokio::test]
async fn an_unknown_token_is_inactive_and_revoked_already() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;

    let body = post(&signet, &robot, "introspection", "token=unknown").await.expect(200);
    let revoked = post(&signet, &robot, "revocation", "token=unknown").await;

    assert_eq!(body, json!({"active": false}));
    revoked.expect(200);
    assert_eq!(revoked.text, "");
}

#[tokio::test]
async fn jwt_access_tokens_can_be_neither_introspected_nor_revoked() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    let token = signet.management_token().await;

    let introspected = post(&signet, &robot, "introspection", &format!("token={token}")).await;
    let revoked = post(&signet, &robot, "revocation", &format!("token={token}")).await;

    introspected.refuses(
        400,
        "unsupported_token_type",
        "Structured JWT Tokens cannot be introspected via the introspection_endpoint",
    );
    revoked.refuses(
        400,
        "unsupported_token_type",
        "Structured JWT Tokens cannot be revoked via the revocation_endpoint",
    );
}

#[tokio::test]
async fn a_caller_must_authenticate_and_name_a_token() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;

    for path in ["introspection", "revocation"] {
        post(&signet, &robot, path, "").await.refuses(400, "invalid_request", "missing required parameter 'token'");
        let stranger = Machine::new(&robot.id, "wrong");
        post(&signet, &stranger, path, "token=x").await.refuses(401, "invalid_client", "client authentication failed");
    }
}
