//! The rules of who may use an application.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::Signet;

fn rules(fields: &Value) -> Value {
    let mut rules = json!({"userIds": [], "userRoleIds": [], "organizationIds": [], "organizationRoleRules": []});
    for (name, value) in fields.as_object().unwrap() {
        rules[name] = value.clone();
    }
    rules
}

async fn paths(signet: &Signet) -> (String, String) {
    let application = format!("/applications/{}", signet.web().await.id);
    (application.clone(), format!("{application}/access-control"))
}

#[tokio::test]
async fn rules_are_shown_once_each_and_in_order() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (_, path) = paths(&signet).await;
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), rules(&json!({})));
    let bob = signet.person("bob").await;
    let mut people = [shopping.alice.id.to_string(), bob.id.to_string()];
    let (foo, admin, member) = (&shopping.foo, &shopping.admin, &shopping.member);

    let sent = rules(&json!({
        "userIds": [people[1], people[0], people[1]],
        "organizationIds": [foo, foo],
        "organizationRoleRules": [
            {"organizationId": foo, "organizationRoleIds": [admin]},
            {"organizationId": foo, "organizationRoleIds": [member, admin]},
        ],
    }));
    let stored = signet.api("PUT", &path, sent).await.expect(200);

    people.sort();
    let mut roles = [admin, member];
    roles.sort();
    let expected = rules(&json!({"userIds": people, "organizationIds": [foo],
        "organizationRoleRules": [{"organizationId": foo, "organizationRoleIds": roles}]}));
    assert_eq!(stored, expected);
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), expected);
    let replaced = rules(&json!({"userIds": [bob.id]}));
    assert_eq!(signet.api("PUT", &path, replaced.clone()).await.expect(200), replaced);
}

#[tokio::test]
async fn access_is_not_controlled_without_a_rule() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let (application, path) = paths(&signet).await;
    let on = || json!({"appLevelAccessControlEnabled": true});
    signet.api("PATCH", &application, on()).await.refuses_with(422, "request.invalid_input");

    signet.api("PUT", &path, rules(&json!({"userIds": [alice.id]}))).await.expect(200);
    let switched = signet.api("PATCH", &application, on()).await.expect(200);
    assert_eq!(switched["appLevelAccessControlEnabled"], true);
    signet.api("PUT", &path, rules(&json!({}))).await.refuses_with(422, "request.invalid_input");
    signet.api("PATCH", &application, json!({"appLevelAccessControlEnabled": false})).await.expect(200);
    signet.api("PUT", &path, rules(&json!({}))).await.expect(200);
}

#[tokio::test]
async fn rules_name_what_exists_and_are_not_too_many() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (_, path) = paths(&signet).await;
    let (foo, admin) = (&shopping.foo, &shopping.admin);
    let group =
        |organization: &str, roles: Value| json!({"organizationId": organization, "organizationRoleIds": roles});
    for unknown in [
        json!({"userIds": ["nobody"]}),
        json!({"userIds": ["a b"]}),
        json!({"userRoleIds": ["none"]}),
        json!({"organizationIds": ["none"]}),
        json!({"organizationRoleRules": [group("none", json!([admin]))]}),
        json!({"organizationRoleRules": [group(foo, json!(["none"]))]}),
    ] {
        let answer = signet.api("PUT", &path, rules(&unknown)).await;
        answer.refuses_with(404, "entity.relation_foreign_key_not_found");
    }
    let empty = rules(&json!({"organizationRoleRules": [group(foo, json!([]))]}));
    signet.api("PUT", &path, empty).await.refuses_with(422, "request.invalid_input");
    let ids = |count: usize| (0..count).map(|number| format!("u{number}")).collect::<Vec<_>>();
    for (count, status) in [(2001, 400), (1001, 400), (1000, 404)] {
        let answer = signet.api("PUT", &path, rules(&json!({"userIds": ids(count)}))).await;
        assert_eq!(answer.status.as_u16(), status, "{count}");
    }
    for missing in ["userIds", "userRoleIds", "organizationIds", "organizationRoleRules"] {
        let mut body = rules(&json!({}));
        body.as_object_mut().unwrap().remove(missing);
        signet.api("PUT", &path, body).await.refuses_with(400, "guard.invalid_input");
    }
    for method in ["GET", "PUT"] {
        let nobody = signet.api(method, "/applications/nobody/access-control", rules(&json!({}))).await;
        nobody.refuses_with(404, "entity.not_exists_with_id");
    }
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), rules(&json!({})), "nothing was stored");
}
