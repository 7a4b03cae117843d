//! A worker that is held for one run.

use super::placement;
use super::process::{Broken, Worker};
use super::processor::{self, Rank};
use super::schedule::{Lane, Pace, Schedule};
use super::session::{Finished, drive, finish_abandoned};
use super::{Counters, RunRequest, Shared};
use crate::outcome::{Outcome, Run};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// A worker that has not answered this long after the deadline is killed.
const GRACE: Duration = Duration::from_millis(150);
/// A run that takes longer gives up its place among those that run at once.
const SLOW: Duration = Duration::from_millis(50);
/// When a run is looked at for the first time, and for the second time after that. Each later look takes longer to come.
const FIRST_LOOK: Duration = Duration::from_millis(1);
/// How long a run that nobody waits for may take to end by itself, which is cheaper than another worker.
const LINGER: Duration = Duration::from_millis(20);
/// Time in runs after which a worker is replaced. Well below the CPU time that its jail grants it.
const MAX_SPENT: Duration = Duration::from_mins(4);

/// Gives the worker back or kills it, also when the future that holds it is dropped in the middle of a run.
pub(super) struct Lease {
    shared: Arc<Shared>,
    lane: Lane,
    worker: Option<Worker>,
    pace: Pace,
    rank: Rank,
}

enum Ended {
    Finished(Finished),
    Broken(Broken),
    Late,
}

impl Lease {
    pub(super) fn new(shared: Arc<Shared>, lane: Lane, worker: Worker) -> Self {
        Self { shared, lane, worker: Some(worker), pace: Pace::Quick, rank: Rank::Usual }
    }

    pub(super) async fn serve(mut self, request: &RunRequest<'_>) -> Run {
        let started = Instant::now();
        Counters::count(&self.shared.counters.runs);
        let ended = self.drive(request).await;
        let duration = started.elapsed();
        let (outcome, logs) = match ended {
            Ended::Finished(finished) => {
                self.finish(finished.reusable, duration);
                (finished.outcome, finished.logs)
            }
            Ended::Late => {
                self.kill();
                Counters::count(&self.shared.counters.killed);
                (Outcome::TimedOut { limit: request.limits.wall }, Vec::new())
            }
            Ended::Broken(reason) => {
                self.kill();
                tracing::warn!(reason = %reason, script.entry = %request.script.entry(), "a script worker was lost in a run");
                (Outcome::Crashed, Vec::new())
            }
        };
        if matches!(outcome, Outcome::Crashed) {
            Counters::count(&self.shared.counters.crashed);
        }
        Run { outcome, logs, duration }
    }

    async fn drive(&mut self, request: &RunRequest<'_>) -> Ended {
        let shared = Arc::clone(&self.shared);
        let Some(worker) = &mut self.worker else { return Ended::Broken(Broken::Ended) };
        worker.tenant.get_or_insert_with(|| Arc::clone(&self.lane.tenant));
        if worker.tenant.as_ref() != Some(&self.lane.tenant) {
            return Ended::Broken(Broken::Protocol("a worker of another tenant"));
        }
        let pid = worker.pid();
        let is_quick = worker.quick.take() == Some(self.lane.script);
        let stay = placement::begin(&worker.place, is_quick);
        let limit = request.limits.wall.saturating_add(GRACE);
        let mut run = std::pin::pin!(drive(worker, request, &*shared.fetcher));
        let (mut passed, mut pause, mut used) = (Duration::ZERO, FIRST_LOOK, None);
        loop {
            let pause_now = pause.min(limit.saturating_sub(passed));
            match timeout(pause_now, &mut run).await {
                Ok(Ok(finished)) => return Ended::Finished(finished),
                Ok(Err(broken)) => return Ended::Broken(broken),
                Err(_) => passed += pause_now,
            }
            if passed >= limit {
                return Ended::Late;
            }
            stay.let_go();
            let now = pid.map_or(Duration::ZERO, processor::used);
            let computes = used.is_some_and(|before| now.saturating_sub(before) > pause_now / 2);
            pause = if used.is_some() { pause.saturating_mul(4) } else { pause };
            // Where the rank is lost for good, so is the worker: then only a run that is slow anyway is worth it.
            let is_worth_it = passed >= SLOW || shared.rank_comes_back.load(Ordering::Relaxed);
            if computes
                && is_worth_it
                && self.rank == Rank::Usual
                && pid.is_some_and(|pid| processor::set_rank(pid, Rank::AfterOthers))
            {
                self.rank = Rank::AfterOthers;
            }
            used = Some(now);
            if passed >= SLOW && self.pace == Pace::Quick {
                self.pace = shared.change(|schedule| schedule.slowed(&self.lane));
            }
        }
    }

    /// Back to the schedule, unless the worker has served enough.
    fn finish(&mut self, reusable: bool, duration: Duration) {
        let Some(mut worker) = self.worker.take() else { return };
        worker.runs += 1;
        worker.spent += duration;
        worker.quick = (duration < FIRST_LOOK).then_some(self.lane.script);
        let max_runs = self.shared.config.max_runs_per_worker;
        // One that was put behind and may not come back is of no use to the next run.
        let is_behind =
            self.rank == Rank::AfterOthers && !worker.pid().is_some_and(|pid| processor::set_rank(pid, Rank::Usual));
        if is_behind {
            self.shared.rank_comes_back.store(false, Ordering::Relaxed);
        }
        let is_worn = !reusable || is_behind || worker.runs >= max_runs || worker.spent >= MAX_SPENT;
        let over = self.shared.change(|schedule| {
            if is_worn {
                schedule.lost(&self.lane, self.pace);
                return Some(worker);
            }
            let home = worker.link.runtime();
            schedule.release(&self.lane, self.pace, (worker, Some(home)));
            None
        });
        if let Some(worker) = over {
            worker.kill();
        }
    }

    fn kill(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.kill();
            self.shared.change(|schedule: &mut Schedule<Worker>| schedule.lost(&self.lane, self.pace));
        }
    }
}

impl Drop for Lease {
    /// Nobody waits for the run any more. Most runs are nearly over, so the worker gets a moment to end it.
    fn drop(&mut self) {
        let Some(mut worker) = self.worker.take() else { return };
        let Some(limits) = worker.under_way.take() else {
            self.worker = Some(worker);
            return self.kill();
        };
        let mut rest = Self {
            shared: Arc::clone(&self.shared),
            lane: self.lane.clone(),
            worker: Some(worker),
            pace: self.pace,
            rank: self.rank,
        };
        self.shared.runtime.spawn(async move {
            let Some(worker) = &mut rest.worker else { return };
            match timeout(LINGER, finish_abandoned(worker, &limits)).await {
                Ok(Ok(reusable)) => rest.finish(reusable, LINGER),
                Ok(Err(_)) | Err(_) => rest.kill(),
            }
        });
    }
}
