//! Personal access tokens and subject tokens.

use crate::harness::sample::{id, object, user};
use crate::harness::{Database, NOW};
use serde_json::json;
use signet_core::exchange::{PersonalAccessToken, SubjectToken};
use signet_core::secret::{Plain, ValueHash};
use signet_core::time::Timestamp;
use signet_storage::{Constraint, StoreError, Tx};

on_both_backends!(
    a_personal_token_is_found_by_its_value_and_shown_again,
    a_renamed_personal_token_keeps_its_value,
    a_person_has_each_token_name_once,
    a_subject_token_is_used_once,
    expired_subject_tokens_are_swept,
    tokens_go_with_their_person,
    a_subject_token_is_of_somebody,
);

async fn insert(tx: &Tx, owner: &str, name: &str, value: &str) -> Result<(), StoreError> {
    let (hash, value) = tx.seal_personal_access_token(&Plain::new(value.to_owned()))?;
    let token = PersonalAccessToken {
        user_id: id(owner),
        name: name.to_owned(),
        hash,
        value,
        created_at: NOW,
        expires_at: Some(Timestamp(NOW.0 + 1)),
    };
    tx.insert_personal_access_token(&token).await
}

fn subject(value: &str, expires_at: i64) -> SubjectToken {
    SubjectToken {
        id: value.to_owned(),
        hash: ValueHash::of(value),
        user_id: id("ada"),
        creator_id: Some("robot".to_owned()),
        context: object(json!({ "ticket": 7 })),
        created_at: NOW,
        expires_at: Timestamp(expires_at),
        consumed_at: None,
    }
}

async fn a_personal_token_is_found_by_its_value_and_shown_again(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        insert(tx, "ada", "laptop", "pat_1").await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    let found = reader.personal_access_token(&ValueHash::of("pat_1")).await.unwrap().unwrap();

    assert_eq!((found.user_id.as_str(), found.name.as_str()), ("ada", "laptop"));
    assert_eq!(found.expires_at, Some(Timestamp(NOW.0 + 1)));
    assert_eq!(reader.open_personal_access_token(&found).unwrap().expose(), "pat_1");
    assert!(!found.value.as_stored().contains("pat_1"));
    assert!(reader.personal_access_token(&ValueHash::of("pat_2")).await.unwrap().is_none());
    assert_eq!(reader.personal_access_tokens(&id("ada")).await.unwrap().len(), 1);
    assert!(reader.personal_access_tokens(&id("bob")).await.unwrap().is_empty());
}

async fn a_renamed_personal_token_keeps_its_value(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        insert(tx, "ada", "laptop", "pat_1").await
    })
    .await;

    let renamed = db.write(async |tx| tx.rename_personal_access_token(&id("ada"), "laptop", "phone").await).await;

    let renamed = renamed.unwrap();
    assert_eq!(renamed.name, "phone");
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.open_personal_access_token(&renamed).unwrap().expose(), "pat_1");
    drop(reader);
    let absent = db.write(async |tx| tx.rename_personal_access_token(&id("ada"), "laptop", "phone").await).await;
    assert!(absent.is_none());
}

async fn a_person_has_each_token_name_once(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_user(&user("bob")).await?;
        insert(tx, "ada", "laptop", "pat_1").await?;
        insert(tx, "bob", "laptop", "pat_2").await
    })
    .await;

    let tx = db.tenant.write().await.unwrap();
    let again = insert(&tx, "ada", "laptop", "pat_3").await;
    drop(tx);

    assert!(matches!(again, Err(StoreError::Conflict(Constraint::PersonalAccessTokenName))), "{again:?}");
    assert!(db.write(async |tx| tx.delete_personal_access_token(&id("ada"), "laptop").await).await);
    assert!(!db.write(async |tx| tx.delete_personal_access_token(&id("ada"), "laptop").await).await);
    assert_eq!(db.ask("SELECT COUNT(*) FROM personal_access_tokens").await, 1);
}

async fn a_subject_token_is_used_once(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_subject_token(&subject("sub_1", NOW.0 + 600)).await
    })
    .await;
    let hash = ValueHash::of("sub_1");

    let stored = db.tenant.read().await.unwrap().subject_token(&hash).await.unwrap().unwrap();
    assert_eq!(format!("{stored:?}"), format!("{:?}", subject("sub_1", NOW.0 + 600)));
    assert!(db.write(async |tx| tx.consume_subject_token(&hash, NOW).await).await);
    assert!(!db.write(async |tx| tx.consume_subject_token(&hash, NOW).await).await);

    let used = db.tenant.read().await.unwrap().subject_token(&hash).await.unwrap().unwrap();
    assert_eq!(used.consumed_at, Some(NOW));
}

async fn expired_subject_tokens_are_swept(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_subject_token(&subject("old", NOW.0)).await?;
        tx.insert_subject_token(&subject("new", NOW.0 + 1)).await
    })
    .await;

    assert_eq!(db.write(async |tx| tx.delete_expired_subject_tokens(NOW).await).await, 1);

    let reader = db.tenant.read().await.unwrap();
    assert!(reader.subject_token(&ValueHash::of("old")).await.unwrap().is_none());
    assert!(reader.subject_token(&ValueHash::of("new")).await.unwrap().is_some());
}

async fn tokens_go_with_their_person(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        insert(tx, "ada", "laptop", "pat_1").await?;
        tx.insert_subject_token(&subject("sub_1", NOW.0 + 600)).await?;
        tx.delete_user(&id("ada")).await
    })
    .await;

    assert_eq!(db.ask("SELECT COUNT(*) FROM personal_access_tokens").await, 0);
    assert_eq!(db.ask("SELECT COUNT(*) FROM subject_tokens").await, 0);
}

async fn a_subject_token_is_of_somebody(db: Database) {
    let tx = db.tenant.write().await.unwrap();

    let of_nobody = tx.insert_subject_token(&subject("sub_1", NOW.0 + 600)).await;

    assert!(matches!(of_nobody, Err(StoreError::MissingReference)), "{of_nobody:?}");
}
