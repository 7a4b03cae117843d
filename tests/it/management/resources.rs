//! API resources and their scopes.

use crate::signet;
use serde_json::{Value, json};

#[tokio::test]
async fn a_resource_is_made_changed_and_deleted() {
    let signet = signet().await;

    let made = signet
        .api("POST", "/resources", json!({"name": "Shop", "indicator": "https://shop.example"}))
        .await
        .expect(201);
    let path = format!("/resources/{}", made["id"].as_str().unwrap());
    assert_eq!(
        (&made["isDefault"], &made["accessTokenTtl"], &made["scopes"]),
        (&json!(false), &json!(3600), &json!([]))
    );
    assert_eq!(made["tenantId"], "default");

    let changed = signet.api("PATCH", &path, json!({"name": "Store", "accessTokenTtl": 60})).await.expect(200);
    assert_eq!((&changed["name"], &changed["accessTokenTtl"]), (&json!("Store"), &json!(60)));
    signet.api("PATCH", &path, json!({})).await.refuses_with(422, "entity.invalid_input");
    signet
        .api("POST", "/resources", json!({"name": "x", "indicator": "https://shop.example"}))
        .await
        .refuses_with(422, "resource.resource_identifier_in_use");

    signet.api("DELETE", &path, Value::Null).await.expect(204);
    signet.api("GET", &path, Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
    signet.api("DELETE", &path, Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn at_most_one_resource_is_the_default() {
    let signet = signet().await;
    let (a, b) = (signet.resource("https://a.example", &[]).await, signet.resource("https://b.example", &[]).await);
    let set = async |resource: &Value, on: bool| {
        let path = format!("/resources/{}/is-default", resource["id"].as_str().unwrap());
        signet.api("PATCH", &path, json!({"isDefault": on})).await.expect(200)
    };

    set(&a, true).await;
    assert_eq!(set(&b, true).await["isDefault"], true);

    let all = signet.api("GET", "/resources", Value::Null).await.expect(200);
    let defaults: Vec<&Value> =
        all.as_array().unwrap().iter().filter(|resource| resource["isDefault"] == true).collect();
    assert_eq!(defaults.len(), 1);
    assert_eq!(defaults[0]["id"], b["id"]);
}

#[tokio::test]
async fn the_management_api_itself_cannot_be_changed() {
    let signet = signet().await;

    signet
        .api("PATCH", "/resources/management-api", json!({"name": "x"}))
        .await
        .refuses_with(400, "resource.cannot_modify_management_api");
    signet
        .api("DELETE", "/resources/management-api", Value::Null)
        .await
        .refuses_with(400, "resource.cannot_delete_management_api");
}

#[tokio::test]
async fn scope_names_are_unique_within_a_resource_and_hold_no_space() {
    let signet = signet().await;
    let shop = signet.resource("https://shop.example", &["read"]).await;
    let path = format!("/resources/{}/scopes", shop["id"].as_str().unwrap());

    signet.api("POST", &path, json!({"name": "a b"})).await.refuses_with(400, "scope.name_with_space");
    signet.api("POST", &path, json!({"name": "read"})).await.refuses_with(422, "scope.name_exists");
    let other = signet.resource("https://b.example", &["read"]).await;
    assert_eq!(other["scopes"][0]["name"], "read");

    let scope = format!("{path}/{}", shop["scopes"][0]["id"].as_str().unwrap());
    assert_eq!(signet.api("PATCH", &scope, json!({"name": "view"})).await.expect(200)["name"], "view");
    signet.api("DELETE", &scope, Value::Null).await.expect(204);
    signet.api("DELETE", &scope, Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn scopes_come_with_their_resources_on_request() {
    let signet = signet().await;
    signet.resource("https://shop.example", &["read", "write"]).await;

    let all = signet.api("GET", "/resources?includeScopes=true", Value::Null).await.expect(200);

    let shop = all.as_array().unwrap().iter().find(|resource| resource["indicator"] == "https://shop.example").unwrap();
    assert_eq!(shop["scopes"].as_array().unwrap().len(), 2);
}
