//! The way of a browser from an application through the pages and back with a code.

use crate::signet;
use signet_core::id::TenantId;
use signet_core::secret::ValueHash;
use signet_tests::people::REDIRECT_URI;

#[tokio::test]
async fn a_person_signs_in_and_comes_back_with_a_code() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();

    let first = browser.authorize(&client, &[("scope", "openid profile unknown"), ("nonce", "n")]).await;
    first.goes_to(&format!("/sign-in?app_id={}", client.id));
    let back = browser.proves_to_be(&alice).await;
    let consent = browser.get(&back).await;
    consent.goes_to(&format!("/consent?app_id={}", client.id));
    let agreed = browser.get(consent.header("location")).await;
    assert_eq!(agreed.status, 302);
    assert!(agreed.header("location").starts_with("https://id.example/oidc/auth/"));
    let end = browser.follow(agreed).await;

    let answer = end.takes_back_to(REDIRECT_URI);
    assert_eq!((&*answer["state"], &*answer["iss"]), ("kept", "https://id.example/oidc"));
    let reader = signet.app.store.tenant(TenantId::default_tenant()).read().await.unwrap();
    let code = reader.authorization_code(&ValueHash::of(&answer["code"])).await.unwrap().unwrap();
    assert_eq!((&code.user_id, code.client_id.as_str()), (&alice.id, &*client.id));
    assert_eq!((code.facts.scope.to_string().as_str(), code.facts.nonce.as_deref()), ("openid profile", Some("n")));
    assert_eq!(code.redirect_uri.as_deref(), Some(REDIRECT_URI));
    assert_eq!(code.expires_at.0 - code.created_at.0, 60_000);
    let user = reader.user(&alice.id).await.unwrap().unwrap();
    assert_eq!(user.application_id.unwrap().as_str(), client.id);
}

#[tokio::test]
async fn whoever_is_signed_in_comes_back_at_once() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await.takes_back_to(REDIRECT_URI);

    let again = browser.authorize(&client, &[]).await;

    assert!(again.takes_back_to(REDIRECT_URI).contains_key("code"));
}
