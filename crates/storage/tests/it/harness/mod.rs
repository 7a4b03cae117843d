//! A fresh database for each story, once on SQLite and once on PostgreSQL.

pub(crate) mod crowd;
pub(crate) mod plan;
mod postgres;
pub(crate) mod sample;

use signet_core::id::TenantId;
use signet_core::random::SystemRng;
use signet_core::time::{FrozenClock, Timestamp};
use signet_storage::{DatabaseUrl, PoolSettings, Store, StoreDeps, StoreSettings, TenantStore, Tx, Vault};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;

/// When stories take place.
pub(crate) const NOW: Timestamp = Timestamp(1_767_225_600_000);
/// Bytes of the vault key of every story.
pub(crate) const VAULT_KEY: [u8; 32] = [7; 32];

/// Makes a test of each story for each database: `module::sqlite::story` and `module::postgres::story`.
macro_rules! on_both_backends {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() { crate::harness::on_sqlite(super::$story); })*
        }
        on_postgres!($($story),*);
    };
}

/// For what only a server with several clients can do.
macro_rules! on_postgres {
    ($($story:ident),* $(,)?) => {
        mod postgres {
            $(#[test] fn $story() { crate::harness::on_postgres(super::$story); })*
        }
    };
}

/// A migrated database with the default tenant in it.
pub(crate) struct Database {
    pub(crate) store: Store,
    pub(crate) tenant: TenantStore,
    pub(crate) url: DatabaseUrl,
}

impl Database {
    async fn migrated(url: DatabaseUrl) -> Self {
        let store = open(&url).await;
        store.migrate().await.unwrap();
        let database = Self { tenant: store.tenant(TenantId::default_tenant()), store, url };
        database.write(async |tx| tx.insert_tenant(NOW).await.map(drop)).await;
        database
    }

    /// A second process's view of the same database: its own connections and caches.
    pub(crate) async fn another_store(&self) -> Store {
        open(&self.url).await
    }

    /// Another tenant of this database.
    pub(crate) async fn another_tenant(&self, id: &str) -> TenantStore {
        let tenant = self.store.tenant(id.parse().unwrap());
        write(&tenant, async |tx| tx.insert_tenant(NOW).await.map(drop)).await;
        tenant
    }

    /// One committed transaction of the default tenant.
    pub(crate) async fn write<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, signet_storage::StoreError>) -> T {
        write(&self.tenant, work).await
    }

    /// Runs statements past the store, as another program would: without a word to anybody's cache.
    pub(crate) async fn behind_our_back(&self, sql: &str) {
        match &self.url {
            DatabaseUrl::Sqlite(path) => rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap(),
            DatabaseUrl::Postgres(url) => postgres::execute(url, sql).await,
        }
    }

    /// A number that the database knows, past the store.
    pub(crate) async fn ask(&self, sql: &str) -> i64 {
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                rusqlite::Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
            }
            DatabaseUrl::Postgres(url) => postgres::ask(url, sql).await,
        }
    }
}

/// One committed transaction.
pub(crate) async fn write<T>(
    tenant: &TenantStore,
    work: impl AsyncFnOnce(&mut Tx) -> Result<T, signet_storage::StoreError>,
) -> T {
    let mut tx = tenant.write().await.unwrap();
    let done = work(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    done
}

pub(crate) fn deps(vault_key: [u8; 32]) -> StoreDeps {
    let vault = Vault::new(&vault_key, Arc::new(SystemRng)).unwrap();
    StoreDeps { clock: Arc::new(FrozenClock::at(NOW)), vault }
}

pub(crate) fn settings(url: &DatabaseUrl) -> StoreSettings {
    StoreSettings { database: url.clone(), pool: PoolSettings::default() }
}

async fn open(url: &DatabaseUrl) -> Store {
    Store::open(&settings(url), deps(VAULT_KEY)).await.unwrap()
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

pub(crate) fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Database) -> F) {
    let directory = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(directory.path().join("story.db"));
    runtime().block_on(async { story(Database::migrated(url).await).await });
}

/// The story's database is deleted when the story ends well, and kept for a look when it does not.
pub(crate) fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(Database) -> F) {
    runtime().block_on(async {
        let name = postgres::create_database().await;
        story(Database::migrated(DatabaseUrl::Postgres(postgres::url_of(&name))).await).await;
        postgres::drop_database(&name).await;
    });
}

/// Waits until `holds`; for what another process or connection does in its own time.
pub(crate) async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let poll = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(10), poll).await.is_ok(), "{what}: not within ten seconds");
}
