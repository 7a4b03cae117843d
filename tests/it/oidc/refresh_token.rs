//! The refresh token grant.

use crate::signet;
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet_tests::people::{PKCE, REDIRECT_URI};
use signet_tests::token::claims;
use signet_tests::{Answer, SignIn};
use std::sync::Arc;
use std::time::Duration;

const API: &str = "https://shop.example/api";
const CRM: &str = "https://crm.example";
const DAY: Duration = Duration::from_hours(24);

#[track_caller]
fn invalid(answer: &Answer) {
    answer.refuses(400, "invalid_grant", "grant request is invalid");
}

#[tokio::test]
async fn a_refresh_gives_new_tokens_and_an_id_token_that_agrees_with_the_first() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let sign_in = SignIn { nonce: Some("n"), says_auth_time: true, ..SignIn::default() };
    let (first, _) = signet.tokens(&web, &alice, sign_in).await;
    signet.advance(Duration::from_hours(1));

    let next = web.refreshes(&signet, &first["refresh_token"], "").await.expect(200);

    assert_ne!(next["access_token"], first["access_token"]);
    let (before, after) = (claims(&first["id_token"]), claims(&next["id_token"]));
    for same in ["sub", "iss", "aud", "auth_time", "nonce"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    assert_ne!(before["iat"], after["iat"]);
}

#[tokio::test]
async fn a_scope_can_be_narrowed_for_one_answer_and_never_widened() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let sign_in = SignIn { scope: "openid offline_access profile email", ..SignIn::default() };
    let (first, _) = signet.tokens(&web, &alice, sign_in).await;
    let token = &first["refresh_token"];

    let narrowed = web.refreshes(&signet, token, "&scope=openid+email").await.expect(200);
    assert_eq!(narrowed["scope"], "openid email");
    assert!(claims(&narrowed["id_token"]).get("name").is_none());
    assert!(claims(&narrowed["id_token"]).get("email").is_some());
    let none = web.refreshes(&signet, token, "&scope=email").await.expect(200);
    assert!(none.get("id_token").is_none());
    for (scope, beyond, plural) in [("openid+phone", "phone", ""), ("phone+openid+write", "phone write", "s")] {
        let answer = web.refreshes(&signet, token, &format!("&scope={scope}")).await;
        let description = format!("refresh token missing requested scope{plural}");
        answer.refuses(400, "invalid_scope", &description);
        assert_eq!(answer.json()["scope"], beyond);
    }
    assert_eq!(web.refreshes(&signet, token, "").await.expect(200)["scope"], first["scope"]);
}

#[tokio::test]
async fn each_resource_of_the_sign_in_can_be_had_with_what_the_person_holds_now() {
    let signet = signet().await;
    let shop = signet.resource(API, &["read", "write"]).await;
    let crm = signet.resource(CRM, &["read", "call"]).await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let role = signet.permit(&alice, &shop).await;
    signet.permit(&alice, &crm).await;
    let sign_in = SignIn { scope: "openid offline_access read call", resources: vec![API, CRM], ..SignIn::default() };
    let (first, _) = signet.tokens(&web, &alice, sign_in).await;
    let refresh = async |more: &str| web.refreshes(&signet, &first["refresh_token"], more).await;
    let of = |resource: &str| format!("&resource={resource}");

    assert_eq!(refresh(&of(API)).await.expect(200)["scope"], "read");
    assert_eq!(refresh(&of(CRM)).await.expect(200)["scope"], "read call");
    assert_eq!(refresh(&format!("{}&scope=call", of(CRM))).await.expect(200)["scope"], "call");
    let opaque = refresh("").await.expect(200);
    assert!(!opaque["access_token"].as_str().unwrap().contains('.'));
    let unknown = "resource indicator is missing, or unknown";
    refresh(&of("https://other.example")).await.refuses(400, "invalid_target", unknown);

    signet.forbid(&alice, &role).await;
    let poorer = refresh(&of(API)).await.expect(200);
    assert_eq!((&poorer["scope"], &claims(&poorer["access_token"])["scope"]), (&json!(""), &json!("")));
}

