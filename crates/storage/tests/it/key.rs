//! Signing and cookie keys.

use crate::harness::sample::key;
use crate::harness::{Database, NOW};
use signet_core::signing_key::{KeyStatus, KeyUse, StoredKey};
use signet_core::time::Timestamp;

on_both_backends!(
    keys_are_listed_by_use_newest_first,
    a_key_is_sealed_and_opens_only_under_its_id,
    a_key_moves_through_its_states,
    a_deleted_key_is_gone,
    a_key_whose_state_makes_no_sense_is_corrupt,
);

async fn ids(db: &Database, usage: KeyUse) -> Vec<String> {
    let keys = db.tenant.read().await.unwrap().signing_keys(usage).await.unwrap();
    keys.into_iter().map(|key| key.id).collect()
}

async fn keys_are_listed_by_use_newest_first(db: Database) {
    let newer = StoredKey { created_at: Timestamp(NOW.0 + 1), ..key("newer", KeyStatus::Current) };
    let cookie = StoredKey { algorithm: None, ..key("cookie", KeyStatus::Current) };
    db.write(async |tx| {
        tx.insert_signing_key(KeyUse::Private, &key("older", KeyStatus::Previous)).await?;
        tx.insert_signing_key(KeyUse::Private, &newer).await?;
        tx.insert_signing_key(KeyUse::Cookie, &cookie).await
    })
    .await;

    assert_eq!(ids(&db, KeyUse::Private).await, ["newer", "older"]);
    assert!(ids(&db, KeyUse::Companion).await.is_empty());
    let read = db.tenant.read().await.unwrap().signing_keys(KeyUse::Cookie).await.unwrap();
    assert_eq!(format!("{read:?}"), format!("{:?}", [cookie]));
}

async fn a_key_is_sealed_and_opens_only_under_its_id(db: Database) {
    let material = db.tenant.read().await.unwrap().seal_key("k1", "-----BEGIN").unwrap();
    let stored = StoredKey { material, ..key("k1", KeyStatus::Current) };
    db.write(async |tx| tx.insert_signing_key(KeyUse::Private, &stored).await).await;

    let read = db.tenant.read().await.unwrap().signing_keys(KeyUse::Private).await.unwrap().pop().unwrap();

    assert_eq!(db.tenant.open_key(&read).unwrap().expose(), "-----BEGIN");
    assert!(db.tenant.open_key(&StoredKey { id: "k2".into(), ..read }).is_err());
}

async fn a_key_moves_through_its_states(db: Database) {
    let next = KeyStatus::Next { effective_at: Timestamp(NOW.0 + 1000) };
    db.write(async |tx| tx.insert_signing_key(KeyUse::Private, &key("k1", next)).await).await;

    for status in [next, KeyStatus::Current, KeyStatus::Previous] {
        db.write(async |tx| tx.set_key_status("k1", status).await).await;
        let read = db.tenant.read().await.unwrap().signing_keys(KeyUse::Private).await.unwrap();
        assert_eq!(read[0].status, status);
    }
}

async fn a_deleted_key_is_gone(db: Database) {
    db.write(async |tx| tx.insert_signing_key(KeyUse::Private, &key("k1", KeyStatus::Current)).await).await;

    db.write(async |tx| tx.delete_signing_key("k1").await).await;

    assert!(ids(&db, KeyUse::Private).await.is_empty());
}

async fn a_key_whose_state_makes_no_sense_is_corrupt(db: Database) {
    db.write(async |tx| tx.insert_signing_key(KeyUse::Private, &key("k1", KeyStatus::Current)).await).await;
    db.behind_our_back("UPDATE signing_keys SET effective_at = 1").await;

    let error = db.tenant.read().await.unwrap().signing_keys(KeyUse::Private).await.unwrap_err();

    assert_eq!(error.to_string(), "a row of `signing_keys` cannot be read: status and effective_at do not agree");
}
