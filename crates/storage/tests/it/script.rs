//! Claims scripts.

use crate::harness::Database;
use crate::harness::sample::{object, script};
use serde_json::json;
use signet_core::script::{ClaimsScript, TokenType};

on_both_backends!(
    a_script_is_found_as_it_was_stored,
    a_script_replaces_the_one_before_and_leaves_the_other_kind_alone,
    environment_variables_open_only_for_their_kind_of_token,
    a_deleted_script_is_gone,
);

async fn found(db: &Database, kind: TokenType) -> Option<ClaimsScript> {
    db.tenant.read().await.unwrap().claims_script(kind).await.unwrap()
}

async fn a_script_is_found_as_it_was_stored(db: Database) {
    let stored = ClaimsScript {
        context_sample: Some(object(json!({ "user": { "id": "ü" } }))),
        token_sample: Some(object(json!({}))),
        block_issuance_on_error: Some(false),
        store_logs: Some(true),
        ..script("const getCustomJwtClaims = async () => ({ a: '$1 ? `' });\n\t// 🦀")
    };
    db.write(async |tx| tx.put_claims_script(TokenType::AccessToken, &stored).await).await;

    let read = found(&db, TokenType::AccessToken).await.unwrap();

    assert_eq!(format!("{read:?}"), format!("{stored:?}"));
    assert!(found(&db, TokenType::ClientCredentials).await.is_none());
}

async fn a_script_replaces_the_one_before_and_leaves_the_other_kind_alone(db: Database) {
    let first = ClaimsScript { block_issuance_on_error: Some(true), ..script("first") };
    db.write(async |tx| {
        tx.put_claims_script(TokenType::AccessToken, &first).await?;
        tx.put_claims_script(TokenType::ClientCredentials, &script("machine")).await
    })
    .await;

    db.write(async |tx| tx.put_claims_script(TokenType::AccessToken, &script("second")).await).await;

    let read = found(&db, TokenType::AccessToken).await.unwrap();
    assert_eq!((read.source.as_str(), read.block_issuance_on_error), ("second", None));
    assert_eq!(found(&db, TokenType::ClientCredentials).await.unwrap().source, "machine");
}

async fn environment_variables_open_only_for_their_kind_of_token(db: Database) {
    let sealed = db.tenant.read().await.unwrap();
    let sealed = sealed.seal_environment(TokenType::AccessToken, r#"{"KEY":"hunter2"}"#).unwrap();
    let stored = ClaimsScript { environment_variables: Some(sealed), ..script("s") };
    db.write(async |tx| tx.put_claims_script(TokenType::AccessToken, &stored).await).await;

    let read = found(&db, TokenType::AccessToken).await.unwrap().environment_variables.unwrap();

    assert!(!read.as_stored().contains("hunter2"));
    assert_eq!(db.tenant.open_environment(TokenType::AccessToken, &read).unwrap().expose(), r#"{"KEY":"hunter2"}"#);
    assert!(db.tenant.open_environment(TokenType::ClientCredentials, &read).is_err());
    let elsewhere = db.another_tenant("elsewhere").await;
    assert!(elsewhere.open_environment(TokenType::AccessToken, &read).is_err());
}

async fn a_deleted_script_is_gone(db: Database) {
    db.write(async |tx| tx.put_claims_script(TokenType::AccessToken, &script("s")).await).await;

    assert!(db.write(async |tx| tx.delete_claims_script(TokenType::AccessToken).await).await);
    assert!(!db.write(async |tx| tx.delete_claims_script(TokenType::AccessToken).await).await);

    assert!(found(&db, TokenType::AccessToken).await.is_none());
}
