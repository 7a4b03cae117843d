//! The embedded database: WAL, one writer, readers that never wait for it.
//!
//! Statements run on the calling thread: a point read costs a few microseconds, less than handing it to another one.

use super::text_functions::{PATTERN_ERROR, add_functions};
use super::{Cells, HALF_DONE, SqliteSync};
use crate::constraint;
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::row::Cell;
use crate::value::Value;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, StatementStatus};
use std::ffi::c_int;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

const READERS: usize = 4;
/// Steps of SQLite's machine that a read may take on the writer's connection: some tenths of a millisecond.
const BRIEF: c_int = 4_000;
/// Bytes that the write-ahead log keeps on disk once it has begun anew.
const LOG_SIZE: u32 = 64 << 20;

pub(crate) struct Sqlite {
    path: PathBuf,
    readers: Vec<Mutex<Connection>>,
    writer: Arc<AsyncMutex<Connection>>,
}

/// The one connection that writes, mostly within a transaction. Dropped without a commit, that is rolled back.
pub(crate) struct WriteGuard {
    /// A mutex because futures that hold the guard must be shareable; nobody ever waits for it.
    connection: Mutex<OwnedMutexGuard<Connection>>,
    /// Whether there is a transaction.
    open: bool,
    /// PostgreSQL gives up a transaction in which a statement failed; so do we.
    failed: AtomicBool,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, sync: SqliteSync) -> Result<Self, StoreError> {
        let writer = connect(path, sync)?;
        let readers = (0..READERS).map(|_| connect(path, sync).map(Mutex::new)).collect::<Result<_, _>>()?;
        Ok(Self { path: path.to_owned(), readers, writer: Arc::new(AsyncMutex::new(writer)) })
    }

    pub(crate) fn query(&self, sql: &str, values: &[Value<'_>]) -> Result<Cells, StoreError> {
        if let Some(found) = self.writer.try_lock().ok().and_then(|mut writer| brief(&mut writer, sql, values)) {
            return found;
        }
        let free = self.readers.iter().find_map(|reader| reader.try_lock().ok());
        match free.or_else(|| self.readers.first().map(|reader| reader.lock().unwrap_or_else(PoisonError::into_inner)))
        {
            Some(connection) => query(&connection, sql, values),
            None => Err(StoreError::Unavailable("no reader".into())),
        }
    }

    pub(crate) async fn begin(&self) -> Result<WriteGuard, StoreError> {
        let mut guard = self.hold().await;
        guard.begin()?;
        Ok(guard)
    }

    /// The writer without a transaction: a single statement is one by itself.
    pub(crate) async fn hold(&self) -> WriteGuard {
        let connection = Mutex::new(self.writer.clone().lock_owned().await);
        WriteGuard { connection, open: false, failed: AtomicBool::new(false) }
    }

    /// Moves the write-ahead log into the file, as far as writers leave it alone meanwhile, and says how many pages the
    /// log holds. It waits for the disk, so it belongs on a blocking thread.
    pub(crate) fn checkpoint(&self) -> Result<i64, StoreError> {
        let connection = Connection::open(&self.path).map_err(failed)?;
        connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1)).map_err(failed)
    }

    /// Moves the rest while no writer can add to it, so that the log begins anew instead of growing for ever.
    pub(crate) async fn restart_log(&self) -> Result<(), StoreError> {
        let connection = self.writer.clone().lock_owned().await;
        let restart = move || connection.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()));
        tokio::task::spawn_blocking(restart)
            .await
            .map_err(|error| StoreError::Unavailable(Box::new(error)))?
            .map_err(failed)
    }

    /// Copies the database to `target` while it is in use.
    pub(crate) fn backup(&self, target: &Path) -> Result<(), StoreError> {
        let source = Connection::open(&self.path).map_err(failed)?;
        let target = target.to_str().ok_or_else(|| StoreError::Database("the path is not text".into()))?;
        source.execute("VACUUM INTO ?1", [target]).map(drop).map_err(failed)
    }
}

impl WriteGuard {
    /// Begins a transaction, if there is none.
    pub(crate) fn begin(&mut self) -> Result<(), StoreError> {
        if !self.open {
            control(&self.lock(), "BEGIN IMMEDIATE").map_err(failed)?;
            self.open = true;
        }
        Ok(())
    }

    pub(crate) fn query(&self, sql: &str, values: &[Value<'_>]) -> Result<Cells, StoreError> {
        self.note(query(&self.lock(), sql, values))
    }

    fn note<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        outcome.inspect_err(|_| self.failed.store(true, Ordering::Relaxed))
    }

    fn lock(&self) -> MutexGuard<'_, OwnedMutexGuard<Connection>> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.note(execute(&self.lock(), sql, values))
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.note(self.lock().execute_batch(sql).map_err(failed))
    }

    /// Whether a statement could run, for the test that asks all of them, and is prepared once for all values.
    pub(crate) fn prepare(&self, sql: &str) -> Result<(), StoreError> {
        let connection = self.lock();
        for value in ["one", "another", "a third"] {
            let mut statement = connection.prepare_cached(&Dialect::Sqlite.placeholders(sql)).map_err(failed)?;
            for parameter in 1..=statement.parameter_count() {
                statement.raw_bind_parameter(parameter, value).map_err(failed)?;
            }
            // Such values may break a constraint; the transaction is rolled back in any case.
            let _ = statement.raw_query().next();
            if statement.get_status(StatementStatus::RePrepare) > 0 {
                return Err(StoreError::Database("other values have it prepared anew".into()));
            }
        }
        Ok(())
    }

    pub(crate) fn commit(mut self) -> Result<(), StoreError> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(StoreError::Database(HALF_DONE.into()));
        }
        if self.open {
            control(&self.lock(), "COMMIT").map_err(failed)?;
            self.open = false;
        }
        Ok(())
    }
}

