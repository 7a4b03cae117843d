//! Caches forget on commit, and only then.

use crate::harness::Database;
use crate::harness::sample::{application, id, key, resource, role, scope, script, secret};
use serde_json::json;
use signet_core::script::TokenType;
use signet_core::secret::Sealed;
use signet_core::signing_key::{KeyStatus, KeyUse};
use signet_storage::{Cached, StoreError, Topic, Tx};
use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};

on_both_backends!(a_commit_makes_the_cache_forget_and_a_rollback_does_not, each_write_forgets_its_topics_and_no_other,);

const TOPICS: [Topic; 6] =
    [Topic::Applications, Topic::Resources, Topic::Roles, Topic::Scripts, Topic::Keys, Topic::Configs];

/// Counts how often it had to load.
struct Counted {
    cached: Cached<(), ()>,
    loads: AtomicU32,
}

impl Counted {
    fn new(db: &Database, topic: Topic) -> Self {
        Self { cached: db.store.cached(topic, 10), loads: AtomicU32::new(0) }
    }

    async fn loads(&self) -> u32 {
        let load = async |(): &()| {
            self.loads.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Infallible>(())
        };
        self.cached.get_or_load((), load).await.unwrap();
        self.loads.load(Ordering::SeqCst)
    }
}

/// Waits until the store hears of other nodes; before, it caches little.
async fn in_touch(db: &Database) -> tokio::task::JoinHandle<()> {
    let task = db.store.maintain();
    let probe = Counted::new(db, Topic::Configs);
    crate::harness::eventually("the store listens", async || probe.loads().await == probe.loads().await).await;
    task
}

async fn a_commit_makes_the_cache_forget_and_a_rollback_does_not(db: Database) {
    let task = in_touch(&db).await;
    let roles = Counted::new(&db, Topic::Roles);
    assert_eq!((roles.loads().await, roles.loads().await), (1, 1));

    let mut tx = db.tenant.write().await.unwrap();
    tx.insert_role(&role("lost")).await.unwrap();
    assert_eq!(roles.loads().await, 1, "nothing is committed yet");
    drop(tx);
    assert_eq!(roles.loads().await, 1, "nothing was committed");

    db.write(async |tx| tx.insert_role(&role("kept")).await).await;
    assert!(roles.loads().await >= 2);
    task.abort();
}

/// Writes of each kind, and what they touch.
async fn write_number(tx: &mut Tx, number: usize) -> Result<&'static [Topic], StoreError> {
    let (app, api, the_role, the_scope) = (id("app"), id("api"), id("role"), id("scope"));
    Ok(match number {
        0 => tx.insert_application(&application("app")).await.map(|()| &[Topic::Applications][..])?,
        1 => tx.update_application(&application("app")).await.map(|_| &[Topic::Applications][..])?,
        2 => {
            let stored = secret("app", "s", Sealed::from_stored("x".into()));
            tx.insert_application_secret(&stored).await.map(|()| &[Topic::Applications][..])?
        }
        3 => tx.delete_application_secret(&app, "s").await.map(|_| &[Topic::Applications][..])?,
        4 => tx.insert_resource(&resource("api")).await.map(|()| &[Topic::Resources][..])?,
        5 => tx.update_resource(&resource("api")).await.map(|_| &[Topic::Resources][..])?,
        6 => tx.clear_default_resource().await.map(|()| &[Topic::Resources][..])?,
        7 => tx.insert_scope(&scope("scope", "api")).await.map(|()| &[Topic::Roles][..])?,
        8 => tx.update_scope(&scope("scope", "api")).await.map(|_| &[Topic::Roles][..])?,
        9 => tx.insert_role(&role("role")).await.map(|()| &[Topic::Roles][..])?,
        10 => tx.update_role(&role("role")).await.map(|_| &[Topic::Roles][..])?,
        11 => tx.add_scope_to_role(&the_role, &the_scope).await.map(|()| &[Topic::Roles][..])?,
        12 => tx.assign_role_to_application(&app, &the_role).await.map(|_| &[Topic::Roles][..])?,
        13 => tx.remove_role_from_application(&app, &the_role).await.map(|_| &[Topic::Roles][..])?,
        14 => tx.remove_roles_from_application(&app).await.map(|()| &[Topic::Roles][..])?,
        15 => tx.remove_scope_from_role(&the_role, &the_scope).await.map(|_| &[Topic::Roles][..])?,
        16 => tx.delete_scope(&the_scope).await.map(|_| &[Topic::Roles][..])?,
        17 => tx.delete_role(&the_role).await.map(|_| &[Topic::Roles][..])?,
        18 => tx.delete_resource(&api).await.map(|_| &[Topic::Resources, Topic::Roles][..])?,
        19 => tx.delete_application(&app).await.map(|_| &[Topic::Applications, Topic::Roles][..])?,
        20 => {
            let kind = TokenType::AccessToken;
            tx.put_claims_script(kind, &script("s")).await.map(|()| &[Topic::Scripts][..])?
        }
        21 => tx.delete_claims_script(TokenType::AccessToken).await.map(|_| &[Topic::Scripts][..])?,
        22 => {
            let stored = key("key", KeyStatus::Current);
            tx.insert_signing_key(KeyUse::Private, &stored).await.map(|()| &[Topic::Keys][..])?
        }
        23 => tx.set_key_status("key", KeyStatus::Previous).await.map(|()| &[Topic::Keys][..])?,
        24 => tx.delete_signing_key("key").await.map(|()| &[Topic::Keys][..])?,
        25 => tx.put_config("c", &json!(1)).await.map(|()| &[Topic::Configs][..])?,
        _ => unreachable!("there are 26 writes"),
    })
}

async fn each_write_forgets_its_topics_and_no_other(db: Database) {
    let task = in_touch(&db).await;
    for number in 0..26 {
        let caches = TOPICS.map(|topic| Counted::new(&db, topic));
        for cache in &caches {
            assert_eq!(cache.loads().await, 1);
        }

        let touched = db.write(async |tx| write_number(tx, number).await).await;

        for (topic, cache) in TOPICS.iter().zip(&caches) {
            let expected = 1 + u32::from(touched.contains(topic));
            assert!(cache.loads().await >= expected, "write {number} and {topic:?}");
            if db.store.is_postgres() {
                // Its own notification may make a node forget a second time.
                continue;
            }
            assert_eq!(cache.loads().await, expected, "write {number} and {topic:?}");
        }
    }
    task.abort();
}
