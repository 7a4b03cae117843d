//! The audit log. Entries are committed in groups before the answers they belong to go out.
//!
//! Whoever appends while nobody is committing commits its own entries at once, together with what others queued up
//! meanwhile; the rest wait for the next group. One transaction serves many requests, and none waits for a timer.

use crate::db::{Db, Session};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{Value, params};
use serde_json::Value as Json;
use signet_core::audit::AuditEntry;
use signet_core::id::TenantId;
use signet_core::time::Timestamp;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Entries of one commit at most.
const GROUP: usize = 256;
/// Entries that may wait. Beyond, the database does not keep up and requests are refused.
const QUEUE: usize = 16_384;

statements! {
    /// One entry.
    INSERT = "INSERT INTO logs (tenant_id, id, key, application_id, payload, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    /// One entry by id.
    FIND = "SELECT id, key, payload, created_at FROM logs WHERE tenant_id = $1 AND id = $2";
    /// A batch of old entries; ids sort by time.
    DELETE_BEFORE = "DELETE FROM logs WHERE tenant_id = $1 AND id IN (SELECT id FROM logs WHERE tenant_id = $1 AND id < $2 ORDER BY id LIMIT 500)";
}

struct Waiting {
    tenant: TenantId,
    entries: Vec<AuditEntry>,
    done: oneshot::Sender<Result<(), Arc<StoreError>>>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    entries: usize,
    committing: bool,
}

/// Appends entries.
#[derive(Clone)]
pub struct AuditLog {
    db: Db,
    queue: Arc<Mutex<Queue>>,
}

impl AuditLog {
    pub(crate) fn new(db: Db) -> Self {
        Self { db, queue: Arc::default() }
    }

    /// Stores the entries and returns when they are committed.
    pub async fn append(&self, tenant: &TenantId, entries: Vec<AuditEntry>) -> Result<(), StoreError> {
        let (done, committed) = oneshot::channel();
        let lead = {
            let mut queue = self.lock();
            if queue.entries + entries.len() > QUEUE {
                return Err(StoreError::Unavailable("the audit log does not keep up".into()));
            }
            queue.entries += entries.len();
            queue.waiting.push(Waiting { tenant: tenant.clone(), entries, done });
            !std::mem::replace(&mut queue.committing, true)
        };
        if lead {
            self.lead().await;
        }
        match committed.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(StoreError::Unavailable(Box::new(error))),
            Err(closed) => Err(StoreError::Unavailable(Box::new(closed))),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits one group here when that cannot be interrupted (SQLite works on this thread), and leaves the rest to a
    /// task: a request that is abandoned must not leave a group half done or the queue without a leader.
    async fn lead(&self) {
        if let Db::Sqlite(db) = &self.db {
            let handover = Handover(self);
            // Requests that are nearly as far come along: that is what makes a group.
            tokio::task::yield_now().await;
            let session = db.begin().await.map(Session::SqliteWrite);
            let group = self.take();
            self.commit(session, group).await;
            if self.finish() {
                std::mem::forget(handover);
                return;
            }
            drop(handover);
        } else {
            self.spawn();
        }
    }

    fn spawn(&self) {
        let log = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::task::yield_now().await;
                log.commit_next().await;
                if log.finish() {
                    return;
                }
            }
        });
    }

    /// What fits into one statement needs no transaction around it, which saves PostgreSQL two round trips.
    async fn commit_next(&self) {
        let waiting = self.lock().entries;
        if matches!(self.db, Db::Postgres(_)) && (1..=ROWS.len()).contains(&waiting) {
            let session = self.db.read().await;
            let group = self.take();
            let alone = group.iter().map(|waiting| waiting.entries.len()).sum::<usize>() <= ROWS.len();
            if alone || session.is_err() {
                return self.commit(session, group).await;
            }
            drop(session);
            let session = self.db.write().await;
            return self.commit(session, group).await;
        }
        let session = self.db.write().await;
        let group = self.take();
        self.commit(session, group).await;
    }

    /// The next group; it always takes whole requests.
    fn take(&self) -> Vec<Waiting> {
        let mut queue = self.lock();
        let mut size = 0;
        let within = queue.waiting.iter().take_while(|waiting| {
            size += waiting.entries.len();
            size <= GROUP
        });
        let count = within.count().max(1).min(queue.waiting.len());
        let group: Vec<Waiting> = queue.waiting.drain(..count).collect();
        queue.entries -= group.iter().map(|waiting| waiting.entries.len()).sum::<usize>();
        group
    }

    /// Steps down when nothing waits.
    fn finish(&self) -> bool {
        let mut queue = self.lock();
        let idle = queue.waiting.is_empty();
        queue.committing = !idle;
        idle
    }

    async fn commit(&self, session: Result<Session, StoreError>, group: Vec<Waiting>) {
        let outcome = match session {
            Ok(session) => insert(session, &group).await,
            Err(error) => Err(error),
        };
        let outcome = outcome.map_err(|error| {
            tracing::error!(?error, entries = group.len(), "audit entries could not be stored");
            Arc::new(error)
        });
        for waiting in group {
            // Nobody listens when the request was abandoned; its entries are stored all the same.
            waiting.done.send(outcome.clone()).ok();
        }
    }
}

