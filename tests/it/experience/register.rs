//! New accounts.

use crate::{signet, start};
use serde_json::{Value, json};
use signet_core::id::{TenantId, UserId};
use signet_tests::people::REDIRECT_URI;
use signet_tests::{Answer, Browser, PASSWORD, Signet, email, username};
use std::pin::pin;
use std::time::Duration;

/// Chooses a username and a password.
async fn proposes(browser: &Browser<'_>, name: &str, password: &str) -> Answer {
    let body = json!({"identifier": username(name), "password": password});
    browser.experience("POST", "/verification/new-password-identity", body).await
}

/// A tenant whose people sign up with an email address and a password.
async fn with_email_sign_up() -> Signet {
    let signet = start(Signet::with().development()).await;
    let method = json!({"identifier": "email", "password": true, "verificationCode": true, "isPasswordPrimary": true});
    let sign_up = json!({"identifiers": ["email"], "password": true, "verify": true});
    signet.sign_in_experience(json!({"signIn": {"methods": [method]}, "signUp": sign_up})).await;
    signet
}

#[tokio::test]
async fn somebody_registers_and_is_signed_in_at_once() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "Register").await;

    let proposed = proposes(&browser, "dora", PASSWORD).await.expect(200);
    browser.identifies(&proposed).await.expect(201);
    let submitted = browser.submits().await.expect(200);
    let back = browser.takes_the_way_on(&submitted).await;

    assert!(back.takes_back_to(REDIRECT_URI).contains_key("code"));
    let dora = signet.api("GET", "/users?search=dora", Value::Null).await.expect(200)[0].clone();
    assert_eq!((&dora["username"], &dora["applicationId"]), (&json!("dora"), &json!(client.id)));
    assert_eq!(dora["hasPassword"], true);
    signet.browser().signs_in_with_password(&client, "dora").await.takes_back_to(REDIRECT_URI);
}

#[tokio::test]
async fn new_accounts_get_the_default_roles() {
    let signet = signet().await;
    let client = signet.web().await;
    let role = json!({"name": "member", "description": "x", "type": "User", "isDefault": true});
    signet.api("POST", "/roles", role).await.expect(200);
    let browser = signet.browser();
    browser.comes_for(&client, "Register").await;
    let proposed = proposes(&browser, "dora", PASSWORD).await.expect(200);
    browser.identifies(&proposed).await.expect(201);

    let dora = signet.api("GET", "/users?search=dora", Value::Null).await.expect(200)[0].clone();
    let path = format!("/users/{}/roles", dora["id"].as_str().unwrap());
    let roles = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(roles[0]["name"], "member");
}

#[tokio::test]
async fn names_and_passwords_keep_the_tenants_rules() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "Register").await;

    proposes(&browser, "alice", PASSWORD).await.refuses_with(422, "user.username_already_in_use");
    proposes(&browser, "1dora", PASSWORD).await.refuses_with(422, "user.username_starts_with_number");
    proposes(&browser, "do ra", PASSWORD).await.refuses_with(422, "user.username_invalid_charset_hard");
    let rejected = proposes(&browser, "dora", "dora123").await.refuses_with(422, "password.rejected");
    let codes: Vec<&str> =
        rejected["data"].as_array().unwrap().iter().map(|issue| issue["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"password_rejected.too_short"), "{codes:?}");
    assert!(codes.contains(&"password_rejected.restricted.user_info"), "{codes:?}");
    assert!(!rejected.to_string().contains("dora123"));
}

#[tokio::test]
async fn a_breached_password_is_refused_and_a_service_that_does_not_answer_keeps_nobody_out() {
    // The rest of the SHA-1 of the password.
    let rest = sha1_rest(PASSWORD);
    let knows = signet_tests::Receiver::answering(move |_| {
        axum::http::Response::new(axum::body::Body::from(format!("{rest}:12\r\n")))
    })
    .await;
    let signet = start(
        Signet::with()
            .flag("breached-passwords-url", "http://breaches.example/range/")
            .public_host("breaches.example", &knows),
    )
    .await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "Register").await;

    let rejected = proposes(&browser, "dora", PASSWORD).await.refuses_with(422, "password.rejected");
    assert_eq!(rejected["data"], json!([{"code": "password_rejected.pwned"}]));
    let (asked, _) = &knows.requests()[0];
    assert_eq!(asked.uri.path().len(), "/range/".len() + 5, "no more than five digits leave the server");

    drop(knows);
    proposes(&browser, "dora", PASSWORD).await.expect(200);
}

