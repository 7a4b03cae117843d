//! Who may use an application at all: asked wherever it gets something new of a person.

use crate::signet;
use serde_json::{Value, json};
use signet_core::user::User;
use signet_tests::people::REDIRECT_URI;
use signet_tests::{Client, SignIn, Signet};

pub(super) const DENIED: &str = "the user may not use this application";

pub(super) async fn only(signet: &Signet, client: &Client, fields: Value) {
    let mut rules = json!({"userIds": [], "userRoleIds": [], "organizationIds": [], "organizationRoleRules": []});
    for (name, value) in fields.as_object().unwrap() {
        rules[name] = value.clone();
    }
    let path = format!("/applications/{}", client.id);
    signet.api("PUT", &format!("{path}/access-control"), rules).await.expect(200);
    signet.api("PATCH", &path, json!({"appLevelAccessControlEnabled": true})).await.expect(200);
}

async fn gets_in(signet: &Signet, client: &Client, user: &User) -> bool {
    let browser = signet.browser();
    let end = browser.signs_in(client, user, &[]).await;
    if end.header("location").starts_with(REDIRECT_URI) {
        return end.takes_back_to(REDIRECT_URI).contains_key("code");
    }
    end.says("Access denied");
    false
}

#[tokio::test]
async fn whoever_a_rule_matches_gets_in_and_nobody_else() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (web, alice, bob) = (signet.web().await, &shopping.alice, signet.person("bob").await);
    let api = signet.resource("https://a.example", &["read"]).await;
    let role = signet.permit(alice, &api).await;
    let (foo, admin, member) = (&shopping.foo, &shopping.admin, &shopping.member);
    assert!(gets_in(&signet, &web, &bob).await);

    for (rule, lets_in) in [
        (json!({"userIds": [alice.id]}), true),
        (json!({"userRoleIds": [role]}), true),
        (json!({"organizationIds": [foo]}), true),
        (json!({"organizationRoleRules": [{"organizationId": foo, "organizationRoleIds": [admin]}]}), true),
        (json!({"organizationRoleRules": [{"organizationId": foo, "organizationRoleIds": [member]}]}), false),
        (json!({"userIds": [bob.id]}), false),
    ] {
        let shown = rule.to_string();
        only(&signet, &web, rule).await;
        assert_eq!(gets_in(&signet, &web, alice).await, lets_in, "{shown}");
        assert_eq!(gets_in(&signet, &web, &bob).await, !lets_in && shown.contains("userIds"), "{shown}");
    }
}

#[tokio::test]
async fn who_is_not_let_in_any_more_gets_no_code_and_no_refresh() {
    let signet = signet().await;
    let (web, alice, bob) = (signet.web().await, signet.person("alice").await, signet.person("bob").await);
    let browser = signet.browser();
    browser.signs_in(&web, &alice, &[]).await.takes_back_to(REDIRECT_URI);
    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;

    only(&signet, &web, json!({"userIds": [bob.id]})).await;

    for prompt in ["", "none"] {
        let again = browser.authorize(&web, &[("prompt", prompt)]).await.takes_back_to(REDIRECT_URI);
        assert_eq!((again["error"].as_str(), again.contains_key("code")), ("access_denied", false), "{prompt}");
    }
    let refused = web.refreshes(&signet, &tokens["refresh_token"], "").await;
    refused.refuses(400, "access_denied", DENIED);
    let nowhere = web.refreshes(&signet, &tokens["refresh_token"], "&organization_id=nowhere").await;
    nowhere.refuses(400, "access_denied", DENIED);

    only(&signet, &web, json!({"userIds": [alice.id]})).await;
    web.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
}

/// Between the sign-in and the redemption somebody may have been shut out.
#[tokio::test]
async fn a_code_of_somebody_who_is_not_let_in_any_more_is_worth_nothing_and_not_used_up() {
    let signet = signet().await;
    let (web, alice, bob) = (signet.web().await, signet.person("alice").await, signet.person("bob").await);
    let code = signet.code(&web, &alice, SignIn::default()).await;

    only(&signet, &web, json!({"userIds": [bob.id]})).await;
    web.redeems(&signet, &code.value, "").await.refuses(400, "access_denied", DENIED);

    only(&signet, &web, json!({"userIds": [alice.id]})).await;
    web.redeems(&signet, &code.value, "").await.expect(200);
}

#[tokio::test]
async fn who_is_refused_after_a_sign_in_is_signed_in_all_the_same() {
    let signet = signet().await;
    let (web, other) = (signet.web().await, signet.web().await);
    let (alice, bob) = (signet.person("alice").await, signet.person("bob").await);
    let browser = signet.browser();
    browser.signs_in(&web, &alice, &[]).await.takes_back_to(REDIRECT_URI);
    only(&signet, &web, json!({"userIds": [bob.id]})).await;

    browser.authorize(&web, &[("prompt", "login")]).await.goes_to("/sign-in");
    let back = browser.proves_to_be(&alice).await;
    let refused = browser.get(&back).await.takes_back_to(REDIRECT_URI);
    assert_eq!(refused["error"], "access_denied");

    // The sign-in gave their session another value, which the refusal must bring along.
    let elsewhere = browser.authorize(&other, &[]).await;
    elsewhere.goes_to("/consent");
    assert!(browser.follow(elsewhere).await.takes_back_to(REDIRECT_URI).contains_key("code"));
}

#[tokio::test]
async fn attack_36_who_is_not_let_in_cannot_agree() {
    let signet = signet().await;
    let (stranger, alice, bob) = (signet.third_party().await, signet.person("alice").await, signet.person("bob").await);
    let browser = signet.browser();
    let page = browser.signs_in(&stranger, &alice, &[("scope", "openid email")]).await;
    only(&signet, &stranger, json!({"userIds": [bob.id]})).await;

    browser.get("/api/interaction/consent").await.refuses(400, "access_denied", DENIED);
    browser.post_json("/api/interaction/consent", &json!({})).await.refuses(400, "access_denied", DENIED);
    let pressed = browser.submit(&page, &[]).await;
    assert_eq!(pressed.status, 400);
    pressed.says(&format!("/oidc/session/end?client_id={}", stranger.id));

    let grants = signet.api("GET", &format!("/users/{}/grants", alice.id), Value::Null).await.expect(200);
    assert_eq!(grants["grants"], json!([]));
}

#[tokio::test]
async fn an_exchange_is_for_people_who_are_let_in() {
    let signet = signet().await;
    let (alice, bob) = (signet.person("alice").await, signet.person("bob").await);
    let web = signet.client_with("Traditional", json!({"allowTokenExchange": true})).await;
    only(&signet, &web, json!({"userIds": [alice.id]})).await;
    for (user, status) in [(&alice, 200), (&bob, 400)] {
        let made = signet.api("POST", "/subject-tokens", json!({"userId": user.id})).await.expect(201);
        let form = format!(
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token={}&subject_token_type=urn:ietf:params:oauth:token-type:access_token&scope=openid",
            made["subjectToken"].as_str().unwrap()
        );
        let answer = web.posts(&signet, "/oidc/token", &form).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
        if status == 400 {
            answer.refuses(400, "access_denied", DENIED);
            // Refused before it was used: another application may take it.
            let open = signet.client_with("Traditional", json!({"allowTokenExchange": true})).await;
            open.posts(&signet, "/oidc/token", &form).await.expect(200);
        }
    }
}
