//! From the first page back to the application.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::Signet;
use signet_tests::people::REDIRECT_URI;

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn a_person_signs_in_with_a_form_and_comes_back_with_a_code() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (client, browser) = (signet.web().await, signet.browser());

    let first = browser.opens(&client, &[]).await;
    first.says("to continue to Client");
    let led = browser.submit(&first, &[("identifier", "alice"), ("password", PASSWORD)]).await;

    assert_eq!(led.status, 200);
    assert!(led.leads_to().starts_with("https://id.example/oidc/auth/"));
    assert!(browser.goes_on(&led).await.takes_back_to(REDIRECT_URI).contains_key("code"));
}

#[tokio::test]
async fn attack_47_nobody_learns_from_the_page_who_has_an_account() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let first = browser.opens(&client, &[]).await;

    let wrong = browser.submit(&first, &[("identifier", "alice"), ("password", "wrong")]).await;
    let unknown = browser.submit(&first, &[("identifier", "nobody"), ("password", "wrong")]).await;

    assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (422, 422));
    wrong.says("The account or the password is wrong.");
    assert_eq!(wrong.text.replace("alice", "nobody"), unknown.text);
}

#[tokio::test]
async fn a_person_creates_an_account_and_is_signed_in() {
    let signet = signet().await;
    let (client, browser) = (signet.web().await, signet.browser());
    let page = browser.opens(&client, &[("first_screen", "register")]).await;
    page.says("Create your account");

    let account = [("identifier", "bob"), ("password", "kd82hf7shw0"), ("confirm_password", "kd82hf7shw0")];
    let led = browser.submit(&page, &account).await;

    browser.goes_on(&led).await.takes_back_to(REDIRECT_URI);
    let users = signet.api("GET", "/users?search=bob", json!(null)).await.expect(200);
    assert_eq!(users[0]["username"], "bob");
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let page = browser.opens(&client, &[("first_screen", "register")]).await;

    for (name, first, second, text) in [
        ("bob", "short", "short", "Use 8 characters or more."),
        ("bob", "kd82hf7shw0", "other", "The two passwords differ."),
        ("bob", "", "", "Enter your password."),
        ("alice", "kd82hf7shw0", "kd82hf7shw0", "This username is taken."),
        ("1bob", "kd82hf7shw0", "kd82hf7shw0", "letters, digits and underscores only"),
    ] {
        let fields = [("identifier", name), ("password", first), ("confirm_password", second)];
        let answer = browser.submit(&page, &fields).await;
        assert_eq!(answer.status, 422, "{name} {first}");
        answer.says(text);
        answer.says(&format!("value=\"{name}\""));
        assert!(first.is_empty() || !answer.text.contains(&format!("value=\"{first}\"")), "{}", answer.text);
    }
    let users = signet.api("GET", "/users?search=bob", json!(null)).await.expect(200);
    assert_eq!(users, json!([]));
}

#[tokio::test]
async fn a_suspended_person_is_told_so_and_gets_nowhere() {
    let signet = signet().await;
    let alice = signet.member("alice", PASSWORD).await;
    let path = format!("/users/{}/is-suspended", alice["id"].as_str().unwrap());
    signet.api("PATCH", &path, json!({"isSuspended": true})).await.expect(200);
    let (client, browser) = (signet.web().await, signet.browser());

    let first = browser.opens(&client, &[]).await;
    let refused = browser.submit(&first, &[("identifier", "alice"), ("password", PASSWORD)]).await;

    refused.goes_to("/account-suspended");
    browser.get("/account-suspended").await.says("Your account is suspended");
    assert!(browser.cookie("_session").is_none());
}

#[tokio::test]
async fn where_nobody_may_register_the_page_is_not_there() {
    let signet = signet().await;
    signet.experience(json!({"signInMode": "SignIn"})).await;
    let (client, browser) = (signet.web().await, signet.browser());

    let page = browser.opens(&client, &[("first_screen", "register")]).await;

    assert_eq!(page.status, 403);
    page.says("New accounts cannot be created here.");
    assert!(!page.text.contains("action=\"/register"), "{}", page.text);
}

