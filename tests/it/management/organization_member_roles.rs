//! The roles of people and machines in organizations.

use super::organizations::{ids, organization, template_role, user};
use crate::signet;
use serde_json::{Value, json};

const ABSENT: &str = "entity.relation_foreign_key_not_found";
const MEMBERS_ONLY: &str = "organization.require_membership";

#[tokio::test]
async fn roles_are_given_by_id_and_by_name() {
    let signet = signet().await;
    let (acme, alice) = (organization(&signet, "Acme").await, user(&signet, "alice").await);
    let (reader, writer) =
        (template_role(&signet, "reader", "User").await, template_role(&signet, "writer", "User").await);
    signet.api("POST", &format!("/organizations/{acme}/users"), json!({"userIds": [alice]})).await.expect(201);
    let path = format!("/organizations/{acme}/users/{alice}/roles");

    let both = json!({"organizationRoleIds": [reader, reader], "organizationRoleNames": ["writer", "reader"]});
    let given = signet.api("POST", &path, both).await.expect(201);
    assert_eq!(given, json!({"organizationRoleIds": [reader, writer]}));
    let nothing = signet.api("POST", &path, json!({})).await.expect(201);
    assert_eq!(nothing, json!({"organizationRoleIds": []}));
    let page = signet.api("GET", &format!("{path}?page_size=1"), Value::Null).await;
    assert_eq!((page.expect(200)[0]["type"].as_str(), page.header("total-number")), (Some("User"), "2"));

    let unknown = signet.api("POST", &path, json!({"organizationRoleNames": ["reader", "none"]})).await;
    let refused = unknown.refuses_with(422, "organization.role_names_not_found");
    assert_eq!(refused["data"]["organizationRoleNames"], json!(["none"]));
    signet.api("PUT", &path, json!({"organizationRoleIds": ["none"]})).await.refuses_with(422, ABSENT);
    assert_eq!(ids(&signet, &path).await, [&*reader, &*writer], "a refused replacement replaces nothing");
    signet.api("PUT", &path, json!({"organizationRoleNames": ["writer"]})).await.expect(204);
    assert_eq!(ids(&signet, &path).await, [&*writer]);
    signet.api("DELETE", &format!("{path}/{writer}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{writer}"), Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn only_members_have_roles() {
    let signet = signet().await;
    let (acme, alice) = (organization(&signet, "Acme").await, user(&signet, "alice").await);
    let role = template_role(&signet, "member", "User").await;
    let robot = signet.machine("robot").await.id;
    let members = format!("/organizations/{acme}");

    for path in [format!("{members}/users/{alice}/roles"), format!("{members}/applications/{robot}/roles")] {
        for method in ["GET", "POST", "PUT"] {
            let answer = signet.api(method, &path, json!({"organizationRoleIds": [role]})).await;
            answer.refuses_with(422, MEMBERS_ONLY);
        }
        signet.api("DELETE", &format!("{path}/{role}"), Value::Null).await.refuses_with(422, MEMBERS_ONLY);
    }
    let many = json!({"userIds": [alice], "organizationRoleIds": [role]});
    signet.api("POST", &format!("{members}/users/roles"), many).await.refuses_with(422, ABSENT);
    let empty = json!({"userIds": [alice], "organizationRoleIds": []});
    signet.api("POST", &format!("{members}/users/roles"), empty).await.refuses_with(400, "guard.invalid_input");
    let scopes = signet.api("GET", &format!("{members}/users/{alice}/scopes"), Value::Null).await.expect(200);
    assert_eq!(scopes, json!([]));
}

#[tokio::test]
async fn permissions_of_several_roles_are_listed_once_and_of_this_organization_only() {
    let signet = signet().await;
    let (acme, other) = (organization(&signet, "Acme").await, organization(&signet, "Other").await);
    let alice = user(&signet, "alice").await;
    let mut scopes = Vec::new();
    for name in ["a", "b", "c"] {
        scopes.push(signet.api("POST", "/organization-scopes", json!({"name": name})).await.expect(201)["id"].clone());
    }
    for (place, name, granted) in [(&acme, "one", [0, 1]), (&acme, "two", [1, 1]), (&other, "three", [2, 2])] {
        let role = json!({"name": name, "organizationScopeIds": granted.map(|scope: usize| &scopes[scope])});
        let role = signet.api("POST", "/organization-roles", role).await.expect(201);
        signet.api("POST", &format!("/organizations/{place}/users"), json!({"userIds": [alice]})).await.expect(201);
        let path = format!("/organizations/{place}/users/{alice}/roles");
        signet.api("POST", &path, json!({"organizationRoleIds": [role["id"]]})).await.expect(201);
    }

    let held = signet.api("GET", &format!("/organizations/{acme}/users/{alice}/scopes"), Value::Null).await.expect(200);

    let expected = |id: &Value, name: &str| json!({"tenantId": "default", "id": id, "name": name, "description": null});
    assert_eq!(held, json!([expected(&scopes[0], "a"), expected(&scopes[1], "b")]));
}

#[tokio::test]
async fn members_that_are_no_people_are_machines_with_roles_of_machines() {
    let signet = signet().await;
    let acme = organization(&signet, "Acme").await;
    let (robot, page) = (signet.machine("robot").await.id, signet.single_page().await.id);
    let (mine, theirs) =
        (template_role(&signet, "robot", "MachineToMachine").await, template_role(&signet, "member", "User").await);
    let path = format!("/organizations/{acme}/applications");

    for _ in 0..2 {
        signet.api("POST", &path, json!({"applicationIds": [robot]})).await.expect(201);
    }
    for method in ["POST", "PUT"] {
        let answer = signet.api(method, &path, json!({"applicationIds": [robot, page]})).await;
        answer.refuses_with(422, "entity.db_constraint_violated");
        signet.api(method, &path, json!({"applicationIds": ["none"]})).await.refuses_with(422, ABSENT);
    }
    let roles = format!("{path}/{robot}/roles");
    let many = |role: &str| json!({"applicationIds": [robot], "organizationRoleIds": [role]});
    signet.api("POST", &format!("{path}/roles"), many(&mine)).await.expect(201);
    let wrong = signet.api("POST", &format!("{path}/roles"), many(&theirs)).await;
    wrong.refuses_with(422, "entity.db_constraint_violated");
    for method in ["POST", "PUT"] {
        let answer = signet.api(method, &roles, json!({"organizationRoleIds": [mine, theirs]})).await;
        answer.refuses_with(422, "entity.db_constraint_violated");
        signet.api(method, &roles, json!({"organizationRoleIds": []})).await.refuses_with(400, "guard.invalid_input");
    }
    let listed = signet.api("GET", &format!("{path}?q=ROB"), Value::Null).await.expect(200);
    let (id, held) = (&listed[0]["id"], &listed[0]["organizationRoles"]);
    assert_eq!((id, held), (&json!(robot), &json!([{"id": mine, "name": "robot"}])));
    let of_robot = signet.api("GET", &format!("/applications/{robot}/organizations"), Value::Null).await.expect(200);
    assert_eq!((&of_robot[0]["id"], &of_robot[0]["organizationRoles"]), (&json!(acme), held));
    assert!(!ids(&signet, &format!("/applications?excludeOrganizationId={acme}")).await.contains(&robot));

    signet.api("PUT", &path, json!({"applicationIds": [robot]})).await.expect(204);
    assert_eq!(ids(&signet, &roles).await, [&*mine]);
    signet.api("DELETE", &format!("{roles}/{mine}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{robot}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{robot}"), Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn roles_of_machines_do_not_go_to_people() {
    let signet = signet().await;
    let (acme, alice) = (organization(&signet, "Acme").await, user(&signet, "alice").await);
    let role = template_role(&signet, "robot", "MachineToMachine").await;
    let path = format!("/organizations/{acme}/users");
    signet.api("POST", &path, json!({"userIds": [alice]})).await.expect(201);

    for body in [json!({"organizationRoleIds": [role]}), json!({"organizationRoleNames": ["robot"]})] {
        let answer = signet.api("POST", &format!("{path}/{alice}/roles"), body).await;
        answer.refuses_with(422, "entity.db_constraint_violated");
    }
    let newcomers = format!("/organizations/{acme}/jit/roles");
    let answer = signet.api("POST", &newcomers, json!({"organizationRoleIds": [role]})).await;
    answer.refuses_with(422, "entity.db_constraint_violated");
}
