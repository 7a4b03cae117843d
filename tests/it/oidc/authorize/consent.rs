//! What people are asked to allow, and what their answer is worth.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::user::User;
use signet_tests::browser::Tenant;
use signet_tests::people::REDIRECT_URI;
use signet_tests::{Browser, Client, Signet};

/// Brings a browser to the consent page of a request.
async fn waits_for_consent(browser: &Browser<'_>, client: &Client, user: &User, extra: &[(&str, &str)]) {
    let first = browser.authorize(client, extra).await;
    let page = if first.header("location").starts_with("/sign-in") {
        let back = browser.proves_to_be(user).await;
        browser.get(&back).await
    } else {
        first
    };
    page.goes_to(&format!("/consent?app_id={}", client.id));
}

async fn agrees(browser: &Browser<'_>) -> String {
    let answer = browser.post_json("/api/interaction/consent", &json!({})).await.expect(200);
    answer["redirectTo"].as_str().unwrap().strip_prefix("https://id.example").unwrap().to_owned()
}

async fn with_roles(signet: &Signet, user: &User, resource: &Value, scopes: &[&str]) {
    let all = resource["scopes"].as_array().unwrap();
    let ids: Vec<&Value> = all
        .iter()
        .filter(|scope| scopes.contains(&scope["name"].as_str().unwrap()))
        .map(|scope| &scope["id"])
        .collect();
    let role = json!({"name": "reader", "description": "of a story", "type": "User", "scopeIds": ids});
    let role = signet.api("POST", "/roles", role).await.expect(200);
    let body = json!({"roleIds": [role["id"]]});
    signet.api("POST", &format!("/users/{}/roles", user.id), body).await.expect(201);
}

#[tokio::test]
async fn a_third_party_application_shows_what_it_wants_and_gets_it() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let resource = signet.resource("https://a.example", &["read", "write"]).await;
    with_roles(&signet, &alice, &resource, &["read"]).await;
    let all: Vec<&Value> = resource["scopes"].as_array().unwrap().iter().map(|scope| &scope["id"]).collect();
    signet.lets_ask(&client, json!({"resourceScopes": all})).await;
    let browser = signet.browser();
    let extra = [("scope", "openid profile read write"), ("resource", "https://a.example")];
    waits_for_consent(&browser, &client, &alice, &extra).await;

    let page = browser.get(&format!("/consent?app_id={}", client.id)).await;
    assert_eq!(page.status, 200);
    let asked = browser.get("/api/interaction/consent").await;
    assert_eq!(asked.header("cache-control"), "no-store");
    let asked = asked.expect(200);
    assert_eq!((&asked["application"]["id"], &asked["application"]["name"]), (&json!(client.id), &json!("Stranger")));
    assert_eq!((&asked["user"]["id"], &asked["user"]["username"]), (&json!(alice.id), &json!("alice")));
    assert_eq!((&asked["missingOIDCScope"], &asked["organizations"]), (&json!(["profile"]), &json!([])));
    assert_eq!(asked["redirectUri"], REDIRECT_URI);
    let missing = &asked["missingResourceScopes"][0];
    assert_eq!(missing["resource"]["indicator"], "https://a.example");
    assert_eq!((missing["scopes"].as_array().unwrap().len(), &missing["scopes"][0]["name"]), (1, &json!("read")));
    let back = agrees(&browser).await;
    let end = browser.get(&back).await;

    assert!(end.takes_back_to(REDIRECT_URI).contains_key("code"));
    let grants =
        signet.api("GET", &format!("/users/{}/grants?appType=thirdParty", alice.id), Value::Null).await.expect(200);
    let grant = &grants["grants"][0];
    assert_eq!(grant["payload"]["openid"]["scope"], "openid profile");
    assert_eq!(grant["payload"]["resources"], json!({"https://a.example": "read"}));
    assert_eq!(grant["payload"]["rejected"]["resources"], json!({"https://a.example": "write"}));
    assert_eq!(grant["application"], json!({"id": client.id, "name": "Stranger"}));
    let again = browser.authorize(&client, &extra).await;
    assert!(again.takes_back_to(REDIRECT_URI).contains_key("code"), "what was decided is not asked again");
}

#[tokio::test]
async fn more_scopes_are_asked_for_alone() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let browser = signet.browser();
    waits_for_consent(&browser, &client, &alice, &[("scope", "openid profile")]).await;
    let back = agrees(&browser).await;
    browser.get(&back).await.takes_back_to(REDIRECT_URI);

    waits_for_consent(&browser, &client, &alice, &[("scope", "openid profile email")]).await;

    let asked = browser.get("/api/interaction/consent").await.expect(200);
    assert_eq!(asked["missingOIDCScope"], json!(["email"]));
}

#[tokio::test]
async fn nothing_missing_is_not_listed() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let browser = signet.browser();
    waits_for_consent(&browser, &client, &alice, &[("scope", "openid offline_access"), ("prompt", "consent")]).await;

    let asked = browser.get("/api/interaction/consent").await.expect(200);

    assert!(asked.get("missingOIDCScope").is_none(), "{asked}");
}

