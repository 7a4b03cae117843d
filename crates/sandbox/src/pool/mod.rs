//! The server's side: confined workers kept ready, one run per worker at a time, one tenant per worker.
//!
//! A run ends on time whatever the worker does: the worker stops itself at the deadline, and shortly after that the
//! server kills it.

mod check;
mod lease;
mod process;
mod schedule;
mod session;

#[cfg(feature = "fuzzing")]
pub(crate) use session::fuzzing;

use crate::broker::Fetcher;
use crate::limits::Limits;
use crate::outcome::{Outcome, Run};
use crate::protection::Protection;
use crate::script::Script;
use lease::Lease;
use process::Worker;
use schedule::{Acquired, Bounds, Plan, Schedule, Tenant};
use serde::Serialize;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::time::{sleep, timeout};

/// One call of a script's function.
#[derive(Debug, Clone, Copy)]
pub struct RunRequest<'a> {
    /// Whose script it is. A worker that has served one tenant never serves another.
    pub tenant: &'a str,
    pub script: &'a Script,
    /// A JSON object. The function gets it with one more member, `api`.
    pub input: &'a [u8],
    pub limits: &'a Limits,
}

#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// Worker processes that are kept ready. Runs that take long do not count, so a few more can exist for a while.
    pub workers: usize,
    /// Requests that may wait for a worker; further ones are shed.
    pub queue: usize,
    /// How long one may wait.
    pub queue_timeout: Duration,
    pub command: WorkerCommand,
    /// A worker is replaced after this many runs.
    pub max_runs_per_worker: u64,
}

/// How to start a worker: a program that calls [`crate::worker_main`], such as `/proc/self/exe script-worker`.
#[derive(Debug, Clone)]
pub struct WorkerCommand {
    pub program: PathBuf,
    pub args: Vec<OsString>,
}

/// Numbers since the start of the pool, and workers right now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PoolStats {
    pub idle: usize,
    pub busy: usize,
    pub starting: usize,
    pub queued: usize,
    /// Runs that reached a worker.
    pub runs: u64,
    pub shed: u64,
    pub crashed: u64,
    /// Runs that the server had to end because the worker did not.
    pub killed: u64,
    /// Workers started since the beginning.
    pub started: u64,
}

/// Runs scripts. Cloning gives another handle to the same workers.
#[derive(Clone)]
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    config: PoolConfig,
    fetcher: Arc<dyn Fetcher>,
    runtime: Handle,
    schedule: Mutex<Schedule<Worker>>,
    protection: OnceLock<Protection>,
    counters: Counters,
    /// Starts that failed in a row.
    failures: AtomicU32,
    /// Told when a worker is given back or lost.
    changed: Notify,
}

#[derive(Default)]
struct Counters {
    runs: AtomicU64,
    shed: AtomicU64,
    crashed: AtomicU64,
    killed: AtomicU64,
    started: AtomicU64,
}

impl Counters {
    fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

impl Pool {
    /// Starts the workers in the background. Must be called in a tokio runtime.
    pub fn new(config: PoolConfig, fetcher: Arc<dyn Fetcher>) -> Self {
        let bounds = Bounds { workers: config.workers.max(1), queue: config.queue };
        let shared = Arc::new(Shared {
            config,
            fetcher,
            runtime: Handle::current(),
            schedule: Mutex::new(Schedule::new(bounds)),
            protection: OnceLock::new(),
            counters: Counters::default(),
            failures: AtomicU32::new(0),
            changed: Notify::new(),
        });
        shared.change(|_| ());
        Self { shared }
    }

    /// Runs a script once. Does not retry: a crash or an overload is the caller's to handle.
    pub async fn run(&self, request: RunRequest<'_>) -> Run {
        let Some(lease) = self.shared.lease(request.tenant).await else {
            Counters::count(&self.shared.counters.shed);
            return Run { outcome: Outcome::Shed, logs: Vec::new(), duration: Duration::ZERO };
        };
        lease.serve(&request).await
    }

