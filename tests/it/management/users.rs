//! People, as administrators make, find, change, suspend and delete them.

use crate::signet;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::user::User;
use signet_tests::Signet;

/// A new user.
async fn user(signet: &Signet, fields: Value) -> Value {
    signet.api("POST", "/users", fields).await.expect(200)
}

fn path(user: &Value) -> String {
    format!("/users/{}", user["id"].as_str().unwrap())
}

async fn usernames(signet: &Signet, query: &str) -> Vec<String> {
    let found = signet.api("GET", &format!("/users?{query}"), Value::Null).await.expect(200);
    found.as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_user_is_made_with_everything_and_shown_without_secrets() {
    let signet = signet().await;
    let fields = json!({
        "username": "alice", "primaryEmail": "alice@example.com", "primaryPhone": "12025550123",
        "password": "correct horse", "name": "Alice", "avatar": "https://a.example/alice.png",
        "customData": {"tier": 1}, "profile": {"givenName": "Alice", "nonsense": 1, "address": {"country": "GB"}},
    });

    let made = user(&signet, fields).await;

    let now = signet.deps.clock.now().0;
    let expected = json!({
        "id": made["id"], "username": "alice", "primaryEmail": "alice@example.com", "primaryPhone": "12025550123",
        "name": "Alice", "avatar": "https://a.example/alice.png", "customData": {"tier": 1}, "identities": {},
        "lastSignInAt": null, "createdAt": now, "updatedAt": now,
        "profile": {"givenName": "Alice", "address": {"country": "GB"}},
        "applicationId": null, "cimdClientId": null, "isSuspended": false, "hasPassword": true,
    });
    assert_eq!(made, expected);
    assert_eq!(made["id"].as_str().unwrap().len(), 12);
    assert_eq!(signet.api("GET", &path(&made), Value::Null).await.expect(200), expected);
    let nobody = user(&signet, json!({})).await;
    assert_eq!((&nobody["username"], &nobody["hasPassword"]), (&Value::Null, &json!(false)));
}

#[tokio::test]
async fn a_users_hash_and_identities_are_shown_when_asked_for() {
    let signet = signet().await;
    let made = user(&signet, json!({"password": "correct horse"})).await;
    let query = "includePasswordHash=true&includeSsoIdentities=yes";

    let shown = signet.api("GET", &format!("{}?{query}", path(&made)), Value::Null).await.expect(200);

    assert_eq!((&shown["passwordAlgorithm"], &shown["ssoIdentities"]), (&json!("Argon2id"), &json!([])));
    assert!(shown["passwordDigest"].as_str().unwrap().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    let listed = signet.api("GET", "/users?includePasswordHash=1", Value::Null).await.expect(200);
    assert_eq!(listed[0]["passwordDigest"], shown["passwordDigest"]);
    let plain = signet.api("GET", "/users", Value::Null).await.expect(200);
    assert!(plain[0].get("passwordDigest").is_none());
}

#[tokio::test]
async fn what_no_user_can_have_is_refused() {
    let signet = signet().await;
    user(&signet, json!({"username": "alice", "primaryEmail": "alice@example.com", "primaryPhone": "12025550123"}))
        .await;
    for (fields, status, code) in [
        (json!({"primaryEmail": "bad"}), 400, "guard.invalid_input"),
        (json!({"primaryPhone": "+1202"}), 400, "guard.invalid_input"),
        (json!({"username": "1a"}), 400, "guard.invalid_input"),
        (json!({"password": ""}), 400, "guard.invalid_input"),
        (json!({"avatar": "no url"}), 400, "guard.invalid_input"),
        (json!({"profile": {"givenName": 1}}), 400, "guard.invalid_input"),
        (json!({"passwordDigest": "x".repeat(257), "passwordAlgorithm": "MD5"}), 400, "guard.invalid_input"),
        (json!({"primaryPhone": "0001"}), 422, "user.invalid_phone"),
        (json!({"password": "x", "passwordDigest": "x"}), 400, "user.password_and_digest"),
        (json!({"passwordDigest": "x"}), 400, "user.password_algorithm_required"),
        (json!({"username": "alice"}), 422, "user.username_already_in_use"),
        (json!({"primaryEmail": "ALICE@example.com"}), 422, "user.email_already_in_use"),
        (json!({"primaryPhone": "12025550123"}), 422, "user.phone_already_in_use"),
    ] {
        signet.api("POST", "/users", fields).await.refuses_with(status, code);
    }
    assert_eq!(signet.api("GET", "/users", Value::Null).await.header("total-number"), "1");
    let explained = signet.api("POST", "/users", json!({"primaryEmail": "bad"})).await.expect(400);
    assert_eq!(explained["data"]["issues"][0]["path"], json!(["primaryEmail"]));
}

#[tokio::test]
async fn users_are_listed_newest_first_and_searched() {
    let signet = signet().await;
    for (number, name) in ["anna", "bob", "carl", "dora"].into_iter().enumerate() {
        signet.advance(std::time::Duration::from_millis(1));
        user(&signet, json!({"username": name, "name": format!("Person {number}"), "primaryEmail": format!("{name}@example.com")}))
            .await;
    }

    assert_eq!(usernames(&signet, "").await, ["dora", "carl", "bob", "anna"]);
    assert_eq!(usernames(&signet, "page=2&page_size=3").await, ["anna"]);
    assert_eq!(usernames(&signet, "search=%25AN%25").await, ["anna"]);
    assert_eq!(usernames(&signet, "search.name=person%20_&search.username=b%25&joint=and").await, ["bob"]);
    let either = "search.primaryEmail=anna@example.com&search.primaryEmail=DORA@example.com&mode.primaryEmail=exact";
    assert_eq!(usernames(&signet, either).await, ["dora", "anna"]);
    for (query, code) in [
        ("search=x&mode=similar_to", "request.invalid_input"),
        ("search.password=x", "request.invalid_input"),
        ("excludeRoleId=a&excludeOrganizationId=b", "request.invalid_input"),
        ("page_size=101", "guard.invalid_pagination"),
    ] {
        signet.api("GET", &format!("/users?{query}"), Value::Null).await.refuses_with(400, code);
    }
}

#[tokio::test]
async fn a_patch_replaces_what_it_names_and_empties_what_it_leaves_empty() {
    let signet = signet().await;
    let made = user(&signet, json!({"username": "alice", "name": "Alice", "customData": {"a": 1}})).await;
    user(&signet, json!({"username": "bob"})).await;
    signet.advance(std::time::Duration::from_secs(1));

    let change = json!({"name": "", "username": null, "primaryEmail": "a@b.example", "customData": {"x": 1}});
    let changed = signet.api("PATCH", &path(&made), change).await.expect(200);

    assert_eq!((&changed["name"], &changed["username"]), (&Value::Null, &Value::Null));
    assert_eq!((&changed["primaryEmail"], &changed["customData"]), (&json!("a@b.example"), &json!({"x": 1})));
    assert_eq!(changed["updatedAt"], json!(made["createdAt"].as_i64().unwrap() + 1000));
    let taken = signet.api("PATCH", &path(&made), json!({"username": "bob"})).await;
    taken.refuses_with(422, "user.username_already_in_use");
    let phone = signet.api("PATCH", &path(&made), json!({"primaryPhone": "0"})).await;
    phone.refuses_with(422, "user.invalid_phone");
    signet.api("PATCH", "/users/doesnotexist", json!({})).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn custom_data_and_profile_are_merged_one_level_deep() {
    let signet = signet().await;
    let fields =
        json!({"customData": {"a": 1, "b": {"c": 1}}, "profile": {"nickname": "Al", "address": {"region": "x"}}});
    let made = user(&signet, fields).await;
    let custom_data = format!("{}/custom-data", path(&made));

    let merged = signet.api("PATCH", &custom_data, json!({"customData": {"b": {"d": 2}}})).await.expect(200);
    assert_eq!(merged, json!({"a": 1, "b": {"d": 2}}));
    assert_eq!(signet.api("GET", &custom_data, Value::Null).await.expect(200), merged);

    let change = json!({"profile": {"givenName": "Alice", "address": {"country": "GB"}}});
    let profile = signet.api("PATCH", &format!("{}/profile", path(&made)), change).await.expect(200);
    assert_eq!(profile, json!({"nickname": "Al", "address": {"country": "GB"}, "givenName": "Alice"}));
}

#[tokio::test]
async fn choices_about_second_factors_have_defaults_and_are_kept() {
    let signet = signet().await;
    let made = user(&signet, json!({})).await;
    let configs = format!("{}/logto-configs", path(&made));

    let defaults = json!({"mfa": {"skipped": false, "skipMfaOnSignIn": false}, "passkeySignIn": {"skipped": false}});
    assert_eq!(signet.api("GET", &configs, Value::Null).await.expect(200), defaults);
    let change = json!({"mfa": {"enabled": true, "additionalBindingSuggestionSkipped": true}});
    signet.api("PATCH", &configs, change).await.expect(200);
    let changed = signet.api("PATCH", &configs, json!({"passkeySignIn": {"skipped": true}})).await.expect(200);

    assert_eq!(changed["mfa"], json!({"skipped": false, "skipMfaOnSignIn": false, "enabled": true}));
    assert_eq!(changed["passkeySignIn"], json!({"skipped": true}));
}

#[tokio::test]
async fn a_deleted_user_is_gone() {
    let signet = signet().await;
    let made = user(&signet, json!({"username": "alice"})).await;

    signet.api("DELETE", &path(&made), Value::Null).await.expect(204);

    signet.api("DELETE", &path(&made), Value::Null).await.refuses_with(404, "entity.not_found");
    for suffix in ["", "/custom-data", "/roles", "/has-password", "/personal-access-tokens", "/organizations"] {
        let answer = signet.api("GET", &format!("{}{suffix}", path(&made)), Value::Null).await;
        answer.refuses_with(404, "entity.not_found");
    }
    user(&signet, json!({"username": "alice"})).await;
}

#[tokio::test]
async fn where_case_does_not_count_a_name_in_another_case_is_taken() {
    let signet = signet().await;
    let alice = user(&signet, json!({"username": "alice"})).await;
    let bob = user(&signet, json!({"username": "Bob"})).await;
    let mut tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    tx.put_config("signInExperience", &json!({"usernamePolicy": {"caseSensitive": false}})).await.unwrap();
    tx.commit().await.unwrap();

    let made = signet.api("POST", "/users", json!({"username": "ALICE"})).await;
    made.refuses_with(422, "user.username_already_in_use");
    let renamed = signet.api("PATCH", &path(&bob), json!({"username": "Alice"})).await;
    renamed.refuses_with(422, "user.username_already_in_use");
    signet.api("PATCH", &path(&alice), json!({"username": "Alice"})).await.expect(200);
}

#[tokio::test]
async fn nobody_deletes_themselves() {
    let signet = signet().await;
    let now = signet.deps.clock.now();
    let mut tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    // Somebody whose id is the subject of the token that is used here.
    tx.insert_user(&User::new("m-default".parse().unwrap(), now)).await.unwrap();
    tx.commit().await.unwrap();

    signet.api("DELETE", "/users/m-default", Value::Null).await.refuses_with(400, "user.cannot_delete_self");

    signet.api("GET", "/users/m-default", Value::Null).await.expect(200);
}
