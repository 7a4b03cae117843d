//! Global roles.

use crate::signet;
use serde_json::{Value, json};

fn role(name: &str) -> Value {
    json!({"name": name, "description": "of a story", "type": "MachineToMachine"})
}

#[tokio::test]
async fn a_role_is_made_changed_and_deleted() {
    let signet = signet().await;

    let made = signet.api("POST", "/roles", role("reader")).await.expect(200);
    let path = format!("/roles/{}", made["id"].as_str().unwrap());
    assert_eq!((&made["type"], &made["isDefault"]), (&json!("MachineToMachine"), &json!(false)));
    signet.api("POST", "/roles", role("reader")).await.refuses_with(422, "role.name_in_use");
    assert_eq!(signet.api("PATCH", &path, json!({"name": "viewer"})).await.expect(200)["name"], "viewer");

    signet.api("DELETE", &path, Value::Null).await.expect(204);
    signet.api("GET", &path, Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
}

#[tokio::test]
async fn a_role_with_unknown_scopes_is_refused_and_not_made() {
    let signet = signet().await;
    let mut wanted = role("reader");
    wanted["scopeIds"] = json!(["doesnotexist"]);

    assert_eq!(signet.api("POST", "/roles", wanted).await.status, 422);

    let all = signet.api("GET", "/roles", Value::Null).await.expect(200);
    assert!(all.as_array().unwrap().iter().all(|role| role["name"] != "reader"));
}

#[tokio::test]
async fn scopes_are_added_once() {
    let signet = signet().await;
    let shop = signet.resource("https://shop.example", &["read", "write"]).await;
    let made = signet.api("POST", "/roles", role("reader")).await.expect(200);
    let path = format!("/roles/{}/scopes", made["id"].as_str().unwrap());
    let read = &shop["scopes"][0]["id"];

    signet.api("POST", &path, json!({"scopeIds": [read]})).await.expect(201);
    signet.api("POST", &path, json!({"scopeIds": [read]})).await.refuses_with(422, "role.scope_exists");

    let scopes = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(scopes[0]["resource"]["indicator"], "https://shop.example");
    signet.api("DELETE", &format!("{path}/{}", read.as_str().unwrap()), Value::Null).await.expect(204);
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), json!([]));
}

#[tokio::test]
async fn a_list_of_roles_says_who_holds_them() {
    let signet = signet().await;
    let shop = signet.resource("https://shop.example", &["read"]).await;
    let robot = signet.machine("robot").await;
    let held = signet.allow(&robot, &shop).await;

    let all = signet.api("GET", "/roles?type=MachineToMachine", Value::Null).await.expect(200);

    let found = all.as_array().unwrap().iter().find(|role| role["id"] == held["id"]).unwrap();
    assert_eq!((&found["applicationsCount"], &found["usersCount"]), (&json!(1), &json!(0)));
    assert_eq!(found["featuredApplications"][0]["id"], robot.id);
}

#[tokio::test]
async fn names_of_the_servers_own_roles_are_taken() {
    let signet = signet().await;
    signet.api("POST", "/roles", role("#internal:mine")).await.refuses_with(403, "role.internal_role_violation");
    signet.api("DELETE", "/roles/admin-role", Value::Null).await.refuses_with(403, "role.internal_role_violation");
}

#[tokio::test]
async fn only_machine_roles_go_to_machines_and_only_machines_take_roles() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    let web = signet.machine_with(json!({"name": "web", "type": "Traditional"})).await;
    let user_role =
        signet.api("POST", "/roles", json!({"name": "u", "description": "d", "type": "User"})).await.expect(200);
    let machine_role = signet.api("POST", "/roles", role("m")).await.expect(200);
    let give = async |machine: &signet_tests::Machine, role: &Value| {
        signet.api("POST", &format!("/applications/{}/roles", machine.id), json!({"roleIds": [role["id"]]})).await
    };

    give(&robot, &user_role).await.refuses_with(422, "application.invalid_role_type");
    give(&web, &machine_role).await.refuses_with(422, "application.invalid_type");
    let given = give(&robot, &machine_role).await.expect(201);
    assert_eq!(given, json!({"roleIds": [machine_role["id"]], "addedRoleIds": [machine_role["id"]]}));
    assert_eq!(give(&robot, &machine_role).await.expect(201)["addedRoleIds"], json!([]));
    let path = format!("/applications/{}/roles", robot.id);
    let nothing = signet.api("POST", &path, json!({"roleIds": []})).await.expect(201);
    assert_eq!(nothing, json!({"roleIds": [], "addedRoleIds": []}));
    signet.api("PUT", &path, json!({"roleIds": []})).await.expect(200);
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), json!([]));
}
