//! Who gets which worker, and when, without any I/O.
//!
//! A worker is fresh until its first run and belongs to one tenant from then on. Processes are cheap to keep and dear to
//! start, so many are kept; but only a few run at once, as many as there are processors to run them. Waiting runs are
//! served script by script in turns; within a script the first come first, or one near it on the runtime of the worker. A run that takes long gives its place to
//! the others and goes on beside them; one script can have only so many of those.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::time::Instant;

pub(super) type Tenant = Arc<str>;

/// What takes turns: a script of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Lane {
    pub(super) tenant: Tenant,
    /// [`crate::Script::key`].
    pub(super) script: [u8; 32],
}

/// The runtime that drives a run.
pub(super) type Home = tokio::runtime::Id;

/// How far back a run on the runtime of a free worker may stand to get it, and how often in a row the first one waits
/// for that. It saves waking another thread up, which under load is a part of what a run costs.
const NEAR: usize = 4;

/// Limits of a [`Schedule`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Runs at once.
    pub(super) running: usize,
    /// Worker processes, busy or not.
    pub(super) kept: usize,
    /// Runs that may wait; one script may take half of the places.
    pub(super) queue: usize,
}

impl Bounds {
    /// Runs that take long and go on beside the others.
    fn slow(self) -> usize {
        (2 * self.running).max(8)
    }

    /// Those of one script.
    fn slow_of_one(self) -> usize {
        self.slow().div_ceil(2)
    }
}

struct Idle<W> {
    /// `None` for a fresh worker.
    owner: Option<Tenant>,
    worker: W,
    /// The runtime that drove its last run, which need not move its channel for another.
    home: Option<Home>,
    since: Instant,
}

/// Runs of one script that wait, the first one first.
struct Waiting<W> {
    runs: VecDeque<(Home, oneshot::Sender<W>)>,
    /// How often in a row one behind the first was served before it.
    passed: usize,
}

pub(super) struct Schedule<W> {
    bounds: Bounds,
    /// Least recently used first.
    idle: Vec<Idle<W>>,
    running: usize,
    slow: HashMap<Lane, usize>,
    pub(super) starting: usize,
    waiting: HashMap<Lane, Waiting<W>>,
    /// Scripts with waiting runs, in the order of their turns.
    turns: VecDeque<Lane>,
    /// Once several tenants were seen, fresh workers are kept at hand for the next one.
    last_tenant: Option<Tenant>,
    several_tenants: bool,
    closed: bool,
}

/// What a request for a worker gets.
#[derive(Debug)]
pub(super) enum Acquired<W> {
    Now(W),
    Later(oneshot::Receiver<W>),
    Full,
}

/// How a run counts while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// It has one of the places.
    Quick,
    /// It goes on beside them.
    Slow,
}

/// What has to be done after a change.
#[derive(Debug)]
#[must_use]
pub(super) struct Plan<W> {
    pub(super) start: usize,
    pub(super) retire: Vec<W>,
}

