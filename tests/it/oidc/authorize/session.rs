//! Who is signed in to a browser, and what is asked of them.

use super::{id_token, signed};
use crate::signet;
use serde_json::json;
use signet_core::id::TenantId;
use signet_core::secret::ValueHash;
use signet_tests::people::{REDIRECT_URI, interaction_in};
use signet_tests::{Browser, Client, Signet};
use std::time::Duration;

/// The error that a silent request ends with; empty when it ends with a code.
async fn silently(browser: &Browser<'_>, client: &Client, extra: &[(&str, &str)]) -> String {
    let extra = [extra, &[("prompt", "none")]].concat();
    let answer = browser.authorize(client, &extra).await.takes_back_to(&client.redirect_uri);
    assert_ne!(answer.contains_key("code"), answer.contains_key("error"));
    answer.get("error").cloned().unwrap_or_default()
}

async fn says_auth_time(signet: &Signet, code: &str) -> bool {
    let reader = signet.app.store.tenant(TenantId::default_tenant()).read().await.unwrap();
    reader.authorization_code(&ValueHash::of(code)).await.unwrap().unwrap().facts.says_auth_time
}

#[tokio::test]
async fn a_silent_request_succeeds_once_everything_was_agreed_to() {
    let signet = signet().await;
    let (client, other, alice) = (signet.web().await, signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    assert_eq!(silently(&browser, &client, &[]).await, "login_required");

    browser.signs_in(&client, &alice, &[]).await;

    assert_eq!(silently(&browser, &client, &[]).await, "");
    assert_eq!(silently(&browser, &other, &[]).await, "consent_required");
    assert_eq!(silently(&signet.browser(), &client, &[]).await, "login_required");
}

#[tokio::test]
async fn attack_36_more_scopes_are_not_granted_silently() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let api = signet.resource("https://a.example", &["read", "write"]).await;
    signet.permit(&alice, &api).await;
    let browser = signet.browser();
    let read = [("resource", "https://a.example"), ("scope", "openid read")];
    browser.signs_in(&client, &alice, &read).await;

    assert_eq!(silently(&browser, &client, &read).await, "");
    for more in ["openid email", "openid read write"] {
        let extra = [("resource", "https://a.example"), ("scope", more)];
        assert_eq!(silently(&browser, &client, &extra).await, "consent_required");
        browser.authorize(&client, &extra).await.goes_to("/consent");
    }
}

#[tokio::test]
async fn native_applications_are_never_answered_silently() {
    let signet = signet().await;
    let settings = json!({"oidcClientMetadata": {"redirectUris": ["io.client.app://callback"]}});
    let (client, alice) = (signet.client("Native", settings).await, signet.person("alice").await);
    let browser = signet.browser();
    assert_eq!(silently(&browser, &client, &[]).await, "login_required");
    let first = browser.signs_in(&client, &alice, &[]).await;
    assert!(first.takes_back_to("io.client.app://callback").contains_key("code"));

    assert_eq!(silently(&browser, &client, &[]).await, "interaction_required");
    browser.authorize(&client, &[]).await.goes_to("/consent");
}

#[tokio::test]
async fn prompt_login_asks_again_and_the_answer_says_when() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    let first = browser.signs_in(&client, &alice, &[]).await.takes_back_to(REDIRECT_URI);
    assert!(!says_auth_time(&signet, &first["code"]).await);

    browser.authorize(&client, &[("prompt", "login")]).await.goes_to("/sign-in");
    let back = browser.proves_to_be(&alice).await;
    let again = browser.get(&back).await.takes_back_to(REDIRECT_URI);

    assert!(says_auth_time(&signet, &again["code"]).await);
}

#[tokio::test]
async fn prompt_login_consent_asks_both_once() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;

    browser.authorize(&client, &[("prompt", "login consent")]).await.goes_to("/sign-in");
    let back = browser.proves_to_be(&alice).await;
    let consent = browser.get(&back).await;
    consent.goes_to("/consent");

    assert!(browser.follow(consent).await.takes_back_to(REDIRECT_URI).contains_key("code"));
}

#[tokio::test]
async fn max_age_asks_those_who_signed_in_too_long_ago() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    signet.advance(Duration::from_mins(1));

    assert_eq!(silently(&browser, &client, &[("max_age", "60")]).await, "");
    assert_eq!(silently(&browser, &client, &[("max_age", "59")]).await, "login_required");
    assert_eq!(silently(&browser, &client, &[("max_age", "0")]).await, "login_required");
    let answer = browser.authorize(&client, &[("max_age", "10000")]).await.takes_back_to(REDIRECT_URI);
    assert!(says_auth_time(&signet, &answer["code"]).await);
    browser.authorize(&client, &[("max_age", "0")]).await.goes_to("/sign-in");
    let back = browser.proves_to_be(&alice).await;
    assert!(browser.get(&back).await.takes_back_to(REDIRECT_URI).contains_key("code"));
}

