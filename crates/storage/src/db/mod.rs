//! One asynchronous way to run a statement on SQLite or PostgreSQL.

pub(crate) mod postgres;
pub(crate) mod sqlite;
mod text_functions;

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::row::{Cell, Row};
use crate::value::Value;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// Which database, from `DB_URL`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file, made when it is missing.
    Sqlite(PathBuf),
    /// `postgres://…`; `sslmode=require` verifies the server's certificate.
    Postgres(String),
}

impl std::fmt::Debug for DatabaseUrl {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres"),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:"));
        match path {
            // In memory, each connection would have a database of its own.
            Some(path) if !path.is_empty() && !path.contains(":memory:") => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err("expected `postgres://…` or `sqlite:<path>`".to_owned()),
        }
    }
}

/// How durable an answered write is when the power fails. A killed process loses nothing in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SqliteSync {
    /// The last moments before a power loss may be missing; the file stays whole.
    #[default]
    Normal,
    /// Every commit waits for the disk.
    Full,
}

/// Limits of the connection pool.
#[derive(Debug, Clone, Copy)]
pub struct PoolSettings {
    /// Connections to PostgreSQL.
    pub size: usize,
    /// How long to wait for a connection.
    pub connection_timeout: Duration,
    /// How long PostgreSQL may work on one statement. `None` sends no such parameter.
    pub statement_timeout: Option<Duration>,
    pub sqlite_sync: SqliteSync,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            size: 20,
            connection_timeout: Duration::from_secs(5),
            statement_timeout: Some(Duration::from_mins(1)),
            sqlite_sync: SqliteSync::Normal,
        }
    }
}

/// A database.
#[derive(Clone)]
pub(crate) enum Db {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(Arc<postgres::Postgres>),
}

/// Something that runs one statement after the other: reads, or one transaction.
pub(crate) enum Session {
    SqliteRead(Arc<sqlite::Sqlite>),
    SqliteWrite(sqlite::WriteGuard),
    Postgres(postgres::Connection),
}

impl Db {
    pub(crate) async fn open(url: &DatabaseUrl, settings: PoolSettings) -> Result<Self, StoreError> {
        match url {
            DatabaseUrl::Sqlite(path) => Ok(Self::Sqlite(Arc::new(sqlite::Sqlite::open(path, settings.sqlite_sync)?))),
            DatabaseUrl::Postgres(url) => Ok(Self::Postgres(Arc::new(postgres::Postgres::connect(url, settings)?))),
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) async fn read(&self) -> Result<Session, StoreError> {
        match self {
            Self::Sqlite(db) => Ok(Session::SqliteRead(db.clone())),
            Self::Postgres(db) => Ok(Session::Postgres(db.get().await?)),
        }
    }

    /// Begins a transaction. SQLite takes its one write lock here, not halfway through.
    pub(crate) async fn write(&self) -> Result<Session, StoreError> {
        match self {
            Self::Sqlite(db) => Ok(Session::SqliteWrite(db.begin().await?)),
            Self::Postgres(db) => Ok(Session::Postgres(db.begin().await?)),
        }
    }
}

impl Session {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::SqliteRead(_) | Self::SqliteWrite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) async fn query(
        &self,
        table: &'static str,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        note(sql);
        let rows = match self {
            Self::SqliteRead(db) => db.query(sql, values)?,
            Self::SqliteWrite(guard) => guard.query(sql, values)?,
            Self::Postgres(connection) => connection.query(sql, values).await?,
        };
        Ok(rows.into_iter().map(|cells| Row::new(table, cells)).collect())
    }

    /// Rows that changed.
    pub(crate) async fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        note(sql);
        match self {
            Self::SqliteRead(_) => Err(StoreError::Database("a reading session cannot write".into())),
            Self::SqliteWrite(guard) => guard.execute(sql, values),
            Self::Postgres(connection) => connection.execute(sql, values).await,
        }
    }

    /// Several statements without parameters.
    pub(crate) async fn batch(&self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::SqliteRead(_) => Err(StoreError::Database("a reading session cannot write".into())),
            Self::SqliteWrite(guard) => guard.batch(sql),
            Self::Postgres(connection) => connection.batch(sql).await,
        }
    }

    /// Begins a transaction on a writer that was taken without one.
    pub(crate) fn ensure_transaction(&mut self) -> Result<(), StoreError> {
        match self {
            Self::SqliteWrite(guard) => guard.begin(),
            Self::SqliteRead(_) | Self::Postgres(_) => Ok(()),
        }
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::SqliteRead(_) => Ok(()),
            Self::SqliteWrite(guard) => guard.commit(),
            Self::Postgres(connection) => connection.commit().await,
        }
    }
}

/// Tells whoever listens which statement runs: tests that look at how each is answered, and logs at the finest level.
/// What is bound to it is said to nobody.
fn note(sql: &str) {
    tracing::trace!(sql, "a statement runs");
}

/// Why a transaction with a failed statement cannot be committed.
const HALF_DONE: &str = "a statement of this transaction failed";

/// Rows as a driver returns them.
pub(crate) type Cells = Vec<Vec<Cell>>;
