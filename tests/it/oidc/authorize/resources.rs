//! Which APIs a sign-in is for.

use crate::signet;
use serde_json::json;
use signet_core::id::TenantId;
use signet_core::secret::ValueHash;
use signet_core::token::AuthorizationCode;
use signet_tests::Signet;
use signet_tests::people::REDIRECT_URI;
use std::collections::HashMap;

async fn stored(signet: &Signet, answer: &HashMap<String, String>) -> AuthorizationCode {
    let reader = signet.app.store.tenant(TenantId::default_tenant()).read().await.unwrap();
    reader.authorization_code(&ValueHash::of(&answer["code"])).await.unwrap().unwrap()
}

#[tokio::test]
async fn resources_are_repeated_or_separated_by_commas() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let api = signet.resource("https://a.example", &["read", "write"]).await;
    signet.resource("https://b.example/", &["read"]).await;
    signet.permit(&alice, &api).await;
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;

    for resource in [
        &[("resource", "https://a.example,https://b.example/")][..],
        &[("resource", "https://a.example"), ("resource", "https://b.example/")],
    ] {
        let extra = [resource, &[("scope", "openid read nonsense")]].concat();
        let answer = browser.signs_in(&client, &alice, &extra).await.takes_back_to(REDIRECT_URI);
        let code = stored(&signet, &answer).await;
        assert_eq!(code.facts.resources, ["https://a.example", "https://b.example/"]);
        assert_eq!(code.facts.scope.to_string(), "openid read");
    }
    let exact = browser.authorize(&client, &[("resource", "https://a.example/")]).await.takes_back_to(REDIRECT_URI);
    assert_eq!(exact["error"], "invalid_target");
}

#[tokio::test]
async fn the_default_resource_stands_in_when_none_is_named() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let resource = signet.resource("https://a.example", &["read"]).await;
    signet.permit(&alice, &resource).await;
    let path = format!("/resources/{}/is-default", resource["id"].as_str().unwrap());
    signet.api("PATCH", &path, json!({"isDefault": true})).await.expect(200);

    let answer = signet.browser().signs_in(&client, &alice, &[("scope", "openid read")]).await;

    let code = stored(&signet, &answer.takes_back_to(REDIRECT_URI)).await;
    assert_eq!(
        (code.facts.resources, code.facts.scope.to_string()),
        (vec!["https://a.example".to_owned()], "openid read".to_owned())
    );
}

#[tokio::test]
async fn offline_access_is_for_those_who_are_asked() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();

    let silent = browser.signs_in(&client, &alice, &[("scope", "openid offline_access")]).await;
    assert_eq!(stored(&signet, &silent.takes_back_to(REDIRECT_URI)).await.facts.scope.to_string(), "openid");
    let asked = [("scope", "openid offline_access"), ("prompt", "consent")];
    let asked = browser.signs_in(&client, &alice, &asked).await;
    let code = stored(&signet, &asked.takes_back_to(REDIRECT_URI)).await;
    assert_eq!(code.facts.scope.to_string(), "openid offline_access");
}
