//! The schedule as a desk that hands out workers, with starts that succeed at once.

use super::*;
use std::time::Duration;

/// A worker remembers whom it served.
#[derive(Debug, Default)]
struct Worker(Vec<Tenant>);

struct Desk {
    schedule: Schedule<Worker>,
    /// Starts take until the test says so.
    starts: usize,
    started: usize,
}

fn lane(tenant: &str, script: u8) -> Lane {
    Lane { tenant: tenant.into(), script: [script; 32] }
}

/// Another runtime each time.
fn elsewhere() -> Home {
    tokio::runtime::Builder::new_current_thread().build().unwrap().handle().id()
}

fn home() -> Home {
    static HOME: std::sync::LazyLock<Home> = std::sync::LazyLock::new(elsewhere);
    *HOME
}

impl Desk {
    fn open(running: usize, kept: usize, queue: usize) -> Self {
        let mut desk = Self { schedule: Schedule::new(Bounds { running, kept, queue }), starts: 0, started: 0 };
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
            self.starts += plan.start;
            if plan.start == 0 {
                return;
            }
            (0..plan.start).for_each(|_| self.schedule.started(Worker::default()));
            self.started += plan.start;
        }
    }

    fn acquire(&mut self, lane: &Lane) -> Acquired<Worker> {
        self.acquire_on(home(), lane)
    }

    fn acquire_on(&mut self, home: Home, lane: &Lane) -> Acquired<Worker> {
        let acquired = self.schedule.acquire(lane, home);
        self.act();
        acquired
    }

    fn release(&mut self, lane: &Lane, pace: Pace, worker: Worker) {
        self.release_on(home(), (lane, pace), worker);
    }

    fn release_on(&mut self, home: Home, (lane, pace): (&Lane, Pace), mut worker: Worker) {
        worker.0.push(lane.tenant.clone());
        assert!(worker.0.iter().all(|served| *served == lane.tenant), "{worker:?} served two tenants");
        self.schedule.release(lane, pace, (worker, Some(home)));
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
    let mut desk = Desk::open(2, 8, 8);
    let a = lane("a", 1);
    let worker = now(desk.acquire(&a));
    desk.release(&a, Pace::Quick, worker);
    assert_eq!(now(desk.acquire(&lane("a", 2))).0, ["a".into()]);
}

#[test]
fn a_worker_of_another_tenant_is_kept_not_reused() {
    let mut desk = Desk::open(1, 8, 8);
    let (a, b) = (lane("a", 1), lane("b", 1));
    let worker = now(desk.acquire(&a));
    desk.release(&a, Pace::Quick, worker);

    let mut first = later(desk.acquire(&b));
    let fresh = first.try_recv().unwrap();
    assert!(fresh.0.is_empty());
    desk.release(&b, Pace::Quick, fresh);

    assert_eq!(now(desk.acquire(&a)).0, ["a".into()], "it was kept");
}

#[test]
fn tenants_that_alternate_start_no_more_workers() {
    let mut desk = Desk::open(2, 16, 8);
    let lanes: Vec<Lane> = (0..10).map(|number| lane(&format!("tenant {number}"), 1)).collect();
    for round in 0..20 {
        for lane in &lanes {
            let worker = match desk.acquire(lane) {
                Acquired::Now(worker) => worker,
                Acquired::Later(mut soon) => soon.try_recv().unwrap(),
                Acquired::Full => panic!(),
            };
            desk.release(lane, Pace::Quick, worker);
        }
        if round == 0 {
            desk.started = 0;
        }
    }
    assert_eq!(desk.started, 0, "every tenant kept its worker");
}

#[test]
fn the_least_recently_used_worker_makes_room() {
    let mut desk = Desk::open(1, 3, 8);
    for tenant in ["a", "b", "c", "d"] {
        let lane = lane(tenant, 1);
        let worker = match desk.acquire(&lane) {
            Acquired::Now(worker) => worker,
            Acquired::Later(mut soon) => soon.try_recv().unwrap(),
            Acquired::Full => panic!(),
        };
        desk.release(&lane, Pace::Quick, worker);
    }
    assert!(desk.schedule.idle() <= 3);
    assert_eq!(now(desk.acquire(&lane("d", 1))).0, ["d".into()]);
    let mut of_a = later_or_now(desk.acquire(&lane("a", 1)));
    assert!(of_a.take().is_none_or(|worker| worker.0.is_empty()), "the worker of a is gone");
}

fn later_or_now(acquired: Acquired<Worker>) -> Option<Worker> {
    match acquired {
        Acquired::Now(worker) => Some(worker),
        Acquired::Later(mut soon) => soon.try_recv().ok(),
        Acquired::Full => None,
    }
}

#[test]
fn a_tenants_only_worker_stays_while_others_have_several() {
    let mut desk = Desk::open(2, 5, 8);
    let (rare, busy) = (lane("rare", 1), lane("busy", 1));
    let worker = now(desk.acquire(&rare));
    desk.release(&rare, Pace::Quick, worker);
    let both = [later_or_now(desk.acquire(&busy)), later_or_now(desk.acquire(&busy))].map(Option::unwrap);
    for worker in both {
        desk.release(&busy, Pace::Quick, worker);
    }

    let new = later_or_now(desk.acquire(&lane("new", 1))).unwrap();
    desk.release(&lane("new", 1), Pace::Quick, new);

    assert_eq!(now(desk.acquire(&rare)).0, ["rare".into()], "one of the busy tenant's made room");
}

