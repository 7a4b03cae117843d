//! The server's side: confined workers kept ready, one run per worker at a time, one tenant per worker.
//!
//! A run ends on time whatever the worker does: the worker stops itself at the deadline, and shortly after that the
//! server kills it.

mod check;
mod circuit;
mod lease;
mod link;
mod placement;
mod process;
mod processor;
mod schedule;
mod session;

#[cfg(feature = "fuzzing")]
pub(crate) use session::fuzzing;

use crate::broker::Fetcher;
use crate::limits::Limits;
use crate::outcome::{Outcome, Run};
use crate::protection::Protection;
use crate::script::Script;
pub use circuit::CircuitConfig;
use circuit::Circuits;
use lease::Lease;
use process::Worker;
use schedule::{Acquired, Bounds, Lane, Pace, Plan, Schedule};
use serde::Serialize;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep, timeout};

/// A worker that has served a tenant is kept this long after its last run.
const UNUSED: Duration = Duration::from_mins(1);

/// One call of a script's function.
#[derive(Debug, Clone, Copy)]
pub struct RunRequest<'a> {
    /// Whose script it is. A worker that has served one tenant never serves another.
    pub tenant: &'a str,
    pub script: &'a Script,
    /// A JSON object. The function gets it with one more member, `api`.
    pub input: &'a [u8],
    pub limits: &'a Limits,
    pub circuit: Circuit,
}

/// What a run has to do with the circuit of its script; see [`CircuitConfig`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circuit {
    /// The run is refused while the circuit is open, and its outcome counts.
    Obeyed,
    /// For an author who tries a script: the run is not refused and does not count.
    Ignored,
}

#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// Runs at once, and worker processes that are ready from the start. Runs that take long do not count, so a few
    /// more can go on for a while.
    pub running: usize,
    /// Worker processes at most, busy or not. One that has served a tenant is kept for it: starting another costs as
    /// much as some fifty runs.
    pub kept: usize,
    /// Requests that may wait for a worker; further ones are shed. One script may take half of the places.
    pub queue: usize,
    /// How long one may wait.
    pub queue_timeout: Duration,
    pub command: WorkerCommand,
    /// A worker is replaced after this many runs.
    pub max_runs_per_worker: u64,
    pub circuit: CircuitConfig,
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
    /// Runs that were refused because the circuit of their script was open.
    pub circuit_refused: u64,
    /// Circuits that are open.
    pub circuits_open: usize,
    pub crashed: u64,
    /// Runs that the server had to end because the worker did not.
    pub killed: u64,
    /// Workers started since the beginning.
    pub started: u64,
}

/// To be called by each thread of a runtime as it starts: the thread that made it may have been held on one processor,
/// for the sake of a run.
pub fn thread_started() {
    placement::anywhere();
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
    circuits: Circuits,
    counters: Counters,
    /// Whether a worker that was put behind others can come back. Learned from the first that cannot.
    rank_comes_back: AtomicBool,
    /// Starts that failed in a row.
    failures: AtomicU32,
    /// Told when a worker is given back or lost.
    changed: Notify,
}

#[derive(Default)]
struct Counters {
    runs: AtomicU64,
    shed: AtomicU64,
    circuit_refused: AtomicU64,
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
        let bounds = Bounds { running: config.running.max(1), kept: config.kept, queue: config.queue };
        let shared = Arc::new(Shared {
            fetcher,
            runtime: Handle::current(),
            schedule: Mutex::new(Schedule::new(bounds)),
            protection: OnceLock::new(),
            circuits: Circuits::new(config.circuit),
            counters: Counters::default(),
            rank_comes_back: AtomicBool::new(true),
            failures: AtomicU32::new(0),
            changed: Notify::new(),
            config,
        });
        shared.change(|_| ());
        shared.runtime.spawn(Shared::retire_the_unused(Arc::downgrade(&shared)));
        Self { shared }
    }

    /// Runs a script once. Does not retry: a crash or an overload is the caller's to handle.
    pub async fn run(&self, request: RunRequest<'_>) -> Run {
        let shared = &self.shared;
        let refused = |outcome| Run { outcome, logs: Vec::new(), duration: Duration::ZERO };
        let lane = Lane { tenant: request.tenant.into(), script: *request.script.key() };
        if request.circuit == Circuit::Obeyed && !shared.circuits.admits(&lane, Instant::now()) {
            Counters::count(&shared.counters.circuit_refused);
            return refused(Outcome::CircuitOpen);
        }
        let Some(lease) = shared.lease(&lane).await else {
            Counters::count(&shared.counters.shed);
            return refused(Outcome::Shed);
        };
        let run = lease.serve(&request).await;
        if request.circuit == Circuit::Obeyed {
            shared.circuits.record(&lane, (&run.outcome, run.duration), Instant::now());
        }
        run
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
            busy: schedule.busy(),
            starting: schedule.starting,
            queued: schedule.queued(),
            runs: read(&counters.runs),
            shed: read(&counters.shed),
            circuit_refused: read(&counters.circuit_refused),
            circuits_open: self.shared.circuits.open(Instant::now()),
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

    /// Gives back the memory of workers whose tenants have gone quiet.
    async fn retire_the_unused(shared: Weak<Self>) {
        loop {
            sleep(UNUSED / 4).await;
            let Some(shared) = shared.upgrade() else { return };
            let Some(then) = Instant::now().checked_sub(UNUSED) else { continue };
            for worker in shared.change(|schedule| schedule.unused_since(then)) {
                worker.kill();
            }
        }
    }

    /// A worker for the script; `None` when the queue is full or the wait too long.
    async fn lease(self: &Arc<Self>, lane: &Lane) -> Option<Lease> {
        loop {
            let worker = match self.change(|schedule| schedule.acquire(lane, Handle::current().id())) {
                Acquired::Now(worker) => worker,
                Acquired::Full => return None,
                Acquired::Later(receiver) => {
                    let mut ticket = Ticket { shared: self, receiver, lane };
                    timeout(self.config.queue_timeout, &mut ticket.receiver).await.ok()?.ok()?
                }
            };
            if !worker.is_spoilt() {
                return Some(Lease::new(Arc::clone(self), lane.clone(), worker));
            }
            worker.kill();
            self.change(|schedule| schedule.lost(lane, Pace::Quick));
        }
    }
}

/// A place in the queue. When its holder gives up in the moment in which a worker arrives, the worker goes back.
struct Ticket<'a> {
    shared: &'a Arc<Shared>,
    receiver: oneshot::Receiver<Worker>,
    lane: &'a Lane,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.receiver.close();
        if let Ok(worker) = self.receiver.try_recv() {
            self.shared.change(|schedule| schedule.release(self.lane, Pace::Quick, (worker, None)));
        }
    }
}
