//! Signing in with a password, and whose browser it is.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::people::REDIRECT_URI;
use signet_tests::{PASSWORD, username};
use std::time::Duration;

#[tokio::test]
async fn somebody_signs_in_with_username_and_password() {
    let signet = signet().await;
    let (client, user) = (signet.web().await, signet.registered("alice", json!({})).await);
    signet.advance(Duration::from_mins(1));
    let browser = signet.browser();

    let back = browser.signs_in_with_password(&client, "alice").await;

    let parameters = back.takes_back_to(REDIRECT_URI);
    assert!(parameters.contains_key("code") && parameters["state"] == "kept", "{parameters:?}");
    let path = format!("/users/{}", user["id"].as_str().unwrap());
    let after = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(after["lastSignInAt"], signet.deps.clock.now().0);
}

#[tokio::test]
async fn a_right_password_of_another_method_is_hashed_anew() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    // MD5 of `password`.
    let digest = "5f4dcc3b5aa765d61d8327deb882cf99";
    let imported = json!({"username": "carol", "passwordDigest": digest, "passwordAlgorithm": "MD5"});
    let carol = signet.api("POST", "/users", imported).await.expect(200);
    browser.tries(&username("carol"), "password").await.expect(200);

    let path = format!("/users/{}?includePasswordHash=true", carol["id"].as_str().unwrap());
    let after = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(after["passwordAlgorithm"], "Argon2id", "{after}");
    browser.tries(&username("carol"), "password").await.expect(200);
}

#[tokio::test]
async fn a_suspended_person_does_not_come_in() {
    let signet = signet().await;
    let (client, user) = (signet.web().await, signet.registered("alice", json!({})).await);
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    let verified = browser.tries(&username("alice"), PASSWORD).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    let path = format!("/users/{}/is-suspended", user["id"].as_str().unwrap());
    signet.api("PATCH", &path, json!({"isSuspended": true})).await.expect(200);

    browser.submits().await.refuses_with(401, "user.suspended");
    browser.identifies(&verified).await.refuses_with(401, "user.suspended");
    browser.tries(&username("alice"), PASSWORD).await.refuses_with(401, "user.suspended");
    browser.tries(&username("alice"), "wrong").await.refuses_with(422, "session.invalid_credentials");
}

#[tokio::test]
async fn a_method_that_is_not_enabled_finds_nobody() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;

    let verified = browser.tries(&signet_tests::email("Alice@Example.com"), PASSWORD).await.expect(200);

    browser.identifies(&verified).await.refuses_with(422, "user.sign_in_method_not_enabled");
    let method = json!({"identifier": "email", "password": true, "verificationCode": false, "isPasswordPrimary": true});
    signet.sign_in_experience(json!({"signIn": {"methods": [method]}})).await;
    browser.identifies(&verified).await.expect(204);
}

