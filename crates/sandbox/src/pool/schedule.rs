//! Who gets which worker, without any I/O.
//!
//! A worker is fresh until its first run and belongs to one tenant from then on. Waiting requests are served tenant by
//! tenant in turns, first come first served within a tenant. A worker of a tenant without work makes room for others.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use tokio::sync::oneshot;

pub(super) type Tenant = Arc<str>;

/// Workers in runs that take long stop counting against the limit, up to this many or twice the limit.
const SLOW_ALLOWANCE: usize = 8;
/// Runs in a row that a worker serves its tenant while another one waits.
const TURN: u32 = 32;

/// Limits of a [`Schedule`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) workers: usize,
    pub(super) queue: usize,
}

pub(super) struct Schedule<W> {
    bounds: Bounds,
    /// Least recently used first; fresh ones have no tenant.
    idle: Vec<(Option<Tenant>, W)>,
    pub(super) busy: usize,
    pub(super) starting: usize,
    /// Busy workers whose run takes long.
    pub(super) slow: usize,
    waiting: HashMap<Tenant, VecDeque<oneshot::Sender<W>>>,
    /// Tenants with waiting requests, in the order of their turns.
    turns: VecDeque<Tenant>,
    /// Once several tenants were seen, one fresh worker is kept at hand for the next one.
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
            busy: 0,
            starting: 0,
            slow: 0,
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

    pub(super) fn queued(&self) -> usize {
        self.waiting.values().map(VecDeque::len).sum()
    }

    /// A worker of the tenant, a fresh one, or a place in the queue.
    pub(super) fn acquire(&mut self, tenant: &Tenant) -> Acquired<W> {
        if self.closed {
            return Acquired::Full;
        }
        self.several_tenants |= self.last_tenant.as_ref().is_some_and(|last| last != tenant);
        self.last_tenant = Some(Arc::clone(tenant));
        if let Some((_, worker)) = self.take_idle(tenant) {
            self.busy += 1;
            return Acquired::Now(worker);
        }
        if self.queued() >= self.bounds.queue {
            self.forget_the_gone();
            if self.queued() >= self.bounds.queue {
                return Acquired::Full;
            }
        }
        let (sender, receiver) = oneshot::channel();
        if !self.waiting.contains_key(tenant) {
            self.turns.push_back(Arc::clone(tenant));
        }
        self.waiting.entry(Arc::clone(tenant)).or_default().push_back(sender);
        Acquired::Later(receiver)
    }

    /// An idle worker for the tenant, with the tenant that it has served so far.
    fn take_idle(&mut self, tenant: &Tenant) -> Option<(Option<Tenant>, W)> {
        let own = self.idle.iter().rposition(|(owner, _)| owner.as_ref() == Some(tenant));
        let place = own.or_else(|| self.idle.iter().rposition(|(owner, _)| owner.is_none()))?;
        Some(self.idle.remove(place))
    }

    /// Whether a worker of `tenant` that has served `streak` runs in a row should go on, as somebody else waits.
    pub(super) fn turn_is_over(&self, tenant: &Tenant, streak: u32) -> bool {
        streak >= TURN && !self.is_alone(tenant)
    }

    /// Whether no other tenant waits.
    pub(super) fn is_alone(&self, tenant: &Tenant) -> bool {
        self.turns.iter().all(|waiting| waiting == tenant)
    }

    /// A busy worker has finished and may serve its tenant again.
    pub(super) fn release(&mut self, tenant: Tenant, worker: W) {
        self.busy = self.busy.saturating_sub(1);
        self.idle.push((Some(tenant), worker));
    }

    /// A busy worker is gone.
    pub(super) fn lost(&mut self) {
        self.busy = self.busy.saturating_sub(1);
    }

    pub(super) fn started(&mut self, worker: W) {
        self.starting = self.starting.saturating_sub(1);
        self.idle.push((None, worker));
    }

    pub(super) fn start_failed(&mut self) {
        self.starting = self.starting.saturating_sub(1);
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
        self.waiting.clear();
        self.turns.clear();
    }

    /// Gives idle workers to waiting requests, then says which workers to start and to retire. Call after each change.
    pub(super) fn settle(&mut self) -> Plan<W> {
        if self.closed {
            return Plan { start: 0, retire: self.idle.drain(..).map(|(_, worker)| worker).collect() };
        }
        self.serve();
        let capacity = self.bounds.workers + self.slow.min(SLOW_ALLOWANCE.max(2 * self.bounds.workers));
        let total = self.idle.len() + self.busy + self.starting;
        let mut retire = Vec::new();
        let fresh = self.idle.iter().filter(|(owner, _)| owner.is_none()).count();
        let spare = usize::from(self.several_tenants && self.bounds.workers > 1);
        let wanted = (self.queued() + spare).saturating_sub(fresh + self.starting);
        // What is over the limit goes; and idle workers of other tenants make the room that is missing.
        let excess = total.saturating_sub(capacity);
        let make_room = excess + wanted.saturating_sub(capacity.saturating_sub(total));
        while retire.len() < make_room
            && let Some(place) = self.idle.iter().position(|(owner, _)| owner.is_some())
        {
            retire.push(self.idle.remove(place).1);
        }
        let total = total - retire.len();
        let ahead = self.bounds.workers.saturating_sub(total);
        let start = ahead.max(wanted.min(capacity.saturating_sub(total)));
        self.starting += start;
        Plan { start, retire }
    }

