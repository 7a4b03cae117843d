//! Every operation with input that no honest client sends.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;
use serde_json::Value;
use signet_core::id::TenantId;
use signet_core::role::{Role, RoleType};
use signet_core::user::User;
use signet_tests::Signet;

/// Paths of the document with their methods.
fn operations(document: &Value) -> Vec<(String, String)> {
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        operations.extend(methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    operations
}

/// A path with every parameter replaced.
fn filled(template: &str, value: &str) -> String {
    let mut path = String::new();
    for part in template.split('/').skip(1) {
        path.push('/');
        path.push_str(if part.starts_with('{') { value } else { part });
    }
    path
}

const ANONYMOUS: [&str; 6] = [
    "/api/status",
    "/api/swagger.json",
    "/api/.well-known/management.openapi.json",
    "/api/.well-known/sign-in-exp",
    "/api/.well-known/experience",
    "/api/.well-known/phrases",
];

/// Not of this tenant: `console::own_account` asks for these.
fn is_elsewhere(template: &str) -> bool {
    template.starts_with("/oidc") || template.starts_with("/me")
}

/// For the browser that has a cookie of a sign-in.
fn is_of_a_browser(template: &str) -> bool {
    template.starts_with("/api/experience") || template.starts_with("/api/interaction")
}

#[tokio::test]
async fn every_operation_asks_for_a_token_first() {
    let signet = signet().await;
    let document = signet.get("/api/swagger.json").await.expect(200);
    let operations = operations(&document);
    assert!(operations.len() > 40, "{}", operations.len());
    for (method, template) in operations {
        if ANONYMOUS.contains(&template.as_str()) || is_elsewhere(&template) {
            continue;
        }
        let request = Request::builder().method(&*method).uri(filled(&template, "x")).body(Body::from("{")).unwrap();
        let answer = signet.send(request).await;
        if is_of_a_browser(&template) {
            answer.refuses_with(400, "session.not_found");
        } else {
            answer.refuses_with(401, "auth.authorization_header_missing");
        }
    }
}

/// A person and a role with the same id, so that strange input gets past the question who is meant.
async fn somebody(signet: &Signet) {
    let now = signet.deps.clock.now();
    let mut tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    tx.insert_user(&User::new("somebody".parse().unwrap(), now)).await.unwrap();
    let (name, description) = ("somebody".to_owned(), String::new());
    let role = Role { id: "somebody".parse().unwrap(), name, description, kind: RoleType::User, is_default: true };
    tx.insert_role(&role).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn attack_54_no_operation_meets_a_5xx_with_strange_input() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let signet = runtime.block_on(signet());
    let document = runtime.block_on(signet.get("/api/swagger.json")).expect(200);
    let operations = operations(&document);
    let token = runtime.block_on(signet.management_token());
    runtime.block_on(somebody(&signet));
    let segment = "(x|doesnotexist|%00|%F0%9F%98%80|[a-z0-9]{21}|[a-z0-9]{30}|private-keys|access-token|management-api|m-default|somebody|'%20OR%201)";
    let body = prop_oneof![
        Just("{".to_owned()),
        Just("[]".to_owned()),
        Just("null".to_owned()),
        Just("{\"name\":\"a\\u0000b\",\"type\":\"SPA\",\"indicator\":\"\\u0000\",\"script\":\"\\u0000\"}".to_owned()),
        Just("{\"name\":\"\\ud800\"}".to_owned()),
        Just(format!(
            "{{\"name\":\"{}\",\"description\":\"d\",\"type\":\"SPA\",\"indicator\":\"i\"}}",
            "n".repeat(5000)
        )),
        Just(format!("{}1{}", "{\"customData\":".repeat(300), "}".repeat(300))),
        "\\{\"(username|primaryEmail|primaryPhone|password|avatar|customData|profile|mfa|isSuspended|isExpired|userId|userIds|currentName)\":(1|null|\"x\"|\"\"|\"somebody\"|\\{\\}|\\[\\]|\\[\"somebody\"\\]|\\{\"x\":\\{\\}\\}|true)\\}",
        "\\{\"(name|indicator|type|roleIds|scopeIds|script|isDefault|expiresAt|accessTokenTtl)\":(1|null|\"x\"|\\[\\]|\\[\"x\"\\]|-1|1e99|9223372036854775807|true)\\}",
    ];
    let strategy =
        (segment, body, "(|page=1|page=99999999999|page_size=100|search=%25|search[.]id=x%00|start_time=x|type=x)");
    for (method, template) in &operations {
        proptest!(ProptestConfig::with_cases(4), |((segment, body, query) in &strategy)| {
            let uri = format!("{}?{query}", filled(template, &segment));
            let request = Request::builder().method(&**method).uri(&uri)
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(Body::from(body.clone())).unwrap();
            let answer = runtime.block_on(signet.send(request));
            prop_assert!(answer.status.as_u16() < 500, "{method} {uri} {body}: {} {}", answer.status, answer.text);
        });
    }
}

#[tokio::test]
async fn attack_54_headers_and_types_that_do_not_fit_get_a_4xx() {
    let signet = signet().await;
    let token = signet.management_token().await;
    let request = |content_type: &str, body: Vec<u8>| {
        Request::post("/api/resources")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", content_type)
            .body(Body::from(body))
            .unwrap()
    };
    for (content_type, body, status) in [
        ("text/plain", b"name=x".to_vec(), 415),
        ("application/json", vec![b' '; 2 << 20], 413),
        ("application/json", vec![0xff, 0xfe], 400),
    ] {
        let answer = signet.send(request(content_type, body)).await;
        assert_eq!(answer.status.as_u16(), status, "{content_type}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_status_that_the_document_does_not_list_reaches_the_client_unchanged() {
    let signet = signet().await;
    let token = signet.management_token().await;
    let document = signet.get("/api/swagger.json").await.expect(200);
    let listed = document["paths"]["/api/resources"]["post"]["responses"].as_object().unwrap();
    assert!(!listed.contains_key("415"), "choose another status");
    let request = Request::post("/api/resources")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "text/plain");

    let answer = signet.send(request.body(Body::from("name=x")).unwrap()).await;

    answer.refuses_with(415, "request.unsupported_media_type");
}
