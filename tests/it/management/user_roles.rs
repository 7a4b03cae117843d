//! Which people hold which roles.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::Signet;

async fn user(signet: &Signet, name: &str) -> String {
    let made = signet.api("POST", "/users", json!({"username": name, "name": name})).await.expect(200);
    made["id"].as_str().unwrap().to_owned()
}

async fn role(signet: &Signet, name: &str, fields: Value) -> String {
    let mut wanted = json!({"name": name, "description": "of a story", "type": "User"});
    for (name, value) in fields.as_object().unwrap() {
        wanted[name] = value.clone();
    }
    let made = signet.api("POST", "/roles", wanted).await.expect(200);
    made["id"].as_str().unwrap().to_owned()
}

async fn ids(signet: &Signet, path: &str) -> Vec<String> {
    let found = signet.api("GET", path, Value::Null).await.expect(200);
    found.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn new_users_get_the_default_roles() {
    let signet = signet().await;
    let before = user(&signet, "before").await;
    let default = role(&signet, "default", json!({"isDefault": true})).await;
    role(&signet, "other", json!({})).await;
    role(&signet, "robots", json!({"type": "MachineToMachine", "isDefault": true})).await;

    let after = user(&signet, "after").await;

    assert_eq!(ids(&signet, &format!("/users/{after}/roles")).await, [default]);
    assert!(ids(&signet, &format!("/users/{before}/roles")).await.is_empty());
}

#[tokio::test]
async fn roles_of_a_user_are_added_replaced_and_taken() {
    let signet = signet().await;
    let alice = user(&signet, "alice").await;
    let (reader, writer) = (role(&signet, "a reader", json!({})).await, role(&signet, "a writer", json!({})).await);
    let path = format!("/users/{alice}/roles");

    let added = signet.api("POST", &path, json!({"roleIds": [reader]})).await.expect(201);
    assert_eq!(added, json!({"roleIds": [reader], "addedRoleIds": [reader]}));
    let again = signet.api("POST", &path, json!({"roleIds": [reader, writer]})).await.expect(201);
    assert_eq!(again["addedRoleIds"], json!([writer]));
    assert_eq!(ids(&signet, &path).await, [&*reader, &*writer]);
    assert_eq!(ids(&signet, &format!("{path}?search=%25writ%25")).await, [&*writer]);
    let page = signet.api("GET", &format!("{path}?page=1&page_size=1"), Value::Null).await;
    assert_eq!(page.header("total-number"), "2");

    let replaced = signet.api("PUT", &path, json!({"roleIds": [writer, writer]})).await.expect(200);
    assert_eq!((replaced, ids(&signet, &path).await), (json!({"roleIds": [writer]}), vec![writer.clone()]));
    let nothing = signet.api("POST", &path, json!({"roleIds": []})).await.expect(201);
    assert_eq!(
        (nothing, ids(&signet, &path).await),
        (json!({"roleIds": [], "addedRoleIds": []}), vec![writer.clone()])
    );
    signet.api("DELETE", &format!("{path}/{writer}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{writer}"), Value::Null).await.refuses_with(404, "entity.not_found");
    signet.api("POST", &path, json!({"roleIds": [reader]})).await.expect(201);
    assert_eq!(signet.api("PUT", &path, json!({"roleIds": []})).await.expect(200), json!({"roleIds": []}));
    assert!(ids(&signet, &path).await.is_empty());
}

#[tokio::test]
async fn only_roles_of_people_go_to_people() {
    let signet = signet().await;
    let alice = user(&signet, "alice").await;
    let (mine, robots) =
        (role(&signet, "mine", json!({})).await, role(&signet, "robots", json!({"type": "MachineToMachine"})).await);
    let path = format!("/users/{alice}/roles");

    for method in ["POST", "PUT"] {
        let machine = signet.api(method, &path, json!({"roleIds": [mine, robots]})).await;
        machine.refuses_with(422, "user.invalid_role_type");
        let unknown = signet.api(method, &path, json!({"roleIds": [mine, "doesnotexist"]})).await;
        unknown.refuses_with(404, "entity.not_exists_with_id");
        let nobody = signet.api(method, "/users/nobody/roles", json!({"roleIds": [mine]})).await;
        nobody.refuses_with(404, "entity.not_found");
    }
    let people = signet.api("POST", &format!("/roles/{robots}/users"), json!({"userIds": [alice]})).await;
    people.refuses_with(422, "entity.db_constraint_violated");
    assert!(ids(&signet, &path).await.is_empty());
}

#[tokio::test]
async fn a_role_is_given_to_people_and_knows_them() {
    let signet = signet().await;
    let (alice, bob) = (user(&signet, "alice").await, user(&signet, "bob").await);
    let reader = role(&signet, "reader", json!({})).await;
    let path = format!("/roles/{reader}/users");

    signet.api("POST", &path, json!({"userIds": [alice, alice]})).await.expect(201);
    signet.api("POST", &path, json!({"userIds": [bob, alice]})).await.refuses_with(422, "role.user_exists");
    signet.api("POST", &path, json!({"userIds": []})).await.refuses_with(400, "guard.invalid_input");
    let unknown = signet.api("POST", &path, json!({"userIds": ["nobody"]})).await;
    unknown.refuses_with(404, "entity.not_exists_with_id");

    assert_eq!(ids(&signet, &path).await, [&*alice]);
    assert!(ids(&signet, &format!("{path}?search.username=b%25")).await.is_empty());
    assert_eq!(ids(&signet, &format!("/users?excludeRoleId={reader}")).await, [&*bob]);
    assert!(!ids(&signet, &format!("/roles?excludeUserId={alice}")).await.contains(&reader));
    let listed = signet.api("GET", "/roles?type=User&search=reader", Value::Null).await.expect(200);
    assert_eq!(listed[0]["usersCount"], 1);
    assert_eq!(listed[0]["featuredUsers"], json!([{"id": alice, "avatar": null, "name": "alice"}]));

    signet.api("DELETE", &format!("{path}/{alice}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{alice}"), Value::Null).await.refuses_with(404, "entity.not_found");
    signet.api("GET", "/roles/doesnotexist/users", Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
}