fn sha1_rest(password: &str) -> String {
    use std::fmt::Write as _;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
    let mut hex = String::new();
    for byte in digest.as_ref() {
        write!(hex, "{byte:02X}").unwrap();
    }
    hex[5..].to_owned()
}

#[tokio::test]
async fn what_an_account_must_have_can_be_added_step_by_step() {
    let signet = with_email_sign_up().await;
    let client = signet.web().await;
    let browser = signet.browser();
    let address = email("dora@example.com");
    browser.comes_for(&client, "Register").await;
    let asked = browser.asks_for_code(&address, "Register").await.expect(200);
    let code = signet.code_for("dora@example.com").await;
    let verified = browser.types_code(&address, &asked, &code).await.expect(200);

    let missing = browser.identifies(&verified).await.refuses_with(422, "user.missing_profile");
    assert_eq!(missing["data"], json!({"missingProfile": ["password"]}));

    browser.experience("POST", "/profile", json!({"type": "password", "value": PASSWORD})).await.expect(204);
    browser.experience("POST", "/identification", json!({})).await.expect(201);
    browser.submits().await.expect(200);
    let dora = signet.api("GET", "/users?search=dora%25", Value::Null).await.expect(200)[0].clone();
    assert_eq!((&dora["primaryEmail"], &dora["hasPassword"]), (&json!("dora@example.com"), &json!(true)));
}

#[tokio::test]
async fn an_existing_account_gets_what_it_lacks_when_somebody_signs_in() {
    let signet = with_email_sign_up().await;
    let client = signet.web().await;
    let method =
        json!({"identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true});
    signet.sign_in_experience(json!({"signIn": {"methods": [method]}})).await;
    signet.registered("alice", json!({})).await;
    signet.registered("bob", json!({"primaryEmail": "bob@example.com"})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    let verified = browser.tries(&username("alice"), PASSWORD).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    let missing = browser.submits().await.refuses_with(422, "user.missing_profile");
    assert_eq!(missing["data"], json!({"missingProfile": ["email"]}));

    let has = json!({"type": "username", "value": "other"});
    browser.experience("POST", "/profile", has).await.refuses_with(422, "user.username_exists_in_profile");
    for (address, status) in [("bob@example.com", 422), ("alice@example.com", 204)] {
        let asked = browser.asks_for_code(&email(address), "Register").await.expect(200);
        let unverified = json!({"type": "email", "verificationId": asked["verificationId"]});
        browser
            .experience("POST", "/profile", unverified.clone())
            .await
            .refuses_with(400, "session.verification_failed");
        let code = signet.code_for(address).await;
        browser.types_code(&email(address), &asked, &code).await.expect(200);
        browser.experience("POST", "/profile", unverified).await.expect(status);
    }
    browser.submits().await.expect(200);

    let alice = signet.api("GET", "/users?search=alice", Value::Null).await.expect(200)[0].clone();
    assert_eq!(alice["primaryEmail"], "alice@example.com");
}

#[tokio::test]
async fn attack_35_a_suspension_in_the_moment_of_a_sign_in_is_not_undone() {
    let signet = signet().await;
    let client = signet.web().await;
    let id: UserId = signet.registered("alice", json!({})).await["id"].as_str().unwrap().parse().unwrap();
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;
    let verified = browser.tries(&username("alice"), PASSWORD).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    let more = json!({"type": "extraProfile", "values": {"givenName": "Alice"}});
    browser.experience("POST", "/profile", more).await.expect(204);

    let mut tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    let mut alice = tx.take_user(&id, signet.deps.clock.now()).await.unwrap().unwrap();
    alice.is_suspended = true;
    tx.update_user(&alice).await.unwrap();
    let mut submitted = pin!(browser.submits());
    let early = tokio::time::timeout(Duration::from_millis(300), &mut submitted).await;
    assert!(early.is_err(), "it waits for whoever changes the same person");
    tx.commit().await.unwrap();

    submitted.await.refuses_with(401, "user.suspended");
    let alice = signet.api("GET", &format!("/users/{id}"), Value::Null).await.expect(200);
    assert_eq!(alice["isSuspended"], true);
}

#[tokio::test]
async fn nobody_registers_where_registration_is_closed() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();
    browser.comes_for(&client, "Register").await;
    let proposed = proposes(&browser, "dora", PASSWORD).await.expect(200);

    signet.sign_in_experience(json!({"signInMode": "SignIn"})).await;

    browser.identifies(&proposed).await.refuses_with(403, "auth.forbidden");
    let start = json!({"interactionEvent": "Register"});
    browser.experience("PUT", "", start).await.refuses_with(403, "auth.forbidden");
}

#[tokio::test]
async fn blocked_addresses_do_not_register() {
    let signet = with_email_sign_up().await;
    let client = signet.web().await;
    let list = json!({"blockSubaddressing": true, "customBlocklist": ["@bad.example"]});
    signet.sign_in_experience(json!({"emailBlocklistPolicy": list})).await;
    for (address, code) in [
        ("dora+1@example.com", "session.email_blocklist.email_subaddressing_not_allowed"),
        ("dora@bad.example", "session.email_blocklist.email_not_allowed"),
    ] {
        let browser = signet.browser();
        browser.comes_for(&client, "Register").await;
        let asked = browser.asks_for_code(&email(address), "Register").await.expect(200);
        let typed = signet.code_for(address).await;
        let verified = browser.types_code(&email(address), &asked, &typed).await.expect(200);
        browser.identifies(&verified).await.refuses_with(422, code);
    }
}

#[tokio::test]
async fn of_two_who_register_the_same_name_at_once_one_gets_it() {
    let signet = signet().await;
    let client = signet.web().await;
    let (one, other) = (signet.browser(), signet.browser());
    let mut proposed = Vec::new();
    for browser in [&one, &other] {
        browser.comes_for(&client, "Register").await;
        proposed.push(proposes(browser, "dora", PASSWORD).await.expect(200));
    }

    let (first, second) = tokio::join!(one.identifies(&proposed[0]), other.identifies(&proposed[1]));

    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422], "{} {}", first.text, second.text);
}

