//! What an application of somebody else gets, and who says so.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::people::REDIRECT_URI;
use signet_tests::shopping::WANTS_ALL;

#[tokio::test]
async fn a_stranger_gets_what_a_person_agreed_to_on_the_page() {
    let signet = signet().await;
    let (stranger, alice, browser) = (signet.third_party().await, signet.person("alice").await, signet.browser());

    let page = browser.signs_in(&stranger, &alice, &[("scope", "openid email profile")]).await;
    page.says("Authorize Stranger");
    page.says("Your email address");
    page.says("You will return to https://client.example.");
    let led = browser.submit(&page, &[]).await;

    assert!(browser.goes_on(&led).await.takes_back_to(REDIRECT_URI).contains_key("code"));
}

#[tokio::test]
async fn attack_36_nobody_agrees_for_a_person() {
    let signet = signet().await;
    let (stranger, alice, browser) = (signet.third_party().await, signet.person("alice").await, signet.browser());
    let page = browser.signs_in(&stranger, &alice, &[("scope", "openid email")]).await;
    let (mallory, other) = (signet.person("mallory").await, signet.browser());
    let hers = other.signs_in(&stranger, &mallory, &[("scope", "openid email")]).await;

    for answer in
        [browser.submit(&page, &[("csrf", "")]).await, browser.submit(&hers, &[]).await, other.submit(&page, &[]).await]
    {
        assert_eq!(answer.status, 403);
        answer.says("This page is out of date");
    }
    let again = browser.authorize(&stranger, &[("scope", "openid email"), ("prompt", "none")]).await;
    assert_eq!(again.takes_back_to(REDIRECT_URI)["error"], "consent_required");
}

#[tokio::test]
async fn a_person_who_cancels_returns_with_nothing() {
    let signet = signet().await;
    let (stranger, alice, browser) = (signet.third_party().await, signet.person("alice").await, signet.browser());

    let page = browser.signs_in(&stranger, &alice, &[("scope", "openid email")]).await;

    page.says(&format!("<a class=\"button quiet\" href=\"{REDIRECT_URI}\">Cancel</a>"));
}

#[tokio::test]
async fn a_person_chooses_the_organization_on_the_page() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let client = signet.shop_assistant(&shopping).await;
    let browser = signet.browser();

    let page = browser.is_asked_by(&client, &shopping.alice, WANTS_ALL).await;
    page.says("Choose the organization that it may access");
    page.says(&format!("value=\"{}\"", shopping.foo));
    page.says("Invite people");
    assert_eq!(page.text.matches(" checked>").count(), 1, "one is chosen already");
    let led = browser.submit(&page, &[("organizationIds", &shopping.bar)]).await;

    assert!(browser.goes_on(&led).await.takes_back_to(REDIRECT_URI).contains_key("code"));
    let path = format!("/applications/{}/users/{}/consent-organizations", client.id, shopping.alice.id);
    let consented = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(consented["organizations"][0]["name"], "bar");
}

#[tokio::test]
async fn an_organization_that_was_left_meanwhile_is_told_and_another_can_be_chosen() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let client = signet.shop_assistant(&shopping).await;
    let browser = signet.browser();
    let page = browser.is_asked_by(&client, &shopping.alice, WANTS_ALL).await;
    let member = format!("/organizations/{}/users/{}", shopping.foo, shopping.alice.id);
    signet.api("DELETE", &member, Value::Null).await.expect(204);

    for forged in [shopping.foo.as_str(), "nowhere", "a b"] {
        let again = browser.submit(&page, &[("organizationIds", forged)]).await;
        assert_eq!(again.status, 422);
        again.says("You are not a member of this organization any more.");
        assert!(!again.text.contains(&format!("value=\"{}\"", shopping.foo)), "it is not offered again");
    }
    let led = browser.submit(&page, &[("organizationIds", &shopping.bar)]).await;
    assert!(browser.goes_on(&led).await.takes_back_to(REDIRECT_URI).contains_key("code"));
}

#[tokio::test]
async fn an_application_looks_as_its_administrator_wants() {
    let signet = signet().await;
    let (stranger, alice, browser) = (signet.third_party().await, signet.person("alice").await, signet.browser());
    let look = json!({"displayName": "Weather & Co", "color": {"primaryColor": "#0f766e"}, "customCss": "h1 { color: teal }",
        "branding": {"logoUrl": "https://w.example/l.png", "darkLogoUrl": "https://w.example/d.png"},
        "termsOfUseUrl": "javascript:alert(1)", "privacyPolicyUrl": "https://w.example/privacy"});
    signet.api("PUT", &format!("/applications/{}/sign-in-experience", stranger.id), look).await.expect(201);

    let page = browser.signs_in(&stranger, &alice, &[("scope", "openid email")]).await;

    page.says("Authorize Weather & Co");
    for shown in
        ["--primary:#0f766e", "https://w.example/l.png", "https://w.example/d.png", "https://w.example/privacy"]
    {
        page.says(shown);
    }
    assert!(!page.text.contains("javascript:"), "{}", page.text);
    assert!(page.header("content-security-policy").contains("img-src 'self' https://w.example"));
    let css = page.between("<link rel=\"stylesheet\" href=\"/assets/custom.", "\"").unwrap();
    let css = signet.get(&format!("/assets/custom.{css}")).await;
    assert_eq!((css.status.as_u16(), css.text.as_str()), (200, "h1 { color: teal }"));
    for other in ["/assets/custom.AAAAAAAAAAAAAAAA.css?app_id=", "/assets/custom.AAAAAAAAAAAAAAAA.css?app_id=nobody"] {
        assert_eq!(signet.get(other).await.status, 404);
    }
}
