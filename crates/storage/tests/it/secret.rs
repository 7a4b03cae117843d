//! Secrets of applications.

use crate::harness::sample::{application, id, secret};
use crate::harness::{Database, NOW};
use signet_core::application::ApplicationSecret;
use signet_core::time::Timestamp;

on_both_backends!(
    a_secret_is_sealed_at_rest_and_opens_again,
    a_secret_does_not_open_under_another_name_or_application,
    secrets_are_listed_in_the_order_of_creation,
    a_renamed_secret_keeps_its_value,
    renaming_a_secret_that_is_gone_changes_nothing,
    a_deleted_secret_is_gone,
    secrets_go_with_their_application,
    digests_match_the_secret_and_nothing_else,
);

/// Stores the application `shop` with one secret.
async fn shop_with_secret(db: &Database, name: &str, value: &str) -> ApplicationSecret {
    db.write(async |tx| {
        tx.insert_application(&application("shop")).await?;
        let stored = secret("shop", name, tx.seal_application_secret(&id("shop"), name, value)?);
        tx.insert_application_secret(&stored).await?;
        Ok(stored)
    })
    .await
}

async fn names(db: &Database) -> Vec<String> {
    let reader = db.tenant.read().await.unwrap();
    reader.application_secrets(&id("shop")).await.unwrap().into_iter().map(|secret| secret.name).collect()
}

async fn a_secret_is_sealed_at_rest_and_opens_again(db: Database) {
    shop_with_secret(&db, "first", "hunter2").await;

    let reader = db.tenant.read().await.unwrap();
    let found = reader.application_secrets(&id("shop")).await.unwrap().pop().unwrap();

    assert!(!found.value.as_stored().contains("hunter2"));
    assert_eq!(reader.open_application_secret(&found).unwrap().expose(), "hunter2");
}

async fn a_secret_does_not_open_under_another_name_or_application(db: Database) {
    let stored = shop_with_secret(&db, "first", "hunter2").await;
    let reader = db.tenant.read().await.unwrap();
    let elsewhere = db.another_tenant("elsewhere").await.read().await.unwrap();

    let renamed = ApplicationSecret { name: "second".to_owned(), ..stored.clone() };
    assert!(reader.open_application_secret(&renamed).is_err());
    let moved = ApplicationSecret { application_id: id("thief"), ..stored.clone() };
    assert!(reader.open_application_secret(&moved).is_err());
    assert!(elsewhere.open_application_secret(&stored).is_err());
}

async fn secrets_are_listed_in_the_order_of_creation(db: Database) {
    let first = shop_with_secret(&db, "z", "1").await;
    db.write(async |tx| {
        for (name, later) in [("m", 2), ("a", 1)] {
            let created_at = Timestamp(NOW.0 + later);
            tx.insert_application_secret(&ApplicationSecret { name: name.to_owned(), created_at, ..first.clone() })
                .await?;
        }
        Ok(())
    })
    .await;

    assert_eq!(names(&db).await, ["z", "a", "m"]);
}

async fn a_renamed_secret_keeps_its_value(db: Database) {
    let stored = shop_with_secret(&db, "first", "hunter2").await;

    let renamed = db.write(async |tx| tx.rename_application_secret(&stored, "second").await).await;

    assert_eq!(names(&db).await, ["second"]);
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.open_application_secret(&renamed).unwrap().expose(), "hunter2");
    let found = reader.application_secrets(&id("shop")).await.unwrap().pop().unwrap();
    assert_eq!(reader.open_application_secret(&found).unwrap().expose(), "hunter2");
}

async fn renaming_a_secret_that_is_gone_changes_nothing(db: Database) {
    let stored = shop_with_secret(&db, "first", "hunter2").await;
    db.write(async |tx| tx.delete_application_secret(&id("shop"), "first").await).await;

    db.write(async |tx| tx.rename_application_secret(&stored, "second").await).await;

    assert!(names(&db).await.is_empty());
}

async fn a_deleted_secret_is_gone(db: Database) {
    shop_with_secret(&db, "first", "hunter2").await;

    assert!(!db.write(async |tx| tx.delete_application_secret(&id("shop"), "other").await).await);
    assert!(db.write(async |tx| tx.delete_application_secret(&id("shop"), "first").await).await);

    assert!(names(&db).await.is_empty());
}

async fn secrets_go_with_their_application(db: Database) {
    shop_with_secret(&db, "first", "hunter2").await;

    db.write(async |tx| tx.delete_application(&id("shop")).await).await;

    assert_eq!(db.ask("SELECT COUNT(*) FROM application_secrets").await, 0);
}

async fn digests_match_the_secret_and_nothing_else(db: Database) {
    let stored = shop_with_secret(&db, "first", "hunter2").await;
    let expired = ApplicationSecret { name: "expired".to_owned(), expires_at: Some(NOW), ..stored };
    db.write(async |tx| {
        let value = tx.seal_application_secret(&id("shop"), "expired", "old")?;
        tx.insert_application_secret(&ApplicationSecret { value, ..expired.clone() }).await
    })
    .await;

    let digests = db.tenant.read().await.unwrap().secret_digests(&id("shop")).await.unwrap();

    let first = digests.iter().find(|digest| digest.name == "first").unwrap();
    assert!(first.digest.matches("hunter2") && !first.digest.matches("hunter3") && !first.is_expired(NOW));
    assert_eq!(db.tenant.open_secret(&id("shop"), first).unwrap().expose(), "hunter2");
    let expired = digests.iter().find(|digest| digest.name == "expired").unwrap();
    assert!(expired.digest.matches("old") && expired.is_expired(NOW) && !expired.is_expired(Timestamp(NOW.0 - 1)));
}