#[tokio::test]
async fn a_public_clients_token_rotates_at_every_use_and_a_confidential_ones_when_it_is_old() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    for kind in ["SPA", "Native"] {
        let client = signet.client(kind, json!({})).await;
        let (first, _) = signet.tokens(&client, &alice, SignIn::default()).await;
        let second = client.refreshes(&signet, &first["refresh_token"], "").await.expect(200);
        let third = client.refreshes(&signet, &second["refresh_token"], "").await.expect(200);
        assert!(first["refresh_token"] != second["refresh_token"] && second["refresh_token"] != third["refresh_token"]);
    }
    let web = signet.web().await;
    let (first, _) = signet.tokens(&web, &alice, SignIn::default()).await;
    let token = &first["refresh_token"];
    signet.advance(DAY * 9);
    assert_eq!(web.refreshes(&signet, token, "").await.expect(200)["refresh_token"], *token);
    signet.advance(DAY);
    let successor = web.refreshes(&signet, token, "").await.expect(200)["refresh_token"].clone();
    assert_ne!(successor, *token, "seven tenths of two weeks are over");
    signet.advance(DAY * 13);
    web.refreshes(&signet, &successor, "").await.expect(200);
    let off = signet.client_with("SPA", json!({"rotateRefreshToken": false})).await;
    let (first, _) = signet.tokens(&off, &alice, SignIn::default()).await;
    let again = off.refreshes(&signet, &first["refresh_token"], "").await.expect(200);
    assert_eq!(again["refresh_token"], first["refresh_token"]);
}

#[tokio::test]
async fn a_retry_within_three_seconds_gets_another_token_of_the_same_family() {
    let signet = signet().await;
    let (spa, alice) = (signet.single_page().await, signet.person("alice").await);
    let (first, _) = signet.tokens(&spa, &alice, SignIn::default()).await;
    let lost = spa.refreshes(&signet, &first["refresh_token"], "").await.expect(200);
    signet.advance(Duration::from_millis(2900));

    let retried = spa.refreshes(&signet, &first["refresh_token"], "").await.expect(200);

    assert_ne!(retried["refresh_token"], lost["refresh_token"]);
    spa.refreshes(&signet, &retried["refresh_token"], "").await.expect(200);
    spa.refreshes(&signet, &lost["refresh_token"], "").await.expect(200);
}

#[tokio::test]
async fn attack_25_a_replay_after_the_grace_revokes_the_family() {
    let signet = signet().await;
    let (spa, alice) = (signet.single_page().await, signet.person("alice").await);
    for after in [Duration::from_secs(3), DAY * 5] {
        let (first, _) = signet.tokens(&spa, &alice, SignIn::default()).await;
        let next = spa.refreshes(&signet, &first["refresh_token"], "").await.expect(200);
        signet.advance(after);

        invalid(&spa.refreshes(&signet, &first["refresh_token"], "").await);

        invalid(&spa.refreshes(&signet, &next["refresh_token"], "").await);
        signet.userinfo(&next["access_token"]).await.expect(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_25_parallel_refreshes_lock_nobody_out() {
    let signet = Arc::new(signet().await);
    let (spa, alice) = (signet.single_page().await, signet.person("alice").await);
    let (first, _) = signet.tokens(&spa, &alice, SignIn::default()).await;
    let mut token = first["refresh_token"].clone();
    for _ in 0..10 {
        let attempts = (0..8).map(|_| {
            let (signet, spa, token) = (signet.clone(), spa.clone(), token.clone());
            tokio::spawn(async move { spa.refreshes(&signet, &token, "").await })
        });
        let answers = join_all(attempts).await;
        let granted: Vec<Value> = answers.into_iter().map(|answer| answer.unwrap().expect(200)).collect();
        token = granted.last().unwrap()["refresh_token"].clone();
    }
    spa.refreshes(&signet, &token, "").await.expect(200);
}

#[tokio::test]
async fn attack_26_a_token_belongs_to_its_client() {
    let signet = signet().await;
    let (web, other, spa) = (signet.web().await, signet.web().await, signet.single_page().await);
    let alice = signet.person("alice").await;
    let (first, _) = signet.tokens(&web, &alice, SignIn::default()).await;

    invalid(&other.refreshes(&signet, &first["refresh_token"], "").await);
    invalid(&spa.refreshes(&signet, &first["refresh_token"], "").await);
    invalid(&web.refreshes(&signet, &json!("nonsense"), "").await);
    invalid(&web.refreshes(&signet, &first["access_token"], "").await);

    web.refreshes(&signet, &first["refresh_token"], "").await.expect(200);
    web.posts(&signet, "/oidc/token", "grant_type=refresh_token").await.refuses(
        400,
        "invalid_request",
        "missing required parameter 'refresh_token'",
    );
}

#[tokio::test]
async fn tokens_live_as_long_as_the_application_says_also_beyond_ninety_days() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    for (settings, days) in [
        (json!({}), 14),
        (json!({"refreshTokenTtl": 86_400}), 1),
        (json!({"refreshTokenTtl": 86_400, "refreshTokenTtlInDays": 100}), 100),
        (json!({"refreshTokenTtlInDays": 180}), 180),
    ] {
        let client = signet.client_with("Traditional", settings.clone()).await;
        let (early, late) = (SignIn::default(), SignIn::default());
        let (early, _) = signet.tokens(&client, &alice, early).await;
        let (late, _) = signet.tokens(&client, &alice, late).await;
        signet.advance((DAY * days).saturating_sub(Duration::from_secs(1)));
        client.refreshes(&signet, &early["refresh_token"], "").await.expect(200);
        signet.advance(Duration::from_secs(1));
        invalid(&client.refreshes(&signet, &late["refresh_token"], "").await);
    }
}

#[tokio::test]
async fn a_later_consent_does_not_shorten_the_life_of_a_token() {
    let signet = signet().await;
    let (web, alice) =
        (signet.client_with("Traditional", json!({"refreshTokenTtl": 31_536_000})).await, signet.person("alice").await);
    let browser = signet.browser();
    let asked = [("scope", "openid offline_access"), ("prompt", "consent")];
    let code = browser.signs_in(&web, &alice, &asked).await.takes_back_to(REDIRECT_URI)["code"].clone();
    let form =
        format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI}&code_verifier={}", PKCE.0);
    let tokens = web.posts(&signet, "/oidc/token", &form).await.expect(200);

    let again = browser.authorize(&web, &asked).await;
    browser.follow(again).await.takes_back_to(REDIRECT_URI);

    signet.advance(DAY * 200);
    web.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
}

#[tokio::test]
async fn a_rotated_token_lives_on_but_no_chain_for_more_than_a_year() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let native = signet.client_with("Native", json!({"refreshTokenTtlInDays": 180})).await;
    let (mut tokens, _) = signet.tokens(&native, &alice, SignIn::default()).await;
    // Past the 180 days of the consent, which the token keeps alive.
    for _ in 0..3 {
        signet.advance(DAY * 121);
        tokens = native.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
    }
    signet.advance(DAY * 2);
    tokens = native.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
    signet.advance(DAY);
    invalid(&native.refreshes(&signet, &tokens["refresh_token"], "").await);
}

