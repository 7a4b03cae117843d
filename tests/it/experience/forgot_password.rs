//! Forgotten passwords.

use crate::start;
use serde_json::{Value, json};
use signet_tests::{PASSWORD, Signet, email, username};

const NEW: &str = "An0ther-Walrus-Hat";

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_opens_no_session_by_itself() {
    let signet = start(Signet::with().development()).await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (browser, alice) = (signet.browser(), email("alice@example.com"));
    browser.comes_for(&client, "ForgotPassword").await;
    let early = browser.experience("PUT", "/profile/password", json!({"password": NEW})).await;
    early.refuses_with(404, "session.identifier_not_found");
    let asked = browser.asks_for_code(&alice, "ForgotPassword").await.expect(200);
    assert_eq!(signet.messages().await[0]["templateType"], "ForgotPassword");
    let code = signet.code_for("alice@example.com").await;
    let verified = browser.types_code(&alice, &asked, &code).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    browser.submits().await.refuses_with(422, "user.new_password_required_in_profile");

    let set =
        async |password: &str| browser.experience("PUT", "/profile/password", json!({"password": password})).await;
    set(PASSWORD).await.refuses_with(422, "user.same_password");
    set("short").await.refuses_with(422, "password.rejected");
    set(NEW).await.expect(204);
    let profile = json!({"type": "password", "value": NEW});
    let answer = browser.experience("POST", "/profile", profile).await;
    answer.refuses_with(400, "session.not_supported_for_forgot_password");
    // Not yet.
    let other = signet.browser();
    other.comes_for(&client, "SignIn").await;
    other.tries(&username("alice"), PASSWORD).await.expect(200);

    assert_eq!(browser.submits().await.expect(200), json!({}));

    other.comes_for(&client, "SignIn").await;
    other.tries(&username("alice"), PASSWORD).await.refuses_with(422, "session.invalid_credentials");
    other.tries(&username("alice"), NEW).await.expect(200);
    // What was proved is used up.
    let answer = browser.experience("GET", "/interaction", Value::Null).await;
    answer.refuses_with(404, "session.interaction_not_found");
}

#[tokio::test]
async fn the_tenant_says_by_which_messages_passwords_are_reset() {
    let signet = start(Signet::with().development()).await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    signet.sign_in_experience(json!({"forgotPasswordMethods": ["PhoneVerificationCode"]})).await;
    let form = signet.get("/api/.well-known/sign-in-exp").await.expect(200);
    assert_eq!(form["forgotPassword"], json!({"email": false, "phone": true}));
    let (browser, alice) = (signet.browser(), email("alice@example.com"));
    browser.comes_for(&client, "ForgotPassword").await;
    let asked = browser.asks_for_code(&alice, "ForgotPassword").await.expect(200);
    let code = signet.code_for("alice@example.com").await;
    let verified = browser.types_code(&alice, &asked, &code).await.expect(200);

    browser.identifies(&verified).await.refuses_with(422, "user.sign_in_method_not_enabled");
}