#[test]
fn no_more_run_at_once_than_there_are_places() {
    let mut desk = Desk::open(2, 8, 8);
    let a = lane("a", 1);
    let (one, _two) = (now(desk.acquire(&a)), now(desk.acquire(&a)));
    let mut third = later(desk.acquire(&a));
    assert!(third.try_recv().is_err());

    desk.release(&a, Pace::Quick, one);
    assert!(third.try_recv().is_ok());
}

#[test]
fn scripts_take_turns() {
    let mut desk = Desk::open(1, 8, 8);
    let (busy, other) = (lane("a", 1), lane("a", 2));
    let worker = now(desk.acquire(&busy));
    let mut waiting: Vec<_> = (0..3).map(|_| later(desk.acquire(&busy))).collect();
    let mut quiet = later(desk.acquire(&other));

    desk.release(&busy, Pace::Quick, worker);
    let worker = waiting[0].try_recv().unwrap();
    desk.release(&busy, Pace::Quick, worker);
    let worker = quiet.try_recv().expect("the other script's turn");
    desk.release(&other, Pace::Quick, worker);
    assert!(waiting[1].try_recv().is_ok());
}

#[test]
fn one_script_cannot_fill_the_queue() {
    let mut desk = Desk::open(1, 8, 4);
    let (greedy, other) = (lane("a", 1), lane("a", 2));
    let _busy = now(desk.acquire(&greedy));
    let _waiting = [later(desk.acquire(&greedy)), later(desk.acquire(&greedy))];
    assert!(matches!(desk.acquire(&greedy), Acquired::Full));
    later(desk.acquire(&other));
}

#[test]
fn those_who_gave_up_do_not_count() {
    let mut desk = Desk::open(1, 8, 2);
    let a = lane("a", 1);
    let _busy = now(desk.acquire(&a));
    drop(later(desk.acquire(&a)));
    later(desk.acquire(&a));
}

#[test]
fn slow_runs_give_their_places_to_others() {
    let mut desk = Desk::open(1, 8, 8);
    let (slow, quick) = (lane("a", 1), lane("a", 2));
    let running = now(desk.acquire(&slow));
    let mut waiting = later(desk.acquire(&quick));
    assert!(waiting.try_recv().is_err());

    assert_eq!(desk.schedule.slowed(&slow), Pace::Slow);
    desk.act();

    let other = waiting.try_recv().expect("a place for the quick one");
    desk.release(&quick, Pace::Quick, other);
    desk.release(&slow, Pace::Slow, running);
    assert_eq!(desk.schedule.busy(), 0);
}

#[test]
fn one_script_takes_half_of_the_room_for_slow_runs() {
    let mut desk = Desk::open(1, 64, 64);
    let (slow, quick) = (lane("a", 1), lane("b", 1));
    let mut held = Vec::new();
    while let Some(worker) = later_or_now(desk.acquire(&slow)) {
        held.push(worker);
        assert_eq!(desk.schedule.slowed(&slow), Pace::Slow);
        desk.act();
        assert!(held.len() <= 8);
    }
    assert_eq!(held.len(), 4);
    assert!(later_or_now(desk.acquire(&quick)).is_some(), "others go on");
}

#[test]
fn workers_that_nobody_used_go() {
    let mut desk = Desk::open(1, 8, 8);
    let a = lane("a", 1);
    let worker = now(desk.acquire(&a));
    desk.release(&a, Pace::Quick, worker);
    let used = Instant::now();
    assert!(desk.schedule.unused_since(used - Duration::from_secs(1)).is_empty());
    assert_eq!(desk.schedule.unused_since(used + Duration::from_secs(1)).len(), 1);
}

#[test]
fn a_closed_desk_gives_nothing() {
    let mut desk = Desk::open(2, 8, 8);
    let a = lane("a", 1);
    let worker = now(desk.acquire(&a));
    desk.schedule.close();
    desk.act();
    assert!(matches!(desk.acquire(&a), Acquired::Full));
    desk.release(&a, Pace::Quick, worker);
    assert_eq!(desk.schedule.idle(), 0);
}

#[test]
fn a_worker_stays_on_its_runtime_while_nobody_waits_long_for_that() {
    let (a, there) = (lane("a", 1), elsewhere());
    let mut desk = Desk::open(1, 4, 64);
    let mut worker = now(desk.acquire(&a));
    let mut first = later(desk.acquire_on(there, &a));
    let mut others: VecDeque<_> = (0..10).map(|_| later(desk.acquire(&a))).collect();
    for _ in 0..NEAR {
        desk.release(&a, Pace::Quick, worker);
        worker =
            others.pop_front().unwrap().try_recv().expect("those of the worker's runtime go first, in their order");
    }
    desk.release(&a, Pace::Quick, worker);
    let worker = first.try_recv().expect("then it was the turn of the first one");
    desk.release_on(there, (&a, Pace::Quick), worker);
    assert!(others.pop_front().unwrap().try_recv().is_ok(), "nobody else waits there");
}

#[test]
fn an_idle_worker_of_the_runtime_is_taken_first() {
    let (a, there) = (lane("a", 1), elsewhere());
    let mut desk = Desk::open(2, 4, 64);
    let [mut here, other] = [now(desk.acquire(&a)), now(desk.acquire_on(there, &a))];
    here.0.push("a".into());
    desk.release(&a, Pace::Quick, here);
    desk.release_on(there, (&a, Pace::Quick), other);
    assert_eq!(now(desk.acquire(&a)).0.len(), 2, "the one that ran last is the other runtime's");
    assert_eq!(now(desk.acquire(&a)).0.len(), 1, "better than none");
}
