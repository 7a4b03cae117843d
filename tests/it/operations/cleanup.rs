//! What sign-ins leave behind goes when it has expired.

use crate::signet;
use signet_core::id::TenantId;
use signet_tests::people::REDIRECT_URI;
use std::time::Duration;

#[tokio::test]
async fn expired_sign_ins_are_deleted_with_what_hangs_on_them() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let offline = signet.web().await;
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await.takes_back_to(REDIRECT_URI);
    browser.signs_in(&offline, &alice, &[("scope", "openid offline_access"), ("prompt", "consent")]).await;
    browser.authorize(&client, &[("prompt", "login")]).await.goes_to("/sign-in");
    let form = client.request(&[("client_id", "")]);
    client.posts(&signet, "/oidc/request", &form).await.expect(201);

    signet.advance(Duration::from_hours(24 * 14));
    signet::worker::cleanup(&signet.app.store, &signet.deps, 0).await.unwrap();

    let now = signet.deps.clock.now();
    let tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    assert_eq!(tx.delete_expired_interactions(now).await.unwrap(), 0);
    assert_eq!(tx.delete_expired_pushed_requests(now).await.unwrap(), 0);
    assert_eq!(tx.delete_expired_codes(now).await.unwrap(), 0);
    assert_eq!(tx.delete_expired_sessions(now).await.unwrap(), 0);
    let grants = tx.grants_of_user(&alice.id, now).await.unwrap();
    assert_eq!(grants.len(), 1, "one outlasts its session");
    assert_eq!(grants[0].client_id.as_str(), offline.id);
    drop(tx);

    signet.advance(Duration::from_hours(24 * 166));
    signet::worker::cleanup(&signet.app.store, &signet.deps, 0).await.unwrap();
    let tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    assert_eq!(tx.delete_expired_grants(signet.deps.clock.now()).await.unwrap(), 0);
}

#[tokio::test]
async fn what_has_not_expired_stays() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await.takes_back_to(REDIRECT_URI);
    browser.authorize(&client, &[("prompt", "login")]).await.goes_to("/sign-in");

    signet.advance(Duration::from_secs(3599));
    signet::worker::cleanup(&signet.app.store, &signet.deps, 0).await.unwrap();

    let back = browser.proves_to_be(&alice).await;
    assert!(browser.get(&back).await.takes_back_to(REDIRECT_URI).contains_key("code"));
}
