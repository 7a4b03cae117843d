//! Attack 52: steps out of their order.

use crate::start;
use serde_json::{Value, json};
use signet_tests::{PASSWORD, Signet, email, username};

#[tokio::test]
async fn attack_52_no_step_is_taken_before_the_one_it_needs() {
    let signet = start(Signet::with().development()).await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let browser = signet.browser();
    browser.authorize(&client, &[]).await;

    // Nobody said what they came for.
    for (method, path, body) in [
        ("GET", "/interaction", Value::Null),
        ("PUT", "/interaction-event", json!({"interactionEvent": "Register"})),
        ("POST", "/verification/password", json!({"identifier": username("alice"), "password": PASSWORD})),
        ("POST", "/identification", json!({"verificationId": "x"})),
        ("POST", "/profile", json!({"type": "username", "value": "bob"})),
        ("PUT", "/profile/password", json!({"password": PASSWORD})),
        ("POST", "/submit", Value::Null),
    ] {
        browser.experience(method, path, body).await.refuses_with(404, "session.interaction_not_found");
    }

    // Nobody is identified.
    browser.comes_for(&client, "SignIn").await;
    browser.submits().await.refuses_with(404, "session.identifier_not_found");
    browser.experience("POST", "/identification", json!({})).await.refuses_with(400, "guard.invalid_input");
    let unknown = json!({"verificationId": "unknown"});
    browser.identifies(&unknown).await.refuses_with(404, "session.verification_session_not_found");
    let profile = json!({"type": "password", "value": PASSWORD});
    browser.experience("POST", "/profile", profile).await.refuses_with(404, "session.identifier_not_found");
    let reset = json!({"password": PASSWORD});
    browser.experience("PUT", "/profile/password", reset).await.refuses_with(400, "session.invalid_interaction_type");

    // A code was asked for and not shown.
    let asked = browser.asks_for_code(&email("alice@example.com"), "SignIn").await.expect(200);
    browser.identifies(&asked).await.refuses_with(400, "session.verification_failed");
    browser.submits().await.refuses_with(404, "session.identifier_not_found");
}

#[tokio::test]
async fn attack_52_a_proof_of_one_kind_is_none_of_another() {
    let signet = start(Signet::with().development()).await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let browser = signet.browser();

    // A password does not reset itself, and a reset does not sign in.
    browser.comes_for(&client, "ForgotPassword").await;
    browser.tries(&username("alice"), PASSWORD).await.refuses_with(400, "session.invalid_interaction_type");
    let switch = json!({"interactionEvent": "SignIn"});
    let answer = browser.experience("PUT", "/interaction-event", switch).await;
    answer.refuses_with(400, "session.not_supported_for_forgot_password");
    let proposal = json!({"identifier": username("bob"), "password": PASSWORD});
    let answer = browser.experience("POST", "/verification/new-password-identity", proposal).await;
    answer.refuses_with(400, "session.invalid_interaction_type");

    // A new account has no password to be checked.
    browser.comes_for(&client, "Register").await;
    browser.tries(&username("alice"), PASSWORD).await.refuses_with(400, "session.invalid_interaction_type");
}

#[tokio::test]
async fn attack_52_a_sign_in_does_not_become_somebody_elses() {
    let signet = crate::signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    signet.registered("bob", json!({})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    let alice = browser.tries(&username("alice"), PASSWORD).await.expect(200);
    browser.identifies(&alice).await.expect(204);

    browser.tries(&username("bob"), PASSWORD).await.refuses_with(409, "session.identity_conflict");
    browser.identifies(&alice).await.expect(204);

    // Another beginning forgets what was proved.
    browser.experience("PUT", "", json!({"interactionEvent": "SignIn"})).await.expect(204);
    browser.identifies(&alice).await.refuses_with(404, "session.verification_session_not_found");
    browser.submits().await.refuses_with(404, "session.identifier_not_found");
}

#[tokio::test]
async fn changing_the_event_forgets_what_was_collected_and_keeps_what_was_proved() {
    let signet = crate::signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "Register").await;
    browser.experience("POST", "/profile", json!({"type": "username", "value": "carol"})).await.expect(204);
    let state = browser.experience("GET", "/interaction", Value::Null).await.expect(200);
    assert_eq!(state["profile"], json!({"username": "carol"}));

    browser.experience("PUT", "/interaction-event", json!({"interactionEvent": "SignIn"})).await.expect(204);

    let state = browser.experience("GET", "/interaction", Value::Null).await.expect(200);
    assert_eq!((&state["interactionEvent"], &state["profile"]), (&json!("SignIn"), &json!({})));
}
