//! The list of keys, and their rotation.

use crate::signet;
use serde_json::{Value, json};

#[tokio::test]
async fn keys_are_listed_without_their_values() {
    let signet = signet().await;

    let answer = signet.api("GET", "/configs/oidc/private-keys", Value::Null).await;

    let keys = answer.expect(200);
    assert_eq!(keys.as_array().unwrap().len(), 1);
    assert_eq!((&keys[0]["signingKeyAlgorithm"], &keys[0]["status"]), (&json!("EC"), &json!("Current")));
    assert_eq!(keys[0]["createdAt"], signet_tests::START.seconds());
    assert!(keys[0].get("value").is_none() && !answer.text.contains("PRIVATE"));
    let companion = signet.api("GET", "/configs/oidc/companion-keys", Value::Null).await.expect(200);
    assert_eq!(companion[0]["signingKeyAlgorithm"], "RSA");
}

#[tokio::test]
async fn rotation_follows_its_rules() {
    let signet = signet().await;
    let keys = async |path: &str, body: Value| signet.api("POST", &format!("/configs/oidc/{path}/rotate"), body).await;

    keys("cookie-keys", json!({"rotationGracePeriod": 60})).await.refuses_with(422, "oidc.invalid_request");
    keys("private-keys", json!({"rotationGracePeriod": -1})).await.refuses_with(400, "guard.invalid_input");
    let staged = keys("private-keys", json!({"rotationGracePeriod": 60})).await.expect(200);
    let statuses: Vec<&Value> = staged.as_array().unwrap().iter().map(|key| &key["status"]).collect();
    assert_eq!(statuses, ["Current", "Next"]);
    assert_eq!(staged[1]["effectiveAt"], signet_tests::START.0 + 60_000);
    keys("private-keys", json!({})).await.refuses_with(422, "oidc.invalid_request");
    signet.advance(std::time::Duration::from_secs(61));
    let rotated = keys("private-keys", json!({"signingKeyAlgorithm": "RSA"})).await.expect(200);
    let states: Vec<&Value> = rotated.as_array().unwrap().iter().map(|key| &key["status"]).collect();
    assert_eq!(states, ["Current", "Previous"]);
    assert_eq!(rotated[0]["signingKeyAlgorithm"], "RSA");
}

#[tokio::test]
async fn only_previous_keys_can_be_deleted_and_never_the_last() {
    let signet = signet().await;
    let delete = async |path: &str, id: &Value| {
        signet.api("DELETE", &format!("/configs/oidc/{path}/{}", id.as_str().unwrap()), Value::Null).await
    };
    let cookie = signet.api("GET", "/configs/oidc/cookie-keys", Value::Null).await.expect(200);
    delete("cookie-keys", &cookie[0]["id"]).await.refuses_with(422, "oidc.key_required");
    delete("private-keys", &json!("doesnotexist")).await.refuses_with(404, "oidc.key_not_found");

    let keys = signet.api("POST", "/configs/oidc/private-keys/rotate", json!({})).await.expect(200);
    delete("private-keys", &keys[0]["id"]).await.refuses_with(422, "oidc.only_previous_key_can_be_deleted");
    delete("private-keys", &keys[1]["id"]).await.expect(204);
    assert_eq!(signet.get("/oidc/jwks").await.expect(200)["keys"].as_array().unwrap().len(), 2);
}