#[tokio::test]
async fn terms_that_must_be_agreed_to_are() {
    let signet = signet().await;
    signet.member("alice", PASSWORD).await;
    let terms = json!({"termsOfUseUrl": "https://shop.example/terms", "agreeToTermsPolicy": "Manual"});
    signet.experience(terms).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let first = browser.opens(&client, &[]).await;
    let credentials = [("identifier", "alice"), ("password", PASSWORD)];

    browser.submit(&first, &credentials).await.says("Please agree to the terms");
    let led = browser.submit(&first, &[&credentials[..], &[("agree", "yes")]].concat()).await;

    browser.goes_on(&led).await.takes_back_to(REDIRECT_URI);
}

/// A link that was sent to somebody, as parameters of the authorization request.
async fn link(signet: &Signet, context: Value) -> [(&'static str, String); 2] {
    let body = json!({"email": "alice@example.com", "context": context});
    let made = signet.api("POST", "/one-time-tokens", body).await.expect(201);
    [("one_time_token", made["token"].as_str().unwrap().to_owned()), ("login_hint", "alice@example.com".to_owned())]
}

fn shown<'a>(link: &'a [(&'static str, String); 2]) -> [(&'static str, &'a str); 2] {
    [(link[0].0, &link[0].1), (link[1].0, &link[1].1)]
}

#[tokio::test]
async fn a_link_shows_whom_it_is_for_and_signs_in_with_a_button_once() {
    let signet = signet().await;
    signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let link = link(&signet, json!({})).await;
    let page = browser.opens(&client, &shown(&link)).await;
    page.says("This link is for alice@example.com.");

    let led = browser.submit(&page, &[]).await;

    browser.goes_on(&led).await.takes_back_to(REDIRECT_URI);
    let other = signet.browser();
    let again = other.opens(&client, &shown(&link)).await;
    let refused = other.submit(&again, &[]).await;
    assert_eq!(refused.status, 422);
    refused.says("This link no longer works.");
}

#[tokio::test]
async fn a_link_lets_somebody_new_in_and_asks_for_what_the_account_lacks() {
    let signet = signet().await;
    let (client, browser) = (signet.web().await, signet.browser());
    let acme = signet.api("POST", "/organizations", json!({"name": "Acme"})).await.expect(201);
    let context = json!({"jitOrganizationIds": [acme["id"]], "interactionEvent": "Register"});
    let page = browser.opens(&client, &shown(&link(&signet, context).await)).await;

    let led = browser.submit(&page, &[]).await;
    let username = browser.follow(led).await;
    let led = browser.submit(&username, &[("identifier", "alice")]).await;
    let password = browser.follow(led).await;
    let chosen = [("password", "kd82hf7shw0"), ("confirm_password", "kd82hf7shw0")];
    let led = browser.submit(&password, &chosen).await;

    browser.goes_on(&led).await.takes_back_to(REDIRECT_URI);
    let members = format!("/organizations/{}/users", acme["id"].as_str().unwrap());
    let members = signet.api("GET", &members, Value::Null).await.expect(200);
    assert_eq!((&members[0]["username"], &members[0]["primaryEmail"]), (&json!("alice"), &json!("alice@example.com")));
}

#[tokio::test]
async fn whoever_is_signed_in_uses_a_link_too_and_is_not_asked_about_an_old_one() {
    let signet = signet().await;
    let alice = signet.registered("alice", json!({"primaryEmail": "alice@example.com"})).await;
    let (client, browser) = (signet.web().await, signet.browser());
    let bob = signet.person("bob").await;
    browser.signs_in(&client, &bob, &[]).await;
    let acme = signet.api("POST", "/organizations", json!({"name": "Acme"})).await.expect(201);
    let link = link(&signet, json!({"jitOrganizationIds": [acme["id"]]})).await;

    let page = browser.opens(&client, &shown(&link)).await;
    let led = browser.submit(&page, &[]).await;
    browser.goes_on(&led).await.takes_back_to(REDIRECT_URI);

    let members = format!("/organizations/{}/users", acme["id"].as_str().unwrap());
    let members = signet.api("GET", &members, Value::Null).await.expect(200);
    assert_eq!((members.as_array().unwrap().len(), &members[0]["id"]), (1, &alice["id"]));
    let again = browser.authorize(&client, &shown(&link)).await;
    browser.follow(again).await.takes_back_to(REDIRECT_URI);
    let silent = browser.authorize(&client, &[shown(&link)[0], ("prompt", "none")]).await;
    silent.takes_back_to(REDIRECT_URI);
}