impl Drop for WriteGuard {
    fn drop(&mut self) {
        if self.open
            && let Err(error) = control(&self.lock(), "ROLLBACK")
        {
            tracing::error!(?error, "a transaction could not be rolled back");
        }
    }
}

fn connect(path: &Path, sync: SqliteSync) -> Result<Connection, StoreError> {
    let connection = Connection::open(path).map_err(failed)?;
    let synchronous = match sync {
        SqliteSync::Normal => "NORMAL",
        SqliteSync::Full => "FULL",
    };
    connection
        .execute_batch(&format!(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; \
             PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = {LOG_SIZE}; PRAGMA trusted_schema = OFF; \
             PRAGMA cache_size = -2000; PRAGMA temp_store = MEMORY;"
        ))
        .map_err(failed)?;
    // Otherwise plans depend on values, and many a statement is parsed and planned anew each time it is given some.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(128);
    add_functions(&connection).map_err(failed)?;
    Ok(connection)
}

/// Begins or ends a transaction, without parsing the words again.
fn control(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

/// A read on the writer's connection, which nobody needs just now; `None` when somebody might before it is over.
///
/// A connection forgets every page that it holds once another one has written, so after each commit readers fetch the
/// pages of their few rows again, and the writer does not.
fn brief(writer: &mut Connection, sql: &str, values: &[Value<'_>]) -> Option<Result<Cells, StoreError>> {
    writer.progress_handler(BRIEF, Some(|| true)).ok()?;
    let found = query(writer, sql, values);
    writer.progress_handler(0, None::<fn() -> bool>).ok()?;
    match found {
        Err(StoreError::Database(error)) if is_interrupted(&*error) => None,
        found => Some(found),
    }
}

fn is_interrupted(error: &(dyn std::error::Error + 'static)) -> bool {
    let error = error.downcast_ref::<rusqlite::Error>();
    error.and_then(rusqlite::Error::sqlite_error_code) == Some(ErrorCode::OperationInterrupted)
}

fn query(connection: &Connection, sql: &str, values: &[Value<'_>]) -> Result<Cells, StoreError> {
    let mut statement = connection.prepare_cached(&Dialect::Sqlite.placeholders(sql)).map_err(failed)?;
    // The limit of a brief read is that of one use, and SQLite counts them together.
    statement.reset_status(StatementStatus::VmStep);
    let columns = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(failed)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let cells =
            (0..columns).map(|column| row.get_ref(column).map(cell)).collect::<Result<_, _>>().map_err(failed)?;
        found.push(cells);
    }
    Ok(found)
}

fn execute(connection: &Connection, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(&Dialect::Sqlite.placeholders(sql)).map_err(failed)?;
    let changed = statement.execute(rusqlite::params_from_iter(values)).map_err(failed)?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        // We store neither reals nor blobs; a column that holds one fails to parse as what it should be.
        ValueRef::Real(number) => Cell::Text(number.to_string()),
        ValueRef::Text(text) | ValueRef::Blob(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Bool(value) => ValueRef::Integer(i64::from(*value)),
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Owned(value) => ValueRef::Text(value.as_bytes()),
        }))
    }
}

/// Extended result codes (sqlite.org/rescode.html).
const CONSTRAINT_FOREIGN_KEY: i32 = 787;

fn failed(error: rusqlite::Error) -> StoreError {
    if let rusqlite::Error::SqliteFailure(cause, message) = &error {
        let text = message.as_deref().unwrap_or_default();
        match cause.code {
            ErrorCode::ConstraintViolation if cause.extended_code == CONSTRAINT_FOREIGN_KEY => {
                return StoreError::MissingReference;
            }
            ErrorCode::ConstraintViolation if text.starts_with("UNIQUE") => {
                return StoreError::Conflict(constraint::by_columns(text));
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull | ErrorCode::CannotOpen => {
                return StoreError::Unavailable(Box::new(error));
            }
            _ if text.starts_with(PATTERN_ERROR) => return StoreError::Pattern(text.to_owned()),
            _ => {}
        }
    }
    StoreError::Database(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: &str =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT MAX(i) FROM n";

    #[tokio::test]
    async fn a_long_read_leaves_the_writer_alone_and_comes_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let db = Sqlite::open(&folder.path().join("test.db"), SqliteSync::Normal).unwrap();
        assert!(brief(&mut db.writer.try_lock().unwrap(), "SELECT 1", &[]).is_some());
        assert!(brief(&mut db.writer.try_lock().unwrap(), COUNT, &[]).is_none());
        for _ in 0..BRIEF {
            let found = brief(&mut db.writer.try_lock().unwrap(), "SELECT 1", &[]);
            assert!(found.is_some(), "earlier uses of the statement do not count");
        }
        let found = db.query(COUNT, &[]).unwrap();
        assert!(matches!(found[0][0], Cell::Int(100_000)));

        let writing = db.begin().await.unwrap();
        assert!(
            matches!(writing.query(COUNT, &[]).unwrap()[0][0], Cell::Int(100_000)),
            "writes take as long as they take"
        );
        assert!(matches!(db.query("SELECT 2", &[]).unwrap()[0][0], Cell::Int(2)), "nor does a read wait for a writer");
        writing.commit().unwrap();
    }
}