#[tokio::test]
async fn people_say_about_themselves_what_a_profile_holds_and_nothing_else() {
    let signet = signet().await;
    let (client, browser) = (signet.web().await, signet.browser());
    browser.comes_for(&client, "Register").await;
    let proposed = json!({"identifier": username("alice"), "password": PASSWORD});
    let proposed = browser.experience("POST", "/verification/new-password-identity", proposed).await.expect(200);
    let values = json!({"name": "Alice", "avatar": "https://a.example/a.png", "givenName": "Al", "customData": {"a": 1},
        "tier": "gold", "address": {"country": "NZ", "planet": "Earth"}});
    let extra = |values: Value| json!({"type": "extraProfile", "values": values});

    browser.experience("POST", "/profile", extra(values)).await.expect(204);
    let bad = browser.experience("POST", "/profile", extra(json!({"givenName": 5}))).await;
    bad.refuses_with(400, "guard.invalid_input");
    browser.identifies(&proposed).await.expect(201);
    browser.submits().await.expect(200);

    let alice = signet.api("GET", "/users?search=alice", Value::Null).await.expect(200)[0].clone();
    assert_eq!((&alice["name"], &alice["avatar"]), (&json!("Alice"), &json!("https://a.example/a.png")));
    assert_eq!(alice["profile"], json!({"givenName": "Al", "address": {"country": "NZ"}}));
    assert_eq!(alice["customData"], json!({}));

    // Somebody who signs in changes theirs.
    let again = signet.browser();
    again.comes_for(&client, "SignIn").await;
    let verified = again.tries(&username("alice"), PASSWORD).await.expect(200);
    again.identifies(&verified).await.expect(204);
    again.experience("POST", "/profile", extra(json!({"nickname": "Ally"}))).await.expect(204);
    again.submits().await.expect(200);
    let alice = signet.api("GET", "/users?search=alice", Value::Null).await.expect(200)[0].clone();
    assert_eq!(alice["profile"], json!({"givenName": "Al", "address": {"country": "NZ"}, "nickname": "Ally"}));
}
