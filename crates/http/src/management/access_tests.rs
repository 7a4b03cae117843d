//! Requests about resources, scopes and roles, and who may make requests at all, through the whole router.

use super::harness::{Answer, TestTenant};
use super::openapi::operations;
use serde_json::{Value, json};

const ROLE: &str = "machine-role";

async fn create(tenant: &TestTenant, path: &str, body: Value, status: u16) -> String {
    tenant.post(path, body).await.ok(status)["id"].as_str().unwrap().to_owned()
}

async fn patch(tenant: &TestTenant, path: &str, body: Value) -> Answer {
    tenant.call("PATCH", path, Some(body)).await
}

async fn delete(tenant: &TestTenant, path: &str) -> Answer {
    tenant.call("DELETE", path, None).await
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

/// Operations for everybody.
const OPEN: [&str; 6] = [
    "get_status",
    "get_swagger_json",
    "get_management_openapi_json",
    "get_well_known_sign_in_exp",
    "get_well_known_experience",
    "get_phrases",
];

/// For the browser that has a cookie of a sign-in.
fn is_of_a_browser(path: &str) -> bool {
    path.starts_with("/api/experience") || path.starts_with("/api/interaction")
}

#[tokio::test]
async fn attack_53_every_operation_asks_who_calls() {
    let tenant = TestTenant::new().await;
    for (method, path, id) in operations() {
        let path = path.replace(['{', '}'], "");
        let answer = tenant.anonymous(method.as_str(), &path).await;
        if OPEN.contains(&id.as_str()) {
            assert!(answer.status < 300, "{id}");
        } else if is_of_a_browser(&path) {
            assert_eq!(answer.refusal(), (400, "session.not_found"), "{id}");
        } else {
            assert_eq!(answer.refusal(), (401, "auth.authorization_header_missing"), "{id}");
            assert_eq!(answer.headers["www-authenticate"], "Bearer", "{id}");
        }
    }
}

#[tokio::test]
async fn resources_are_made_changed_and_deleted() {
    let tenant = TestTenant::new().await;
    let orders = json!({"name": "Orders", "indicator": "https://orders.example", "tenantId": "other"});
    let made = tenant.post("/resources", orders.clone()).await.ok(201);
    let path = format!("/resources/{}", made["id"].as_str().unwrap());
    let mut expected = json!({"tenantId": "default", "id": made["id"], "name": "Orders",
        "indicator": "https://orders.example", "isDefault": false, "accessTokenTtl": 3600, "scopes": []});
    assert_eq!(made, expected);
    expected.as_object_mut().unwrap().remove("scopes");
    assert_eq!(tenant.get(&path).await.ok(200), expected);
    assert_eq!(tenant.post("/resources", orders).await.refusal(), (422, "resource.resource_identifier_in_use"));

    let changed = patch(&tenant, &path, json!({"accessTokenTtl": 60, "indicator": "https://x.example"})).await.ok(200);
    assert_eq!((&changed["accessTokenTtl"], &changed["indicator"]), (&json!(60), &json!("https://orders.example")));
    assert_eq!(patch(&tenant, &path, json!({"indicator": "x"})).await.refusal(), (422, "entity.invalid_input"));
    assert_eq!(patch(&tenant, &path, json!({"name": ""})).await.refusal(), (400, "guard.invalid_input"));
    assert_eq!(patch(&tenant, "/resources/none", json!({})).await.refusal(), (404, "entity.not_exists_with_id"));

    let all = tenant.get("/resources").await;
    assert!(!all.headers.contains_key("total-number"));
    assert_eq!(names(&all.ok(200)), ["Management API", "Orders"]);
    let page = tenant.get("/resources?page_size=1&includeScopes=yes").await;
    assert_eq!(page.headers["total-number"], "2");
    assert_eq!(page.body[0]["scopes"][0]["name"], "all");

    delete(&tenant, &path).await.ok(204);
    assert_eq!(delete(&tenant, &path).await.refusal(), (404, "entity.not_found"));
    assert_eq!(tenant.get(&path).await.refusal(), (404, "entity.not_exists_with_id"));
}

#[tokio::test]
async fn at_most_one_resource_is_the_default() {
    let tenant = TestTenant::new().await;
    let mut paths = Vec::new();
    for name in ["a", "b"] {
        let id = create(&tenant, "/resources", json!({"name": name, "indicator": name}), 201).await;
        paths.push(format!("/resources/{id}"));
    }
    for path in &paths {
        let made = patch(&tenant, &format!("{path}/is-default"), json!({"isDefault": true})).await.ok(200);
        assert_eq!(made["isDefault"], true);
    }
    assert_eq!(tenant.get(&paths[0]).await.body["isDefault"], false);
    let unmade = patch(&tenant, &format!("{}/is-default", paths[1]), json!({"isDefault": false})).await.ok(200);
    assert_eq!(unmade["isDefault"], false);
}

#[tokio::test]
async fn the_management_api_cannot_be_changed() {
    let tenant = TestTenant::new().await;
    let (modify, path) = ("resource.cannot_modify_management_api", "/resources/management-api");
    assert_eq!(patch(&tenant, path, json!({"name": "x"})).await.refusal(), (400, modify));
    assert_eq!(delete(&tenant, path).await.refusal(), (400, "resource.cannot_delete_management_api"));
    let scopes = format!("{path}/scopes");
    assert_eq!(tenant.post(&scopes, json!({"name": "x"})).await.refusal(), (400, modify));
    let all = format!("{scopes}/management-api-all");
    assert_eq!(patch(&tenant, &all, json!({"name": "x"})).await.refusal(), (400, modify));
    assert_eq!(delete(&tenant, &all).await.refusal(), (400, modify));
}

#[tokio::test]
async fn scopes_belong_to_one_resource() {
    let tenant = TestTenant::new().await;
    let one = create(&tenant, "/resources", json!({"name": "one", "indicator": "one"}), 201).await;
    let other = create(&tenant, "/resources", json!({"name": "other", "indicator": "other"}), 201).await;
    let scopes = format!("/resources/{one}/scopes");
    let read = create(&tenant, &scopes, json!({"name": "read", "description": "d"}), 201).await;
    create(&tenant, &scopes, json!({"name": "write", "description": null}), 201).await;
    create(&tenant, &format!("/resources/{other}/scopes"), json!({"name": "read"}), 201).await;
    assert_eq!(tenant.post(&scopes, json!({"name": "read"})).await.refusal(), (422, "scope.name_exists"));
    assert_eq!(tenant.post(&scopes, json!({"name": "a b"})).await.refusal(), (400, "scope.name_with_space"));
    let absent = tenant.post("/resources/none/scopes", json!({"name": "x"})).await;
    assert_eq!(absent.refusal(), (404, "entity.not_exists_with_id"));

    assert_eq!(names(&tenant.get(&format!("{scopes}?search=RE%25")).await.ok(200)), ["read"]);
    let (path, wrong) = (format!("{scopes}/{read}"), format!("/resources/{other}/scopes/{read}"));
    assert_eq!(patch(&tenant, &wrong, json!({"name": "x"})).await.refusal(), (404, "entity.not_exists_with_id"));
    assert_eq!(delete(&tenant, &wrong).await.refusal(), (404, "entity.not_found"));
    assert_eq!(patch(&tenant, &path, json!({"name": "write"})).await.refusal(), (422, "scope.name_exists"));
    let cleared = patch(&tenant, &path, json!({"description": null})).await.ok(200);
    assert_eq!((&cleared["name"], &cleared["description"]), (&json!("read"), &Value::Null));
    delete(&tenant, &path).await.ok(204);
}

#[tokio::test]
async fn roles_are_made_whole_or_not_at_all() {
    let tenant = TestTenant::new().await;
    let role = |scopes: Value, kind: &str| json!({"name": "r", "description": "d", "type": kind, "scopeIds": scopes});
    for (body, refusal) in [
        (role(json!(["none"]), "User"), (422, "entity.relation_foreign_key_not_found")),
        (role(json!(["a b"]), "User"), (422, "entity.relation_foreign_key_not_found")),
        (role(json!(["management-api-all"]), "User"), (400, "role.management_api_scopes_not_assignable_to_user_role")),
        (json!({"name": "#internal:x", "description": "d"}), (403, "role.internal_role_violation")),
        (json!({"name": "People", "description": "d"}), (422, "role.name_in_use")),
        (json!({"name": "r"}), (400, "guard.invalid_input")),
    ] {
        assert_eq!(tenant.post("/roles", body.clone()).await.refusal(), refusal, "{body}");
    }
    assert_eq!(names(&tenant.get("/roles").await.ok(200)), ["Machines", "People"]);
    let bare = tenant.post("/roles", json!({"name": "bare", "description": "d", "scopeIds": []})).await.ok(200);
    let bare = format!("/roles/{}", bare["id"].as_str().unwrap());
    assert_eq!(tenant.get(&format!("{bare}/scopes")).await.ok(200), json!([]), "no permissions are none to give");
    let whole = role(json!(["management-api-all", "management-api-all"]), "MachineToMachine");
    let made = tenant.post("/roles", whole).await.ok(200);
    let expected = json!({"tenantId": "default", "id": made["id"], "name": "r", "description": "d",
        "type": "MachineToMachine", "isDefault": false});
    assert_eq!(made, expected);
    let path = format!("/roles/{}", made["id"].as_str().unwrap());
    assert_eq!(names(&tenant.get(&format!("{path}/scopes")).await.ok(200)), ["all"]);
    assert_eq!(patch(&tenant, &path, json!({"name": "People"})).await.refusal(), (422, "role.name_in_use"));
    assert_eq!(patch(&tenant, &path, json!({"name": "s"})).await.ok(200)["name"], "s");
    delete(&tenant, &path).await.ok(204);
    for change in
        [patch(&tenant, "/roles/admin-role", json!({"name": "x"})).await, delete(&tenant, "/roles/admin-role").await]
    {
        assert_eq!(change.refusal(), (403, "role.internal_role_violation"));
    }
}

#[tokio::test]
async fn roles_are_listed_with_who_holds_them() {
    let tenant = TestTenant::new().await;
    let assigned = tenant.post(&format!("/roles/{ROLE}/applications"), json!({"applicationIds": ["caller"]})).await;
    assert_eq!(assigned.ok(201), json!("Created"));
    let listed = tenant.get("/roles?type=MachineToMachine&page_size=5").await.ok(200);
    let holder = json!([{"id": "caller", "name": "Caller", "type": "MachineToMachine"}]);
    assert_eq!((&listed[0]["applicationsCount"], &listed[0]["featuredApplications"]), (&json!(1), &holder));
    assert_eq!((&listed[0]["usersCount"], &listed[0]["featuredUsers"]), (&json!(0), &json!([])));
    assert_eq!(names(&tenant.get("/roles?excludeApplicationId=caller").await.ok(200)), ["People"]);
    assert_eq!(names(&tenant.get("/roles?search.name=peo%25").await.ok(200)), ["People"]);
    assert_eq!(tenant.get("/roles?type=Nobody").await.refusal(), (400, "guard.invalid_input"));
}

#[tokio::test]
async fn scopes_and_applications_are_added_to_a_role_and_removed() {
    let tenant = TestTenant::new().await;
    let (scopes, holders) = (format!("/roles/{ROLE}/scopes"), format!("/roles/{ROLE}/applications"));
    let all = json!({"scopeIds": ["management-api-all"]});
    assert_eq!(names(&tenant.post(&scopes, all.clone()).await.ok(201)), ["all"]);
    assert_eq!(tenant.post(&scopes, all.clone()).await.refusal(), (422, "role.scope_exists"));
    assert_eq!(tenant.post(&scopes, json!({"scopeIds": []})).await.refusal(), (400, "guard.invalid_input"));
    assert_eq!(tenant.post("/roles/admin-role/scopes", all.clone()).await.status, 403);
    assert_eq!(tenant.post("/roles/user-role/scopes", all).await.status, 400);
    assert_eq!(tenant.get(&scopes).await.body[0]["resource"]["id"], "management-api");
    delete(&tenant, &format!("{scopes}/management-api-all")).await.ok(204);
    assert_eq!(delete(&tenant, &format!("{scopes}/management-api-all")).await.refusal(), (404, "entity.not_found"));

    let caller = json!({"applicationIds": ["caller", "caller"]});
    tenant.post(&holders, caller.clone()).await.ok(201);
    assert_eq!(tenant.post(&holders, caller.clone()).await.refusal(), (422, "role.application_exists"));
    let wrong_type = tenant.post("/roles/user-role/applications", caller).await;
    assert_eq!(wrong_type.refusal(), (422, "entity.db_constraint_violated"));
    let unknown = tenant.post(&holders, json!({"applicationIds": ["none"]})).await;
    assert_eq!(unknown.refusal(), (404, "entity.not_exists_with_id"));
    let listed = tenant.get(&holders).await;
    assert_eq!(listed.headers["total-number"], "1");
    delete(&tenant, &format!("{holders}/caller")).await.ok(204);
    assert_eq!(delete(&tenant, &format!("{holders}/caller")).await.refusal(), (404, "entity.not_found"));
    for path in ["/roles/none/scopes", "/roles/none/applications"] {
        assert_eq!(tenant.get(path).await.refusal(), (404, "entity.not_exists_with_id"), "{path}");
    }
}
