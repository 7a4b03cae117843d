//! One-time tokens: links that sign somebody in.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::people::{Client, REDIRECT_URI};
use signet_tests::{Answer, Browser, PASSWORD, Signet, email, username};
use std::time::Duration;

async fn made(signet: &Signet, more: Value) -> Value {
    let mut body = json!({"email": "alice@example.com"});
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    signet.api("POST", "/one-time-tokens", body).await.expect(201)
}

async fn shows(browser: &Browser<'_>, address: &str, token: &Value) -> Answer {
    let body = json!({"identifier": email(address), "token": token["token"]});
    browser.experience("POST", "/verification/one-time-token/verify", body).await
}

async fn verifies(signet: &Signet, token: &Value, address: &str) -> Answer {
    let body = json!({"token": token["token"], "email": address});
    signet.api("POST", "/one-time-tokens/verify", body).await
}

#[tokio::test]
async fn a_link_signs_somebody_in_once() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (token, browser) = (made(&signet, json!({})).await, signet.browser());
    browser.comes_for(&client, "SignIn").await;

    shows(&browser, "bob@example.com", &token).await.refuses_with(400, "one_time_token.email_mismatch");
    let verified = shows(&browser, "Alice@Example.com", &token).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    let submitted = browser.submits().await.expect(200);
    browser.takes_the_way_on(&submitted).await.takes_back_to(REDIRECT_URI);

    let other = signet.browser();
    other.comes_for(&client, "SignIn").await;
    shows(&other, "alice@example.com", &token).await.refuses_with(400, "one_time_token.token_consumed");
}

#[tokio::test]
async fn attack_48_of_many_uses_of_a_link_at_once_one_succeeds() {
    let signet = signet().await;
    let client = signet.web().await;
    let (token, browsers) = (made(&signet, json!({})).await, [(); 8].map(|()| signet.browser()));
    for browser in &browsers {
        browser.comes_for(&client, "SignIn").await;
    }

    let uses = browsers.iter().map(|browser| shows(browser, "alice@example.com", &token));
    let answers = futures_util::future::join_all(uses).await;

    assert_eq!(answers.iter().filter(|answer| answer.status.is_success()).count(), 1);
}

#[tokio::test]
async fn a_link_lets_its_holder_register_where_nobody_else_may() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.sign_in_experience(json!({"signInMode": "SignIn"})).await;
    let (token, browser) = (made(&signet, json!({})).await, signet.browser());
    browser.comes_for(&client, "SignIn").await;
    let register = json!({"interactionEvent": "Register"});
    browser.experience("PUT", "/interaction-event", register.clone()).await.refuses_with(403, "auth.forbidden");
    let verified = shows(&browser, "alice@example.com", &token).await.expect(200);
    browser.identifies(&verified).await.refuses_with(404, "user.user_not_exist");

    browser.experience("PUT", "/interaction-event", register).await.expect(204);
    browser.identifies(&verified).await.refuses_with(422, "user.missing_profile");
    browser.experience("POST", "/profile", json!({"type": "username", "value": "alice"})).await.expect(204);
    browser.experience("POST", "/profile", json!({"type": "password", "value": PASSWORD})).await.expect(204);
    browser.experience("POST", "/identification", json!({})).await.expect(201);
    browser.submits().await.expect(200);

    let alice = signet.api("GET", "/users?search=alice", Value::Null).await.expect(200)[0].clone();
    assert_eq!(alice["primaryEmail"], "alice@example.com");
}

#[tokio::test]
async fn a_link_for_one_event_is_for_no_other() {
    let signet = signet().await;
    let client = signet.web().await;
    let (token, browser) =
        (made(&signet, json!({"context": {"interactionEvent": "Register"}})).await, signet.browser());
    browser.comes_for(&client, "SignIn").await;

    let answer = shows(&browser, "alice@example.com", &token).await;
    answer.refuses_with(400, "one_time_token.interaction_event_mismatch");

    // It is not used up by the mistake.
    browser.comes_for(&client, "Register").await;
    shows(&browser, "alice@example.com", &token).await.expect(200);
}

