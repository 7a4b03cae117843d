//! Opaque access tokens and refresh tokens, presented to userinfo, introspection and revocation.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signet_tests::{Answer, SignIn, Signet};
use std::time::Duration;

const API: &str = "https://shop.example/api";

async fn me(signet: &Signet, request: axum::http::request::Builder, body: &str) -> Answer {
    signet.send(request.uri("/oidc/me").body(Body::from(body.to_owned())).unwrap()).await
}

fn form() -> axum::http::request::Builder {
    Request::post("/").header("content-type", "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn userinfo_says_what_the_scopes_allow_however_it_is_asked() {
    let signet = signet().await;
    let web = signet.web().await;
    let alice = signet.person_with("alice", |user| user.primary_email = Some("alice@example.com".to_owned())).await;
    let (tokens, _) = signet.tokens(&web, &alice, SignIn { scope: "openid email", ..SignIn::default() }).await;
    let token = tokens["access_token"].as_str().unwrap();
    let bearer = format!("Bearer {token}");

    let expected = json!({"sub": alice.id, "email": "alice@example.com", "email_verified": true});
    let answers = [
        me(&signet, Request::get("/").header("authorization", &bearer), "").await,
        me(&signet, Request::get("/").header("authorization", format!("bearer {token}")), "").await,
        me(&signet, Request::post("/").header("authorization", &bearer), "").await,
        me(&signet, form().header("authorization", &bearer), "other=1").await,
        me(&signet, form(), &format!("access_token={token}")).await,
    ];
    for answer in answers {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.expect(200), expected);
    }
    let twice = me(&signet, form().header("authorization", &bearer), &format!("access_token={token}")).await;
    assert_eq!(twice.expect(400)["error"], "invalid_request");
    let in_url = signet.get(&format!("/oidc/me?access_token={token}")).await;
    in_url.refuses(401, "invalid_token", "no access token provided");
}

