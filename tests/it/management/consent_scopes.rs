//! What a third-party application may ask people for.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::{Client, Signet};

const ABSENT: &str = "entity.not_found";

async fn stranger(signet: &Signet) -> (Client, String) {
    let client = signet.client("SPA", json!({"isThirdParty": true})).await;
    let path = format!("/applications/{}/user-consent-scopes", client.id);
    (client, path)
}

#[tokio::test]
async fn what_may_be_asked_for_is_added_twice_and_taken_away_once() {
    let signet = signet().await;
    let (_, path) = stranger(&signet).await;
    let api = signet.resource("https://a.example", &["read", "write"]).await;
    let (read, write) = (&api["scopes"][0], &api["scopes"][1]);
    let invite = signet.made("/organization-scopes", json!({"name": "invite"})).await;
    let nothing =
        json!({"organizationScopes": [], "resourceScopes": [], "organizationResourceScopes": [], "userScopes": []});
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), nothing);

    for _ in 0..2 {
        let more = json!({"userScopes": ["roles", "email", "urn:logto:scope:organizations"], "organizationScopes": [invite, invite],
            "resourceScopes": [read["id"]], "organizationResourceScopes": [write["id"]]});
        let added = signet.api("POST", &path, more).await;
        assert_eq!((added.status.as_u16(), added.text.as_str()), (201, "Created"));
    }
    signet.api("POST", &path, json!({})).await.expect(201);
    signet.api("POST", &path, json!({"userScopes": [], "resourceScopes": []})).await.expect(201);

    let named = |scope: &Value| json!({"id": scope["id"], "name": scope["name"], "description": null});
    let resource = json!({"id": api["id"], "name": "https://a.example", "indicator": "https://a.example"});
    let expected = json!({
        "organizationScopes": [{"id": invite, "name": "invite", "description": null}],
        "resourceScopes": [{"resource": resource, "scopes": [named(read)]}],
        "organizationResourceScopes": [{"resource": resource, "scopes": [named(write)]}],
        "userScopes": ["email", "roles", "urn:logto:scope:organizations"],
    });
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), expected);

    let (read, write) = (read["id"].as_str().unwrap(), write["id"].as_str().unwrap());
    for (list, id) in [
        ("user-scopes", "roles"),
        ("user-scopes", "email"),
        ("user-scopes", "urn:logto:scope:organizations"),
        ("resource-scopes", read),
        ("organization-resource-scopes", write),
        ("organization-scopes", &invite),
    ] {
        signet.api("DELETE", &format!("{path}/{list}/{id}"), Value::Null).await.expect(204);
        signet.api("DELETE", &format!("{path}/{list}/{id}"), Value::Null).await.refuses_with(404, ABSENT);
    }
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), nothing);
    signet.api("DELETE", &format!("{path}/nonsense/x"), Value::Null).await.refuses_with(400, "guard.invalid_input");
    signet.api("DELETE", &format!("{path}/resource-scopes/a%20b"), Value::Null).await.refuses_with(404, ABSENT);
}

#[tokio::test]
async fn only_what_exists_can_be_asked_for_and_only_by_third_parties() {
    let signet = signet().await;
    let (_, path) = stranger(&signet).await;
    let own = format!("/applications/{}/user-consent-scopes", signet.web().await.id);
    let empty = signet.api("GET", &own, Value::Null).await.expect(200);
    assert_eq!(empty["userScopes"], json!([]), "first-party applications have empty lists");
    signet.api("POST", &own, json!({})).await.refuses_with(422, "application.third_party_application_only");
    for method in ["GET", "POST"] {
        let nobody = signet.api(method, "/applications/nobody/user-consent-scopes", json!({})).await;
        nobody.refuses_with(404, "entity.not_exists_with_id");
    }

    let wrong = json!({"organizationScopes": ["none"], "resourceScopes": ["nope", "a b"], "organizationResourceScopes": ["nil"], "userScopes": ["email"]});
    let refused = signet.api("POST", &path, wrong).await.refuses_with(422, "application.user_consent_scopes_not_found");
    assert_eq!(
        refused["data"],
        json!({"invalidOrganizationScopes": ["none"], "invalidResourceScopes": ["nope", "a b"], "invalidOrganizationResourceScopes": ["nil"]})
    );
    let untouched = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(untouched["userScopes"], json!([]), "a refused request adds nothing");
    for scope in ["nonsense", "openid", "offline_access", ""] {
        let answer = signet.api("POST", &path, json!({"userScopes": [scope]})).await;
        answer.refuses_with(400, "guard.invalid_input");
    }
    for list in ["resourceScopes", "organizationResourceScopes"] {
        let all = signet.api("POST", &path, json!({list: ["management-api-all"]})).await;
        all.refuses_with(422, "application.consent_management_api_scopes_not_allowed");
    }
}

#[tokio::test]
async fn a_deleted_scope_is_on_no_list() {
    let signet = signet().await;
    let (_, path) = stranger(&signet).await;
    let api = signet.resource("https://a.example", &["read"]).await;
    let (api_id, read) = (api["id"].as_str().unwrap(), api["scopes"][0]["id"].as_str().unwrap());
    let invite = signet.made("/organization-scopes", json!({"name": "invite"})).await;
    signet.api("POST", &path, json!({"resourceScopes": [read], "organizationScopes": [invite]})).await.expect(201);

    signet.api("DELETE", &format!("/resources/{api_id}/scopes/{read}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("/organization-scopes/{invite}"), Value::Null).await.expect(204);

    let left = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!((&left["resourceScopes"], &left["organizationScopes"]), (&json!([]), &json!([])));
}