#[tokio::test]
async fn a_single_page_application_keeps_the_end_of_its_first_token() {
    let signet = signet().await;
    let (spa, alice) = (signet.single_page().await, signet.person("alice").await);
    let (first, _) = signet.tokens(&spa, &alice, SignIn::default()).await;
    signet.advance(DAY * 13);
    let next = spa.refreshes(&signet, &first["refresh_token"], "").await.expect(200);
    signet.advance(DAY);

    invalid(&spa.refreshes(&signet, &next["refresh_token"], "").await);
}

#[tokio::test]
async fn a_token_without_offline_access_dies_with_its_session() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let always = signet.client_with("Traditional", json!({"alwaysIssueRefreshToken": true})).await;
    for (scope, status) in [("openid", 400), ("openid offline_access", 200)] {
        let (tokens, code) = signet.tokens(&always, &alice, SignIn { scope, ..SignIn::default() }).await;
        always.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);

        signet.end_session(&code.session).await;

        always.refreshes(&signet, &tokens["refresh_token"], "").await.expect(status);
        let userinfo = signet.userinfo(&tokens["access_token"]).await;
        assert_eq!(userinfo.status == 200, status == 200, "{scope}");
    }
    let (tokens, _) = signet.tokens(&always, &alice, SignIn { scope: "openid", ..SignIn::default() }).await;
    signet.advance(DAY * 14);
    invalid(&always.refreshes(&signet, &tokens["refresh_token"], "").await);
}

#[tokio::test]
async fn attack_34_a_person_is_a_member_of_no_organization_and_keeps_the_token() {
    let signet = signet().await;
    let (spa, alice) = (signet.single_page().await, signet.person("alice").await);
    let sign_in = SignIn { scope: "openid offline_access urn:logto:scope:organizations", ..SignIn::default() };
    let (tokens, _) = signet.tokens(&spa, &alice, sign_in).await;

    for more in ["&organization_id=acme", "&organization_id=acme&resource=https://shop.example/api"] {
        let answer = spa.refreshes(&signet, &tokens["refresh_token"], more).await;
        answer.refuses(403, "access_denied", "user is not a member of the organization");
    }

    // Refused before anything was consumed: later than the grace, and still good.
    signet.advance(Duration::from_secs(10));
    spa.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
}
