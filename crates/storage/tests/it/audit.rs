//! The audit log: committed in groups, before anybody is answered.

use crate::harness::sample::{entry, id};
use crate::harness::{Database, NOW, eventually};
use futures_util::FutureExt as _;
use signet_core::audit::{AuditEntry, LogKey};
use signet_core::time::Timestamp;
use signet_storage::{LogFilter, LogRow, Page, StoreError};

on_both_backends!(
    an_appended_entry_is_stored_when_append_returns,
    two_hundred_appends_at_once_are_all_stored,
    appends_that_are_abandoned_are_stored_and_do_not_stall_the_log,
    an_append_larger_than_a_group_is_stored_whole,
    an_overfull_log_refuses_instead_of_growing,
    a_failed_group_is_reported_to_all_of_it_and_the_log_goes_on,
    entries_are_listed_newest_first_and_filtered,
    counting_stops_at_the_cap,
    old_entries_are_deleted_in_batches,
);

const ALL: Page = Page { number: 1, size: 1000 };

async fn append(db: &Database, entries: Vec<AuditEntry>) -> Result<(), StoreError> {
    db.store.audit().append(db.tenant.id(), entries).await
}

async fn logs(db: &Database, filter: &LogFilter) -> (Vec<LogRow>, i64) {
    let listed = db.tenant.read().await.unwrap().logs(filter, ALL).await.unwrap();
    (listed.items, listed.total)
}

async fn stored(db: &Database) -> i64 {
    db.ask("SELECT COUNT(*) FROM logs").await
}

async fn an_appended_entry_is_stored_when_append_returns(db: Database) {
    let logged = AuditEntry { payload: r#"{"text":"\u0000 „ü“","n":1.5}"#.to_owned(), ..entry(1) };

    append(&db, vec![logged.clone()]).await.unwrap();

    let found = db.tenant.read().await.unwrap().log(&logged.id).await.unwrap().unwrap();
    assert_eq!((found.id, found.key.as_str(), found.created_at), (logged.id, logged.key.as_str(), NOW));
    assert_eq!(found.payload, serde_json::from_str::<serde_json::Value>(&logged.payload).unwrap());
    assert!(db.tenant.read().await.unwrap().log("none").await.unwrap().is_none());
    append(&db, vec![]).await.unwrap();
}

async fn two_hundred_appends_at_once_are_all_stored(db: Database) {
    let appends: Vec<_> = (0..200)
        .map(|number| {
            let tenant = db.tenant.clone();
            tokio::spawn(async move {
                let entries = vec![entry(2 * number), entry(2 * number + 1)];
                tenant.store().audit().append(tenant.id(), entries).await.unwrap();
                // Whoever is answered finds its own entry.
                assert!(tenant.read().await.unwrap().log(&entry(2 * number).id).await.unwrap().is_some());
            })
        })
        .collect();
    for append in appends {
        append.await.unwrap();
    }

    let (found, total) = logs(&db, &LogFilter::default()).await;
    assert_eq!(total, 400);
    assert!(found.is_sorted_by(|newer, older| newer.id > older.id));
}

async fn appends_that_are_abandoned_are_stored_and_do_not_stall_the_log(db: Database) {
    // While this transaction is open, SQLite's only writer is taken, and the first append waits for it.
    let open = db.tenant.write().await.unwrap();
    for number in 0..20 {
        assert!(append(&db, vec![entry(number)]).now_or_never().is_none_or(|done| done.is_ok()));
    }
    drop(open);

    append(&db, vec![entry(20)]).await.unwrap();

    eventually("abandoned entries are stored", async || stored(&db).await == 21).await;
}

async fn an_append_larger_than_a_group_is_stored_whole(db: Database) {
    append(&db, (0..600).map(entry).collect()).await.unwrap();

    assert_eq!(stored(&db).await, 600);
}

async fn an_overfull_log_refuses_instead_of_growing(db: Database) {
    let too_many = (0..16_385).map(entry).collect();

    assert!(matches!(append(&db, too_many).await, Err(StoreError::Unavailable(_))));

    append(&db, vec![entry(0)]).await.unwrap();
    assert_eq!(stored(&db).await, 1);
}

async fn a_failed_group_is_reported_to_all_of_it_and_the_log_goes_on(db: Database) {
    append(&db, vec![entry(1)]).await.unwrap();

    assert!(matches!(append(&db, vec![entry(2), entry(1)]).await, Err(StoreError::Unavailable(_))));

    append(&db, vec![entry(3)]).await.unwrap();
    let (found, _) = logs(&db, &LogFilter::default()).await;
    assert_eq!(found.into_iter().map(|row| row.id).collect::<Vec<_>>(), [entry(3).id, entry(1).id]);
}

async fn entries_are_listed_newest_first_and_filtered(db: Database) {
    let other_application = AuditEntry { application_id: Some(id("other")), ..entry(2) };
    let no_application = AuditEntry { application_id: None, key: LogKey::ScriptClientCredentials, ..entry(3) };
    let later = AuditEntry { created_at: Timestamp(NOW.0 + 10), ..entry(4) };
    append(&db, vec![entry(1), other_application, no_application, later]).await.unwrap();

    for (filter, expected) in [
        (LogFilter::default(), vec![4, 3, 2, 1]),
        (LogFilter { application_id: Some("other".into()), ..Default::default() }, vec![2]),
        (LogFilter { key: Some("JwtCustomizer.ClientCredentials".into()), ..Default::default() }, vec![3]),
        (LogFilter { from: Some(Timestamp(NOW.0 + 10)), ..Default::default() }, vec![4]),
        (LogFilter { until: Some(NOW), ..Default::default() }, vec![3, 2, 1]),
        (LogFilter { from: Some(NOW), until: Some(Timestamp(NOW.0 - 1)), ..Default::default() }, vec![]),
    ] {
        let (found, total) = logs(&db, &filter).await;
        let ids: Vec<String> = found.into_iter().map(|row| row.id).collect();
        assert_eq!(ids, expected.iter().map(|number| entry(*number).id).collect::<Vec<_>>(), "{filter:?}");
        assert_eq!(total, i64::try_from(expected.len()).unwrap());
    }
    let page = Page { number: 2, size: 3 };
    let second = db.tenant.read().await.unwrap().logs(&LogFilter::default(), page).await.unwrap();
    assert_eq!((second.items[0].id.clone(), second.items.len(), second.total), (entry(1).id, 1, 4));
}

async fn counting_stops_at_the_cap(db: Database) {
    append(&db, (0..10).map(entry).collect()).await.unwrap();

    for (cap, expected) in [(5, 5), (10, 10), (20, 10)] {
        let (found, total) = logs(&db, &LogFilter { count_cap: Some(cap), ..Default::default() }).await;
        assert_eq!((found.len(), total), (10, expected), "cap {cap}");
    }
}

async fn old_entries_are_deleted_in_batches(db: Database) {
    append(&db, (0..1100).map(entry).collect()).await.unwrap();
    let kept = entry(1050).id;

    let mut deleted = Vec::new();
    loop {
        let count = db.write(async |tx| tx.delete_logs_before(&kept).await).await;
        deleted.push(count);
        if count == 0 {
            break;
        }
    }

    assert_eq!(deleted, [500, 500, 50, 0]);
    let (found, total) = logs(&db, &LogFilter::default()).await;
    assert_eq!((found.last().unwrap().id.clone(), total), (kept, 50));
}
