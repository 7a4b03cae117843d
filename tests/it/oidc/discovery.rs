//! What clients learn about the server, and its keys.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::Signet;
use signet_tests::token::header;
use std::time::Duration;

const API: &str = "https://default.logto.app/api";

async fn kids(signet: &Signet) -> Vec<String> {
    let keys = signet.get("/oidc/jwks").await.expect(200);
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn signing_kid(signet: &Signet) -> String {
    let granted = signet.bootstrap().token_for(signet, API, "all").await.expect(200);
    header(&granted["access_token"])["kid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn discovery_names_what_works_under_both_well_known_paths() {
    let signet = signet().await;

    let document = signet.get("/oidc/.well-known/openid-configuration").await;

    assert_eq!(document.header("access-control-allow-origin"), "*");
    assert_eq!(document.expect(200), signet.get("/oidc/.well-known/oauth-authorization-server").await.expect(200));
    let document = document.json();
    assert_eq!(document["issuer"], "https://id.example/oidc");
    assert_eq!(document["token_endpoint"], "https://id.example/oidc/token");
    assert_eq!(document["id_token_signing_alg_values_supported"], json!(["ES384", "RS256"]));
    for (member, path) in [
        ("authorization_endpoint", "/auth"),
        ("userinfo_endpoint", "/me"),
        ("end_session_endpoint", "/session/end"),
        ("device_authorization_endpoint", "/device/auth"),
        ("pushed_authorization_request_endpoint", "/request"),
    ] {
        assert_eq!(document[member], format!("https://id.example/oidc{path}"), "{member}");
    }
    assert_eq!(document["response_modes_supported"], json!(["form_post", "fragment", "query"]));
    assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(document["claims_parameter_supported"], false);
    assert_eq!(document["scopes_supported"].as_array().unwrap().len(), 13);
    for absent in
        ["acr_values_supported", "registration_endpoint", "check_session_iframe", "frontchannel_logout_supported"]
    {
        assert!(document.get(absent).is_none(), "{absent}");
    }
}

#[tokio::test]
async fn each_tenant_has_an_issuer_and_keys_of_its_own() {
    let signet = signet().await;
    let request = |path: &str| axum::http::Request::get(path.to_owned()).body(axum::body::Body::empty()).unwrap();

    let admin = signet.send_admin(request("/oidc/.well-known/openid-configuration")).await.expect(200);
    let admin_keys = signet.send_admin(request("/oidc/jwks")).await.expect(200);

    assert_eq!(admin["issuer"], "https://admin.id.example/oidc");
    assert_ne!(admin_keys, signet.get("/oidc/jwks").await.expect(200));
}

#[tokio::test]
async fn keys_are_published_with_their_headers() {
    let signet = signet().await;

    let answer = signet.get("/oidc/jwks").await;

    let keys = answer.expect(200)["keys"].clone();
    assert_eq!(answer.header("content-type"), "application/jwk-set+json; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-cache, max-age=0, must-revalidate");
    assert_eq!(
        (&keys[0]["alg"], &keys[0]["crv"], &keys[1]["alg"]),
        (&json!("ES384"), &json!("P-384"), &json!("RS256"))
    );
    assert_eq!(keys[0]["kid"], signing_kid(&signet).await);
    assert!(!answer.text.contains("\"d\""));
}

#[tokio::test]
async fn unknown_routes_and_methods_are_oauth_errors() {
    let signet = signet().await;
    let request = |method: &str, path: &str| {
        axum::http::Request::builder().method(method).uri(path).body(axum::body::Body::empty()).unwrap()
    };

    for (method, path) in [("POST", "/nope"), ("GET", "/token"), ("DELETE", "/jwks")] {
        let answer = signet.send(request(method, &format!("/oidc{path}"))).await;
        answer.refuses(
            404,
            "invalid_request",
            &format!("unrecognized route or not allowed method ({method} on {path})"),
        );
    }
}

#[tokio::test]
async fn attack_58_a_rotated_key_is_published_before_use_and_the_old_one_still_verifies() {
    let signet = signet().await;
    let old = signing_kid(&signet).await;
    let before = signet.management_token().await;

    let rotate = json!({"rotationGracePeriod": 3600});
    let keys = signet.api("POST", "/configs/oidc/private-keys/rotate", rotate).await.expect(200);
    assert_eq!(keys.as_array().unwrap().len(), 2);
    let published = kids(&signet).await;
    let new = published
        .iter()
        .find(|kid| **kid != old && published.iter().position(|k| k == *kid) == Some(1))
        .unwrap()
        .clone();
    assert_eq!(signing_kid(&signet).await, old, "the new key does not sign yet");

    signet.advance(Duration::from_secs(3599));
    assert_eq!(signing_kid(&signet).await, old);
    signet.advance(Duration::from_secs(10));
    assert_eq!(signing_kid(&signet).await, new, "it signs when its time has come");
    assert!(kids(&signet).await.contains(&old));

    // Issued under the old key, an hour and some seconds ago: expired, not unknown.
    let request = axum::http::Request::get("/api/resources").header("authorization", format!("Bearer {before}"));
    signet.send(request.body(axum::body::Body::empty()).unwrap()).await.refuses_with(401, "auth.unauthorized");
    signet.api("GET", "/resources", Value::Null).await.expect(200);
}

#[tokio::test]
async fn an_immediate_rotation_signs_with_the_new_key_at_once() {
    let signet = signet().await;
    let (old, token) = (signing_kid(&signet).await, signet.management_token().await);

    signet.api("POST", "/configs/oidc/private-keys/rotate", json!({})).await.expect(200);

    let new = signing_kid(&signet).await;
    assert_ne!(new, old);
    assert!(kids(&signet).await.contains(&old));
    let request = axum::http::Request::get("/api/resources").header("authorization", format!("Bearer {token}"));
    signet.send(request.body(axum::body::Body::empty()).unwrap()).await.expect(200);
}
