//! The authorization code grant.

use crate::signet;
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet_tests::people::{PKCE, REDIRECT_URI};
use signet_tests::token::{claims, header};
use signet_tests::{Answer, SignIn};
use std::sync::Arc;
use std::time::Duration;

const API: &str = "https://shop.example/api";

fn read(resources: &[&'static str]) -> SignIn {
    SignIn { scope: "read", resources: resources.to_vec(), ..SignIn::default() }
}

#[tokio::test]
async fn a_code_is_traded_for_an_access_token_an_id_token_and_a_refresh_token() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let code = signet.code(&web, &alice, SignIn { nonce: Some("n-0"), ..SignIn::default() }).await;

    let answer = web.redeems(&signet, &code.value, "").await;

    let tokens = answer.expect(200);
    let names: Vec<&String> = tokens.as_object().unwrap().keys().collect();
    assert_eq!(names, ["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"]);
    assert_eq!((&tokens["expires_in"], &tokens["scope"]), (&json!(3600), &json!("openid offline_access")));
    assert_eq!(answer.header("cache-control"), "no-store");
    for opaque in ["access_token", "refresh_token"] {
        let text = tokens[opaque].as_str().unwrap();
        assert!(text.len() == 43 && !text.contains('.'), "{opaque}");
    }
    let id_token = &tokens["id_token"];
    let header_names: Vec<String> = header(id_token).as_object().unwrap().keys().cloned().collect();
    assert_eq!(header_names, ["alg", "kid"], "no typ");
    let id = claims(id_token);
    let names: Vec<&String> = id.as_object().unwrap().keys().collect();
    assert_eq!(names, ["sub", "nonce", "aud", "exp", "iat", "iss"]);
    assert_eq!((&id["sub"], &id["nonce"]), (&json!(alice.id), &json!("n-0")));
    assert_eq!((&id["aud"], &id["iss"]), (&json!(web.id), &json!("https://id.example/oidc")));
    assert_eq!(id["exp"].as_i64().unwrap() - id["iat"].as_i64().unwrap(), 3600);
}

#[tokio::test]
async fn a_token_for_a_resource_is_a_jwt_with_what_was_agreed_to_and_is_held() {
    let signet = signet().await;
    let shop = signet.resource(API, &["read", "write", "delete"]).await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    signet.permit(&alice, &shop).await;
    let sign_in = SignIn { scope: "openid read write unknown", resources: vec![API], ..SignIn::default() };
    let code = signet.code(&web, &alice, sign_in).await;

    let tokens = web.redeems(&signet, &code.value, &format!("&resource={API}")).await.expect(200);

    assert_eq!(tokens["scope"], "read write");
    let token = &tokens["access_token"];
    assert_eq!(header(token)["typ"], "at+jwt");
    let claims = claims(token);
    let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert_eq!(names, ["jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud"]);
    assert_eq!((&claims["sub"], &claims["aud"]), (&json!(alice.id), &json!(API)));
    assert_eq!((&claims["client_id"], &claims["scope"]), (&json!(web.id), &json!("read write")));
}

#[tokio::test]
async fn what_a_token_is_for_follows_from_scope_and_resource() {
    const CRM: &str = "https://crm.example";
    let signet = signet().await;
    signet.resource(API, &["read"]).await;
    signet.resource(CRM, &["read"]).await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let both: &[&str] = &[API, CRM];
    for (scope, resources, asked, audience) in [
        ("openid read", &[API][..], "", None),
        ("read", &[API], "", Some(API)),
        ("profile", &[], "", None),
        ("openid", both, "&resource=https://crm.example", Some(CRM)),
    ] {
        let sign_in = SignIn { scope, resources: resources.to_vec(), ..SignIn::default() };
        let code = signet.code(&web, &alice, sign_in).await;
        let tokens = web.redeems(&signet, &code.value, asked).await.expect(200);
        let token = &tokens["access_token"];
        let found = token.as_str().unwrap().contains('.').then(|| claims(token)["aud"].clone());
        assert_eq!(found, audience.map(Value::from), "{scope} {resources:?} {asked}");
    }
    let single = "only a single resource indicator value must be requested/resolved during Access Token Request";
    for (resources, asked, description) in [
        (both, "", single),
        (both, "&resource=https://crm.example&resource=https://shop.example/api", single),
        (&[API], "&resource=https://crm.example", "resource indicator is missing, or unknown"),
        (&[API], "&resource=https://shop.example/api/", "resource indicator is missing, or unknown"),
        (&[API], "&resource=nonsense", "resource indicator must be an absolute URI"),
    ] {
        let code = signet.code(&web, &alice, read(resources)).await;
        web.redeems(&signet, &code.value, asked).await.refuses(400, "invalid_target", description);
        let named = format!("&resource={API}");
        web.redeems(&signet, &code.value, &named).await.expect(200);
    }
}

#[tokio::test]
async fn attack_24_a_replayed_code_revokes_what_it_issued() {
    let signet = signet().await;
    let (web, other) = (signet.web().await, signet.web().await);
    let alice = signet.person("alice").await;
    for (thief, after) in [(&web, 0), (&web, 30), (&other, 5), (&web, 120)] {
        let (tokens, code) = signet.tokens(&web, &alice, SignIn::default()).await;
        signet.userinfo(&tokens["access_token"]).await.expect(200);
        signet.advance(Duration::from_secs(after));

        let again = thief.redeems(&signet, &code.value, "").await;

        again.refuses(400, "invalid_grant", "grant request is invalid");
        signet.userinfo(&tokens["access_token"]).await.expect(401);
        web.refreshes(&signet, &tokens["refresh_token"], "").await.refuses(
            400,
            "invalid_grant",
            "grant request is invalid",
        );
    }
}

