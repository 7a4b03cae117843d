//! Client assertions are used once (RFC 7523 §3).

use crate::harness::sample::id;
use crate::harness::{Database, NOW};
use signet_core::id::ApplicationId;
use signet_core::time::Timestamp;
use std::sync::Arc;
use tokio::sync::Barrier;

on_both_backends!(
    an_assertion_is_used_once_per_application,
    of_twenty_racing_requests_one_uses_the_assertion,
    an_assertion_of_an_abandoned_transaction_can_be_used,
    expired_assertions_are_deleted_and_others_kept,
    expired_assertions_are_deleted_in_batches,
);

async fn use_once(db: &Database, application: &str, jti: &str, expires_at: Timestamp) -> bool {
    db.write(async |tx| tx.use_assertion(&id(application), jti, expires_at).await).await
}

async fn an_assertion_is_used_once_per_application(db: Database) {
    assert!(use_once(&db, "a", "jti", NOW).await);
    assert!(!use_once(&db, "a", "jti", NOW).await);
    assert!(use_once(&db, "a", "other", NOW).await);
    assert!(use_once(&db, "b", "jti", NOW).await);
}

async fn of_twenty_racing_requests_one_uses_the_assertion(db: Database) {
    let start = Arc::new(Barrier::new(20));
    let racers: Vec<_> = (0..20)
        .map(|_| {
            let (tenant, start) = (db.tenant.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                let tx = tenant.write().await.unwrap();
                let application: ApplicationId = id("a");
                let first = tx.use_assertion(&application, "jti", NOW).await.unwrap();
                tx.commit().await.unwrap();
                first
            })
        })
        .collect();

    let mut winners = 0;
    for racer in racers {
        winners += u32::from(racer.await.unwrap());
    }

    assert_eq!(winners, 1);
}

async fn an_assertion_of_an_abandoned_transaction_can_be_used(db: Database) {
    let tx = db.tenant.write().await.unwrap();
    assert!(tx.use_assertion(&id("a"), "jti", NOW).await.unwrap());
    drop(tx);

    assert!(use_once(&db, "a", "jti", NOW).await);
}

async fn expired_assertions_are_deleted_in_batches(db: Database) {
    db.write(async |tx| {
        for count in 0..450 {
            tx.use_assertion(&id("a"), &format!("jti {count}"), NOW).await?;
        }
        // The same `jti` of another application, which still counts.
        tx.use_assertion(&id("b"), "jti 0", Timestamp(NOW.0 + 2)).await
    })
    .await;

    let mut deleted = Vec::new();
    while deleted.last() != Some(&0) {
        deleted.push(db.write(async |tx| tx.delete_expired_assertions(Timestamp(NOW.0 + 1)).await).await);
    }

    assert_eq!(deleted, [200, 200, 50, 0]);
    assert!(!use_once(&db, "b", "jti 0", NOW).await, "it is remembered");
}

async fn expired_assertions_are_deleted_and_others_kept(db: Database) {
    for (jti, expires) in [("past", -1), ("present", 0), ("future", 1)] {
        use_once(&db, "a", jti, Timestamp(NOW.0 + expires)).await;
    }

    assert_eq!(db.write(async |tx| tx.delete_expired_assertions(NOW).await).await, 1);

    assert!(use_once(&db, "a", "past", NOW).await);
    assert!(!use_once(&db, "a", "present", NOW).await);
    assert!(!use_once(&db, "a", "future", NOW).await);
}
