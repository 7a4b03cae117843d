//! What administrators see and end of sign-ins.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::people::REDIRECT_URI;
use signet_tests::{Browser, Client, START};

async fn is_signed_in(browser: &Browser<'_>, client: &Client) -> bool {
    browser.authorize(client, &[("prompt", "none")]).await.takes_back_to(REDIRECT_URI).contains_key("code")
}

#[tokio::test]
async fn a_session_is_listed_and_ended() {
    let signet = signet().await;
    let (client, alice, bob) = (signet.web().await, signet.person("alice").await, signet.person("bob").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;

    let sessions = signet.api("GET", &format!("/users/{}/sessions", alice.id), Value::Null).await.expect(200);
    let session = sessions["sessions"][0].clone();
    let payload = &session["payload"];
    let now = START.seconds();
    assert_eq!(
        (&payload["iat"], &payload["exp"], &payload["loginTs"]),
        (&json!(now), &json!(now + 1_209_600), &json!(now))
    );
    assert_eq!((&payload["kind"], &payload["accountId"]), (&json!("Session"), &json!(alice.id)));
    assert_eq!(session["expiresAt"], (now + 1_209_600) * 1000);
    let authorization = &payload["authorizations"][&client.id];
    assert_eq!((authorization["sid"].as_str().unwrap().len(), authorization.get("persistsLogout")), (21, None));
    let uid = payload["uid"].as_str().unwrap();
    assert!(
        !sessions.to_string().contains(&browser.cookie("_session").unwrap()),
        "what opens a session is never shown"
    );

    let path = format!("/users/{}/sessions/{uid}", alice.id);
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), session);
    let others = format!("/users/{}/sessions/{uid}", bob.id);
    for method in ["GET", "DELETE"] {
        signet.api(method, &others, Value::Null).await.refuses_with(404, "oidc.invalid_session_account_id");
        let unknown = format!("/users/{}/sessions/unknown", alice.id);
        signet.api(method, &unknown, Value::Null).await.refuses_with(404, "oidc.session_not_found");
    }
    signet
        .api("DELETE", &format!("{path}?revokeGrantsTarget=some"), Value::Null)
        .await
        .refuses_with(400, "guard.invalid_input");
    assert!(is_signed_in(&browser, &client).await);
    signet.api("DELETE", &path, Value::Null).await.expect(204);

    browser.authorize(&client, &[]).await.goes_to("/sign-in");
    signet.api("GET", &path, Value::Null).await.refuses_with(404, "oidc.session_not_found");
    signet.api("GET", "/users/nobody/sessions", Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn grants_of_a_session_go_with_it_when_that_is_asked() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    for (target, left) in [("", 2), ("?revokeGrantsTarget=firstParty", 1), ("?revokeGrantsTarget=all", 0)] {
        let (ours, theirs) = (signet.web().await, signet.third_party().await);
        let browser = signet.browser();
        let offline = [("scope", "openid offline_access"), ("prompt", "consent")];
        browser.signs_in(&ours, &alice, &offline).await;
        browser.signs_in(&theirs, &alice, &offline).await;
        let consent = browser.post_json("/api/interaction/consent", &json!({})).await.expect(200);
        let back = consent["redirectTo"].as_str().unwrap().strip_prefix("https://id.example").unwrap().to_owned();
        browser.get(&back).await.takes_back_to(REDIRECT_URI);
        let sessions = signet.api("GET", &format!("/users/{}/sessions", alice.id), Value::Null).await.expect(200);
        let payload = &sessions["sessions"][0]["payload"];
        assert_eq!(payload["authorizations"][&ours.id]["persistsLogout"], true);
        let uid = payload["uid"].as_str().unwrap();

        signet.api("DELETE", &format!("/users/{}/sessions/{uid}{target}", alice.id), Value::Null).await.expect(204);

        let grants = signet.api("GET", &format!("/users/{}/grants", alice.id), Value::Null).await.expect(200);
        let grants = grants["grants"].as_array().unwrap();
        assert_eq!(grants.len(), left, "{target}");
        for grant in grants {
            let path = format!("/users/{}/grants/{}", alice.id, grant["id"].as_str().unwrap());
            signet.api("DELETE", &path, Value::Null).await.expect(204);
        }
    }
}

#[tokio::test]
async fn a_grant_is_listed_by_kind_and_revoked() {
    let signet = signet().await;
    let (client, alice, bob) = (signet.web().await, signet.person("alice").await, signet.person("bob").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[("scope", "openid email")]).await;
    let list = async |query: &str| {
        let path = format!("/users/{}/grants{query}", alice.id);
        signet.api("GET", &path, Value::Null).await.expect(200)["grants"].as_array().unwrap().clone()
    };

    let grant = list("").await.remove(0);
    let (id, payload) = (grant["id"].as_str().unwrap(), &grant["payload"]);
    let now = START.seconds();
    assert_eq!((&payload["jti"], &payload["kind"]), (&grant["id"], &json!("Grant")));
    assert_eq!((&payload["clientId"], &payload["accountId"]), (&json!(client.id), &json!(alice.id)));
    assert_eq!((&payload["iat"], &payload["exp"]), (&json!(now), &json!(now + 15_552_000)));
    assert_eq!(payload["openid"], json!({"scope": "openid email"}));
    assert!(payload.get("rejected").is_none());
    assert_eq!(grant["application"], json!({"id": client.id, "name": "Client"}));
    assert_eq!((list("?appType=firstParty").await.len(), list("?appType=thirdParty").await.len()), (1, 0));
    let others = format!("/users/{}/grants/{id}", bob.id);
    signet.api("DELETE", &others, Value::Null).await.refuses_with(404, "oidc.invalid_grant");
    let path = format!("/users/{}/grants/{id}", alice.id);
    signet.api("DELETE", &path, Value::Null).await.expect(204);

    signet.api("DELETE", &path, Value::Null).await.refuses_with(404, "oidc.invalid_grant");
    let answer = browser.authorize(&client, &[("prompt", "none")]).await.takes_back_to(REDIRECT_URI);
    assert_eq!(answer["error"], "consent_required", "still signed in, but nothing is allowed any more");
}