#[tokio::test]
async fn consent_needs_the_browser_that_waits_for_it() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let stranger = signet.browser();
    for path in ["/api/interaction/consent", "/api/interaction/consent?app_id=x"] {
        let refused = stranger.get(path).await;
        let body = refused.refuses_with(400, "session.not_found");
        assert_eq!(
            (&body["error"], &body["error_description"]),
            (&json!("invalid_request"), &json!("interaction session id cookie not found"))
        );
        stranger.post_json(path, &json!({})).await.refuses_with(400, "session.not_found");
    }
    let browser = signet.browser();
    waits_for_consent(&browser, &client, &alice, &[]).await;
    // The interaction's cookie without the session's: somebody who copied half of a browser.
    for name in ["_interaction", "_interaction.sig"] {
        stranger.plant(name, &browser.cookie(name).unwrap());
    }

    stranger.get("/api/interaction/consent").await.refuses_with(400, "session.not_found");
    stranger.post_json("/api/interaction/consent", &json!({})).await.refuses_with(400, "session.not_found");
}

#[tokio::test]
async fn attack_36_a_page_of_somebody_else_cannot_agree() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let browser = signet.browser();
    waits_for_consent(&browser, &client, &alice, &[]).await;
    let post = |origin: &str| {
        Request::post("/api/interaction/consent").header("origin", origin.to_owned()).body(Body::empty()).unwrap()
    };

    for origin in
        ["https://evil.example", "https://evil.id.example", "https://admin.id.example", "null", "http://id.example"]
    {
        assert_eq!(browser.send(Tenant::Default, post(origin)).await.status, 403, "{origin}");
    }
    let uid = browser.interaction();
    let reader = signet.app.store.tenant(TenantId::default_tenant()).read().await.unwrap();
    assert_eq!(reader.interaction(&uid, signet.deps.clock.now()).await.unwrap().unwrap().grant_id, None);
    drop(reader);
    browser.send(Tenant::Default, post("https://id.example")).await.expect(200);
    for line in browser.authorize(&client, &[]).await.headers.get_all("set-cookie") {
        assert!(line.to_str().unwrap().contains("SameSite=Lax"), "{line:?}");
    }
}

#[tokio::test]
async fn attack_36_the_request_that_was_agreed_to_is_the_one_that_is_answered() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let browser = signet.browser();
    waits_for_consent(&browser, &client, &alice, &[("scope", "openid profile")]).await;
    let back = agrees(&browser).await;

    // Whatever is added on the way back is not looked at.
    let end = browser.get(&format!("{back}?scope=openid+profile+email&redirect_uri=https://evil.example")).await;

    end.takes_back_to(REDIRECT_URI);
    let grants = signet.api("GET", &format!("/users/{}/grants", alice.id), Value::Null).await.expect(200);
    assert_eq!(grants["grants"][0]["payload"]["openid"]["scope"], "openid profile");
}

#[tokio::test]
async fn nobody_is_a_member_of_an_organization_that_does_not_exist() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let browser = signet.browser();
    waits_for_consent(&browser, &client, &alice, &[]).await;

    let answer = browser.post_json("/api/interaction/consent", &json!({"organizationIds": ["nowhere"]})).await;

    answer.refuses_with(422, "organization.require_membership");
    browser
        .post_json("/api/interaction/consent", &json!({"organizationIds": "x"}))
        .await
        .refuses_with(400, "guard.invalid_input");
    browser.post_json("/api/interaction/consent", &json!({"organizationIds": []})).await.expect(200);
}

#[tokio::test]
async fn a_redirect_uri_that_is_no_longer_registered_ends_the_consent() {
    let signet = signet().await;
    let (client, alice) = (signet.third_party().await, signet.person("alice").await);
    let browser = signet.browser();
    waits_for_consent(&browser, &client, &alice, &[]).await;
    let moved =
        json!({"oidcClientMetadata": {"redirectUris": ["https://moved.example/"], "postLogoutRedirectUris": []}});
    signet.api("PATCH", &format!("/applications/{}", client.id), moved).await.expect(200);

    browser.get("/api/interaction/consent").await.refuses_with(400, "oidc.invalid_redirect_uri");
    let back = browser.get(&format!("/oidc/auth/{}", browser.interaction())).await;
    assert_eq!((back.status.as_u16(), back.header("location")), (400, ""));
}

#[tokio::test]
async fn the_session_remembers_how_its_person_signed_in() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);

    signet.browser().signs_in(&client, &alice, &[]).await;

    let sessions = signet.api("GET", &format!("/users/{}/sessions", alice.id), Value::Null).await.expect(200);
    let session = &sessions["sessions"][0];
    assert_eq!(session["lastSubmission"], json!({"interactionEvent": "SignIn", "userId": alice.id}));
    assert_eq!((&session["clientId"], &session["accountId"]), (&json!(client.id), &json!(alice.id)));
    let user = signet.api("GET", &format!("/users/{}", alice.id), Value::Null).await.expect(200);
    assert_eq!(user["applicationId"], client.id);
}
