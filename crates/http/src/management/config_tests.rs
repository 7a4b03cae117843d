//! Requests about claims scripts, keys, sessions and the audit log, through the whole router.

use super::harness::{NOW, TestTenant};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn scripts_are_stored_as_they_were_given() {
    let tenant = TestTenant::new().await;
    assert_eq!(tenant.get("/configs/jwt-customizer").await.ok(200), json!([]));
    for kind in ["client-credentials", "access-token"] {
        let path = format!("/configs/jwt-customizer/{kind}");
        assert_eq!(tenant.get(&path).await.refusal(), (404, "entity.not_exists_with_id"));
        assert_eq!(tenant.call("DELETE", &path, None).await.refusal(), (404, "entity.not_found"));
        let update = async |body: Value| tenant.call("PATCH", &path, Some(body)).await;
        assert_eq!(update(json!({"script": "a"})).await.refusal(), (404, "entity.not_exists_with_id"));

        let first = json!({"script": "const broken = {", "environmentVariables": {"B": "1", "A": "2"},
            "tokenSample": {"clientId": "a", "aud": ["b"]}, "blockIssuanceOnError": true});
        assert_eq!(tenant.call("PUT", &path, Some(first.clone())).await.ok(201), first);
        assert_eq!(tenant.get(&path).await.ok(200), first);
        assert_eq!(update(json!({})).await.refusal(), (400, "guard.invalid_input"));
        let patched = update(json!({"script": "b", "environmentVariables": {"C": "3"}})).await.ok(200);
        assert_eq!(patched, tenant.get(&path).await.ok(200));
        assert_eq!(patched["environmentVariables"], json!({"C": "3"}));
        assert_eq!((&patched["script"], &patched["blockIssuanceOnError"]), (&json!("b"), &json!(true)));
        let second = json!({"script": "c"});
        assert_eq!(tenant.call("PUT", &path, Some(second.clone())).await.ok(200), second);
    }
    let value = json!({"script": "c"});
    let both = json!([{"key": "jwt.accessToken", "value": value}, {"key": "jwt.clientCredentials", "value": value}]);
    assert_eq!(tenant.get("/configs/jwt-customizer").await.ok(200), both);
    tenant.call("DELETE", "/configs/jwt-customizer/access-token", None).await.ok(204);
    assert_eq!(tenant.get("/configs/jwt-customizer").await.body.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn scripts_are_checked_strictly() {
    let tenant = TestTenant::new().await;
    for method in ["GET", "PUT", "PATCH", "DELETE"] {
        let body = matches!(method, "PUT" | "PATCH").then(|| json!({"script": "a"}));
        let answer = tenant.call(method, "/configs/jwt-customizer/id-token", body).await;
        assert_eq!(answer.refusal(), (400, "guard.invalid_input"), "{method}");
    }
    for (kind, body) in [
        ("access-token", json!({"script": "a", "unknown": 1})),
        ("access-token", json!({"script": "x".repeat(256 * 1024 + 1)})),
        ("access-token", json!({"script": "a", "environmentVariables": {"A": 1}})),
        ("access-token", json!({"script": "a", "tokenSample": {"nonsense": 1}})),
        ("access-token", json!({"script": "a", "contextSample": {}})),
        ("access-token", json!({"script": "a", "contextSample": {"user": {"isSuspended": "no"}}})),
        ("access-token", json!({"script": "a", "blockIssuanceOnError": "yes"})),
        ("client-credentials", json!({"script": "a", "tokenSample": {"accountId": "a"}})),
        ("client-credentials", json!({"script": "a", "tokenSample": {"kind": "AccessToken"}})),
    ] {
        let answer = tenant.call("PUT", &format!("/configs/jwt-customizer/{kind}"), Some(body.clone())).await;
        assert_eq!(answer.refusal(), (400, "guard.invalid_input"), "{kind} {body}");
    }
    let user = json!({"username": "sample", "identities": {"github": {"userId": "1", "details": {}}},
        "roles": [], "profile": {"address": {"country": "DE"}}, "dropped": 1});
    let record = json!({"type": "Password", "id": "1", "verified": true,
        "identifier": {"type": "username", "value": "u"}, "password": "dropped"});
    let context = json!({"user": user, "organization": {"id": "org_1"}, "application": {"name": "a"},
        "interaction": {"verificationRecords": [record], "signInContext": {"ip": "::1"}}});
    let body = json!({"script": "a", "contextSample": context});
    let stored = tenant.call("PUT", "/configs/jwt-customizer/access-token", Some(body)).await.ok(201);
    let sample = &stored["contextSample"];
    assert_eq!((&sample["user"]["username"], sample["user"].get("dropped")), (&json!("sample"), None));
    assert_eq!(sample["interaction"]["verificationRecords"][0].get("password"), None);
}

#[tokio::test]
async fn tests_of_scripts_are_checked_and_need_a_sandbox() {
    let tenant = TestTenant::new().await;
    let good = json!({"tokenType": "access-token", "script": "a", "token": {}, "context": {"user": {}}});
    let answer = tenant.post("/configs/jwt-customizer/test", good.clone()).await;
    assert_eq!((answer.status, answer.headers.contains_key("retry-after")), (503, true));
    for (name, value) in [
        ("tokenType", json!("id-token")),
        ("script", Value::Null),
        ("token", json!({"nope": 1})),
        ("context", json!({})),
        ("environmentVariables", json!({"A": 1})),
    ] {
        let mut body = good.clone();
        body[name] = value;
        let answer = tenant.post("/configs/jwt-customizer/test", body).await;
        assert_eq!(answer.refusal(), (400, "guard.invalid_input"), "{name}");
        assert!(answer.body["details"].as_str().unwrap().contains(name), "{}", answer.body);
    }
}

fn statuses(keys: &Value) -> Vec<&str> {
    keys.as_array().unwrap().iter().map(|key| key["status"].as_str().unwrap_or("none")).collect()
}

#[tokio::test]
async fn signing_keys_are_rotated_and_staged() {
    let mut tenant = TestTenant::new().await;
    let rotate = "/configs/oidc/private-keys/rotate";
    let keys = tenant.post(rotate, json!({})).await.ok(200);
    assert_eq!(statuses(&keys), ["Current", "Previous"]);
    assert_eq!((&keys[0]["signingKeyAlgorithm"], &keys[0]["createdAt"]), (&json!("EC"), &json!(NOW.seconds())));
    // The token was signed by the key before.
    assert_eq!(tenant.get("/configs/oidc/private-keys").await.ok(200), keys);

    let keys = tenant.post(rotate, json!({"signingKeyAlgorithm": "RSA", "rotationGracePeriod": 60})).await.ok(200);
    assert_eq!(statuses(&keys), ["Current", "Next", "Previous"]);
    assert_eq!(keys[1]["effectiveAt"], NOW.0 + 60_000);
    assert_eq!(tenant.post(rotate, json!({})).await.refusal(), (422, "oidc.invalid_request"));
    let delete = async |id: &Value| {
        let path = format!("/configs/oidc/private-keys/{}", id.as_str().unwrap());
        tenant.call("DELETE", &path, None).await
    };
    for refused in [&keys[0]["id"], &keys[1]["id"]] {
        assert_eq!(delete(refused).await.refusal(), (422, "oidc.only_previous_key_can_be_deleted"));
    }
    assert_eq!(delete(&json!("doesnotexist")).await.refusal(), (404, "oidc.key_not_found"));

    tenant.clock.advance(Duration::from_secs(61));
    tenant.sign_in().await;
    let keys = tenant.get("/configs/oidc/private-keys").await.ok(200);
    assert_eq!(statuses(&keys), ["Current", "Previous"]);
    assert_eq!(keys[0]["signingKeyAlgorithm"], "RSA");
    let previous = format!("/configs/oidc/private-keys/{}", keys[1]["id"].as_str().unwrap());
    tenant.call("DELETE", &previous, None).await.ok(204);
    let last = format!("/configs/oidc/private-keys/{}", keys[0]["id"].as_str().unwrap());
    assert_eq!(tenant.call("DELETE", &last, None).await.refusal(), (422, "oidc.key_required"));
    assert_eq!(statuses(&tenant.get("/configs/oidc/private-keys").await.ok(200)), ["Current"]);
}

#[tokio::test]
async fn cookie_and_companion_keys_have_rules_of_their_own() {
    let tenant = TestTenant::new().await;
    let path = "/configs/oidc/cookie-keys";
    let staged = tenant.post(&format!("{path}/rotate"), json!({"rotationGracePeriod": 60})).await;
    assert_eq!(staged.refusal(), (422, "oidc.invalid_request"));
    for expected in [2, 2] {
        let keys = tenant.post(&format!("{path}/rotate"), json!({})).await.ok(200);
        assert_eq!(keys.as_array().unwrap().len(), expected);
        assert_eq!(keys[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "createdAt"]);
    }
    let companion = "/configs/oidc/companion-keys";
    assert_eq!(tenant.get(companion).await.ok(200), json!([]));
    let refused = tenant.post(&format!("{companion}/rotate"), json!({"signingKeyAlgorithm": "EC"})).await;
    assert_eq!(refused.refusal(), (422, "oidc.invalid_request"));
    let keys = tenant.post(&format!("{companion}/rotate"), json!({})).await.ok(200);
    assert_eq!((&keys[0]["signingKeyAlgorithm"], &keys[0]["status"]), (&json!("RSA"), &json!("Current")));
    for (path, body) in [
        ("/configs/oidc/doors/rotate", json!({})),
        ("/configs/oidc/private-keys/rotate", json!({"rotationGracePeriod": -1})),
        ("/configs/oidc/private-keys/rotate", json!({"signingKeyAlgorithm": "DSA"})),
    ] {
        assert_eq!(tenant.post(path, body).await.refusal(), (400, "guard.invalid_input"), "{path}");
    }
}

#[tokio::test]
async fn sessions_last_as_long_as_was_set() {
    let tenant = TestTenant::new().await;
    let path = "/configs/oidc/session";
    assert_eq!(tenant.get(path).await.ok(200), json!({"ttl": 1_209_600}));
    assert_eq!(tenant.call("PATCH", path, Some(json!({"ttl": 60}))).await.ok(200), json!({"ttl": 60}));
    assert_eq!(tenant.call("PATCH", path, Some(json!({}))).await.ok(200), json!({"ttl": 60}));
    assert_eq!(tenant.get(path).await.ok(200), json!({"ttl": 60}));
    for ttl in [json!(0), json!(31_536_001), json!(1.5), json!("60"), Value::Null] {
        let answer = tenant.call("PATCH", path, Some(json!({"ttl": ttl}))).await;
        assert_eq!(answer.refusal(), (400, "guard.invalid_input"), "{ttl}");
    }
}

#[tokio::test]
async fn permissions_reach_as_far_as_was_set() {
    let tenant = TestTenant::new().await;
    let path = "/configs/permissions";
    assert_eq!(tenant.get(path).await.ok(200), json!({"mode": "compatible"}));
    assert_eq!(tenant.call("PATCH", path, Some(json!({"mode": "strict"}))).await.ok(200), json!({"mode": "strict"}));
    assert_eq!(tenant.call("PATCH", path, Some(json!({}))).await.ok(200), json!({"mode": "strict"}));
    assert_eq!(tenant.get(path).await.ok(200), json!({"mode": "strict"}));
    for mode in [json!("lax"), json!(1), Value::Null] {
        let answer = tenant.call("PATCH", path, Some(json!({"mode": mode}))).await;
        assert_eq!(answer.refusal(), (400, "guard.invalid_input"), "{mode}");
    }
}

#[tokio::test]
async fn a_context_sample_may_be_about_an_organization() {
    let tenant = TestTenant::new().await;
    let resource = json!({"tenantId": "default", "id": "api", "name": "API", "indicator": "https://a.example",
        "isDefault": false, "accessTokenTtl": 3600});
    let scope = json!({"id": "s", "name": "read", "description": null, "resourceId": "api", "resource": resource});
    let role = json!({"id": "r", "name": "admin", "scopes": [{"id": "p", "name": "invite", "description": null}],
        "resourceScopes": [scope]});
    let organization = json!({"id": "org", "name": "Org", "description": null, "customData": {"internalId": "i-1"}});
    for (kind, user) in [("access-token", Some(json!({}))), ("client-credentials", None)] {
        let mut context = json!({"organization": organization, "organizationRoles": [role]});
        if let Some(user) = user {
            context["user"] = user;
        }
        let path = format!("/configs/jwt-customizer/{kind}");
        let stored = tenant.call("PUT", &path, Some(json!({"script": "a", "contextSample": context}))).await.ok(201);
        assert_eq!(stored["contextSample"], context, "{kind}");
    }
}

#[tokio::test]
async fn logs_are_filtered_and_counted() {
    let tenant = TestTenant::new().await;
    let all = tenant.get("/logs?enableCap=true").await;
    assert_eq!(all.headers["total-number"], "1");
    assert!(!all.headers.contains_key("total-number-is-capped"));
    let entry = &all.body[0];
    assert_eq!((&entry["tenantId"], &entry["createdAt"]), (&json!("default"), &json!(NOW.0)));
    assert_eq!(entry["key"], "ExchangeTokenBy.ClientCredentials");
    assert_eq!(&tenant.get(&format!("/logs/{}", entry["id"].as_str().unwrap())).await.ok(200), entry);
    let (before, after) = (NOW.0 - 1, NOW.0 + 1);
    for (query, expected) in [
        ("applicationId=caller&logKey=ExchangeTokenBy.ClientCredentials".to_owned(), 1),
        ("applicationId=other".to_owned(), 0),
        ("logKey=RevokeToken".to_owned(), 0),
        ("userId=somebody".to_owned(), 0),
        (format!("start_time={before}&end_time={after}"), 1),
        (format!("start_time={after}"), 0),
        (format!("end_time={before}"), 0),
    ] {
        let rows = tenant.get(&format!("/logs?{query}")).await.ok(200);
        assert_eq!(rows.as_array().unwrap().len(), expected, "{query}");
    }
    for (query, code) in [
        ("start_time=2&end_time=1", "log.invalid_time_window"),
        ("userId=a&start_time=2&end_time=1", "log.invalid_time_window"),
        ("start_time=x", "guard.invalid_input"),
        ("end_time=-1", "guard.invalid_input"),
        ("page_size=101", "guard.invalid_pagination"),
    ] {
        assert_eq!(tenant.get(&format!("/logs?{query}")).await.refusal(), (400, code), "{query}");
    }
    for id in ["doesnotexist", "%00", "%ff"] {
        let answer = tenant.get(&format!("/logs/{id}")).await;
        assert!(answer.status == 404 && answer.refusal().1.starts_with("entity."), "{id}");
    }
}
