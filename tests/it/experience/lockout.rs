//! The sentinel: who fails too often under one name waits.

use crate::signet;
use crate::start;
use serde_json::json;
use signet_tests::{PASSWORD, Signet, email, username};
use std::time::Duration;

async fn with_three_attempts(minutes: u32) -> Signet {
    let signet = start(Signet::with().development()).await;
    signet.sign_in_experience(json!({"sentinelPolicy": {"maxAttempts": 3, "lockoutDuration": minutes}})).await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    signet
}

const BLOCKED: &str = "session.verification_blocked_too_many_attempts";

#[tokio::test]
async fn attack_48_who_fails_too_often_is_kept_out_right_or_wrong() {
    let signet = with_three_attempts(60).await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    for _ in 0..2 {
        browser.tries(&username("alice"), "wrong").await.refuses_with(422, "session.invalid_credentials");
    }
    let last = browser.tries(&username("ALICE"), "wrong").await.refuses_with(400, BLOCKED);
    assert!(last["message"].as_str().unwrap().contains("min"), "{last}");

    browser.tries(&username("alice"), PASSWORD).await.refuses_with(400, BLOCKED);
    // From another browser too; under another name not.
    let other = signet.browser();
    other.comes_for(&client, "SignIn").await;
    other.tries(&username("alice"), PASSWORD).await.refuses_with(400, BLOCKED);
    other.tries(&email("alice@example.com"), PASSWORD).await.expect(200);

    signet.advance(Duration::from_mins(61));
    browser.comes_for(&client, "SignIn").await;
    browser.tries(&username("alice"), PASSWORD).await.expect(200);
}

#[tokio::test]
async fn attack_48_attempts_at_once_are_no_free_ones() {
    let signet = with_three_attempts(60).await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;

    let alice = username("alice");
    let answers = futures_util::future::join_all((0..12).map(|_| browser.tries(&alice, "wrong"))).await;

    let looked = answers.iter().filter(|answer| answer.json()["code"] == "session.invalid_credentials").count();
    assert_eq!(looked, 2, "the third is the one that blocks");
    browser.tries(&alice, PASSWORD).await.refuses_with(400, BLOCKED);
}

#[tokio::test]
async fn passwords_and_codes_count_together() {
    let signet = with_three_attempts(60).await;
    let client = signet.web().await;
    let (browser, alice) = (signet.browser(), email("alice@example.com"));
    browser.comes_for(&client, "SignIn").await;
    let asked = browser.asks_for_code(&alice, "SignIn").await.expect(200);
    browser.types_code(&alice, &asked, "no code").await.refuses_with(400, "verification_code.code_mismatch");
    browser.tries(&alice, "wrong").await.refuses_with(422, "session.invalid_credentials");

    browser.types_code(&alice, &asked, "no code").await.refuses_with(400, BLOCKED);
}

#[tokio::test]
async fn attempts_that_were_right_do_not_count() {
    let signet = with_three_attempts(60).await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;

    for _ in 0..5 {
        browser.tries(&username("alice"), PASSWORD).await.expect(200);
    }
    browser.tries(&username("alice"), "wrong").await.refuses_with(422, "session.invalid_credentials");
}

#[tokio::test]
async fn after_a_short_lockout_every_failure_brings_the_next() {
    let signet = with_three_attempts(1).await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    for _ in 0..3 {
        browser.tries(&username("alice"), "wrong").await;
    }
    signet.advance(Duration::from_secs(61));

    browser.tries(&username("alice"), "wrong").await.refuses_with(400, BLOCKED);
    signet.advance(Duration::from_secs(61));
    browser.tries(&username("alice"), PASSWORD).await.expect(200);
}

#[tokio::test]
async fn an_administrator_lets_somebody_try_again() {
    let signet = with_three_attempts(60).await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    for _ in 0..3 {
        browser.tries(&username("alice"), "wrong").await;
    }

    let unblock = json!({"targetType": "User", "targets": ["alice", "nobody"]});
    signet.api("POST", "/sentinel-activities/delete", unblock).await.expect(204);

    browser.tries(&username("alice"), PASSWORD).await.expect(200);
    let strange = json!({"targetType": "Planet", "targets": []});
    signet.api("POST", "/sentinel-activities/delete", strange).await.refuses_with(400, "guard.invalid_input");
}

#[tokio::test]
async fn a_hundred_failures_are_allowed_unless_the_tenant_says_otherwise() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    let (alice, mut last) = (email("a@b.example"), String::new());
    // Tokens are cheaper to be wrong about than passwords, and count with them.
    for _ in 0..100 {
        let body = json!({"identifier": alice, "token": "wrong"});
        let answer = browser.experience("POST", "/verification/one-time-token/verify", body).await;
        last = answer.json()["code"].as_str().unwrap().to_owned();
    }
    assert_eq!(last, BLOCKED);
}
