//! People who are suspended or deleted get nothing more.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signet_core::user::User;
use signet_tests::{SignIn, Signet};

/// The two ways in which somebody's time ends.
const WAYS: [&str; 2] = ["suspended", "deleted"];

async fn end(signet: &Signet, user: &User, way: &str) {
    let path = format!("/users/{}", user.id);
    match way {
        "suspended" => {
            signet.api("PATCH", &format!("{path}/is-suspended"), json!({"isSuspended": true})).await.expect(200);
        }
        _ => {
            signet.api("DELETE", &path, Value::Null).await.expect(204);
        }
    }
}

#[tokio::test]
async fn attack_35_whoever_is_suspended_or_deleted_gets_nothing_at_once() {
    let signet = signet().await;
    let backend = signet.client_with("Traditional", json!({"allowTokenExchange": true})).await;
    for way in WAYS {
        let user = signet.person(way).await;
        let (tokens, _) = signet.tokens(&backend, &user, SignIn::default()).await;
        let code = signet.code(&backend, &user, SignIn::default()).await;
        let subject = signet.api("POST", "/subject-tokens", json!({"userId": user.id})).await.expect(201);
        let path = format!("/users/{}/personal-access-tokens", user.id);
        let personal = signet.api("POST", &path, json!({"name": "cli"})).await.expect(201);
        signet.userinfo(&tokens["access_token"]).await.expect(200);

        end(&signet, &user, way).await;

        let exchange = |token: &Value, kind: &str| {
            format!(
                "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token={}&subject_token_type={kind}",
                token.as_str().unwrap()
            )
        };
        let access_token = "urn:ietf:params:oauth:token-type:access_token";
        for form in [
            exchange(&subject["subjectToken"], access_token),
            exchange(&tokens["access_token"], access_token),
            exchange(&personal["value"], "urn:logto:token-type:personal_access_token"),
        ] {
            let answer = backend.posts(&signet, "/oidc/token", &form).await;
            answer.refuses(400, "invalid_grant", "grant request is invalid");
        }
        backend.refreshes(&signet, &tokens["refresh_token"], "").await.refuses(
            400,
            "invalid_grant",
            "grant request is invalid",
        );
        backend.redeems(&signet, &code.value, "").await.refuses(400, "invalid_grant", "grant request is invalid");
        signet.userinfo(&tokens["access_token"]).await.expect(401);
        for token in ["access_token", "refresh_token"] {
            let described = backend.introspects(&signet, &tokens[token]).await.expect(200);
            assert_eq!(described, json!({"active": false}), "{way}");
        }
    }
}

#[tokio::test]
async fn who_may_sign_in_again_does_not_get_the_old_tokens_back() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;
    end(&signet, &alice, "suspended").await;
    let path = format!("/users/{}/is-suspended", alice.id);
    signet.api("PATCH", &path, json!({"isSuspended": false})).await.expect(200);

    web.refreshes(&signet, &tokens["refresh_token"], "").await.expect(400);
    signet.tokens(&web, &alice, SignIn::default()).await;
}

#[tokio::test]
async fn a_jwt_that_was_issued_before_lives_to_its_end() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let web = signet.web().await;
    let api = "https://shop.example/api";
    signet.resource(api, &["read"]).await;
    let (tokens, _) =
        signet.tokens(&web, &alice, SignIn { scope: "read", resources: vec![api], ..SignIn::default() }).await;

    end(&signet, &alice, "deleted").await;

    // Whoever verifies it needs no more than the keys, which nobody tells of a suspension.
    let keys = signet.send(Request::get("/oidc/jwks").body(Body::empty()).unwrap()).await.expect(200);
    let kid = signet_tests::token::header(&tokens["access_token"])["kid"].clone();
    assert!(keys["keys"].as_array().unwrap().iter().any(|key| key["kid"] == kid));
}
