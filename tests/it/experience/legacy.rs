//! The deprecated interaction routes.

use crate::{signet, start};
use serde_json::{Value, json};
use signet_tests::browser::Tenant;
use signet_tests::people::REDIRECT_URI;
use signet_tests::{Answer, Browser, PASSWORD, Signet};

async fn call(browser: &Browser<'_>, method: &str, path: &str, body: Value) -> Answer {
    browser.api_of(Tenant::Default, method, &format!("/api/interaction{path}"), body).await
}

#[tokio::test]
async fn somebody_signs_in_with_one_call_and_a_submit() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let browser = signet.browser();
    browser.authorize(&client, &[]).await;
    let identifier = json!({"username": "alice", "password": "wrong"});
    let wrong = call(&browser, "PUT", "", json!({"event": "SignIn", "identifier": identifier})).await;
    wrong.refuses_with(422, "session.invalid_credentials");

    let identifier = json!({"username": "alice", "password": PASSWORD});
    call(&browser, "PUT", "", json!({"event": "SignIn", "identifier": identifier})).await.expect(204);
    let submitted = call(&browser, "POST", "/submit", Value::Null).await.expect(200);

    browser.takes_the_way_on(&submitted).await.takes_back_to(REDIRECT_URI);
}

#[tokio::test]
async fn somebody_registers_with_a_profile() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.authorize(&client, &[]).await;
    let profile = json!({"username": "dora", "password": PASSWORD});

    call(&browser, "PUT", "", json!({"event": "Register", "profile": profile})).await.expect(204);
    let submitted = call(&browser, "POST", "/submit", Value::Null).await.expect(200);

    browser.takes_the_way_on(&submitted).await.takes_back_to(REDIRECT_URI);
    let found = signet.api("GET", "/users?search=dora", Value::Null).await.expect(200);
    assert_eq!(found[0]["username"], "dora");
}

#[tokio::test]
async fn a_code_resets_a_password() {
    let signet = start(Signet::with().development()).await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let browser = signet.browser();
    browser.authorize(&client, &[]).await;
    call(&browser, "PUT", "", json!({"event": "ForgotPassword"})).await.expect(204);
    let address = json!({"email": "alice@example.com"});
    call(&browser, "POST", "/verification/verification-code", address).await.expect(204);
    let code = signet.code_for("alice@example.com").await;
    let identifier = json!({"email": "alice@example.com", "verificationCode": code});
    call(&browser, "PATCH", "/identifiers", identifier).await.expect(204);
    call(&browser, "PUT", "/profile", json!({"password": "An0ther-Walrus-Hat"})).await.expect(204);

    call(&browser, "POST", "/submit", Value::Null).await.expect(204);
}

#[tokio::test]
async fn an_interaction_is_changed_and_forgotten() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    call(&browser, "PUT", "", json!({"event": "SignIn"})).await.refuses_with(400, "session.not_found");
    browser.authorize(&client, &[]).await;
    call(&browser, "PUT", "/event", json!({"event": "Register"}))
        .await
        .refuses_with(404, "session.interaction_not_found");
    call(&browser, "PUT", "", json!({"event": "SignIn"})).await.expect(204);
    call(&browser, "PUT", "/event", json!({"event": "Register"})).await.expect(204);
    call(&browser, "PATCH", "/profile", json!({"username": "dora"})).await.expect(204);
    call(&browser, "DELETE", "/profile", Value::Null).await.expect(204);
    call(&browser, "POST", "/submit", Value::Null).await.refuses_with(400, "guard.invalid_input");

    call(&browser, "DELETE", "", Value::Null).await.expect(204);

    call(&browser, "POST", "/submit", Value::Null).await.refuses_with(404, "session.interaction_not_found");
    for strange in [json!({}), json!({"username": "a"}), json!({"username": "a", "verificationCode": "1"})] {
        call(&browser, "PATCH", "/identifiers", strange).await.refuses_with(400, "guard.invalid_input");
    }
}