#[tokio::test]
async fn programs_make_list_use_and_end_tokens() {
    let signet = signet().await;
    let token = made(&signet, json!({})).await;
    let value = token["token"].as_str().unwrap();
    assert!(value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    assert_eq!(token["expiresAt"].as_i64().unwrap() - token["createdAt"].as_i64().unwrap(), 600_000);
    let path = format!("/one-time-tokens/{}", token["id"].as_str().unwrap());

    let listed = signet.api("GET", "/one-time-tokens?page=1", Value::Null).await;
    assert_eq!((listed.header("total-number"), listed.expect(200)[0]["status"].clone()), ("1", json!("active")));
    assert!(!listed.text.contains(value), "the value is told once");
    let read = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(read["token"], Value::Null);
    let hers = signet.api("GET", "/one-time-tokens?email=Alice@EXAMPLE.com", Value::Null).await.expect(200);
    assert_eq!(hers[0]["id"], token["id"], "an address is the same in any case");

    verifies(&signet, &token, "bob@example.com").await.refuses_with(400, "one_time_token.email_mismatch");
    let used = verifies(&signet, &token, "alice@example.com").await.expect(200);
    assert_eq!(used["status"], "consumed");
    verifies(&signet, &token, "alice@example.com").await.refuses_with(400, "one_time_token.token_consumed");
    let unknown = json!({"token": "x"});
    verifies(&signet, &unknown, "alice@example.com").await.refuses_with(404, "one_time_token.token_not_found");

    let revoked = made(&signet, json!({})).await;
    let status = format!("/one-time-tokens/{}/status", revoked["id"].as_str().unwrap());
    let active = signet.api("PUT", &status, json!({"status": "active"})).await;
    active.refuses_with(400, "one_time_token.cannot_reactivate_token");
    signet.api("PUT", &status, json!({"status": "revoked"})).await.expect(200);
    verifies(&signet, &revoked, "alice@example.com").await.refuses_with(400, "one_time_token.token_revoked");

    let short = made(&signet, json!({"expiresIn": 1})).await;
    signet.advance(Duration::from_secs(1));
    verifies(&signet, &short, "alice@example.com").await.refuses_with(400, "one_time_token.token_expired");
    let expired = signet.api("GET", "/one-time-tokens?status=expired", Value::Null).await.expect(200);
    assert_eq!(expired[0]["id"], short["id"]);

    signet.api("DELETE", &path, Value::Null).await.expect(204);
    signet.api("DELETE", &path, Value::Null).await.refuses_with(404, "entity.not_found");
    signet.api("GET", &path, Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
    signet
        .api("PUT", "/one-time-tokens/x/status", json!({"status": "revoked"}))
        .await
        .refuses_with(404, "entity.not_exists_with_id");
}

/// Organizations of somebody, by name, each with its roles.
async fn memberships(signet: &Signet, user: &Value) -> Value {
    let path = format!("/users/{}/organizations", user["id"].as_str().unwrap());
    let found = signet.api("GET", &path, Value::Null).await.expect(200);
    let of_one = |one: &Value| json!([one["name"], one["organizationRoles"].as_array().unwrap().len()]);
    let mut all: Vec<Value> = found.as_array().unwrap().iter().map(of_one).collect();
    all.sort_by_key(Value::to_string);
    all.into()
}

/// An organization that gives newcomers a role.
async fn organization(signet: &Signet, name: &str) -> String {
    let made = signet.api("POST", "/organizations", json!({"name": name})).await.expect(201);
    let role = json!({"name": format!("newcomer of {name}")});
    let role = signet.api("POST", "/organization-roles", role).await.expect(201);
    let id = made["id"].as_str().unwrap().to_owned();
    let path = format!("/organizations/{id}/jit/roles");
    signet.api("POST", &path, json!({"organizationRoleIds": [role["id"]]})).await.expect(201);
    id
}

/// Signs in with a link.
async fn signs_in_with(browser: &Browser<'_>, client: &Client, (address, token): (&str, &Value)) {
    browser.comes_for(client, "SignIn").await;
    let verified = shows(browser, address, token).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    let submitted = browser.submits().await.expect(200);
    browser.takes_the_way_on(&submitted).await.takes_back_to(REDIRECT_URI);
}

#[tokio::test]
async fn a_link_makes_whoever_signs_in_a_member_with_the_roles_of_newcomers() {
    let signet = signet().await;
    let client = signet.web().await;
    let alice = signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (acme, known) = (organization(&signet, "Acme").await, organization(&signet, "Known").await);
    let member = format!("/organizations/{known}/users");
    signet.api("POST", &member, json!({"userIds": [alice["id"]]})).await.expect(201);
    let context = json!({"jitOrganizationIds": [acme, known, acme]});
    let token = made(&signet, json!({"context": context})).await;
    assert_eq!(memberships(&signet, &alice).await, json!([["Known", 0]]));

    signs_in_with(&signet.browser(), &client, ("ALICE@example.com", &token)).await;

    // Whoever is a member already gets nothing more.
    assert_eq!(memberships(&signet, &alice).await, json!([["Acme", 1], ["Known", 0]]));
}

#[tokio::test]
async fn a_link_makes_whoever_registers_a_member_too() {
    let signet = signet().await;
    let client = signet.web().await;
    let acme = organization(&signet, "Acme").await;
    signet.experience(json!({"signUp": {"identifiers": ["email"], "password": false, "verify": true}})).await;
    let token = made(&signet, json!({"context": {"jitOrganizationIds": [acme]}})).await;
    let browser = signet.browser();
    browser.comes_for(&client, "Register").await;

    let verified = shows(&browser, "alice@example.com", &token).await.expect(200);
    browser.identifies(&verified).await.expect(201);
    browser.submits().await.expect(200);

    let alice = signet.api("GET", "/users?search=alice%25", Value::Null).await.expect(200)[0].clone();
    assert_eq!(memberships(&signet, &alice).await, json!([["Acme", 1]]));
}

#[tokio::test]
async fn a_link_leads_to_organizations_that_exist_and_signs_in_when_they_are_gone() {
    let signet = signet().await;
    let client = signet.web().await;
    let alice = signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (acme, gone) = (organization(&signet, "Acme").await, organization(&signet, "Gone").await);
    for unknown in ["none", "no id"] {
        let body = json!({"email": "alice@example.com", "context": {"jitOrganizationIds": [acme, unknown]}});
        let refused = signet.api("POST", "/one-time-tokens", body).await;
        refused.refuses_with(422, "entity.relation_foreign_key_not_found");
    }
    assert_eq!(signet.api("GET", "/one-time-tokens", Value::Null).await.expect(200), json!([]));
    let token = made(&signet, json!({"context": {"jitOrganizationIds": [gone, acme]}})).await;
    signet.api("DELETE", &format!("/organizations/{gone}"), Value::Null).await.expect(204);

    signs_in_with(&signet.browser(), &client, ("alice@example.com", &token)).await;

    assert_eq!(memberships(&signet, &alice).await, json!([["Acme", 1]]));
}

#[tokio::test]
async fn attack_51_a_link_for_one_address_makes_nobody_else_a_member() {
    let signet = signet().await;
    let client = signet.web().await;
    let acme = organization(&signet, "Acme").await;
    let eve = signet.registered("eve", json!({"primaryEmail": "eve@example.com"})).await;
    let alice = signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let context = json!({"context": {"jitOrganizationIds": [acme]}});
    let (token, revoked) = (made(&signet, context.clone()).await, made(&signet, context).await);
    let status = format!("/one-time-tokens/{}/status", revoked["id"].as_str().unwrap());
    signet.api("PUT", &status, json!({"status": "revoked"})).await.expect(200);
    let browser = signet.browser();
    browser.comes_for(&client, "SignIn").await;

    shows(&browser, "eve@example.com", &token).await.refuses_with(400, "one_time_token.email_mismatch");
    shows(&browser, "alice@example.com", &revoked).await.refuses_with(400, "one_time_token.token_revoked");
    // Eve shows the link of Alice, and signs in as herself.
    shows(&browser, "alice@example.com", &token).await.expect(200);
    let own = browser.tries(&username("eve"), PASSWORD).await.expect(200);
    browser.identifies(&own).await.expect(204);
    browser.submits().await.expect(200);

    assert_eq!(memberships(&signet, &eve).await, json!([]));
    assert_eq!(memberships(&signet, &alice).await, json!([]));
}

#[tokio::test]
async fn attack_36_a_link_signs_in_and_agrees_to_nothing() {
    let signet = signet().await;
    let stranger = signet.third_party().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let acme = organization(&signet, "Acme").await;
    let token = made(&signet, json!({"context": {"jitOrganizationIds": [acme]}})).await;
    let browser = signet.browser();
    browser.comes_for(&stranger, "SignIn").await;
    let verified = shows(&browser, "alice@example.com", &token).await.expect(200);
    browser.identifies(&verified).await.expect(204);
    let submitted = browser.submits().await.expect(200);

    let page = browser.takes_the_way_on(&submitted).await;
    page.expect(200);
    assert!(page.text.contains("Stranger"), "asks for consent: {}", page.text);
    let silent = browser.authorize(&stranger, &[("prompt", "none")]).await;
    assert_eq!(silent.takes_back_to(REDIRECT_URI)["error"], "consent_required");
}

#[tokio::test]
async fn attack_48_whoever_fetches_a_link_before_the_person_does_not_use_it_up() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let token = made(&signet, json!({})).await;
    let link = [("one_time_token", token["token"].as_str().unwrap()), ("login_hint", "alice@example.com")];

    // What scanners of mail do: open the link and all that it leads to.
    let scanner = signet.browser();
    let first = scanner.authorize(&client, &link).await;
    scanner.follow(first).await;

    signs_in_with(&signet.browser(), &client, ("alice@example.com", &token)).await;
}
