//! The door to the database. A [`TenantStore`] hands out a [`Reader`] for queries and a [`Tx`] for one short
//! transaction; both bind the tenant id as `$1` of every statement.

use crate::audit::{AuditLog, StoredContext};
use crate::cache::{Cached, Epochs, Topic};
use crate::db::sqlite::Sqlite;
use crate::db::{DatabaseUrl, Db, PoolSettings, Session};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::migrate;
use crate::row::FromRow;
use crate::statement::Statement;
use crate::statistics::Statistics;
use crate::value::Value;
use crate::vault::Vault;
use signet_core::audit::AuditEntry;
use signet_core::id::TenantId;
use signet_core::secret::{Plain, Sealed};
use signet_core::time::Clock;
use std::hash::Hash;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What the store needs from outside.
#[derive(Clone)]
pub struct StoreDeps {
    pub clock: Arc<dyn Clock>,
    pub vault: Vault,
}

#[derive(Debug, Clone)]
pub struct StoreSettings {
    pub database: DatabaseUrl,
    pub pool: PoolSettings,
}

/// A database with its caches.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) db: Db,
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<dyn Clock>,
    epochs: Arc<Epochs>,
    audit: AuditLog,
    pub(crate) statistics: Statistics,
}

impl Store {
    /// Connects. The schema is not touched: see [`Store::migrate`] and [`Store::migration_state`].
    pub async fn open(settings: &StoreSettings, deps: StoreDeps) -> Result<Self, StoreError> {
        let db = Db::open(&settings.database, settings.pool).await?;
        let epochs = Arc::new(Epochs::new(matches!(db, Db::Sqlite(_))));
        let audit = AuditLog::new(db.clone());
        let statistics = Statistics::default();
        let inner = Inner { db, vault: deps.vault, clock: deps.clock, epochs, audit, statistics };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Starts the work beside requests: hearing of other processes' writes, moving SQLite's log into its file. It ends
    /// when the returned task is aborted.
    pub fn maintain(&self) -> tokio::task::JoinHandle<()> {
        let store = self.clone();
        match &self.inner.db {
            Db::Sqlite(_) => tokio::spawn(async move { store.checkpoint_forever().await }),
            Db::Postgres(_) => tokio::spawn(async move { store.listen_forever().await }),
        }
    }

    async fn checkpoint_forever(&self) {
        let Db::Sqlite(db) = &self.inner.db else { return };
        let mut every = tokio::time::interval(Duration::from_secs(1));
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            if let Err(error) = checkpoint(db).await {
                tracing::warn!(?error, "the write-ahead log could not be moved into the database; it grows meanwhile");
            }
        }
    }

    async fn listen_forever(&self) {
        let Db::Postgres(db) = &self.inner.db else { return };
        loop {
            let (ready, heard) = (self.inner.epochs.clone(), self.inner.epochs.clone());
            let ended = db
                .listen(Dialect::LISTEN, move || ready.back_in_touch(), move |names| heard.advance_named(names))
                .await;
            self.inner.epochs.lost_touch();
            if let Err(error) = ended {
                tracing::warn!(?error, "other nodes' changes are not heard of; caches are off until they are");
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrate::migrate(&self.inner.db, &*self.inner.clock).await
    }

    pub async fn migration_state(&self) -> Result<migrate::MigrationState, StoreError> {
        migrate::state(&self.inner.db).await
    }

    /// Refuses a database whose secrets were sealed under another vault key. The first call remembers the key.
    pub async fn check_vault_key(&self) -> Result<(), StoreError> {
        migrate::check_vault_key(&self.inner.db, &self.inner.vault).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.inner.db.read().await?.query("", "SELECT 1", &[]).await.map(drop)
    }

    pub fn is_postgres(&self) -> bool {
        self.inner.db.dialect() == Dialect::Postgres
    }

    /// Copies an SQLite database to a new file while it is in use.
    pub fn backup_sqlite(&self, target: &Path) -> Result<(), StoreError> {
        match &self.inner.db {
            Db::Sqlite(db) => db.backup(target),
            Db::Postgres(_) => Err(StoreError::Schema("use `pg_dump` for PostgreSQL".to_owned())),
        }
    }

    /// Prepares one statement, for the test that prepares all of them.
    pub async fn prepare(&self, sql: &str) -> Result<(), StoreError> {
        let session = self.inner.db.write().await?;
        match &session {
            Session::Postgres(_) => session.batch(&format!("PREPARE checked AS {sql}; DEALLOCATE checked")).await,
            Session::SqliteWrite(guard) => guard.prepare(sql),
            Session::SqliteRead(_) => Ok(()),
        }
    }

    pub fn tenant(&self, tenant: TenantId) -> TenantStore {
        TenantStore { store: self.clone(), tenant }
    }

    pub fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    pub fn audit(&self) -> &AuditLog {
        &self.inner.audit
    }

    /// A cache of values derived from one topic of the database.
    pub fn cached<K, V>(&self, topic: Topic, capacity: u64) -> Cached<K, V>
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        Cached::new(&self.inner.epochs, &[topic], capacity)
    }

    /// A cache of values derived from several topics: a write of any of them makes them forgotten.
    pub fn cached_over<K, V>(&self, topics: &[Topic], capacity: u64) -> Cached<K, V>
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        Cached::new(&self.inner.epochs, topics, capacity)
    }
}

