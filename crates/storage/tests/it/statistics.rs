//! Counters and active users of several nodes, and proofs about one's own account.

use crate::harness::sample::{id, user};
use crate::harness::{Database, NOW};
use signet_core::statistics::{Bucket, Counter, Series};
use signet_core::time::Timestamp;
use signet_storage::{DailyCount, HourlyCount, OwnProof, ProofKind};
use std::time::Duration;

on_both_backends!(
    counters_add_up_and_are_stored_once,
    whoever_is_active_counts_once_a_day,
    users_are_counted_by_when_they_came,
    a_proof_is_replaced_used_once_and_forgotten,
    what_is_counted_is_the_tenants_own,
);

const HOUR: Duration = Duration::from_hours(1);
const ALL: (Timestamp, Timestamp) = (Timestamp(0), Timestamp(i64::MAX));

fn took(millis: u64) -> Counter {
    Counter::Took(Bucket::of(Duration::from_millis(millis)))
}

async fn counts(db: &Database, series: Series) -> Vec<(i64, Counter, i64)> {
    let found = db.tenant.read().await.unwrap().hourly_counts(series, ALL).await.unwrap();
    found.into_iter().map(|HourlyCount { hour, counter, count }| (hour.0, counter, count)).collect()
}

async fn counters_add_up_and_are_stored_once(db: Database) {
    let hour = signet_core::statistics::hour_of(NOW);
    for _ in 0..2 {
        db.tenant.count(Series::Tokens, Counter::UserTokens, NOW);
        db.tenant.count(Series::Tokens, took(3), NOW);
        db.tenant.count(Series::Tokens, Counter::UserTokens, NOW.plus(HOUR));
        db.tenant.count(Series::SignIns, Counter::SignIns, NOW);
        db.store.store_statistics().await.unwrap();
    }
    db.store.store_statistics().await.unwrap();

    let stored = counts(&db, Series::Tokens).await;

    let next = hour.plus(HOUR).0;
    assert_eq!(stored, [(hour.0, took(3), 2), (hour.0, Counter::UserTokens, 2), (next, Counter::UserTokens, 2)]);
    let reader = db.tenant.read().await.unwrap();
    let narrow = reader.hourly_counts(Series::Tokens, (hour.plus(HOUR), hour.plus(HOUR * 2))).await.unwrap();
    assert_eq!(narrow.len(), 1);
    drop(reader);
    db.write(async |tx| tx.delete_old_counts(hour.plus(HOUR)).await).await;
    assert_eq!(counts(&db, Series::Tokens).await, [(next, Counter::UserTokens, 2)]);
}

async fn whoever_is_active_counts_once_a_day(db: Database) {
    let day = signet_core::statistics::day_of(NOW);
    for (name, at) in [("ada", NOW), ("ada", NOW.plus(HOUR)), ("bob", NOW), ("ada", NOW.plus(HOUR * 24))] {
        db.tenant.count_active(&id(name), at);
        db.store.store_statistics().await.unwrap();
    }

    let reader = db.tenant.read().await.unwrap();
    let by_day = reader.active_users_by_day(ALL).await.unwrap();

    let next = day.plus(HOUR * 24);
    assert_eq!(by_day, [DailyCount { day, count: 2 }, DailyCount { day: next, count: 1 }]);
    assert_eq!(reader.count_active_between(ALL).await.unwrap(), 2);
    assert_eq!(reader.count_active_between((next, Timestamp(i64::MAX))).await.unwrap(), 1);
    drop(reader);
    assert_eq!(db.write(async |tx| tx.delete_old_activity(next).await).await, 2);
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.active_users_by_day(ALL).await.unwrap(), [DailyCount { day: next, count: 1 }]);
}

async fn users_are_counted_by_when_they_came(db: Database) {
    db.write(async |tx| tx.insert_user(&user("ada")).await).await;
    let reader = db.tenant.read().await.unwrap();

    assert_eq!(reader.count_users().await.unwrap(), 1);
    assert_eq!(reader.count_new_users((NOW, NOW.plus(HOUR))).await.unwrap(), 1);
    assert_eq!(reader.count_new_users((NOW.plus(HOUR), Timestamp(i64::MAX))).await.unwrap(), 0);
}

async fn a_proof_is_replaced_used_once_and_forgotten(db: Database) {
    let ada = id("ada");
    let proof = |subject: &str, proved_at| OwnProof { subject: subject.to_owned(), proved_at };
    db.write(async |tx| tx.insert_user(&user("ada")).await).await;
    let (first, second) = (proof("a@example.com", NOW), proof("b@example.com", NOW.plus(HOUR)));
    for proof in [&first, &second] {
        db.write(async |tx| tx.put_own_proof(&ada, ProofKind::Email, proof).await).await;
    }
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.own_proof(&ada, ProofKind::Email).await.unwrap(), Some(second));
    assert_eq!(reader.own_proof(&ada, ProofKind::Password).await.unwrap(), None);
    drop(reader);

    assert!(db.write(async |tx| tx.use_own_proof(&ada, ProofKind::Email).await).await);
    assert!(!db.write(async |tx| tx.use_own_proof(&ada, ProofKind::Email).await).await);

    db.write(async |tx| tx.put_own_proof(&ada, ProofKind::Password, &first).await).await;
    assert_eq!(db.write(async |tx| tx.delete_old_proofs(NOW).await).await, 1);
}

async fn what_is_counted_is_the_tenants_own(db: Database) {
    let other = db.another_tenant("other").await;
    db.tenant.count(Series::Tokens, Counter::UserTokens, NOW);
    db.tenant.count_active(&id("ada"), NOW);
    db.store.store_statistics().await.unwrap();

    let reader = other.read().await.unwrap();

    assert!(reader.hourly_counts(Series::Tokens, ALL).await.unwrap().is_empty());
    assert_eq!(reader.count_active_between(ALL).await.unwrap(), 0);
    drop(reader);
    let tx = other.write().await.unwrap();
    tx.delete_old_counts(Timestamp(i64::MAX)).await.unwrap();
    tx.delete_old_activity(Timestamp(i64::MAX)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(counts(&db, Series::Tokens).await.len(), 1);
}
