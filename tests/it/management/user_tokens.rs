//! Personal access tokens, subject tokens, and identities elsewhere.

use crate::signet;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::secret::ValueHash;
use signet_tests::Signet;

async fn user(signet: &Signet) -> String {
    let made = signet.api("POST", "/users", json!({})).await.expect(200);
    format!("/users/{}", made["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_personal_token_is_made_shown_renamed_and_deleted() {
    let signet = signet().await;
    let path = format!("{}/personal-access-tokens", user(&signet).await);
    let now = signet.deps.clock.now().0;

    let made = signet.api("POST", &path, json!({"name": "laptop", "expiresAt": now + 1})).await.expect(201);
    signet.api("POST", &path, json!({"name": "a/b"})).await.expect(201);

    let value = made["value"].as_str().unwrap();
    assert!(value.starts_with("pat_") && value.len() == 36, "{value}");
    let user_id = path.split('/').nth(2).unwrap();
    let expected = json!({"tenantId": "default", "userId": user_id, "name": "laptop", "value": value, "createdAt": now,
        "expiresAt": now + 1});
    assert_eq!(made, expected);
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200)[1], expected);

    let renamed = signet.api("PATCH", &path, json!({"currentName": "laptop", "name": "phone"})).await.expect(200);
    assert_eq!((&renamed["name"], renamed["value"].as_str()), (&json!("phone"), Some(value)));
    let legacy = signet.api("PATCH", &format!("{path}/phone"), json!({"name": "tablet"})).await.expect(200);
    assert_eq!(legacy["name"], "tablet");
    signet.api("DELETE", &format!("{path}/tablet"), Value::Null).await.expect(204);
    signet.api("POST", &format!("{path}/delete"), json!({"name": "a/b"})).await.expect(204);
    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), json!([]));
}

#[tokio::test]
async fn personal_tokens_that_make_no_sense_are_refused() {
    let signet = signet().await;
    let path = format!("{}/personal-access-tokens", user(&signet).await);
    let now = signet.deps.clock.now().0;
    signet.api("POST", &path, json!({"name": "laptop"})).await.expect(201);
    signet.api("POST", &path, json!({"name": "phone"})).await.expect(201);
    for (method, suffix, body, status, code) in [
        ("POST", "", json!({"name": "old", "expiresAt": now}), 400, "request.invalid_input"),
        ("POST", "", json!({"name": ""}), 400, "guard.invalid_input"),
        ("POST", "", json!({"name": "x".repeat(257)}), 400, "guard.invalid_input"),
        ("POST", "", json!({"name": "laptop"}), 422, "user.personal_access_token_name_exists"),
        ("PATCH", "", json!({"currentName": "phone", "name": "laptop"}), 422, "user.personal_access_token_name_exists"),
        ("PATCH", "/none", json!({"name": "x"}), 404, "entity.not_exists"),
        ("POST", "/delete", json!({"name": "none"}), 404, "entity.not_found"),
        ("DELETE", "/none", Value::Null, 404, "entity.not_found"),
    ] {
        signet.api(method, &format!("{path}{suffix}"), body).await.refuses_with(status, code);
    }
    let nobody = signet.api("POST", "/users/nobody/personal-access-tokens", json!({"name": "x"})).await;
    nobody.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn a_subject_token_stands_for_a_user_for_ten_minutes_and_is_stored_as_a_digest() {
    let signet = signet().await;
    let path = user(&signet).await;
    let user_id = path.strip_prefix("/users/").unwrap();

    let body = json!({"userId": user_id, "context": {"ticket": 7}});
    let made = signet.api("POST", "/subject-tokens", body).await.expect(201);

    assert_eq!(made["expiresIn"], 600);
    let value = made["subjectToken"].as_str().unwrap();
    assert!(value.starts_with("sub_") && value.len() == 25, "{value}");
    let reader = signet.app.store.tenant(TenantId::default_tenant()).read().await.unwrap();
    let stored = reader.subject_token(&ValueHash::of(value)).await.unwrap().unwrap();
    assert_eq!((stored.user_id.as_str(), stored.creator_id.as_deref()), (user_id, Some("m-default")));
    assert_eq!(Value::Object(stored.context), json!({"ticket": 7}));
    assert!(!format!("{:?}{}", stored.hash, stored.id).contains(value));
    for nobody in ["nobody", "a b", ""] {
        let refused = signet.api("POST", "/subject-tokens", json!({"userId": nobody})).await;
        refused.refuses_with(404, "entity.relation_foreign_key_not_found");
    }
}

#[tokio::test]
async fn an_identity_elsewhere_belongs_to_one_user() {
    let signet = signet().await;
    let (alice, bob) = (user(&signet).await, user(&signet).await);
    let of = |user: &str, target: &str| format!("{user}/identities/{target}");

    let github = json!({"userId": "7", "details": {"login": "alice"}});
    let put = signet.api("PUT", &of(&alice, "github"), github.clone()).await.expect(201);
    assert_eq!(put, json!({"github": github}));
    let taken = signet.api("PUT", &of(&bob, "github"), json!({"userId": "7"})).await;
    taken.refuses_with(422, "user.identity_already_in_use");
    signet.api("PUT", &of(&bob, "google"), json!({"userId": "7"})).await.expect(201);
    let replaced = signet.api("PUT", &of(&alice, "github"), json!({"userId": "8"})).await.expect(200);
    assert_eq!(replaced, json!({"github": {"userId": "8"}}));
    signet.api("PUT", &of(&bob, "github"), json!({"userId": "7"})).await.expect(201);

    let shown = signet.api("GET", &of(&alice, "github"), Value::Null).await.expect(200);
    assert_eq!(shown, json!({"identity": {"userId": "8"}}));
    let all = signet.api("GET", &format!("{bob}/all-identities"), Value::Null).await.expect(200);
    let social =
        json!([{"target": "google", "identity": {"userId": "7"}}, {"target": "github", "identity": {"userId": "7"}}]);
    assert_eq!(all, json!({"socialIdentities": social, "ssoIdentities": []}));

    assert_eq!(signet.api("DELETE", &of(&alice, "github"), Value::Null).await.expect(200)["identities"], json!({}));
    for method in ["GET", "DELETE"] {
        let gone = signet.api(method, &of(&alice, "github"), Value::Null).await;
        gone.refuses_with(404, "user.identity_not_exist");
    }
    signet
        .api("PUT", &of("/users/nobody", "github"), json!({"userId": "9"}))
        .await
        .refuses_with(404, "entity.not_found");
}
