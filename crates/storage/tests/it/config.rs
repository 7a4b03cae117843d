//! Small settings of a tenant.

use crate::harness::Database;
use serde_json::json;
use std::time::Duration;

on_both_backends!(
    a_setting_is_replaced_by_the_next,
    a_setting_that_is_not_json_is_corrupt,
    a_session_lasts_two_weeks_until_the_tenant_says_otherwise,
);

async fn a_setting_is_replaced_by_the_next(db: Database) {
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.config("idToken").await.unwrap(), None);

    db.write(async |tx| tx.put_config("idToken", &json!({ "a": [1, null] })).await).await;
    assert_eq!(reader.config("idToken").await.unwrap(), Some(json!({ "a": [1, null] })));

    db.write(async |tx| tx.put_config("idToken", &json!(null)).await).await;
    assert_eq!(reader.config("idToken").await.unwrap(), Some(json!(null)));
}

async fn a_setting_that_is_not_json_is_corrupt(db: Database) {
    db.write(async |tx| tx.put_config("idToken", &json!(1)).await).await;
    db.behind_our_back("UPDATE configs SET value = '{'").await;

    let error = db.tenant.read().await.unwrap().config("idToken").await.unwrap_err();

    assert!(error.to_string().starts_with("a row of `configs` cannot be read"), "{error}");
}

async fn a_session_lasts_two_weeks_until_the_tenant_says_otherwise(db: Database) {
    assert_eq!(db.tenant.read().await.unwrap().session_ttl().await.unwrap(), Duration::from_hours(14 * 24));

    db.write(async |tx| tx.put_session_ttl(Duration::from_mins(1)).await).await;

    assert_eq!(db.tenant.read().await.unwrap().session_ttl().await.unwrap(), Duration::from_mins(1));
}