#[tokio::test]
async fn attack_24_a_code_holds_for_a_minute_for_its_client_and_redirect_uri() {
    let signet = signet().await;
    let (web, other) = (signet.web().await, signet.web().await);
    let alice = signet.person("alice").await;
    let code = signet.code(&web, &alice, SignIn::default()).await;
    let refused = |answer: Answer| answer.refuses(400, "invalid_grant", "grant request is invalid");

    refused(web.redeems(&signet, "unknown", "").await);
    refused(other.redeems(&signet, &code.value, "").await);
    let form = |redirect_uri| {
        format!(
            "grant_type=authorization_code&code={}&redirect_uri={redirect_uri}&code_verifier={}",
            code.value, PKCE.0
        )
    };
    refused(web.posts(&signet, "/oidc/token", &form("https://client.example/callback/")).await);
    refused(web.posts(&signet, "/oidc/token", &form("https://evil.example")).await);
    signet.advance(Duration::from_secs(59));
    let late = signet.code(&web, &alice, SignIn::default()).await;
    // What was refused has not used up the code. One registered place may be left out.
    let form = format!("grant_type=authorization_code&code={}&code_verifier={}", code.value, PKCE.0);
    web.posts(&signet, "/oidc/token", &form).await.expect(200);
    signet.advance(Duration::from_mins(1));
    refused(web.redeems(&signet, &late.value, "").await);
    web.posts(&signet, "/oidc/token", "grant_type=authorization_code").await.refuses(
        400,
        "invalid_request",
        "missing required parameter 'code'",
    );
}

#[tokio::test]
async fn attack_27_a_code_needs_the_verifier_of_its_challenge() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    for client in [signet.web().await, signet.single_page().await] {
        let code = signet.code(&client, &alice, SignIn::default()).await;
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        for verifier in ["", "&code_verifier=", "&code_verifier=short", &format!("&code_verifier={challenge}")] {
            let form =
                format!("grant_type=authorization_code&code={}&redirect_uri={REDIRECT_URI}{verifier}", code.value);
            let answer = client.posts(&signet, "/oidc/token", &form).await;
            answer.refuses(400, "invalid_grant", "grant request is invalid");
        }
        client.redeems(&signet, &code.value, "").await.expect(200);
    }
}

#[tokio::test]
async fn attack_27_a_verifier_without_a_challenge_is_a_downgrade() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let (web, spa) = (signet.web().await, signet.single_page().await);
    let bare = |client| signet.code_without_challenge(client, &alice);

    let downgraded = bare(&web).await;
    web.redeems(&signet, &downgraded, "").await.refuses(400, "invalid_grant", "grant request is invalid");
    let confidential = format!("grant_type=authorization_code&code={}", bare(&web).await);
    web.posts(&signet, "/oidc/token", &confidential).await.expect(200);
    let public = format!("grant_type=authorization_code&code={}", bare(&spa).await);
    spa.posts(&signet, "/oidc/token", &public).await.refuses(400, "invalid_grant", "grant request is invalid");
}

#[tokio::test]
async fn an_organization_means_nothing_to_a_code() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let code = signet.code(&web, &alice, SignIn::default()).await;

    web.redeems(&signet, &code.value, "&organization_id=acme").await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_is_issued_for_offline_access_or_when_a_web_client_always_wants_one() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let (plain, always) = (json!({}), json!({"alwaysIssueRefreshToken": true}));
    for (client, scope, expected) in [
        (signet.client_with("Traditional", plain.clone()).await, "openid offline_access", true),
        (signet.client_with("Traditional", plain).await, "openid", false),
        (signet.client_with("Traditional", always.clone()).await, "openid", true),
        (signet.client_with("SPA", always.clone()).await, "openid", true),
        (signet.client_with("Native", always).await, "openid", false),
    ] {
        let (tokens, _) = signet.tokens(&client, &alice, SignIn { scope, ..SignIn::default() }).await;
        assert_eq!(tokens.get("refresh_token").is_some(), expected, "{scope}");
    }
}

#[tokio::test]
async fn without_offline_access_a_code_ends_with_its_session() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    for (scope, status) in [("openid", 400), ("openid offline_access", 200)] {
        let code = signet.code(&web, &alice, SignIn { scope, ..SignIn::default() }).await;
        signet.end_session(&code.session).await;
        web.redeems(&signet, &code.value, "").await.expect(status);
    }
}

/// The bar is a thousand rounds, which `signet-bench` runs; these are a hundred of them.
#[tokio::test(flavor = "multi_thread")]
async fn attack_24_of_fifty_parallel_redemptions_of_a_code_exactly_one_gets_tokens() {
    let signet = Arc::new(signet().await);
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    for round in 0..100 {
        let code = signet.code(&web, &alice, SignIn::default()).await;
        let attempts = (0..50).map(|_| {
            let (signet, web, code) = (signet.clone(), web.clone(), code.value.clone());
            tokio::spawn(async move { web.redeems(&signet, &code, "").await })
        });

        let answers: Vec<Answer> = join_all(attempts).await.into_iter().map(Result::unwrap).collect();

        let granted: Vec<Value> = answers.iter().filter(|answer| answer.status == 200).map(Answer::json).collect();
        assert_eq!(granted.len(), 1, "round {round}");
        assert!(answers.iter().all(|answer| answer.status == 200 || answer.json()["error"] == "invalid_grant"));
        // Forty-nine replays: what was issued is gone.
        signet.userinfo(&granted[0]["access_token"]).await.expect(401);
    }
}
