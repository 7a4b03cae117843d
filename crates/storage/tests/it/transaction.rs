//! Transactions: all or nothing, also when they are abandoned.

use crate::harness::sample::{application, id, role};
use crate::harness::{Database, eventually};
use futures_util::FutureExt as _;
use serde_json::json;
use signet_storage::StoreError;

async fn has_role(db: &Database, name: &str) -> bool {
    db.tenant.read().await.unwrap().role(&id(name)).await.unwrap().is_some()
}

on_both_backends!(
    a_dropped_transaction_leaves_nothing_behind,
    a_transaction_in_which_a_statement_failed_is_not_committed,
    what_is_not_committed_is_not_seen_by_others,
    twenty_writers_take_turns,
    writers_that_lock_the_tenant_lose_no_update,
);

async fn a_dropped_transaction_leaves_nothing_behind(db: Database) {
    let mut tx = db.tenant.write().await.unwrap();
    tx.insert_role(&role("lost")).await.unwrap();
    assert!(tx.role(&id("lost")).await.unwrap().is_some(), "a transaction sees its own writes");
    drop(tx);

    assert!(!has_role(&db, "lost").await);
    db.write(async |tx| tx.insert_role(&role("kept")).await).await;
    assert!(has_role(&db, "kept").await && !has_role(&db, "lost").await);
}

async fn a_transaction_in_which_a_statement_failed_is_not_committed(db: Database) {
    db.write(async |tx| tx.insert_role(&role("first")).await).await;

    let mut tx = db.tenant.write().await.unwrap();
    tx.insert_role(&role("second")).await.unwrap();
    assert!(matches!(tx.insert_role(&role("first")).await, Err(StoreError::Conflict(_))));

    assert!(tx.commit().await.is_err(), "a commit must not say yes to half of its statements");
    assert!(!has_role(&db, "second").await);
}

async fn what_is_not_committed_is_not_seen_by_others(db: Database) {
    let mut tx = db.tenant.write().await.unwrap();
    tx.insert_role(&role("soon")).await.unwrap();

    assert!(!has_role(&db, "soon").await);
    tx.commit().await.unwrap();
    assert!(has_role(&db, "soon").await);
}

async fn twenty_writers_take_turns(db: Database) {
    let writers: Vec<_> = (0..20)
        .map(|number| {
            let tenant = db.tenant.clone();
            tokio::spawn(async move {
                let mut tx = tenant.write().await.unwrap();
                tx.insert_application(&application(&format!("a{number}"))).await.unwrap();
                tokio::task::yield_now().await;
                tx.insert_role(&role(&format!("r{number}"))).await.unwrap();
                tx.commit().await.unwrap();
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }

    assert_eq!(db.ask("SELECT COUNT(*) FROM roles").await, 20);
}

async fn writers_that_lock_the_tenant_lose_no_update(db: Database) {
    db.write(async |tx| tx.put_config("count", &json!(0)).await).await;
    let writers: Vec<_> = (0..20)
        .map(|_| {
            let tenant = db.tenant.clone();
            tokio::spawn(async move {
                let mut tx = tenant.write().await.unwrap();
                tx.lock_tenant().await.unwrap();
                let count = tx.config("count").await.unwrap().unwrap().as_i64().unwrap();
                tx.put_config("count", &json!(count + 1)).await.unwrap();
                tx.commit().await.unwrap();
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }

    assert_eq!(db.tenant.read().await.unwrap().config("count").await.unwrap(), Some(json!(20)));
}

mod connections {
    use super::*;

    on_postgres!(a_transaction_abandoned_while_it_begins_does_not_stay_open, a_killed_connection_is_replaced);

    async fn a_transaction_abandoned_while_it_begins_does_not_stay_open(db: Database) {
        // The pool has a connection at hand, so that the first poll already sends the beginning.
        db.store.ping().await.unwrap();
        for _ in 0..10 {
            // Polled once: usually the answer is still under way, and on a fast machine the transaction is dropped open.
            drop(db.tenant.write().now_or_never());
            db.store.ping().await.unwrap();
        }

        eventually("no transaction is open", async || {
            let open = "SELECT COUNT(*) FROM pg_stat_activity \
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
            db.ask(open).await == 0
        })
        .await;
    }

    async fn a_killed_connection_is_replaced(db: Database) {
        let mut tx = db.tenant.write().await.unwrap();
        tx.insert_role(&role("lost")).await.unwrap();
        db.behind_our_back(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await;

        assert!(matches!(tx.insert_role(&role("late")).await, Err(StoreError::Unavailable(_))));
        drop(tx);

        eventually("the database answers again", async || db.store.ping().await.is_ok()).await;
        assert!(!has_role(&db, "lost").await);
    }
}