#[tokio::test]
async fn names_differ_in_case_unless_the_tenant_says_they_do_not() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("Alice", json!({})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    browser.tries(&username("alice"), PASSWORD).await.refuses_with(422, "session.invalid_credentials");

    let allowed = json!({"lowercase": true, "uppercase": true, "numbers": true, "underscore": true});
    let policy = json!({"caseSensitive": false, "minLength": 1, "maxLength": 128, "allowedChars": allowed});
    signet.sign_in_experience(json!({"usernamePolicy": policy})).await;

    browser.tries(&username("alice"), PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_password_that_is_too_old_must_be_replaced() {
    let signet = crate::start(signet_tests::Signet::with().development()).await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let expiration = json!({"enabled": true, "validPeriodDays": 30});
    let after = signet.sign_in_experience(json!({"passwordExpiration": expiration})).await;
    assert_eq!(after["passwordExpiration"]["enabledAt"], signet.deps.clock.now().0);
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    browser.tries(&username("alice"), PASSWORD).await.expect(200);

    signet.advance(Duration::from_hours(24 * 31));

    browser.comes_for(&client, "SignIn").await;
    browser.tries(&username("alice"), PASSWORD).await.refuses_with(422, "password.expired");
    browser.tries(&username("alice"), "wrong").await.refuses_with(422, "session.invalid_credentials");
}

#[tokio::test]
async fn attack_37_nobody_takes_part_in_a_sign_in_of_another_browser() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let (victim, stranger) = (signet.browser(), signet.browser());
    victim.comes_for(&client, "SignIn").await;
    let uid = victim.interaction();

    // Without the cookie, and with one that nobody signed.
    let start = json!({"interactionEvent": "SignIn"});
    stranger.experience("PUT", "", start.clone()).await.refuses_with(400, "session.not_found");
    let map = format!("%7B%22_legacy%22%3A%22{uid}%22%7D");
    stranger.plant("_interaction", &map);
    stranger.plant("_interaction.sig", "AAAA");
    stranger.experience("PUT", "", start).await.refuses_with(400, "session.not_found");

    // The way back belongs to the browser that left.
    let verified = victim.tries(&username("alice"), PASSWORD).await.expect(200);
    victim.identifies(&verified).await.expect(204);
    let submitted = victim.submits().await.expect(200);
    let end = stranger.takes_the_way_on(&submitted).await;
    assert!(!end.header("location").contains("code="), "{}", end.header("location"));
    victim.takes_the_way_on(&submitted).await.takes_back_to(REDIRECT_URI);
}

#[tokio::test]
async fn attack_37_a_page_of_another_origin_signs_nobody_in() {
    let signet = signet().await;
    let client = signet.web().await;
    for (origin, status) in [("https://evil.example", 403), ("null", 403), ("https://id.example", 204)] {
        let browser = signet.browser().header("origin", origin);
        browser.authorize(&client, &[]).await;
        browser.experience("PUT", "", json!({"interactionEvent": "SignIn"})).await.expect(status);
    }
}

#[tokio::test]
async fn attack_50_a_host_header_does_not_change_where_a_browser_is_sent() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let browser = signet.browser().header("host", "evil.example").header("x-forwarded-host", "evil.example");
    browser.comes_for(&client, "SignIn").await;
    let verified = browser.tries(&username("alice"), PASSWORD).await.expect(200);
    browser.identifies(&verified).await.expect(204);

    let submitted = browser.submits().await.expect(200);

    let expected = format!("https://id.example/oidc/auth/{}", browser.interaction());
    assert_eq!(submitted["redirectTo"], expected);
}

#[tokio::test]
async fn what_was_submitted_is_kept_for_scripts_without_secrets() {
    let signet = signet().await;
    let (client, user) = (signet.web().await, signet.registered("alice", json!({})).await);
    let browser = signet.browser().header("user-agent", "Story/1.0");

    browser.signs_in_with_password(&client, "alice").await;

    let path = format!("/users/{}/sessions", user["id"].as_str().unwrap());
    let sessions = signet.api("GET", &path, Value::Null).await.expect(200);
    let submission = &sessions["sessions"][0]["lastSubmission"];
    assert_eq!(submission["userId"], user["id"], "{sessions}");
    assert_eq!(submission["signInContext"]["userAgent"], "Story/1.0");
    let record = &submission["verificationRecords"][0];
    assert_eq!((&record["type"], &record["verified"]), (&json!("Password"), &json!(true)));
    assert_eq!(record["identifier"], username("alice"));
    assert!(!sessions.to_string().contains(PASSWORD));
}

#[tokio::test]
async fn two_tabs_of_a_sign_in_that_submit_at_once_both_get_the_way_on() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    let verified = browser.tries(&username("alice"), PASSWORD).await.expect(200);
    browser.identifies(&verified).await.expect(204);

    let first = browser.submits().await.expect(200);
    let second = browser.submits().await.expect(200);

    assert_eq!(first, second);
}