#[tokio::test]
async fn a_hint_says_whom_the_client_expects() {
    let signet = signet().await;
    let (client, alice, bob) = (signet.web().await, signet.person("alice").await, signet.person("bob").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    let (hers, his) =
        (id_token(&signet, &client.id, alice.id.as_str()).await, id_token(&signet, &client.id, bob.id.as_str()).await);

    assert_eq!(silently(&browser, &client, &[("id_token_hint", &hers)]).await, "");
    assert_eq!(silently(&browser, &client, &[("id_token_hint", &his)]).await, "login_required");
    browser.authorize(&client, &[("id_token_hint", &his)]).await.goes_to("/sign-in");
}

#[tokio::test]
async fn attack_32_only_an_id_token_of_this_client_is_a_hint() {
    let signet = signet().await;
    let (client, other, alice) = (signet.web().await, signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    let claims =
        |issuer: &str| json!({"iss": issuer, "aud": client.id, "sub": alice.id, "iat": 1, "exp": 4_000_000_000_i64});
    let hint = id_token(&signet, &client.id, alice.id.as_str()).await;
    let (unsigned, _) = hint.rsplit_once('.').unwrap();

    for wrong in [
        signed(&signet, Some("at+jwt"), &claims("https://id.example/oidc")).await,
        signed(&signet, Some("logout+jwt"), &claims("https://id.example/oidc")).await,
        signed(&signet, None, &claims("https://admin.id.example/oidc")).await,
        id_token(&signet, &other.id, alice.id.as_str()).await,
        format!("{unsigned}."),
        "eyJhbGciOiJub25lIn0.e30.".to_owned(),
    ] {
        assert_eq!(silently(&browser, &client, &[("id_token_hint", &wrong)]).await, "invalid_request", "{wrong}");
    }
}

#[tokio::test]
async fn attack_59_a_hint_is_not_in_the_audit_log() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let hint = id_token(&signet, &client.id, alice.id.as_str()).await;
    let state = "s".repeat(9_000);

    let asked = [("id_token_hint", hint.as_str()), ("state", &state), ("one_time_token", "t0k3n")];
    signet.browser().authorize(&client, &asked).await.goes_to("/sign-in");

    let entry = signet.logs("Interaction.Create").await.remove(0);
    let kept = entry["payload"]["params"].as_object().unwrap();
    assert_eq!((&kept["id_token_hint"], &kept["scope"]), (&json!("******"), &json!("openid")));
    assert_eq!(kept["state"].as_str().unwrap().len(), 512, "a stranger may send as much as they like");
    assert!(!entry.to_string().contains("t0k3n"));
}

#[tokio::test]
async fn attack_37_a_sign_in_always_makes_a_new_cookie() {
    let signet = signet().await;
    let (client, alice, mallory) = (signet.web().await, signet.person("alice").await, signet.person("mallory").await);
    let attacker = signet.browser();
    attacker.signs_in(&client, &mallory, &[]).await;
    let (planted, signature) = (attacker.cookie("_session").unwrap(), attacker.cookie("_session.sig").unwrap());
    let victim = signet.browser();
    victim.plant("_session", &planted);
    victim.plant("_session.sig", &signature);

    victim.authorize(&client, &[("prompt", "login")]).await;
    let back = victim.proves_to_be(&alice).await;
    victim.get(&back).await;

    assert_ne!(victim.cookie("_session").unwrap(), planted);
    assert_eq!(silently(&attacker, &client, &[]).await, "login_required", "whoever planted it has no session any more");
}

#[tokio::test]
async fn attack_37_signing_in_again_makes_the_old_cookie_worthless() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    let thief = signet.browser();
    for name in ["_session", "_session.sig"] {
        thief.plant(name, &browser.cookie(name).unwrap());
    }
    assert_eq!(silently(&thief, &client, &[]).await, "");

    browser.authorize(&client, &[("prompt", "login")]).await;
    let back = browser.proves_to_be(&alice).await;
    browser.get(&back).await;

    assert_eq!(silently(&thief, &client, &[]).await, "login_required");
    assert_eq!(silently(&browser, &client, &[]).await, "");
}

#[tokio::test]
async fn attack_35_a_suspended_or_deleted_person_is_signed_out() {
    let signet = signet().await;
    let client = signet.web().await;
    for (method, path, body) in [("PATCH", "/is-suspended", json!({"isSuspended": true})), ("DELETE", "", json!(null))]
    {
        let person = signet.person(&format!("person{method}")).await;
        let browser = signet.browser();
        browser.signs_in(&client, &person, &[]).await;

        let ended = signet.api(method, &format!("/users/{}{path}", person.id), body).await;

        assert!(ended.status.is_success(), "{}", ended.text);
        assert_eq!(silently(&browser, &client, &[]).await, "login_required");
        browser.authorize(&client, &[]).await.goes_to("/sign-in");
    }
}

