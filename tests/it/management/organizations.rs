//! Organizations, and who belongs to them.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::Signet;

pub(super) async fn organization(signet: &Signet, name: &str) -> String {
    let made = signet.api("POST", "/organizations", json!({"name": name})).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

pub(super) async fn user(signet: &Signet, name: &str) -> String {
    let made = signet.api("POST", "/users", json!({"username": name, "name": name})).await.expect(200);
    made["id"].as_str().unwrap().to_owned()
}

pub(super) async fn template_role(signet: &Signet, name: &str, kind: &str) -> String {
    let made = signet.api("POST", "/organization-roles", json!({"name": name, "type": kind})).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

pub(super) async fn ids(signet: &Signet, path: &str) -> Vec<String> {
    let found = signet.api("GET", path, Value::Null).await.expect(200);
    found.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

const ABSENT: &str = "entity.relation_foreign_key_not_found";

#[tokio::test]
async fn an_organization_is_made_changed_and_deleted() {
    let signet = signet().await;
    let wanted =
        json!({"name": "Acme", "customData": {"a": 1}, "branding": {"logoUrl": "https://acme.example/l", "x": 1}});
    let made = signet.api("POST", "/organizations", wanted).await.expect(201);
    let path = format!("/organizations/{}", made["id"].as_str().unwrap());
    let expected = json!({"tenantId": "default", "id": made["id"], "name": "Acme", "description": null,
        "customData": {"a": 1}, "isMfaRequired": false, "color": {},
        "branding": {"logoUrl": "https://acme.example/l"}, "customCss": null, "createdAt": made["createdAt"]});
    assert_eq!((&made, made["id"].as_str().unwrap().len()), (&expected, 12));
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), expected);

    let change = json!({"customData": {"b": 2}, "description": "ours", "color": {"primaryColor": "#abc"}});
    let changed = signet.api("PATCH", &path, change).await.expect(200);
    assert_eq!((&changed["customData"], &changed["description"]), (&json!({"b": 2}), &json!("ours")));
    assert_eq!((&changed["name"], &changed["branding"]), (&made["name"], &made["branding"]));
    let cleared = signet.api("PATCH", &path, json!({"description": null})).await.expect(200);
    assert_eq!((&cleared["description"], &cleared["customData"]), (&Value::Null, &json!({"b": 2})));
    signet.api("PATCH", &path, json!({"x": 1})).await.refuses_with(422, "entity.invalid_input");

    signet.api("DELETE", &path, Value::Null).await.expect(204);
    signet.api("DELETE", &path, Value::Null).await.refuses_with(404, "entity.not_found");
    for method in ["GET", "PATCH"] {
        signet.api(method, &path, json!({"name": "x"})).await.refuses_with(404, "entity.not_exists_with_id");
    }
}

#[tokio::test]
async fn what_is_no_organization_is_refused() {
    let signet = signet().await;
    for body in [
        json!({}),
        json!({"name": ""}),
        json!({"name": "n".repeat(129)}),
        json!({"name": "x", "description": "d".repeat(257)}),
        json!({"name": "x", "customData": []}),
        json!({"name": "x", "color": {"primaryColor": "red"}}),
        json!({"name": "x", "branding": {"favicon": "no url"}}),
    ] {
        signet.api("POST", "/organizations", body).await.refuses_with(400, "guard.invalid_input");
    }
}

#[tokio::test]
async fn organizations_are_found_by_parts_of_id_and_name_and_show_their_people() {
    let signet = signet().await;
    let (acme, empty) = (organization(&signet, "Acme").await, organization(&signet, "Empty").await);
    let mut users = Vec::new();
    for name in ["a", "b", "c", "d"] {
        users.push(user(&signet, name).await);
    }
    signet.api("POST", &format!("/organizations/{acme}/users"), json!({"userIds": users})).await.expect(201);

    assert_eq!(ids(&signet, "/organizations?q=CM").await, [&*acme]);
    assert_eq!(ids(&signet, &format!("/organizations?q={}", &empty[2..])).await, [&*empty]);
    let page = signet.api("GET", "/organizations?page_size=1&page=2&showFeatured=true", Value::Null).await;
    assert_eq!(page.header("total-number"), "2");
    let plain = signet.api("GET", "/organizations", Value::Null).await.expect(200);
    assert!(plain[0].get("usersCount").is_none());
    let shown = signet.api("GET", "/organizations?showFeatured=true&q=acme", Value::Null).await.expect(200);
    assert_eq!((&shown[0]["usersCount"], shown[0]["featuredUsers"].as_array().unwrap().len()), (&json!(4), 3));
    let nobody = signet.api("GET", "/organizations?showFeatured=true&q=empty", Value::Null).await.expect(200);
    assert_eq!((&nobody[0]["usersCount"], &nobody[0]["featuredUsers"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn people_join_once_and_leave_with_their_roles() {
    let signet = signet().await;
    let acme = organization(&signet, "Acme").await;
    let (alice, bob) = (user(&signet, "alice").await, user(&signet, "bob").await);
    let role = template_role(&signet, "member", "User").await;
    let path = format!("/organizations/{acme}/users");

    let added = signet.api("POST", &path, json!({"userIds": [alice, alice]})).await.expect(201);
    assert_eq!(added, json!({"userIds": [alice, alice]}));
    signet.api("POST", &path, json!({"userIds": [alice, bob]})).await.expect(201);
    signet.api("POST", &format!("{path}/{alice}/roles"), json!({"organizationRoleIds": [role]})).await.expect(201);
    let members = signet.api("GET", &path, Value::Null).await.expect(200);
    let (listed, others) = (members.as_array().unwrap(), json!([]));
    let of = |id: &str| listed.iter().find(|member| member["id"] == id).unwrap();
    assert_eq!((listed.len(), of(&alice).get("hasPassword")), (2, None));
    assert_eq!(of(&alice)["organizationRoles"], json!([{"id": role, "name": "member"}]));
    assert_eq!(of(&bob)["organizationRoles"], others);
    assert_eq!(ids(&signet, &format!("{path}?organizationRoleId={role}")).await, [&*alice]);
    assert_eq!(ids(&signet, &format!("{path}?q=BO")).await, [&*bob]);

    signet.api("PUT", &path, json!({"userIds": [alice]})).await.expect(204);
    assert_eq!(ids(&signet, &format!("{path}/{alice}/roles")).await, [&*role], "who stays keeps the roles");
    assert_eq!(ids(&signet, &format!("/users?excludeOrganizationId={acme}")).await, [&*bob]);
    signet.api("DELETE", &format!("{path}/{alice}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{alice}"), Value::Null).await.refuses_with(404, "entity.not_found");
    signet.api("POST", &path, json!({"userIds": [alice]})).await.expect(201);
    assert!(ids(&signet, &format!("{path}/{alice}/roles")).await.is_empty());
    signet.api("PUT", &path, json!({"userIds": []})).await.expect(204);
    assert!(ids(&signet, &path).await.is_empty());
}

#[tokio::test]
async fn whoever_is_not_there_cannot_join() {
    let signet = signet().await;
    let acme = organization(&signet, "Acme").await;
    let alice = user(&signet, "alice").await;
    let path = format!("/organizations/{acme}/users");

    signet.api("POST", &path, json!({"userIds": []})).await.refuses_with(400, "guard.invalid_input");
    for unknown in ["nobody", "not an id"] {
        for method in ["POST", "PUT"] {
            signet.api(method, &path, json!({"userIds": [alice, unknown]})).await.refuses_with(422, ABSENT);
        }
    }
    for method in ["POST", "PUT"] {
        for place in ["/organizations/nowhere/users", "/organizations/no%20id/users"] {
            signet.api(method, place, json!({"userIds": [alice]})).await.refuses_with(422, ABSENT);
        }
    }
    assert!(ids(&signet, &path).await.is_empty(), "all or nobody");
    signet.api("GET", "/organizations/nowhere/users", Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
}

#[tokio::test]
async fn an_organization_that_is_deleted_leaves_its_members() {
    let signet = signet().await;
    let acme = organization(&signet, "Acme").await;
    let alice = user(&signet, "alice").await;
    let role = template_role(&signet, "member", "User").await;
    let path = format!("/organizations/{acme}/users");
    signet.api("POST", &path, json!({"userIds": [alice]})).await.expect(201);
    let roles = json!({"userIds": [alice], "organizationRoleIds": [role]});
    signet.api("POST", &format!("{path}/roles"), roles).await.expect(201);
    let of_alice = signet.api("GET", &format!("/users/{alice}/organizations"), Value::Null).await.expect(200);
    assert_eq!((&of_alice[0]["id"], &of_alice[0]["customData"]), (&json!(acme), &json!({})));
    assert_eq!(of_alice[0]["organizationRoles"], json!([{"id": role, "name": "member"}]));

    signet.api("DELETE", &format!("/organizations/{acme}"), Value::Null).await.expect(204);

    assert!(ids(&signet, &format!("/users/{alice}/organizations")).await.is_empty());
    signet.api("GET", &format!("/organization-roles/{role}"), Value::Null).await.expect(200);
}