/// Gives the lead to a task when its holder is dropped.
struct Handover<'a>(&'a AuditLog);

impl Drop for Handover<'_> {
    fn drop(&mut self) {
        // Without a runtime the process is ending, and nobody waits for an answer.
        if tokio::runtime::Handle::try_current().is_ok() {
            self.0.spawn();
        }
    }
}

/// Several rows at a time: a round trip to PostgreSQL costs more than the row.
async fn insert(session: Session, group: &[Waiting]) -> Result<(), StoreError> {
    let values: Vec<[Value<'_>; COLUMNS]> =
        group.iter().flat_map(|waiting| waiting.entries.iter().map(|entry| row(&waiting.tenant, entry))).collect();
    for rows in values.chunks(ROWS.len()) {
        let statement = ROWS.get(rows.len() - 1).ok_or_else(|| StoreError::Database("too many rows".into()))?;
        session.execute(statement, &rows.concat()).await?;
    }
    session.commit().await
}

fn row<'e>(tenant: &'e TenantId, entry: &'e AuditEntry) -> [Value<'e>; COLUMNS] {
    [
        Value::from(tenant),
        Value::from(&entry.id),
        Value::from(entry.key.as_str()),
        Value::from(entry.application_id.as_ref()),
        Value::from(&entry.payload),
        Value::from(entry.created_at),
    ]
}

const COLUMNS: usize = 6;

/// The insert of one row, of two, and so on. Each is prepared once per connection.
static ROWS: LazyLock<[String; 32]> = LazyLock::new(|| {
    std::array::from_fn(|extra| {
        let mut text = INSERT.0.to_owned();
        for number in 1..=extra {
            let first = number * COLUMNS;
            let parameters: Vec<String> = (1..=COLUMNS).map(|place| format!("${}", first + place)).collect();
            text += ", (";
            text += &parameters.join(", ");
            text += ")";
        }
        text
    })
});

/// An entry as it is read.
#[derive(Debug, Clone)]
pub struct LogRow {
    pub id: String,
    pub key: String,
    pub payload: Json,
    pub created_at: Timestamp,
}

impl FromRow for LogRow {
    const TABLE: &'static str = "logs";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { id: row.take()?, key: row.take()?, payload: row.take()?, created_at: row.take()? })
    }
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    pub application_id: Option<String>,
    pub key: Option<String>,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Stop counting beyond this many.
    pub count_cap: Option<u32>,
}

impl Reader {
    /// Newest first.
    pub async fn logs(&self, filter: &LogFilter, page: Page) -> Result<Listed<LogRow>, StoreError> {
        let mut select =
            Select::new(self.dialect(), "id, key, payload, created_at", "logs WHERE tenant_id = $1", "id DESC");
        if let Some(application) = &filter.application_id {
            select.and("application_id = ?", application);
        }
        if let Some(key) = &filter.key {
            select.and("key = ?", key);
        }
        if let Some(from) = filter.from {
            select.and("created_at >= ?", from);
        }
        if let Some(until) = filter.until {
            select.and("created_at <= ?", until);
        }
        let total = match filter.count_cap {
            Some(cap) => select.count_up_to(self, cap).await?,
            None => select.count(self).await?,
        };
        Ok(Listed { items: select.page(self, page).await?, total })
    }

    pub async fn log(&self, id: &str) -> Result<Option<LogRow>, StoreError> {
        self.one(FIND, params![id]).await
    }
}

impl Tx {
    /// Deletes at most 500 entries whose id sorts before `id`, and says how many.
    pub async fn delete_logs_before(&self, id: &str) -> Result<u64, StoreError> {
        self.execute(DELETE_BEFORE, params![id]).await
    }
}
