//! What an application of somebody else gets, and who says so.

use crate::signet;
use signet_tests::people::REDIRECT_URI;

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
