//! What the audit log says of a sign-in.

use crate::start;
use serde_json::{Value, json};
use signet_tests::{PASSWORD, Signet, email, username};

#[tokio::test]
async fn every_step_of_a_sign_in_is_written_down() {
    let signet = start(Signet::with().development()).await;
    let client = signet.web().await;
    let user = signet.registered("alice", json!({})).await;
    let browser = signet.browser().header("user-agent", "Story/1.0");
    browser.signs_in_with_password(&client, "alice").await;

    for (key, knows_user) in [
        ("Interaction.SignIn.Create", false),
        ("Interaction.SignIn.Verification.Password.Submit", false),
        ("Interaction.SignIn.Identifier.Submit", true),
        ("Interaction.SignIn.Submit", true),
    ] {
        let payload = signet.logs(key).await[0]["payload"].clone();
        assert_eq!((&payload["result"], &payload["key"]), (&json!("Success"), &json!(key)), "{payload}");
        assert_eq!((&payload["applicationId"], &payload["userAgent"]), (&json!(client.id), &json!("Story/1.0")));
        assert!(payload["interactionId"].is_string());
        assert_eq!(payload["userId"] == user["id"], knows_user, "{key} {payload}");
    }
}

#[tokio::test]
async fn what_failed_is_written_down_with_its_reason_and_without_secrets() {
    let signet = start(Signet::with().development()).await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    browser.tries(&username("alice"), "a-wrong-password").await.refuses_with(422, "session.invalid_credentials");
    browser.tries(&username("alice"), PASSWORD).await.expect(200);
    let alice = email("alice@example.com");
    let asked = browser.asks_for_code(&alice, "SignIn").await.expect(200);
    browser.types_code(&alice, &asked, "987654321").await.refuses_with(400, "verification_code.code_mismatch");
    let code = signet.code_for("alice@example.com").await;
    browser.types_code(&alice, &asked, &code).await.expect(200);
    let token = signet.api("POST", "/one-time-tokens", json!({"email": "alice@example.com"})).await.expect(201);
    let body = json!({"identifier": alice, "token": token["token"]});
    browser.experience("POST", "/verification/one-time-token/verify", body).await.expect(200);

    let tried = signet.logs("Interaction.SignIn.Verification.Password.Submit").await;
    let failed = tried.iter().find(|entry| entry["payload"]["result"] == "Error").unwrap();
    assert_eq!(failed["payload"]["error"]["code"], "session.invalid_credentials");
    let everything = signet.api("GET", "/logs?page_size=100", Value::Null).await;
    let keys: Vec<String> =
        everything.expect(200).as_array().unwrap().iter().map(|log| log["key"].as_str().unwrap().to_owned()).collect();
    for key in ["EmailVerificationCode.Create", "EmailVerificationCode.Submit", "OneTimeToken.Submit"] {
        assert!(keys.contains(&format!("Interaction.SignIn.Verification.{key}")), "{keys:?}");
    }
    let secrets = [PASSWORD, "a-wrong-password", "987654321", token["token"].as_str().unwrap()];
    for secret in secrets {
        assert!(!everything.text.contains(secret), "{secret}");
    }
    assert!(!everything.text.contains(&format!("\"{code}\"")));
}
