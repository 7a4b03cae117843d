//! Codes by email and text message.

use crate::{signet, start};
use serde_json::{Value, json};
use signet_tests::{Signet, email};
use std::time::Duration;

/// A tenant whose people sign in with a code.
async fn with_codes() -> Signet {
    let signet = start(Signet::with().development()).await;
    let method = |kind: &str| json!({"identifier": kind, "password": true, "verificationCode": true, "isPasswordPrimary": false});
    signet.sign_in_experience(json!({"signIn": {"methods": [method("email"), method("phone")]}})).await;
    signet
}

/// Another code of the same form.
fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

#[tokio::test]
async fn somebody_signs_in_with_a_code() {
    let signet = with_codes().await;
    let client = signet.web().await;
    let more = json!({"primaryEmail": "alice@example.com", "primaryPhone": "12025550123"});
    signet.registered("alice", more).await;
    let phone = json!({"type": "phone", "value": "12025550123"});
    for (identifier, to) in [(email("Alice@example.com"), "Alice@example.com"), (phone, "12025550123")] {
        let browser = signet.browser();
        browser.comes_for(&client, "SignIn").await;
        let asked = browser.asks_for_code(&identifier, "SignIn").await.expect(200);
        let code = signet.code_for(to).await;
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));

        let verified = browser.types_code(&identifier, &asked, &code).await.expect(200);
        browser.identifies(&verified).await.expect(204);
        browser.submits().await.expect(200);
    }
}

#[tokio::test]
async fn without_anything_that_sends_there_is_no_code() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;

    browser.asks_for_code(&email("alice@example.com"), "SignIn").await.refuses_with(501, "connector.not_found");
    let body = json!({"email": "alice@example.com"});
    signet.api("POST", "/verification-codes", body).await.refuses_with(501, "connector.not_found");
    signet.api("GET", "/development/messages", Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn attack_48_a_code_works_once_for_its_recipient_in_its_time() {
    let signet = with_codes().await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (browser, alice) = (signet.browser(), email("alice@example.com"));
    browser.comes_for(&client, "SignIn").await;
    let asked = browser.asks_for_code(&alice, "SignIn").await.expect(200);
    let code = signet.code_for("alice@example.com").await;

    let mallory = email("mallory@example.com");
    browser.types_code(&mallory, &asked, &code).await.refuses_with(400, "verification_code.email_mismatch");
    browser.types_code(&alice, &asked, &other(&code)).await.refuses_with(400, "verification_code.code_mismatch");
    browser.types_code(&alice, &asked, &code).await.expect(200);
    browser.types_code(&alice, &asked, &code).await.refuses_with(400, "verification_code.not_found");

    // Another browser cannot show it.
    let stranger = signet.browser();
    stranger.comes_for(&client, "SignIn").await;
    let unknown = stranger.types_code(&alice, &asked, &code).await;
    unknown.refuses_with(404, "session.verification_session_not_found");

    // A newer one ends it, and so does time.
    let first = browser.asks_for_code(&alice, "SignIn").await.expect(200);
    let code = signet.code_for("alice@example.com").await;
    let second = browser.asks_for_code(&alice, "SignIn").await.expect(200);
    let gone = browser.types_code(&alice, &first, &code).await;
    gone.refuses_with(404, "session.verification_session_not_found");
    let code = signet.code_for("alice@example.com").await;
    signet.advance(Duration::from_mins(10));
    browser.types_code(&alice, &second, &code).await.refuses_with(400, "verification_code.expired");
}

#[tokio::test]
async fn attack_48_a_code_is_tried_ten_times_also_when_all_come_at_once() {
    let signet = with_codes().await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (browser, alice) = (signet.browser(), email("alice@example.com"));
    browser.comes_for(&client, "SignIn").await;
    let asked = browser.asks_for_code(&alice, "SignIn").await.expect(200);
    let code = signet.code_for("alice@example.com").await;
    let wrong = other(&code);

    let guesses = futures_util::future::join_all((0..30).map(|_| browser.types_code(&alice, &asked, &wrong))).await;

    let looked = guesses.iter().filter(|answer| answer.json()["code"] == "verification_code.code_mismatch").count();
    assert_eq!(looked, 10);
    browser.types_code(&alice, &asked, &code).await.refuses_with(400, "verification_code.exceed_max_try");
}

#[tokio::test]
async fn the_tenant_says_how_long_a_code_lives_and_how_often_it_is_tried() {
    let signet = with_codes().await;
    let client = signet.web().await;
    signet
        .sign_in_experience(json!({"verificationCodePolicy": {"expirationDuration": 60, "maxRetryAttempts": 1}}))
        .await;
    let (browser, alice) = (signet.browser(), email("alice@example.com"));
    browser.comes_for(&client, "Register").await;
    let asked = browser.asks_for_code(&alice, "Register").await.expect(200);
    let code = signet.code_for("alice@example.com").await;
    browser.types_code(&alice, &asked, &other(&code)).await.refuses_with(400, "verification_code.code_mismatch");
    browser.types_code(&alice, &asked, &code).await.refuses_with(400, "verification_code.exceed_max_try");

    let asked = browser.asks_for_code(&alice, "Register").await.expect(200);
    let code = signet.code_for("alice@example.com").await;
    signet.advance(Duration::from_mins(1));
    browser.types_code(&alice, &asked, &code).await.refuses_with(400, "verification_code.expired");
}

#[tokio::test]
async fn a_recipient_gets_ten_messages_in_ten_minutes() {
    let signet = with_codes().await;
    let client = signet.web().await;
    let (browser, other) = (signet.browser(), signet.browser());
    for browser in [&browser, &other] {
        browser.comes_for(&client, "Register").await;
    }
    for number in 0..10 {
        let (browser, case) = if number % 2 == 0 { (&browser, "A@b.example") } else { (&other, "a@b.example") };
        browser.asks_for_code(&email(case), "Register").await.expect(200);
    }

    for browser in [&browser, &other] {
        let refused = browser.asks_for_code(&email("a@B.example"), "Register").await;
        refused.refuses_with(429, "request.message_rate_limited");
    }
    let body = json!({"email": "a@b.example"});
    signet.api("POST", "/verification-codes", body).await.refuses_with(429, "request.message_rate_limited");
    browser.asks_for_code(&email("c@b.example"), "Register").await.expect(200);

    signet.advance(Duration::from_mins(10));
    browser.asks_for_code(&email("a@b.example"), "Register").await.expect(200);
}

#[tokio::test]
async fn a_program_sends_and_checks_codes_itself() {
    let signet = with_codes().await;
    let send = json!({"phone": "12025550123"});
    let check = |code: &str| json!({"phone": "12025550123", "verificationCode": code});
    let path = "/verification-codes/verify";
    signet.api("POST", path, check("123456")).await.refuses_with(400, "verification_code.not_found");

    signet.api("POST", "/verification-codes", send.clone()).await.expect(204);
    let old = signet.code_for("12025550123").await;
    signet.advance(Duration::from_secs(1));
    signet.api("POST", "/verification-codes", send).await.expect(204);
    let code = signet.code_for("12025550123").await;

    if old != code {
        signet.api("POST", path, check(&old)).await.refuses_with(400, "verification_code.code_mismatch");
    }
    signet.api("POST", path, check(&code)).await.expect(204);
    signet.api("POST", path, check(&code)).await.refuses_with(400, "verification_code.not_found");
    for body in [json!({}), json!({"email": "a@b.c", "phone": "12345"}), json!({"email": "nobody"})] {
        signet.api("POST", "/verification-codes", body).await.refuses_with(400, "guard.invalid_input");
    }
}
