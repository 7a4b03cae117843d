//! The audit log. Entries are committed in groups before the answers they belong to go out.
//!
//! A request announces itself when it begins and appends when it ends. Whoever appends when a group is due commits it;
//! see `gathering` for when that is. One transaction serves many requests, and a request alone waits for nobody.

mod context;
mod gathering;
mod insert;
mod read;

use crate::db::{Db, Session};
use crate::error::StoreError;
use context::Known;
pub(crate) use context::StoredContext;
use gathering::Gathering;
use insert::ROWS;
pub use read::{LogFilter, LogRow};
use signet_core::audit::AuditEntry;
use signet_core::id::TenantId;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// Every statement about the audit log.
pub(crate) fn catalogue() -> Vec<crate::statement::Catalogued> {
    [insert::CATALOGUE, context::CATALOGUE, read::CATALOGUE].concat()
}

/// Entries of one commit at most.
const GROUP: usize = 256;
/// Entries that may wait. Beyond, the database does not keep up and requests are refused.
const QUEUE: usize = 16_384;
/// How long a group waits for requests under way.
const PATIENCE: Duration = Duration::from_millis(2);

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
    gathering: Gathering,
    /// Groups so far, so that whoever watches one knows that it is gone.
    group: u64,
    /// Whether the last group left requests behind that were there before it.
    has_rest: bool,
}

/// What somebody who changed the queue has to do.
enum Duty {
    Nothing,
    /// Commit what waits.
    Lead,
    /// See that the group is committed when nobody else comes.
    Watch(u64),
}

impl Queue {
    /// Looks at the queue after it changed.
    fn duty(&mut self) -> Duty {
        let waiting = self.waiting.len();
        if waiting > 0 && !self.committing && self.gathering.is_due(waiting) {
            self.gathering.filled(waiting);
            self.committing = true;
            Duty::Lead
        } else if waiting == 1 {
            Duty::Watch(self.group)
        } else {
            Duty::Nothing
        }
    }

    /// Whether somebody has to commit a group that nobody came to share.
    fn is_late(&mut self, group: u64) -> bool {
        let waits = self.group == group && !self.committing && !self.waiting.is_empty();
        if waits {
            self.gathering.late(self.waiting.len());
            self.committing = true;
        }
        waits
    }
}

/// Appends entries.
#[derive(Clone)]
pub struct AuditLog {
    db: Db,
    queue: Arc<Mutex<Queue>>,
    known: Arc<Known>,
}

/// A request that is under way and will append. Others may wait for it a moment, to share its commit.
#[must_use]
pub struct Announced {
    log: AuditLog,
    is_open: bool,
}

impl Announced {
    /// Stores the entries and returns when they are committed.
    pub async fn append(mut self, tenant: &TenantId, entries: Vec<AuditEntry>) -> Result<(), StoreError> {
        self.is_open = false;
        let (done, committed) = oneshot::channel();
        let duty = {
            let mut queue = self.log.lock();
            queue.gathering.settle();
            if queue.entries + entries.len() > QUEUE {
                return Err(StoreError::Unavailable("the audit log does not keep up".into()));
            }
            queue.entries += entries.len();
            queue.waiting.push(Waiting { tenant: tenant.clone(), entries, done });
            queue.duty()
        };
        match duty {
            Duty::Nothing => {}
            Duty::Lead => self.log.lead().await,
            Duty::Watch(group) => {
                let watch = Watch { log: &self.log, group };
                let outcome = watch.until(committed).await;
                std::mem::forget(watch);
                return outcome;
            }
        }
        told(committed.await)
    }
}

/// What the leader said.
fn told(outcome: Result<Result<(), Arc<StoreError>>, oneshot::error::RecvError>) -> Result<(), StoreError> {
    match outcome {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(StoreError::Unavailable(Box::new(error))),
        Err(closed) => Err(StoreError::Unavailable(Box::new(closed))),
    }
}

/// The first request of a group sees that the group is committed, also when nobody else comes and when it goes away.
struct Watch<'l> {
    log: &'l AuditLog,
    group: u64,
}

impl Watch<'_> {
    async fn until(&self, mut committed: oneshot::Receiver<Result<(), Arc<StoreError>>>) -> Result<(), StoreError> {
        loop {
            if let Ok(outcome) = tokio::time::timeout(PATIENCE, &mut committed).await {
                return told(outcome);
            }
            let is_late = self.log.lock().is_late(self.group);
            if is_late {
                self.log.lead().await;
            }
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let is_late = self.log.lock().is_late(self.group);
        if is_late {
            self.log.spawn();
        }
    }
}

impl Drop for Announced {
    /// A request that went away without a word. Those who waited for it need not any more.
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        let duty = {
            let mut queue = self.log.lock();
            queue.gathering.settle();
            queue.duty()
        };
        match duty {
            Duty::Lead => self.log.spawn(),
            Duty::Nothing | Duty::Watch(_) => {}
        }
    }
}

impl AuditLog {
    pub(crate) fn new(db: Db) -> Self {
        Self { db, queue: Arc::default(), known: Arc::default() }
    }

    /// Says that entries are coming soon.
    pub fn announce(&self) -> Announced {
        self.lock().gathering.announce();
        Announced { log: self.clone(), is_open: true }
    }

    /// Stores entries that nobody waited for.
    pub async fn append(&self, tenant: &TenantId, entries: Vec<AuditEntry>) -> Result<(), StoreError> {
        self.announce().append(tenant, entries).await
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits a group here when that cannot be interrupted (SQLite works on this thread), and leaves the rest to a
    /// task: a request that is abandoned must not leave a group half done or the queue without a leader.
    async fn lead(&self) {
        if let Db::Sqlite(db) = &self.db {
            let handover = Handover(self);
            // Requests that are nearly as far come along.
            tokio::task::yield_now().await;
            let session = Session::SqliteWrite(db.hold().await);
            let group = self.take();
            self.commit(Ok(session), group).await;
            if !self.finish() {
                std::mem::forget(handover);
            }
        } else {
            self.spawn();
        }
    }

    /// Leads from a task of its own.
    fn spawn(&self) {
        // Without a runtime the process is ending, and nobody waits for an answer.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let log = self.clone();
        runtime.spawn(async move {
            loop {
                log.commit_next().await;
                if !log.finish() {
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
        queue.group += 1;
        queue.has_rest = !queue.waiting.is_empty();
        group
    }

    /// Steps down unless another group is due. Whether it is.
    fn finish(&self) -> bool {
        let mut queue = self.lock();
        queue.committing = queue.has_rest;
        queue.committing || matches!(queue.duty(), Duty::Lead)
    }

    async fn commit(&self, session: Result<Session, StoreError>, group: Vec<Waiting>) {
        let outcome = match session {
            Ok(session) => insert::insert(session, &group, &self.known).await,
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
        self.0.spawn();
    }
}
