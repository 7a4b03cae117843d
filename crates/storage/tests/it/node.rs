//! Several nodes on one PostgreSQL: a write of one is seen by the caches of the others within a second.

use crate::harness::{Database, VAULT_KEY, deps, eventually, settings};
use serde_json::{Value as Json, json};
use signet_core::id::TenantId;
use signet_storage::{Cached, DatabaseUrl, Store, StoreError, TenantStore, Topic};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

on_postgres!(
    a_write_of_one_node_is_seen_by_the_others_cache_within_a_second,
    a_write_of_one_process_is_seen_by_the_others_cache_within_a_second,
    a_node_that_lost_touch_forgets_everything_when_it_is_back,
    a_node_that_never_listened_caches_nothing_but_keys,
);

/// A store with one cached setting.
struct Node {
    tenant: TenantStore,
    cached: Cached<&'static str, Json>,
    loads: AtomicU32,
    /// Something else that is cached, to see whether anything is.
    probe: Cached<(), ()>,
    listening: tokio::task::JoinHandle<()>,
}

impl Drop for Node {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Node {
    /// Returns when the node hears of others' writes.
    async fn start(store: Store) -> Self {
        let node = Self {
            tenant: store.tenant(TenantId::default_tenant()),
            cached: store.cached(Topic::Configs, 10),
            loads: AtomicU32::new(0),
            probe: store.cached(Topic::Roles, 1),
            listening: store.maintain(),
        };
        eventually("the node listens", async || node.listens().await).await;
        node
    }

    /// Whether anything is served from memory, without touching the setting.
    async fn listens(&self) -> bool {
        let mut loads = 0;
        for _ in 0..2 {
            let load = async |(): &()| {
                loads += 1;
                Ok::<_, StoreError>(())
            };
            self.probe.get_or_load((), load).await.unwrap();
        }
        loads < 2
    }

    /// The setting as a request of this node would see it.
    async fn setting(&self) -> Json {
        let load = async |key: &&'static str| -> Result<Json, StoreError> {
            self.loads.fetch_add(1, Ordering::SeqCst);
            Ok(self.tenant.read().await?.config(key).await?.unwrap_or_default())
        };
        // While connections are being killed, a load may fail; the next one succeeds.
        loop {
            match self.cached.get_or_load("setting", load).await {
                Ok(value) => return value,
                Err(StoreError::Unavailable(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
    }

    async fn is_cached(&self) -> bool {
        self.setting().await;
        let loads = self.loads.load(Ordering::SeqCst);
        self.setting().await;
        self.loads.load(Ordering::SeqCst) == loads
    }
}

async fn change(db: &Database, value: Json) {
    db.write(async |tx| tx.put_config("setting", &value).await).await;
}

/// The promise: a second.
async fn within_a_second(node: &Node, value: Json) {
    let seen = async {
        while node.setting().await != value {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(1), seen).await.is_ok(), "{value} was not seen within a second");
}

async fn a_write_of_one_node_is_seen_by_the_others_cache_within_a_second(db: Database) {
    change(&db, json!(0)).await;
    let (near, far) = (Node::start(db.store.clone()).await, Node::start(db.another_store().await).await);

    for value in 1..20 {
        change(&db, json!(value)).await;

        assert_eq!(near.setting().await, json!(value), "the writer sees its own write at once");
        within_a_second(&far, json!(value)).await;
    }

    assert!(far.is_cached().await, "the far node does cache");
}

async fn a_node_that_lost_touch_forgets_everything_when_it_is_back(db: Database) {
    change(&db, json!("old")).await;
    let node = Node::start(db.another_store().await).await;
    assert_eq!(node.setting().await, json!("old"));
    // A change that nobody is told of stands for the notifications that were missed.
    db.behind_our_back("UPDATE configs SET value = '\"new\"'").await;
    assert_eq!(node.setting().await, json!("old"), "it is served from memory");

    db.behind_our_back(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await;

    // Nobody asks for the setting while the node is out of touch, so that only forgetting can bring the new value.
    eventually("the node notices", async || !node.listens().await).await;
    eventually("the node listens again", async || node.listens().await).await;
    assert_eq!(node.setting().await, json!("new"));
}

async fn a_node_that_never_listened_caches_nothing_but_keys(db: Database) {
    let (configs, keys) = (db.store.cached(Topic::Configs, 10), db.store.cached(Topic::Keys, 10));
    let load = async |cached: &Cached<u8, u32>, value| {
        cached.get_or_load(1, async |_| Ok::<_, StoreError>(value)).await.unwrap()
    };

    assert_eq!((load(&configs, 1).await, load(&configs, 2).await), (1, 2));
    assert_eq!((load(&keys, 1).await, load(&keys, 2).await), (1, 1));
}

const CHILD: &str = "SIGNET_STORY_CHILD";

async fn a_write_of_one_process_is_seen_by_the_others_cache_within_a_second(db: Database) {
    change(&db, json!(0)).await;
    let DatabaseUrl::Postgres(url) = &db.url else { unreachable!("on PostgreSQL") };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "node::the_other_process", "--ignored", "--nocapture"])
        .env(CHILD, url)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut heard = |wanted: &str| lines.any(|line| line.unwrap().contains(wanted));
    assert!(heard("sees 0"), "the other process has the value in its cache");

    change(&db, json!(1)).await;

    assert!(heard("sees 1"), "the other process saw the write");
    assert!(child.wait().unwrap().success());
}

/// The second process of the story above: caches the setting, says what it sees, and ends when it saw the change.
#[test]
#[ignore = "started by the story of two processes"]
#[expect(clippy::disallowed_methods, reason = "the address comes from the process that started this one")]
fn the_other_process() {
    let url = DatabaseUrl::Postgres(std::env::var(CHILD).unwrap());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let node = Node::start(Store::open(&settings(&url), deps(VAULT_KEY)).await.unwrap()).await;
        let say = |value: Json| writeln!(std::io::stdout(), "sees {value}").unwrap();
        say(node.setting().await);
        eventually("the change is seen", async || node.setting().await != json!(0)).await;
        say(node.setting().await);
    });
}
