//! Applications and their secrets.

use crate::signet;
use serde_json::{Value, json};

#[tokio::test]
async fn an_application_is_made_with_its_defaults_and_a_secret() {
    let signet = signet().await;

    let made =
        signet.api("POST", "/applications", json!({"name": "robot", "type": "MachineToMachine"})).await.expect(200);

    assert_eq!(made["oidcClientMetadata"], json!({"redirectUris": [], "postLogoutRedirectUris": []}));
    assert_eq!(
        (&made["customData"], &made["isThirdParty"], &made["tenantId"]),
        (&json!({}), &json!(false), &json!("default"))
    );
    assert!(made.get("secret").is_none());
    let secrets = signet
        .api("GET", &format!("/applications/{}/secrets", made["id"].as_str().unwrap()), Value::Null)
        .await
        .expect(200);
    assert_eq!(secrets[0]["name"], "Default secret");
    assert_eq!(secrets[0]["value"].as_str().unwrap().len(), 32);
}

#[tokio::test]
async fn public_applications_hold_no_secrets() {
    let signet = signet().await;
    for kind in ["SPA", "Native"] {
        let made = signet.api("POST", "/applications", json!({"name": "app", "type": kind})).await.expect(200);
        let path = format!("/applications/{}/secrets", made["id"].as_str().unwrap());
        assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), json!([]));
        signet.api("POST", &path, json!({"name": "s"})).await.refuses_with(422, "entity.db_constraint_violated");
    }
}

#[tokio::test]
async fn combinations_that_make_no_sense_are_refused() {
    let signet = signet().await;
    for (application, status, code) in [
        (json!({"name": "a", "type": "SAML"}), 400, "application.saml.use_saml_app_api"),
        (json!({"name": "a", "type": "Protected"}), 400, "application.protected_app_metadata_is_required"),
        (
            json!({"name": "a", "type": "MachineToMachine", "isThirdParty": true}),
            400,
            "application.invalid_third_party_application_type",
        ),
        (
            json!({"name": "a", "type": "Traditional", "isThirdParty": true, "customClientMetadata": {"allowTokenExchange": true}}),
            422,
            "application.third_party_application_cannot_enable_token_exchange",
        ),
        (
            json!({"name": "a", "type": "SPA", "customClientMetadata": {"isDeviceFlow": true}}),
            422,
            "application.device_flow_native_only",
        ),
    ] {
        signet.api("POST", "/applications", application).await.refuses_with(status, code);
    }
}

#[tokio::test]
async fn a_patch_replaces_metadata_and_custom_data_merges_on_its_own_route() {
    let signet = signet().await;
    let application = json!({"name": "a", "type": "MachineToMachine", "customClientMetadata": {"idTokenTtl": 60}, "customData": {"a": 1}});
    let made = signet.api("POST", "/applications", application).await.expect(200);
    let path = format!("/applications/{}", made["id"].as_str().unwrap());

    let patched = signet
        .api("PATCH", &path, json!({"customClientMetadata": {"corsAllowedOrigins": ["https://a.example"]}}))
        .await
        .expect(200);
    let merged = signet.api("PATCH", &format!("{path}/custom-data"), json!({"b": 2})).await.expect(200);

    assert_eq!(patched["customClientMetadata"], json!({"corsAllowedOrigins": ["https://a.example"]}));
    assert_eq!(merged, json!({"a": 1, "b": 2}));
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200)["customData"], json!({"a": 1, "b": 2}));
}

#[tokio::test]
async fn secrets_are_named_once_renamed_and_deleted() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    let path = format!("/applications/{}/secrets", robot.id);

    signet
        .api("POST", &path, json!({"name": "Default secret"}))
        .await
        .refuses_with(422, "application.secret_name_exists");
    signet.api("POST", &path, json!({"name": "late", "expiresAt": 1})).await.refuses_with(400, "request.invalid_input");
    signet.api("PATCH", &format!("{path}/Default%20secret"), json!({"name": "main"})).await.expect(200);
    robot.token_for(&signet, "https://default.logto.app/api", "").await.expect(200);
    signet.api("DELETE", &format!("{path}/main"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/main"), Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn a_deleted_application_gets_no_more_tokens() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    robot.token_for(&signet, "https://default.logto.app/api", "").await.expect(200);

    signet.api("DELETE", &format!("/applications/{}", robot.id), Value::Null).await.expect(204);

    let refused = robot.token_for(&signet, "https://default.logto.app/api", "").await;
    refused.refuses(400, "invalid_client", &format!("invalid client {}", robot.id));
}

#[tokio::test]
async fn applications_are_found_by_name_in_any_case() {
    let signet = signet().await;
    signet.machine("Nightly Büro").await;
    signet.machine("other").await;

    let found = signet.api("GET", "/applications?search=%25b%C3%9CRO%25", Value::Null).await.expect(200);

    assert_eq!(found.as_array().unwrap().len(), 1);
    signet
        .api("GET", "/applications?search=x&mode=similar_to", Value::Null)
        .await
        .refuses_with(400, "request.invalid_input");
}

#[tokio::test]
async fn attack_59_secrets_are_sealed_in_the_database() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    signet.machine_script("return {};", json!({"environmentVariables": {"KEY": "very-hidden-value"}})).await;
    if signet.app.store.is_postgres() {
        // The rows are the same ones; reading a foreign file of pages would add nothing.
        return;
    }

    let copy = signet.directory().join("copy.db");
    signet.app.store.backup_sqlite(&copy).unwrap();
    let bytes = std::fs::read(copy).unwrap();

    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("robot"), "the copy is readable");
    for hidden in [robot.secret.as_str(), "very-hidden-value", "PRIVATE KEY", "bootstrap-secret-bootstrap-secret"] {
        assert!(!holds(hidden), "{hidden}");
    }
}