    /// Refuses further runs, lets those under way end, and ends all workers.
    pub async fn shutdown(&self) {
        self.shared.change(Schedule::close);
        loop {
            let changed = self.shared.changed.notified();
            if self.stats().busy == 0 {
                return;
            }
            changed.await;
        }
    }

    /// Which walls the workers have. Empty until the first one is up; see [`Pool::ready`].
    pub fn protection(&self) -> Protection {
        self.shared.protection.get().cloned().unwrap_or_default()
    }

    /// Waits until a worker is up, and says how it is protected. `None` when none came up in time.
    pub async fn ready(&self, time: Duration) -> Option<Protection> {
        let up = async {
            loop {
                let changed = self.shared.changed.notified();
                if let Some(protection) = self.shared.protection.get() {
                    return protection.clone();
                }
                changed.await;
            }
        };
        timeout(time, up).await.ok()
    }

    pub fn stats(&self) -> PoolStats {
        let counters = &self.shared.counters;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let schedule = self.shared.schedule();
        PoolStats {
            idle: schedule.idle(),
            busy: schedule.busy,
            starting: schedule.starting,
            queued: schedule.queued(),
            runs: read(&counters.runs),
            shed: read(&counters.shed),
            crashed: read(&counters.crashed),
            killed: read(&counters.killed),
            started: read(&counters.started),
        }
    }
}

impl Shared {
    fn schedule(&self) -> MutexGuard<'_, Schedule<Worker>> {
        // The schedule is consistent after each of its methods, so a panic elsewhere does not spoil it.
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the schedule and carries out what follows from it.
    fn change<T>(self: &Arc<Self>, change: impl FnOnce(&mut Schedule<Worker>) -> T) -> T {
        let (result, Plan { start, retire }) = {
            let mut schedule = self.schedule();
            let result = change(&mut schedule);
            (result, schedule.settle())
        };
        for worker in retire {
            worker.kill();
        }
        for _ in 0..start {
            let shared = Arc::clone(self);
            self.runtime.spawn(shared.start_worker());
        }
        self.changed.notify_waiters();
        result
    }

    async fn start_worker(self: Arc<Self>) {
        match Worker::start(&self.config.command).await {
            Ok((worker, protection)) => {
                self.failures.store(0, Ordering::Relaxed);
                Counters::count(&self.counters.started);
                self.protection.get_or_init(|| protection);
                self.change(|schedule| schedule.started(worker));
            }
            Err(error) => {
                let failures = self.failures.fetch_add(1, Ordering::Relaxed).min(6);
                tracing::error!(error = %error, source = ?std::error::Error::source(&error), "a script worker did not start");
                // The place stays taken meanwhile, or failed starts would follow each other without a pause.
                sleep(Duration::from_millis(100) * 2u32.pow(failures)).await;
                self.change(Schedule::start_failed);
            }
        }
    }

    /// A worker for the tenant; `None` when the queue is full or the wait too long.
    async fn lease(self: &Arc<Self>, tenant: &str) -> Option<Lease> {
        let tenant: Tenant = tenant.into();
        loop {
            let worker = match self.change(|schedule| schedule.acquire(&tenant)) {
                Acquired::Now(worker) => worker,
                Acquired::Full => return None,
                Acquired::Later(receiver) => {
                    let mut ticket = Ticket { shared: self, receiver, tenant: &tenant };
                    timeout(self.config.queue_timeout, &mut ticket.receiver).await.ok()?.ok()?
                }
            };
            if !worker.is_spoilt() {
                return Some(Lease::new(Arc::clone(self), tenant, worker));
            }
            worker.kill();
            self.change(Schedule::lost);
        }
    }
}

/// A place in the queue. When its holder gives up in the moment in which a worker arrives, the worker goes back.
struct Ticket<'a> {
    shared: &'a Arc<Shared>,
    receiver: oneshot::Receiver<Worker>,
    tenant: &'a Tenant,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.receiver.close();
        if let Ok(worker) = self.receiver.try_recv() {
            self.shared.change(|schedule| schedule.release(Arc::clone(self.tenant), worker));
        }
    }
}