#[tokio::test]
async fn userinfo_tells_how_to_bring_a_token_and_what_is_wrong_with_one() {
    let signet = signet().await;
    signet.resource(API, &["read"]).await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let realm = r#"Bearer realm="https://id.example/oidc""#;

    let none = signet.get("/oidc/me").await;
    none.refuses(401, "invalid_token", "no access token provided");
    assert_eq!(none.header("www-authenticate"), realm);

    let unknown = signet.userinfo(&json!("nonsense")).await;
    unknown.refuses(401, "invalid_token", "invalid token provided");
    let challenge = format!(r#"{realm}, error="invalid_token", error_description="invalid token provided""#);
    assert_eq!(unknown.header("www-authenticate"), challenge);

    let (tokens, _) = signet.tokens(&web, &alice, SignIn { scope: "profile", ..SignIn::default() }).await;
    let missing = signet.userinfo(&tokens["access_token"]).await;
    missing.refuses(403, "insufficient_scope", "access token missing openid scope");
    assert_eq!(missing.json()["scope"], "openid");
    assert!(missing.header("www-authenticate").ends_with(r#", scope="openid""#));

    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;
    signet.advance(Duration::from_hours(1));
    signet.userinfo(&tokens["access_token"]).await.expect(401);
}

#[tokio::test]
async fn attack_32_only_an_opaque_access_token_opens_userinfo() {
    let signet = signet().await;
    signet.resource(API, &["read"]).await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let sign_in = SignIn { scope: "openid offline_access read", resources: vec![API], ..SignIn::default() };
    let (tokens, _) = signet.tokens(&web, &alice, sign_in).await;
    let jwt = web.refreshes(&signet, &tokens["refresh_token"], &format!("&resource={API}")).await.expect(200);

    for token in [&tokens["id_token"], &tokens["refresh_token"], &jwt["access_token"]] {
        signet.userinfo(token).await.refuses(401, "invalid_token", "invalid token provided");
    }
}

#[tokio::test]
async fn attack_53_an_id_token_or_a_persons_token_does_not_open_the_management_api() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;

    for token in ["id_token", "access_token", "refresh_token"] {
        let bearer = format!("Bearer {}", tokens[token].as_str().unwrap());
        let request = Request::get("/api/users").header("authorization", bearer).body(Body::empty()).unwrap();
        assert_eq!(signet.send(request).await.status, 401, "{token}");
    }
}

#[tokio::test]
async fn pages_of_the_client_may_read_userinfo_and_others_may_not() {
    let signet = signet().await;
    let (spa, alice) = (signet.single_page().await, signet.person("alice").await);
    let (tokens, _) = signet.tokens(&spa, &alice, SignIn::default()).await;
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let from = |origin: &str| Request::get("/").header("authorization", &bearer).header("origin", origin);

    let own = me(&signet, from("https://client.example"), "").await;
    assert_eq!(own.header("access-control-allow-origin"), "https://client.example");
    own.expect(200);
    let other = me(&signet, from("https://evil.example"), "").await;
    assert_eq!(other.header("access-control-allow-origin"), "");
    other.expect(400);
}

#[tokio::test]
async fn introspection_describes_a_good_token_to_its_client_and_to_confidential_ones() {
    let signet = signet().await;
    let (web, other, spa) = (signet.web().await, signet.web().await, signet.single_page().await);
    let alice = signet.person("alice").await;
    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;
    let (access, refresh) = (&tokens["access_token"], &tokens["refresh_token"]);
    let iat = signet_tests::START.seconds();

    let described = json!({"active": true, "client_id": web.id, "exp": iat + 3600, "iat": iat,
        "iss": "https://id.example/oidc", "scope": "openid offline_access", "sub": alice.id, "token_type": "Bearer"});
    assert_eq!(web.introspects(&signet, access).await.expect(200), described);
    assert_eq!(other.introspects(&signet, access).await.expect(200), described);
    let of_refresh = web.introspects(&signet, refresh).await.expect(200);
    assert_eq!((&of_refresh["active"], &of_refresh["scope"]), (&json!(true), &described["scope"]));
    assert!(of_refresh.get("token_type").is_none());
    for token in [access, refresh, &json!("nonsense")] {
        assert_eq!(spa.introspects(&signet, token).await.expect(200), json!({"active": false}));
    }

    signet.advance(Duration::from_hours(24 * 14));
    for token in [access, refresh] {
        assert_eq!(web.introspects(&signet, token).await.expect(200), json!({"active": false}));
    }
}

#[tokio::test]
async fn a_rotated_refresh_token_is_inactive_and_its_revocation_takes_the_family() {
    let signet = signet().await;
    let (spa, alice) = (signet.single_page().await, signet.person("alice").await);
    let (first, _) = signet.tokens(&spa, &alice, SignIn::default()).await;
    let next = spa.refreshes(&signet, &first["refresh_token"], "").await.expect(200);

    let inactive = json!({"active": false});
    assert_eq!(spa.introspects(&signet, &first["refresh_token"]).await.expect(200), inactive);
    assert_eq!(spa.introspects(&signet, &next["refresh_token"]).await.expect(200)["active"], true);
    spa.revokes(&signet, &first["refresh_token"]).await.expect(200);
    assert_eq!(spa.introspects(&signet, &next["refresh_token"]).await.expect(200), inactive);
}

#[tokio::test]
async fn a_revocation_takes_the_whole_grant_and_is_noted() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    for revoked in ["access_token", "refresh_token"] {
        let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;

        let answer = web.revokes(&signet, &tokens[revoked]).await;

        answer.expect(200);
        assert_eq!(answer.text, "");
        signet.userinfo(&tokens["access_token"]).await.expect(401);
        web.refreshes(&signet, &tokens["refresh_token"], "").await.expect(400);
        web.revokes(&signet, &tokens[revoked]).await.expect(200);
    }
    let entries = signet.logs("RevokeToken").await;
    assert_eq!(entries.len(), 2);
    let kinds: Vec<&Value> = entries.iter().map(|entry| &entry["payload"]["tokenTypes"]).collect();
    assert!(kinds.contains(&&json!(["AccessToken"])) && kinds.contains(&&json!(["RefreshToken"])));
    assert_eq!(entries[0]["payload"]["userId"], json!(alice.id));
}

#[tokio::test]
async fn nobody_revokes_the_tokens_of_another_client() {
    let signet = signet().await;
    let (web, other, spa) = (signet.web().await, signet.web().await, signet.single_page().await);
    let alice = signet.person("alice").await;
    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;

    other.revokes(&signet, &tokens["refresh_token"]).await.refuses(
        400,
        "invalid_request",
        "client is not authorized to revoke the presented token",
    );
    spa.revokes(&signet, &tokens["refresh_token"]).await.expect(200);

    web.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
}

#[tokio::test]
async fn the_tokens_of_a_deleted_application_open_nothing() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;

    signet.api("DELETE", &format!("/applications/{}", web.id), Value::Null).await.expect(204);

    signet.userinfo(&tokens["access_token"]).await.expect(401);
}
