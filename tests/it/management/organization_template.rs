//! The roles and permissions that all organizations share.

use super::organizations::{ids, template_role};
use crate::signet;
use serde_json::{Value, json};

const ABSENT: &str = "entity.relation_foreign_key_not_found";

#[tokio::test]
async fn roles_and_permissions_have_names_of_their_own() {
    let signet = signet().await;
    for (path, extra) in [("/organization-roles", json!({"type": "User"})), ("/organization-scopes", json!({}))] {
        let made = signet.api("POST", path, json!({"name": "one", "description": "first"})).await.expect(201);
        let mut expected = json!({"tenantId": "default", "id": made["id"], "name": "one", "description": "first"});
        expected.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        assert_eq!(made, expected);
        let one = format!("{path}/{}", made["id"].as_str().unwrap());
        let other = signet.api("POST", path, json!({"name": "other"})).await.expect(201);
        let other = other["id"].as_str().unwrap();

        let taken = "entity.unique_integrity_violation";
        signet.api("POST", path, json!({"name": "one"})).await.refuses_with(422, taken);
        signet.api("PATCH", &format!("{path}/{other}"), json!({"name": "one"})).await.refuses_with(422, taken);
        signet.api("PATCH", &one, json!({})).await.refuses_with(422, "entity.invalid_input");
        signet.api("POST", path, json!({"name": "n".repeat(129)})).await.refuses_with(400, "guard.invalid_input");
        let cleared = signet.api("PATCH", &one, json!({"description": null})).await.expect(200);
        assert_eq!((&cleared["name"], &cleared["description"]), (&json!("one"), &Value::Null));
        assert_eq!(signet.api("GET", &one, Value::Null).await.expect(200), cleared);
        assert_eq!(ids(&signet, &format!("{path}?q=THE")).await, [other]);
        let page = signet.api("GET", &format!("{path}?page_size=1"), Value::Null).await;
        assert_eq!(page.header("total-number"), "2");

        signet.api("DELETE", &one, Value::Null).await.expect(204);
        signet.api("DELETE", &one, Value::Null).await.refuses_with(404, "entity.not_found");
        signet.api("GET", &one, Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
    }
}

#[tokio::test]
async fn a_role_shows_what_it_grants() {
    let signet = signet().await;
    let scope = signet.api("POST", "/organization-scopes", json!({"name": "invite"})).await.expect(201);
    let resource = signet.resource("https://shop.example", &["read"]).await;
    let read = &resource["scopes"][0]["id"];
    let wanted = json!({"name": "admin", "organizationScopeIds": [scope["id"]], "resourceScopeIds": [read]});
    let made = signet.api("POST", "/organization-roles", wanted).await.expect(201);
    assert!(made.get("scopes").is_none());
    template_role(&signet, "other", "MachineToMachine").await;

    let listed = signet.api("GET", "/organization-roles?q=admin", Value::Null).await.expect(200);

    assert_eq!(listed[0]["scopes"], json!([{"id": scope["id"], "name": "invite"}]));
    let of = json!({"id": resource["id"], "name": resource["name"]});
    assert_eq!(listed[0]["resourceScopes"], json!([{"id": read, "name": "read", "resource": of}]));
    let unknown = json!({"name": "x", "organizationScopeIds": ["none"]});
    signet.api("POST", "/organization-roles", unknown).await.refuses_with(422, ABSENT);
    assert!(ids(&signet, "/organization-roles?q=x").await.is_empty());
}

#[tokio::test]
async fn roles_are_found_by_whom_they_are_for() {
    let signet = signet().await;
    let person = template_role(&signet, "order reader", "User").await;
    let robot = template_role(&signet, "order robot", "MachineToMachine").await;

    assert_eq!(ids(&signet, "/organization-roles?type=User").await, [person]);
    assert_eq!(ids(&signet, "/organization-roles?type=MachineToMachine&q=order").await, [robot]);
    assert!(ids(&signet, "/organization-roles?type=MachineToMachine&q=reader").await.is_empty());
    let other = signet.api("GET", "/organization-roles?type=Robot", Value::Null).await;
    other.refuses_with(400, "guard.invalid_input");
}

#[tokio::test]
async fn what_a_role_grants_is_added_replaced_and_taken() {
    let signet = signet().await;
    let role = template_role(&signet, "admin", "User").await;
    let mut scopes = Vec::new();
    for name in ["a", "b"] {
        let made = signet.api("POST", "/organization-scopes", json!({"name": name})).await.expect(201);
        scopes.push(made["id"].as_str().unwrap().to_owned());
    }
    let resource = signet.resource("https://shop.example", &["a", "b"]).await;
    let of_api: Vec<String> =
        [0, 1].map(|scope: usize| resource["scopes"][scope]["id"].as_str().unwrap().to_owned()).into();
    for (kind, member, [a, b]) in [
        ("scopes", "organizationScopeIds", [&scopes[0], &scopes[1]]),
        ("resource-scopes", "scopeIds", [&of_api[0], &of_api[1]]),
    ] {
        let path = format!("/organization-roles/{role}/{kind}");
        for _ in 0..2 {
            signet.api("POST", &path, json!({ member: [a, a] })).await.expect(201);
        }
        assert_eq!(ids(&signet, &path).await, [&**a]);
        signet.api("POST", &path, json!({ member: [] })).await.refuses_with(400, "guard.invalid_input");
        for method in ["POST", "PUT"] {
            signet.api(method, &path, json!({ member: [b, "none"] })).await.refuses_with(422, ABSENT);
            let nowhere = format!("/organization-roles/none/{kind}");
            signet.api(method, &nowhere, json!({ member: [b] })).await.refuses_with(422, ABSENT);
        }
        signet.api("PUT", &path, json!({ member: [b] })).await.expect(204);
        assert_eq!(ids(&signet, &path).await, [&**b]);
        signet.api("DELETE", &format!("{path}/{b}"), Value::Null).await.expect(204);
        signet.api("DELETE", &format!("{path}/{b}"), Value::Null).await.refuses_with(404, "entity.not_found");
        let nowhere = signet.api("GET", &format!("/organization-roles/none/{kind}"), Value::Null).await;
        nowhere.refuses_with(404, "entity.not_exists_with_id");
    }
}
