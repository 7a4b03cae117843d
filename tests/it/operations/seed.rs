//! The first data.

use crate::{signet, start};
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::signing_key::KeyFamily;
use signet_oidc::jose::key::PrivateKey;
use signet_tests::Signet;

#[tokio::test]
async fn a_new_database_has_the_management_api_and_its_role() {
    let signet = signet().await;

    let api = signet.api("GET", "/resources/management-api", Value::Null).await.expect(200);
    let roles = signet.api("GET", "/roles?type=MachineToMachine", Value::Null).await.expect(200);

    assert_eq!(
        (&api["name"], &api["indicator"]),
        (&json!("Logto Management API"), &json!("https://default.logto.app/api"))
    );
    let role = roles.as_array().unwrap().iter().find(|role| role["name"] == "Logto Management API access").unwrap();
    let scopes =
        signet.api("GET", &format!("/roles/{}/scopes", role["id"].as_str().unwrap()), Value::Null).await.expect(200);
    assert_eq!((&scopes[0]["id"], &scopes[0]["name"]), (&json!("management-api-all"), &json!("all")));
}

#[tokio::test]
async fn the_tenant_of_administrators_has_an_organization_for_each_tenant() {
    let signet = signet().await;
    let reader = signet.app.store.tenant(TenantId::admin()).read().await.unwrap();

    let organizations = reader.organizations(None, None).await.unwrap().items;
    let roles = reader.organization_roles(None, None, None).await.unwrap().items;

    let mut ids: Vec<&str> = organizations.iter().map(|organization| organization.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["t-admin", "t-default"]);
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["admin", "collaborator"]);
}

#[tokio::test]
async fn seeding_again_changes_nothing() {
    let signet = signet().await;
    let before = signet.get("/oidc/jwks").await.expect(200);

    let seeded = signet::seed::seed(&signet.app.store, &signet.settings.seed, &signet.deps, None).await.unwrap();

    assert_eq!(seeded, signet::seed::Seeded::Before);
    assert_eq!(signet.get("/oidc/jwks").await.expect(200), before);
}

#[tokio::test]
async fn imported_keys_are_the_only_ones_published() {
    let key = PrivateKey::generate(KeyFamily::Ec).unwrap();
    let pem = key.to_pem().unwrap();

    let signet = start(Signet::with().flag("oidc-private-keys", pem.expose())).await;

    let keys = signet.get("/oidc/jwks").await.expect(200);
    assert_eq!(keys["keys"], json!([key.public_jwk()]));
    signet.management_token().await;
}