    fn serve(&mut self) {
        let mut passed = 0;
        while passed < self.turns.len()
            && let Some(tenant) = self.turns.pop_front()
        {
            let Some((owner, worker)) = self.take_idle(&tenant) else {
                self.turns.push_back(tenant);
                passed += 1;
                continue;
            };
            let mut queue = self.waiting.remove(&tenant).unwrap_or_default();
            match hand_over(&mut queue, worker) {
                Ok(()) => self.busy += 1,
                Err(worker) => self.idle.push((owner, worker)),
            }
            if !queue.is_empty() {
                self.waiting.insert(Arc::clone(&tenant), queue);
                self.turns.push_back(tenant);
            }
            passed = 0;
        }
    }

    fn forget_the_gone(&mut self) {
        for queue in self.waiting.values_mut() {
            queue.retain(|waiter| !waiter.is_closed());
        }
        self.waiting.retain(|_, queue| !queue.is_empty());
        self.turns.retain(|tenant| self.waiting.contains_key(tenant));
    }
}

/// Gives the worker to the first request that still waits, or back when none does.
fn hand_over<W>(queue: &mut VecDeque<oneshot::Sender<W>>, mut worker: W) -> Result<(), W> {
    while let Some(waiter) = queue.pop_front() {
        match waiter.send(worker) {
            Ok(()) => return Ok(()),
            Err(back) => worker = back,
        }
    }
    Err(worker)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A worker remembers whom it served.
    #[derive(Debug, Default)]
    struct Worker(Vec<Tenant>);

    struct Desk {
        schedule: Schedule<Worker>,
    }

    impl Desk {
        fn open(workers: usize, queue: usize) -> Self {
            let mut desk = Self { schedule: Schedule::new(Bounds { workers, queue }) };
            desk.act();
            desk
        }

        /// Carries out plans: starts succeed at once.
        fn act(&mut self) {
            loop {
                let plan = self.schedule.settle();
                for worker in &plan.retire {
                    assert!(worker.0.windows(2).all(|pair| pair[0] == pair[1]), "{worker:?} served two tenants");
                }
                if plan.start == 0 {
                    return;
                }
                (0..plan.start).for_each(|_| self.schedule.started(Worker::default()));
            }
        }

        fn acquire(&mut self, tenant: &str) -> Acquired<Worker> {
            let acquired = self.schedule.acquire(&tenant.into());
            self.act();
            acquired
        }

        fn release(&mut self, tenant: &str, mut worker: Worker) {
            worker.0.push(tenant.into());
            assert!(worker.0.iter().all(|served| &**served == tenant), "{worker:?} served two tenants");
            self.schedule.release(tenant.into(), worker);
            self.act();
        }
    }

    fn now(acquired: Acquired<Worker>) -> Worker {
        match acquired {
            Acquired::Now(worker) => worker,
            other => panic!("{other:?}"),
        }
    }

    fn later(acquired: Acquired<Worker>) -> oneshot::Receiver<Worker> {
        match acquired {
            Acquired::Later(receiver) => receiver,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_tenant_gets_its_own_worker_again() {
        let mut desk = Desk::open(2, 8);
        let worker = now(desk.acquire("a"));
        desk.release("a", worker);
        assert_eq!(now(desk.acquire("a")).0, ["a".into()]);
    }

    #[test]
    fn a_worker_of_another_tenant_is_replaced_not_reused() {
        let mut desk = Desk::open(1, 8);
        let worker = now(desk.acquire("a"));
        desk.release("a", worker);
        let mut waiting = later(desk.acquire("b"));
        assert!(waiting.try_recv().unwrap().0.is_empty(), "a fresh worker");
    }

    #[test]
    fn tenants_take_turns() {
        let mut desk = Desk::open(1, 8);
        let worker = now(desk.acquire("a"));
        let mut second = later(desk.acquire("a"));
        let mut other = later(desk.acquire("b"));
        assert!(!desk.schedule.turn_is_over(&"a".into(), 1));
        assert!(desk.schedule.turn_is_over(&"a".into(), TURN), "somebody else waits");

        drop(worker);
        desk.schedule.lost();
        desk.act();
        assert!(second.try_recv().is_ok() && other.try_recv().is_err(), "the first in the queue first");
    }

    #[test]
    fn a_full_queue_refuses_but_the_gone_do_not_count() {
        let mut desk = Desk::open(1, 1);
        let _busy = now(desk.acquire("a"));
        let waiting = later(desk.acquire("a"));
        assert!(matches!(desk.acquire("a"), Acquired::Full));
        drop(waiting);
        later(desk.acquire("a"));
    }

    #[test]
    fn slow_runs_make_room_for_waiting_ones_only() {
        let mut desk = Desk::open(1, 8);
        let _slow = now(desk.acquire("a"));
        desk.schedule.slow = 1;
        desk.act();
        assert_eq!(desk.schedule.idle(), 0, "nobody waits");
        assert!(later(desk.acquire("a")).try_recv().is_ok());
    }

    #[test]
    fn what_slow_runs_added_goes_again() {
        let mut desk = Desk::open(1, 8);
        let slow = now(desk.acquire("a"));
        desk.schedule.slow = 1;
        let other = later(desk.acquire("a")).try_recv().unwrap();
        desk.schedule.slow = 0;
        desk.release("a", slow);
        desk.release("a", other);
        assert_eq!((desk.schedule.idle(), desk.schedule.busy), (1, 0));
    }

    #[test]
    fn a_closed_desk_gives_nothing() {
        let mut desk = Desk::open(2, 8);
        let worker = now(desk.acquire("a"));
        desk.schedule.close();
        desk.act();
        assert!(matches!(desk.acquire("a"), Acquired::Full));
        desk.release("a", worker);
        assert_eq!(desk.schedule.idle(), 0);
    }
}