#[tokio::test]
async fn attack_35_whoever_was_suspended_on_the_sign_in_page_does_not_come_in() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.authorize(&client, &[]).await;
    let back = browser.proves_to_be(&alice).await;
    let suspended = json!({"isSuspended": true});
    signet.api("PATCH", &format!("/users/{}/is-suspended", alice.id), suspended).await.expect(200);

    browser.get(&back).await.goes_to("/sign-in");

    assert_eq!(browser.cookie("_session"), None);
}

#[tokio::test]
async fn a_session_lasts_as_long_as_the_tenant_says_from_its_last_use() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    signet.api("PATCH", "/configs/oidc/session", json!({"ttl": 600})).await.expect(200);
    let browser = signet.browser();
    let answer = browser.signs_in(&client, &alice, &[]).await;
    let kept = answer.headers.get_all("set-cookie").iter().any(|line| {
        let line = line.to_str().unwrap();
        line.starts_with("_session=") && line.contains("Max-Age=600") && line.contains("HttpOnly; Secure")
    });
    assert!(kept, "{:?}", answer.headers);

    signet.advance(Duration::from_secs(599));
    assert_eq!(silently(&browser, &client, &[]).await, "");
    signet.advance(Duration::from_secs(599));
    assert_eq!(silently(&browser, &client, &[]).await, "");
    signet.advance(Duration::from_mins(10));
    assert_eq!(silently(&browser, &client, &[]).await, "login_required");
}

#[tokio::test]
async fn a_rotated_cookie_key_signs_nobody_out() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;

    signet.api("POST", "/configs/oidc/cookie-keys/rotate", json!({})).await.expect(200);
    assert_eq!(silently(&browser, &client, &[]).await, "");
    signet.api("POST", "/configs/oidc/cookie-keys/rotate", json!({})).await.expect(200);

    assert_eq!(silently(&browser, &client, &[]).await, "", "it was signed anew when it was used");
    let forged = signet.browser();
    forged.plant("_session", &browser.cookie("_session").unwrap());
    forged.plant("_session.sig", "AAAA");
    assert_eq!(silently(&forged, &client, &[]).await, "login_required");
}

#[tokio::test]
async fn sessions_of_both_tenants_live_in_one_browser() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let mut root =
        signet_core::user::User::new(signet_core::id::UserId::random(&*signet.deps.rng), signet_tests::START);
    root.username = Some("root".to_owned());
    signet.store_person(TenantId::admin(), &root).await;
    let console = "https://admin.id.example/console/callback";
    let mut tx = signet.app.store.tenant(TenantId::admin()).write().await.unwrap();
    let mut application = tx.application(&"admin-console".parse().unwrap()).await.unwrap().unwrap();
    application.oidc_client_metadata.insert("redirectUris".to_owned(), json!([console]));
    tx.update_application(&application).await.unwrap();
    tx.commit().await.unwrap();
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    let hers = browser.cookie("_session").unwrap();

    let console = Client { id: "admin-console".to_owned(), secret: None, redirect_uri: console.to_owned() };
    let admin = |extra: &[(&str, &str)]| format!("/oidc/auth?{}", console.request(extra));
    browser.get_admin(&admin(&[])).await.goes_to("/sign-in?app_id=admin-console");
    let uid = interaction_in(&browser.cookie("_admin_interaction").unwrap());
    signet.leave_login(TenantId::admin(), &uid, &root).await;
    browser.get_admin(&format!("/oidc/auth/{uid}")).await.goes_to("/consent");
    let agreed = browser.get_admin("/consent?app_id=admin-console").await;
    assert_eq!(agreed.status, 302);
    let path = agreed.header("location").strip_prefix("https://admin.id.example").unwrap().to_owned();
    let end = browser.get_admin(&path).await;

    assert!(end.takes_back_to(&console.redirect_uri).contains_key("code"));
    assert_eq!(browser.cookie("_session").unwrap(), hers);
    assert_eq!(silently(&browser, &client, &[]).await, "");
    let again = browser.get_admin(&admin(&[("prompt", "none")])).await;
    assert!(again.takes_back_to(&console.redirect_uri).contains_key("code"));
}

#[tokio::test]
async fn the_oldest_grants_go_when_an_application_may_have_only_so_many() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let client = signet.client("Traditional", json!({"customClientMetadata": {"maxAllowedGrants": 2}})).await;
    let browsers = [signet.browser(), signet.browser(), signet.browser()];

    for browser in &browsers {
        browser.signs_in(&client, &alice, &[]).await.takes_back_to(REDIRECT_URI);
        signet.advance(Duration::from_secs(1));
    }

    let grants = signet.api("GET", &format!("/users/{}/grants", alice.id), json!(null)).await.expect(200);
    assert_eq!(grants["grants"].as_array().unwrap().len(), 2);
    assert_eq!(silently(&browsers[0], &client, &[]).await, "consent_required");
    assert_eq!(silently(&browsers[2], &client, &[]).await, "");
    let logs = signet.logs("RevokeGrants").await;
    assert_eq!(logs.len(), 1);
    assert_eq!(logs[0]["payload"]["applicationId"], client.id);
}
