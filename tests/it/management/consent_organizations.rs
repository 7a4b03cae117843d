//! The organizations that a person let a third-party application into, as administrators see and change them.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::Signet;
use signet_tests::shopping::Shopping;

const MEMBERS_ONLY: &str = "organization.require_membership";

async fn consents(signet: &Signet, shopping: &Shopping) -> String {
    let client = signet.third_party().await;
    format!("/applications/{}/users/{}/consent-organizations", client.id, shopping.alice.id)
}

async fn names(signet: &Signet, path: &str) -> String {
    let found = signet.api("GET", path, Value::Null).await.expect(200);
    let mut names: Vec<_> =
        found["organizations"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.join(" ")
}

#[tokio::test]
async fn consents_are_listed_added_replaced_and_withdrawn() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (foo, bar) = (&shopping.foo, &shopping.bar);
    let path = consents(&signet, &shopping).await;

    for _ in 0..2 {
        signet.api("POST", &path, json!({"organizationIds": [foo]})).await.expect(201);
    }
    let listed = signet.api("GET", &path, Value::Null).await;
    assert_eq!(listed.header("total-number"), "1");
    assert!(listed.header("link").contains("rel=\"first\""));
    let whole = signet.api("GET", &format!("/organizations/{foo}"), Value::Null).await.expect(200);
    assert_eq!(listed.expect(200), json!({"organizations": [whole]}));
    signet.api("POST", &path, json!({"organizationIds": [bar]})).await.expect(201);
    assert_eq!(names(&signet, &path).await, "bar foo");
    assert_eq!(names(&signet, &format!("{path}?page_size=1&page=2")).await.len(), 3);
    signet.api("PUT", &path, json!({"organizationIds": [bar, bar]})).await.expect(204);
    assert_eq!(names(&signet, &path).await, "bar");
    signet.api("DELETE", &format!("{path}/{bar}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{bar}"), Value::Null).await.refuses_with(404, "entity.not_found");
    signet.api("PUT", &path, json!({"organizationIds": []})).await.expect(204);
    signet.api("POST", &path, json!({"organizationIds": []})).await.refuses_with(400, "guard.invalid_input");
}

#[tokio::test]
async fn a_consent_needs_a_member_and_goes_with_the_membership() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let path = consents(&signet, &shopping).await;
    let other = signet.made("/organizations", json!({"name": "other"})).await;
    for method in ["POST", "PUT"] {
        for organization in [other.as_str(), "nowhere", "a b"] {
            let body = json!({"organizationIds": [shopping.foo, organization]});
            signet.api(method, &path, body).await.refuses_with(422, MEMBERS_ONLY);
        }
    }
    assert_eq!(names(&signet, &path).await, "", "a refused request changes nothing");
    signet.api("POST", &path, json!({"organizationIds": [shopping.foo, shopping.bar]})).await.expect(201);

    let member = format!("/organizations/{}/users/{}", shopping.foo, shopping.alice.id);
    signet.api("DELETE", &member, Value::Null).await.expect(204);
    signet.joins(&shopping.alice, &shopping.foo, &[]).await;

    assert_eq!(names(&signet, &path).await, "bar", "whoever comes back is asked again");
}

#[tokio::test]
async fn attack_53_consents_are_nobody_elses() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (stranger, web) = (signet.third_party().await, signet.web().await);
    let of = |client: &str, user: &str| format!("/applications/{client}/users/{user}/consent-organizations");
    let alice = shopping.alice.id.as_str();
    let body = || json!({"organizationIds": [shopping.foo]});

    for method in ["GET", "POST", "PUT"] {
        let own = signet.api(method, &of(&web.id, alice), body()).await;
        own.refuses_with(422, "application.third_party_application_only");
        signet.api(method, &of("nobody", alice), body()).await.refuses_with(404, "entity.not_exists_with_id");
        assert_eq!(signet.api(method, &of(&stranger.id, "nobody"), body()).await.status, 404);
        assert_eq!(signet.api(method, &of(&stranger.id, "a%20b"), body()).await.status, 404);
        // The console exists, in the other tenant.
        signet.api(method, &of("admin-console", alice), body()).await.refuses_with(404, "entity.not_exists_with_id");
    }
    let bob = signet.person("bob").await;
    let theirs = signet.api("POST", &of(&stranger.id, bob.id.as_str()), body()).await;
    theirs.refuses_with(422, MEMBERS_ONLY);
}
