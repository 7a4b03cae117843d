//! The audit log: committed in groups, before anybody is answered.

use crate::harness::sample::{entry, id, script_entry};
use crate::harness::{Database, NOW, eventually};
use futures_util::FutureExt as _;
use serde_json::json;
use signet_core::audit::{AuditEntry, LogKey};
use signet_core::time::Timestamp;
use signet_storage::{LogFilter, LogRow, Page, StoreError};
use std::time::Duration;

on_both_backends!(
    an_appended_entry_is_stored_when_append_returns,
    a_payload_says_what_stands_in_columns,
    two_hundred_appends_at_once_are_all_stored,
    appends_that_are_abandoned_are_stored_and_do_not_stall_the_log,
    an_append_larger_than_a_group_is_stored_whole,
    an_overfull_log_refuses_instead_of_growing,
    a_failed_group_is_reported_to_all_of_it_and_the_log_goes_on,
    entries_are_listed_newest_first_and_filtered,
    counting_stops_at_the_cap,
    old_entries_are_deleted_in_batches,
    a_context_is_stored_once_and_comes_back_with_every_entry,
    a_context_outlives_the_entries_that_name_it,
    requests_under_way_share_a_commit,
    a_request_that_never_comes_is_not_waited_for,
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
    let logged = AuditEntry { payload: r#"{"key":"k","text":"\u0000 „ü“","n":1.5}"#.to_owned(), ..entry(1) };

    append(&db, vec![logged.clone()]).await.unwrap();

    let found = db.tenant.read().await.unwrap().log(&logged.id).await.unwrap().unwrap();
    assert_eq!((found.id, found.key.as_str(), found.created_at), (logged.id, logged.key.as_str(), NOW));
    assert_eq!(found.payload, serde_json::from_str::<serde_json::Value>(&logged.payload).unwrap());
    assert!(db.tenant.read().await.unwrap().log("none").await.unwrap().is_none());
    append(&db, vec![]).await.unwrap();
}

async fn a_payload_says_what_stands_in_columns(db: Database) {
    let short = r#"{"result":"Success","ip":"::1","scope":"a"}"#.to_owned();
    let of_user = AuditEntry { user_id: Some(id("alice")), payload: short.clone(), ..entry(1) };
    let of_nobody = AuditEntry { application_id: None, payload: short, ..entry(2) };
    let whole =
        AuditEntry { user_id: Some(id("bob")), payload: r#"{"key":"own","result":"Error"}"#.into(), ..entry(3) };
    append(&db, vec![of_user, of_nobody, whole]).await.unwrap();

    let (found, _) = logs(&db, &LogFilter::default()).await;
    let payloads: Vec<_> = found.iter().rev().map(|row| row.payload.to_string()).collect();
    assert_eq!(
        payloads,
        [
            r#"{"key":"ExchangeTokenBy.ClientCredentials","result":"Success","ip":"::1","applicationId":"app","userId":"alice","scope":"a"}"#,
            r#"{"key":"ExchangeTokenBy.ClientCredentials","result":"Success","ip":"::1","scope":"a"}"#,
            r#"{"key":"own","result":"Error"}"#,
        ]
    );
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
    let later = AuditEntry { created_at: Timestamp(NOW.0 + 10), user_id: Some(id("alice")), ..entry(4) };
    append(&db, vec![entry(1), other_application, no_application, later]).await.unwrap();

    for (filter, expected) in [
        (LogFilter::default(), vec![4, 3, 2, 1]),
        (LogFilter { application_id: Some("other".into()), ..Default::default() }, vec![2]),
        (LogFilter { user_id: Some("alice".into()), ..Default::default() }, vec![4]),
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

async fn a_context_is_stored_once_and_comes_back_with_every_entry(db: Database) {
    let (one, other) = (json!({"application": {"name": "one"}}), json!({"application": {"name": "other"}}));
    append(&db, vec![script_entry(1, &one), script_entry(2, &one)]).await.unwrap();
    append(&db, vec![script_entry(3, &other), script_entry(4, &one), entry(5)]).await.unwrap();

    assert_eq!(db.ask("SELECT COUNT(*) FROM log_contexts").await, 2);
    let (found, _) = logs(&db, &LogFilter::default()).await;
    let contexts: Vec<_> = found.iter().map(|row| row.payload.pointer("/payload/context").cloned()).collect();
    assert_eq!(contexts, [None, Some(one.clone()), Some(other), Some(one.clone()), Some(one)]);
    let again = db.tenant.read().await.unwrap().log(&entry(3).id).await.unwrap().unwrap();
    assert_eq!(again.payload["payload"]["tokenType"], "client-credentials");
}

async fn a_context_outlives_the_entries_that_name_it(db: Database) {
    let day = Duration::from_hours(24);
    let context = json!({"application": {}});
    let at = |number, created_at| AuditEntry { created_at, ..script_entry(number, &context) };
    append(&db, vec![at(1, NOW)]).await.unwrap();
    // Just before the note is renewed.
    append(&db, vec![at(2, NOW.plus(day).minus(Duration::from_millis(1)))]).await.unwrap();

    assert_eq!(db.write(async |tx| tx.delete_log_contexts_before(NOW.plus(day)).await).await, 0);
    let newer = db.tenant.read().await.unwrap().log(&entry(2).id).await.unwrap();
    assert_eq!(newer.unwrap().payload["payload"]["context"], context);

    append(&db, vec![at(3, NOW.plus(day))]).await.unwrap();
    assert_eq!(db.ask("SELECT seen_at FROM log_contexts").await, NOW.plus(day).0, "the note was renewed");
    let after = NOW.plus(day).plus(day).plus(Duration::from_millis(1));
    assert_eq!(db.write(async |tx| tx.delete_log_contexts_before(after).await).await, 1);
}

async fn requests_under_way_share_a_commit(db: Database) {
    let log = db.store.audit();
    // Full groups teach the log that waiting pays.
    for round in 0..40 {
        let announced: Vec<_> = (0..8).map(|_| log.announce()).collect();
        let appends = announced.into_iter().zip(round * 8..).map(|(announced, number)| {
            let tenant = db.tenant.clone();
            async move { announced.append(tenant.id(), vec![entry(number)]).await.unwrap() }
        });
        futures_util::future::join_all(appends).await;
    }
    let (first, second) = (log.announce(), log.announce());
    let third = log.announce();

    let mut early = Box::pin(first.append(db.tenant.id(), vec![entry(1000)]));
    assert!((&mut early).now_or_never().is_none(), "two more are coming");
    let late = second.append(db.tenant.id(), vec![entry(1001)]);
    let (one, other) = tokio::join!(early, late);
    one.unwrap();
    other.unwrap();
    drop(third);

    assert_eq!(stored(&db).await, 322);
}

async fn a_request_that_never_comes_is_not_waited_for(db: Database) {
    let (absent, gone) = (db.store.audit().announce(), db.store.audit().announce());
    for number in 0..200 {
        append(&db, vec![entry(number)]).await.unwrap();
    }
    drop((absent, gone));

    append(&db, vec![entry(200)]).await.unwrap();
    assert_eq!(stored(&db).await, 201);
}
