//! Whatever text and JSON the edge lets in comes back as it went in.
//!
//! One character is the exception: PostgreSQL stores no NUL in a text. The edge refuses it everywhere (in JSON it can
//! stand escaped, which is six harmless characters), so that both databases hold the same.

use crate::harness::Database;
use crate::harness::sample::{application, id, object, role, script};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value as Json, json};
use signet_core::application::Application;
use signet_core::role::Role;
use signet_core::script::TokenType;
use signet_storage::StoreError;

on_both_backends!(any_text_comes_back, any_json_comes_back, nul_is_not_for_the_database, a_search_for_any_text_is_safe);

/// Any text but NUL, with more than its share of what breaks programs.
fn text() -> impl Strategy<Value = String> {
    let awkward = prop_oneof![
        Just("'"),
        Just("\""),
        Just("\\"),
        Just("$1"),
        Just("?1"),
        Just("%"),
        Just("\u{feff}"),
        Just("\u{2028}"),
        Just("e\u{301}"),
        Just("🦀"),
        Just("\r\n"),
        Just("--"),
        Just("/*"),
        Just(":x"),
        Just("{}"),
        Just("\u{1}"),
    ];
    let any_text = any::<String>().prop_map(|text| text.replace('\0', ""));
    proptest::collection::vec(prop_oneof![awkward.prop_map(str::to_owned), any_text], 0..5)
        .prop_map(|parts| parts.concat())
}

fn json_value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_filter_map("JSON has finite numbers", serde_json::Number::from_f64).prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            proptest::collection::vec((any::<String>(), inner), 0..5)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// The same examples on every run.
fn examples<T: std::fmt::Debug>(strategy: &impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

async fn any_text_comes_back(db: Database) {
    for (number, text) in examples(&text(), 100).into_iter().enumerate() {
        let name = format!("r{number}");
        // A role's name has at most 128 characters.
        let short: String = text.chars().take(100).collect();
        let stored = Role { name: format!("{number} {short}"), ..role(&name) };
        db.write(async |tx| {
            tx.insert_role(&stored).await?;
            tx.put_claims_script(TokenType::AccessToken, &script(&text)).await
        })
        .await;

        let reader = db.tenant.read().await.unwrap();
        assert_eq!(reader.role(&id(&name)).await.unwrap().unwrap().name, stored.name);
        assert_eq!(reader.role_by_name(&stored.name).await.unwrap().unwrap().id, stored.id);
        assert_eq!(reader.claims_script(TokenType::AccessToken).await.unwrap().unwrap().source, text);
    }
}

async fn any_json_comes_back(db: Database) {
    db.write(async |tx| tx.insert_application(&application("app")).await).await;
    for value in examples(&json_value(), 100) {
        let custom_data: Map<String, Json> = object(json!({ "value": value, "\0": "\0" }));
        let changed = Application { custom_data: custom_data.clone(), ..application("app") };
        db.write(async |tx| {
            tx.update_application(&changed).await?;
            tx.put_config("any", &value).await
        })
        .await;

        let reader = db.tenant.read().await.unwrap();
        assert_eq!(reader.application(&id("app")).await.unwrap().unwrap().custom_data, custom_data);
        assert_eq!(reader.config("any").await.unwrap(), Some(value));
    }
}

async fn nul_is_not_for_the_database(db: Database) {
    let mut tx = db.tenant.write().await.unwrap();
    let refused = tx.insert_role(&Role { name: "a\0b".into(), ..role("nul") }).await;

    if db.store.is_postgres() {
        assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
    } else {
        // SQLite takes it: the edge must not rely on the database.
        refused.unwrap();
    }
}

async fn a_search_for_any_text_is_safe(db: Database) {
    db.write(async |tx| tx.insert_role(&role("one")).await).await;
    let reader = db.tenant.read().await.unwrap();
    for text in examples(&text(), 100) {
        let found = reader.role_by_name(&text).await.unwrap();
        assert!(found.is_none(), "{text:?}");
    }
    assert_eq!(db.ask("SELECT COUNT(*) FROM roles").await, 1);
}