impl<W> Schedule<W> {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            idle: Vec::new(),
            running: 0,
            slow: HashMap::new(),
            starting: 0,
            waiting: HashMap::new(),
            turns: VecDeque::new(),
            last_tenant: None,
            several_tenants: false,
            closed: false,
        }
    }

    pub(super) fn idle(&self) -> usize {
        self.idle.len()
    }

    pub(super) fn busy(&self) -> usize {
        self.running + self.slow.values().sum::<usize>()
    }

    pub(super) fn queued(&self) -> usize {
        self.waiting.values().map(|waiting| waiting.runs.len()).sum()
    }

    /// A worker of the tenant, a fresh one, or a place in the queue.
    pub(super) fn acquire(&mut self, lane: &Lane, home: Home) -> Acquired<W> {
        if self.closed {
            return Acquired::Full;
        }
        self.several_tenants |= self.last_tenant.as_ref().is_some_and(|last| *last != lane.tenant);
        self.last_tenant = Some(Arc::clone(&lane.tenant));
        if self.admits(lane)
            && let Some(idle) = self.take_idle(&lane.tenant, Some(home))
        {
            self.running += 1;
            return Acquired::Now(idle.worker);
        }
        if self.is_full(lane) {
            self.forget_the_gone();
            if self.is_full(lane) {
                return Acquired::Full;
            }
        }
        let (sender, receiver) = oneshot::channel();
        if !self.waiting.contains_key(lane) {
            self.turns.push_back(lane.clone());
        }
        self.waiting.entry(lane.clone()).or_default().runs.push_back((home, sender));
        Acquired::Later(receiver)
    }

    /// Whether there is a place for a run of this script now.
    fn admits(&self, lane: &Lane) -> bool {
        self.running < self.bounds.running && self.slow.get(lane).is_none_or(|slow| *slow < self.bounds.slow_of_one())
    }

    fn is_full(&self, lane: &Lane) -> bool {
        let own = self.waiting.get(lane).map_or(0, |waiting| waiting.runs.len());
        self.queued() >= self.bounds.queue || own >= self.bounds.queue.div_ceil(2)
    }

    /// An idle worker for the tenant: its own that ran last, at best on this runtime, or a fresh one.
    fn take_idle(&mut self, tenant: &Tenant, home: Option<Home>) -> Option<Idle<W>> {
        let is_own = |idle: &Idle<W>| idle.owner.as_ref() == Some(tenant);
        let here = self.idle.iter().rposition(|idle| is_own(idle) && home.is_some() && idle.home == home);
        let own = here.or_else(|| self.idle.iter().rposition(is_own));
        let place = own.or_else(|| self.idle.iter().rposition(|idle| idle.owner.is_none()))?;
        Some(self.idle.remove(place))
    }

    /// A run takes long. It gives up its place when there is room beside.
    pub(super) fn slowed(&mut self, lane: &Lane) -> Pace {
        if self.slow.values().sum::<usize>() >= self.bounds.slow() {
            return Pace::Quick;
        }
        self.running = self.running.saturating_sub(1);
        *self.slow.entry(lane.clone()).or_default() += 1;
        Pace::Slow
    }

    /// A busy worker has finished and may serve its tenant again.
    pub(super) fn release(&mut self, lane: &Lane, pace: Pace, (worker, home): (W, Option<Home>)) {
        self.lost(lane, pace);
        self.idle.push(Idle { owner: Some(Arc::clone(&lane.tenant)), worker, home, since: Instant::now() });
    }

    /// A busy worker is gone.
    pub(super) fn lost(&mut self, lane: &Lane, pace: Pace) {
        match pace {
            Pace::Quick => self.running = self.running.saturating_sub(1),
            Pace::Slow => {
                if let Some(slow) = self.slow.get_mut(lane) {
                    *slow -= 1;
                    if *slow == 0 {
                        self.slow.remove(lane);
                    }
                }
            }
        }
    }

    pub(super) fn started(&mut self, worker: W) {
        self.starting = self.starting.saturating_sub(1);
        self.idle.push(Idle { owner: None, worker, home: None, since: Instant::now() });
    }

    pub(super) fn start_failed(&mut self) {
        self.starting = self.starting.saturating_sub(1);
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
        self.waiting.clear();
        self.turns.clear();
    }

    /// Takes out workers of tenants that have not run anything since `then`.
    pub(super) fn unused_since(&mut self, then: Instant) -> Vec<W> {
        let is_unused = |idle: &mut Idle<W>| idle.owner.is_some() && idle.since < then;
        self.idle.extract_if(.., is_unused).map(|idle| idle.worker).collect()
    }

    /// Gives idle workers to waiting runs, then says which workers to start and to retire. Call after each change.
    pub(super) fn settle(&mut self) -> Plan<W> {
        if self.closed {
            return Plan { start: 0, retire: self.idle.drain(..).map(|idle| idle.worker).collect() };
        }
        let unserved = self.serve();
        let fresh = self.idle.iter().filter(|idle| idle.owner.is_none()).count();
        let spare = if self.several_tenants { self.bounds.running } else { 0 };
        let wanted = (unserved + spare).saturating_sub(fresh + self.starting);
        let total = self.idle.len() + self.busy() + self.starting;
        let ahead = self.bounds.running.saturating_sub(total);
        let start = wanted.max(ahead);
        // Others' idle workers make the room that is missing, least recently used first.
        let excess = (total + start)
            .saturating_sub(self.bounds.kept.max(self.bounds.running) + self.slow.values().sum::<usize>());
        let retire = self.retire(excess);
        let start = start.saturating_sub(excess - retire.len());
        self.starting += start;
        Plan { start, retire }
    }

    /// Workers that a tenant has beside another idle one go first: the last of a tenant would have to be started again.
    fn retire(&mut self, count: usize) -> Vec<W> {
        let mut retired = Vec::new();
        while retired.len() < count
            && let Some(place) =
                self.spare_of_a_tenant().or_else(|| self.idle.iter().position(|idle| idle.owner.is_some()))
        {
            retired.push(self.idle.remove(place).worker);
        }
        retired
    }

    /// The least recently used worker whose tenant has another idle one.
    fn spare_of_a_tenant(&self) -> Option<usize> {
        self.idle.iter().enumerate().position(|(place, idle)| {
            let mut later = self.idle.iter().skip(place + 1);
            idle.owner.is_some() && later.any(|other| other.owner == idle.owner)
        })
    }

    /// Hands workers over in turns. How many runs have a place and lack a worker.
    fn serve(&mut self) -> usize {
        let mut unserved = 0;
        let mut passed = 0;
        while passed < self.turns.len()
            && self.running + unserved < self.bounds.running
            && let Some(lane) = self.turns.pop_front()
        {
            if !self.admits(&lane) {
                self.turns.push_back(lane);
                passed += 1;
                continue;
            }
            let Some(idle) = self.take_idle(&lane.tenant, None) else {
                let waiters = self.waiting.get(&lane).map_or(0, |waiting| waiting.runs.len());
                unserved += waiters.min(self.bounds.running - self.running - unserved);
                self.turns.push_back(lane);
                passed += 1;
                continue;
            };
            let mut queue = self.waiting.remove(&lane).unwrap_or_default();
            let (home, since) = (idle.home, idle.since);
            match queue.hand_over(idle.worker, home) {
                Ok(()) => self.running += 1,
                Err(worker) => {
                    // Perhaps it is fresh; whoever it is kept for takes it again.
                    self.idle.push(Idle { owner: Some(Arc::clone(&lane.tenant)), worker, home, since });
                }
            }
            if !queue.runs.is_empty() {
                self.waiting.insert(lane.clone(), queue);
                self.turns.push_back(lane);
            }
            passed = 0;
        }
        unserved
    }

    fn forget_the_gone(&mut self) {
        for queue in self.waiting.values_mut() {
            queue.runs.retain(|(_, waiter)| !waiter.is_closed());
        }
        self.waiting.retain(|_, queue| !queue.runs.is_empty());
        self.turns.retain(|lane| self.waiting.contains_key(lane));
    }
}

impl<W> Default for Waiting<W> {
    fn default() -> Self {
        Self { runs: VecDeque::new(), passed: 0 }
    }
}

impl<W> Waiting<W> {
    /// Gives the worker to the next run that still waits, or back when none does.
    fn hand_over(&mut self, mut worker: W, home: Option<Home>) -> Result<(), W> {
        while let Some(waiter) = self.next(home) {
            match waiter.send(worker) {
                Ok(()) => return Ok(()),
                Err(back) => worker = back,
            }
        }
        Err(worker)
    }

    /// The first run, or one near it that needs no other thread.
    fn next(&mut self, home: Option<Home>) -> Option<oneshot::Sender<W>> {
        let near = self.runs.iter().take(NEAR).position(|(own, _)| Some(*own) == home);
        let place = near.filter(|_| self.passed < NEAR).unwrap_or(0);
        self.passed = if place > 0 { self.passed + 1 } else { 0 };
        self.runs.remove(place).map(|(_, waiter)| waiter)
    }
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
