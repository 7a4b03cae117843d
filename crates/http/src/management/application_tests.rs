//! Requests about applications, through the whole router.

use super::harness::{NOW, TestTenant};
use serde_json::{Value, json};

fn machine(name: &str) -> Value {
    json!({"name": name, "type": "MachineToMachine", "unknown": 1})
}

async fn create(tenant: &TestTenant, body: Value) -> String {
    tenant.post("/applications", body).await.ok(200)["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_application_is_made_read_changed_and_deleted() {
    let tenant = TestTenant::new().await;
    let made = tenant.post("/applications", machine("one")).await.ok(200);
    let id = made["id"].as_str().unwrap();
    let expected = json!({
        "tenantId": "default", "id": id, "name": "one", "description": null, "type": "MachineToMachine",
        "oidcClientMetadata": {"redirectUris": [], "postLogoutRedirectUris": []}, "customClientMetadata": {},
        "protectedAppMetadata": null, "customData": {}, "isThirdParty": false, "appLevelAccessControlEnabled": false,
        "createdAt": NOW.0,
    });
    assert_eq!(made.to_string(), expected.to_string());

    let path = format!("/applications/{id}");
    let details = tenant.get(&path).await.ok(200);
    assert_eq!((&details["isAdmin"], &details["name"]), (&json!(false), &json!("one")));

    let body = json!({"name": "two", "description": "d", "customData": {"a": 1}, "isThirdParty": true,
        "customClientMetadata": {"refreshTokenTtlInDays": 7, "nonsense": 1}, "isAdmin": true});
    let changed = tenant.call("PATCH", &path, Some(body)).await.ok(200);
    assert_eq!((&changed["name"], &changed["isThirdParty"]), (&json!("two"), &json!(false)));
    assert_eq!(changed["customClientMetadata"], json!({"refreshTokenTtlInDays": 7}));
    assert_eq!(tenant.get(&path).await.body["isAdmin"], true);
    let cleared = tenant.call("PATCH", &path, Some(json!({"description": null, "isAdmin": false}))).await.ok(200);
    assert_eq!((&cleared["description"], &cleared["customData"]), (&Value::Null, &json!({"a": 1})));
    assert_eq!(tenant.get(&path).await.body["isAdmin"], false);

    let merged = tenant.call("PATCH", &format!("{path}/custom-data"), Some(json!({"b": {"c": 1}}))).await;
    assert_eq!(merged.ok(200), json!({"a": 1, "b": {"c": 1}}));

    assert_eq!(tenant.call("DELETE", &path, None).await.ok(204), Value::Null);
    assert_eq!(tenant.get(&path).await.refusal(), (404, "entity.not_exists_with_id"));
    assert_eq!(tenant.call("DELETE", &path, None).await.refusal(), (404, "entity.not_found"));
    for path in [path.clone(), format!("{path}/custom-data")] {
        let refused = tenant.call("PATCH", &path, Some(json!({}))).await;
        assert_eq!(refused.refusal(), (404, "entity.not_exists_with_id"), "{path}");
    }
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let tenant = TestTenant::new().await;
    for (name, kind) in [("web one", "Traditional"), ("web two", "SPA"), ("app", "Native")] {
        let third_party = kind == "SPA";
        create(&tenant, json!({"name": name, "type": kind, "isThirdParty": third_party})).await;
    }
    for (query, expected) in [
        ("", 4),
        ("types=Native", 1),
        ("types=Native&types=SPA", 2),
        ("isThirdParty=true", 1),
        ("isThirdParty=false", 3),
        ("excludeRoleId=admin-role", 3),
        ("excludeRoleId=%24", 4),
        ("search.name=web%25", 2),
        ("page_size=2", 2),
        ("page=9", 0),
    ] {
        let answer = tenant.get(&format!("/applications?{query}")).await;
        assert_eq!(answer.headers.contains_key("total-number"), query.starts_with("page"), "{query}");
        assert_eq!(answer.ok(200).as_array().unwrap().len(), expected, "{query}");
    }
    for (query, code) in [
        ("types=Nonsense", "guard.invalid_input"),
        ("isThirdParty=1", "guard.invalid_input"),
        ("search.secret=a", "request.invalid_input"),
        ("excludeRoleId=a&excludeOrganizationId=b", "request.invalid_input"),
        ("page=0", "guard.invalid_pagination"),
    ] {
        assert_eq!(tenant.get(&format!("/applications?{query}")).await.refusal(), (400, code), "{query}");
    }
}

#[tokio::test]
async fn types_and_settings_must_fit() {
    let tenant = TestTenant::new().await;
    let urls = |metadata: Value| {
        let mut all = json!({"redirectUris": [], "postLogoutRedirectUris": []});
        all.as_object_mut().unwrap().extend(metadata.as_object().unwrap().clone());
        all
    };
    let web = |metadata: Value| json!({"name": "a", "type": "Traditional", "oidcClientMetadata": urls(metadata)});
    let key = json!({"kty": "EC", "crv": "P-256", "x": "a", "y": "b"});
    let set = |keys: Value| json!({"tokenEndpointAuthMethod": "private_key_jwt", "jwks": {"keys": keys}});
    for (body, refusal) in [
        (json!({"type": "SPA"}), (400, "guard.invalid_input")),
        (json!({"name": "", "type": "SPA"}), (400, "guard.invalid_input")),
        (json!({"name": "x".repeat(257), "type": "SPA"}), (400, "guard.invalid_input")),
        (json!({"name": "a", "type": "Nonsense"}), (400, "guard.invalid_input")),
        (json!({"name": "a", "type": "SAML"}), (400, "application.saml.use_saml_app_api")),
        (json!({"name": "a", "type": "Protected"}), (400, "application.protected_app_metadata_is_required")),
        (
            json!({"name": "a", "type": "Protected", "protectedAppMetadata": {"subDomain": "a", "origin": "b"}}),
            (501, "application.protected_app_not_configured"),
        ),
        (
            json!({"name": "a", "type": "MachineToMachine", "isThirdParty": true}),
            (400, "application.invalid_third_party_application_type"),
        ),
        (
            json!({"name": "a", "type": "SPA", "isThirdParty": true, "customClientMetadata": {"allowTokenExchange": true}}),
            (422, "application.third_party_application_cannot_enable_token_exchange"),
        ),
        (
            json!({"name": "a", "type": "SPA", "customClientMetadata": {"isDeviceFlow": true}}),
            (422, "application.device_flow_native_only"),
        ),
        (
            json!({"name": "a", "type": "SPA", "customClientMetadata": {"refreshTokenTtlInDays": 181}}),
            (400, "guard.invalid_input"),
        ),
        (web(json!({"redirectUris": ["javascript:alert(1)"]})), (400, "guard.invalid_input")),
        (web(json!({"tokenEndpointAuthMethod": "none"})), (400, "guard.invalid_input")),
        (web(json!({"tokenEndpointAuthMethod": "private_key_jwt"})), (400, "guard.invalid_input")),
        (web(set(json!([]))), (400, "guard.invalid_input")),
        (web(set(json!(vec![key.clone(); 17]))), (400, "guard.invalid_input")),
        (web(set(json!([{"kty": "EC", "crv": "P-256", "x": "a", "y": "b", "d": "c"}]))), (400, "guard.invalid_input")),
        (web(set(json!([{"kty": "oct", "k": "c"}]))), (400, "guard.invalid_input")),
        (web(set(json!(["key"]))), (400, "guard.invalid_input")),
        (
            json!({"name": "a", "type": "SPA", "oidcClientMetadata": urls(json!({"tokenEndpointAuthMethod": "client_secret_jwt"}))}),
            (400, "request.invalid_input"),
        ),
    ] {
        assert_eq!(tenant.post("/applications", body.clone()).await.refusal(), refusal, "{body}");
    }
    let metadata = set(json!([key]));
    let made = tenant.post("/applications", web(metadata.clone())).await.ok(200);
    assert_eq!(made["oidcClientMetadata"], urls(metadata));
}

#[tokio::test]
async fn a_client_registers_its_keys_or_says_where_they_are() {
    let tenant = TestTenant::new().await;
    let key = json!({"kty": "EC", "crv": "P-256", "x": "a", "y": "b"});
    let body = |metadata: Value| {
        let mut all =
            json!({"redirectUris": [], "postLogoutRedirectUris": [], "tokenEndpointAuthMethod": "private_key_jwt"});
        all.as_object_mut().unwrap().extend(metadata.as_object().unwrap().clone());
        json!({"name": "a", "type": "MachineToMachine", "oidcClientMetadata": all})
    };
    for (metadata, refusal) in [
        (json!({"jwks": {"keys": [key]}, "jwksUri": "https://app.example/jwks"}), "guard.invalid_input"),
        (json!({"jwksUri": "no url"}), "guard.invalid_input"),
        (json!({"jwksUri": "http://app.example/jwks"}), "request.invalid_input"),
        (json!({"jwksUri": "https://127.0.0.1/jwks"}), "request.invalid_input"),
        (json!({"jwksUri": "https://app.example:25/jwks"}), "request.invalid_input"),
    ] {
        let answer = tenant.post("/applications", body(metadata.clone())).await;
        assert_eq!(answer.refusal(), (400, refusal), "{metadata}");
    }
    let made = tenant.post("/applications", body(json!({"jwksUri": "https://app.example/jwks"}))).await.ok(200);
    assert_eq!(made["oidcClientMetadata"]["jwksUri"], "https://app.example/jwks");
    let path = format!("/applications/{}", made["id"].as_str().unwrap());
    let inside = body(json!({"jwksUri": "https://10.0.0.7/jwks"}));
    let change = json!({"oidcClientMetadata": inside["oidcClientMetadata"]});
    assert_eq!(tenant.call("PATCH", &path, Some(change)).await.refusal(), (400, "request.invalid_input"));
}

#[tokio::test]
async fn what_a_type_fixes_cannot_be_changed() {
    let tenant = TestTenant::new().await;
    let device = json!({"name": "a", "type": "Native", "customClientMetadata": {"isDeviceFlow": true}});
    let path = format!("/applications/{}", create(&tenant, device).await);
    let update = async |body: Value| tenant.call("PATCH", &path, Some(body)).await;

    let kept = update(json!({"customClientMetadata": {"idTokenTtl": 60}})).await.ok(200);
    assert_eq!(kept["customClientMetadata"], json!({"idTokenTtl": 60, "isDeviceFlow": true}));
    for (body, refusal) in [
        (json!({"customClientMetadata": {"isDeviceFlow": false}}), (422, "application.device_flow_not_changeable")),
        (json!({"appLevelAccessControlEnabled": true}), (422, "request.invalid_input")),
        (json!({"protectedAppMetadata": {"origin": "x"}}), (400, "application.protected_application_only")),
        (json!({"isAdmin": true}), (422, "application.invalid_type")),
        (json!({"oidcClientMetadata": {"redirectUris": []}}), (400, "guard.invalid_input")),
    ] {
        assert_eq!(update(body.clone()).await.refusal(), refusal, "{body}");
    }
}

#[tokio::test]
async fn secrets_are_listed_in_clear_and_have_unique_names() {
    let tenant = TestTenant::new().await;
    let id = create(&tenant, machine("a")).await;
    let path = format!("/applications/{id}/secrets");
    let first = tenant.get(&path).await.ok(200);
    assert_eq!((&first[0]["name"], &first[0]["expiresAt"]), (&json!("Default secret"), &Value::Null));
    assert_eq!(first[0]["value"].as_str().unwrap().len(), 32);

    let later = NOW.0 + 1000;
    let second = tenant.post(&path, json!({"name": "b/ü", "expiresAt": later})).await.ok(201);
    assert_eq!((&second["applicationId"], &second["expiresAt"]), (&json!(id), &json!(later)));
    let renamed = tenant.call("PATCH", &format!("{path}/b%2F%C3%BC"), Some(json!({"name": "c"}))).await.ok(200);
    assert_eq!((&renamed["name"], &renamed["value"]), (&json!("c"), &second["value"]));
    assert_eq!(tenant.get(&path).await.body[1]["value"], second["value"]);

    for (method, path, body, refusal) in [
        ("POST", path.clone(), json!({"name": "c"}), (422, "application.secret_name_exists")),
        ("POST", path.clone(), json!({"name": "d", "expiresAt": NOW.0}), (400, "request.invalid_input")),
        ("POST", path.clone(), json!({"name": ""}), (400, "guard.invalid_input")),
        ("POST", "/applications/none/secrets".to_owned(), json!({"name": "d"}), (404, "entity.not_exists_with_id")),
        ("PATCH", format!("{path}/c"), json!({"name": "Default secret"}), (422, "application.secret_name_exists")),
        ("PATCH", format!("{path}/none"), json!({"name": "d"}), (404, "entity.not_exists")),
    ] {
        let answer = tenant.call(method, &path, Some(body.clone())).await;
        assert_eq!(answer.refusal(), refusal, "{method} {path} {body}");
    }
    tenant.call("DELETE", &format!("{path}/c"), None).await.ok(204);
    assert_eq!(tenant.call("DELETE", &format!("{path}/c"), None).await.refusal(), (404, "entity.not_found"));
    assert_eq!(tenant.get("/applications/none/secrets").await.refusal(), (404, "entity.not_exists_with_id"));
    let legacy = tenant.call("DELETE", &format!("/applications/{id}/legacy-secret"), None).await;
    assert_eq!(legacy.refusal(), (400, "application.no_legacy_secret_found"));

    let spa = create(&tenant, json!({"name": "a", "type": "SPA"})).await;
    assert_eq!(tenant.get(&format!("/applications/{spa}/secrets")).await.ok(200), json!([]));
    let refused = tenant.post(&format!("/applications/{spa}/secrets"), json!({"name": "a"})).await;
    assert_eq!(refused.refusal(), (422, "entity.db_constraint_violated"));
}

#[tokio::test]
async fn only_machines_hold_machine_roles() {
    let tenant = TestTenant::new().await;
    let id = create(&tenant, machine("a")).await;
    let path = format!("/applications/{id}/roles");
    let ids = |ids: &[&str]| json!({"roleIds": ids});
    let added = tenant.post(&path, ids(&["machine-role", "machine-role"])).await.ok(201);
    assert_eq!(added["addedRoleIds"], json!(["machine-role"]));
    assert_eq!(tenant.post(&path, ids(&["machine-role"])).await.ok(201)["addedRoleIds"], json!([]));
    let listed = tenant.get(&path).await;
    assert_eq!(listed.headers["total-number"], "1");
    assert_eq!((&listed.body[0]["id"], &listed.body[0]["type"]), (&json!("machine-role"), &json!("MachineToMachine")));

    for (body, refusal) in [
        (ids(&["user-role"]), (422, "application.invalid_role_type")),
        (ids(&["none"]), (404, "entity.not_exists_with_id")),
        (ids(&["$"]), (404, "entity.not_exists_with_id")),
        (json!({}), (400, "guard.invalid_input")),
    ] {
        for method in ["POST", "PUT"] {
            let answer = tenant.call(method, &path, Some(body.clone())).await;
            assert_eq!(answer.refusal(), refusal, "{method} {body}");
        }
    }
    assert_eq!(tenant.call("PUT", &path, Some(ids(&["admin-role"]))).await.ok(200), "OK");
    let remove = format!("{path}/machine-role");
    assert_eq!(tenant.call("DELETE", &remove, None).await.refusal(), (404, "entity.not_found"));
    tenant.call("DELETE", &format!("{path}/admin-role"), None).await.ok(204);

    let spa = create(&tenant, json!({"name": "a", "type": "SPA"})).await;
    for (method, body) in [("GET", None), ("POST", Some(ids(&[]))), ("PUT", Some(ids(&[])))] {
        let answer = tenant.call(method, &format!("/applications/{spa}/roles"), body).await;
        assert_eq!(answer.refusal(), (422, "application.invalid_type"), "{method}");
    }
}