/// Pages of write-ahead log after which it begins anew: 8 MB.
const LONG_LOG: i64 = 2048;

async fn checkpoint(db: &Arc<Sqlite>) -> Result<(), StoreError> {
    let moving = db.clone();
    let pages = tokio::task::spawn_blocking(move || moving.checkpoint()).await;
    let pages = pages.map_err(|error| StoreError::Unavailable(Box::new(error)))??;
    if pages > LONG_LOG {
        db.restart_log().await?;
    }
    Ok(())
}

/// A store bound to one tenant.
#[derive(Clone)]
pub struct TenantStore {
    store: Store,
    tenant: TenantId,
}

impl TenantStore {
    pub fn id(&self) -> &TenantId {
        &self.tenant
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// For queries. What one reader sees may change between its statements.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        let session = self.store.inner.db.read().await?;
        Ok(Reader { session, tenant: self.tenant.clone(), vault: self.store.inner.vault.clone() })
    }

    /// For one short transaction. Nothing slow happens while it is open.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        let session = self.store.inner.db.write().await?;
        let reader = Reader { session, tenant: self.tenant.clone(), vault: self.store.inner.vault.clone() };
        Ok(Tx { reader, store: self.store.inner.clone(), touched: Vec::new(), contexts: Vec::new() })
    }
}

/// Runs queries for one tenant. The methods are in `entity`, one file per notion.
pub struct Reader {
    pub(crate) session: Session,
    pub(crate) tenant: TenantId,
    pub(crate) vault: Vault,
}

impl Reader {
    pub(crate) fn dialect(&self) -> Dialect {
        self.session.dialect()
    }

    /// `values` are `$2` and on; `$1` is the tenant.
    fn bind<'a>(&'a self, values: &[Value<'a>]) -> Vec<Value<'a>> {
        let mut all = Vec::with_capacity(values.len() + 1);
        all.push(Value::Text(self.tenant.as_str()));
        all.extend_from_slice(values);
        all
    }

    pub(crate) async fn all<T: FromRow>(
        &self,
        statement: Statement,
        values: &[Value<'_>],
    ) -> Result<Vec<T>, StoreError> {
        self.all_text(statement.0, values).await
    }

    /// For statements that [`crate::select`] puts together.
    pub(crate) async fn all_text<T: FromRow>(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<T>, StoreError> {
        let rows = self.session.query(T::TABLE, sql, &self.bind(values)).await?;
        rows.into_iter().map(|mut row| T::from_row(&mut row)).collect()
    }

    pub(crate) async fn one<T: FromRow>(
        &self,
        statement: Statement,
        values: &[Value<'_>],
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(statement, values).await?.pop())
    }

    /// Seals a secret for a place of this tenant.
    pub(crate) fn seal(&self, place: &str, secret: &str) -> Result<Sealed, StoreError> {
        Ok(self.vault.seal(&self.place(place), secret)?)
    }

    pub(crate) fn open(&self, place: &str, sealed: &Sealed) -> Result<Plain, StoreError> {
        Ok(self.vault.open(&self.place(place), sealed)?)
    }

    fn place(&self, place: &str) -> String {
        format!("{}/{place}", self.tenant)
    }
}

impl TenantStore {
    /// Opens a secret that was read before, without a connection.
    pub(crate) fn open(&self, place: &str, sealed: &Sealed) -> Result<Plain, StoreError> {
        Ok(self.store.inner.vault.open(&format!("{}/{place}", self.tenant), sealed)?)
    }
}

/// A transaction. It notes the topics it touched; a commit forgets what was cached of them.
pub struct Tx {
    reader: Reader,
    store: Arc<Inner>,
    touched: Vec<Topic>,
    /// Contexts of audit entries that are stored once this is committed.
    contexts: Vec<StoredContext>,
}

impl Deref for Tx {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Tx {
    /// Rows that changed.
    pub(crate) async fn execute(&self, statement: Statement, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.reader.session.execute(statement.0, &self.reader.bind(values)).await
    }

    /// Writes entries down together with what they are about: all of it is there, or nothing. For whoever has a
    /// transaction anyway; who has none appends to the [`AuditLog`], where many share a commit.
    pub async fn append_audit(&mut self, entries: &[&AuditEntry]) -> Result<(), StoreError> {
        let stored = self.store.audit.write(&self.reader.session, &self.reader.tenant, entries).await?;
        self.contexts.extend(stored);
        Ok(())
    }

    pub(crate) fn touch(&mut self, topic: Topic) {
        if !self.touched.contains(&topic) {
            self.touched.push(topic);
        }
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        if self.reader.dialect() == Dialect::Postgres && !self.touched.is_empty() {
            let names: Vec<&str> = self.touched.iter().map(|topic| topic.name()).collect();
            self.reader.session.query("", Dialect::NOTIFY, &[Value::Owned(names.join(","))]).await?;
        }
        self.reader.session.commit().await?;
        for topic in self.touched {
            self.store.epochs.advance(topic);
        }
        self.store.audit.know(self.contexts);
        Ok(())
    }
}
