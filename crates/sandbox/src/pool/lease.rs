//! A worker that is held for one run.

use super::process::{Broken, Worker};
use super::schedule::{Schedule, Tenant};
use super::session::{Finished, drive};
use super::{Counters, RunRequest, Shared};
use crate::outcome::{Outcome, Run};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// A worker that has not answered this long after the deadline is killed.
const GRACE: Duration = Duration::from_millis(150);
/// A run that takes longer no longer counts against the number of workers.
const SLOW: Duration = Duration::from_millis(50);
/// Time in runs after which a worker is replaced. Well below the CPU time that its jail grants it.
const MAX_SPENT: Duration = Duration::from_mins(4);

/// Gives the worker back or kills it, also when the future that holds it is dropped in the middle of a run.
pub(super) struct Lease {
    shared: Arc<Shared>,
    tenant: Tenant,
    worker: Option<Worker>,
    is_slow: bool,
}

enum Ended {
    Finished(Finished),
    Broken(Broken),
    Late,
}

impl Lease {
    pub(super) fn new(shared: Arc<Shared>, tenant: Tenant, worker: Worker) -> Self {
        Self { shared, tenant, worker: Some(worker), is_slow: false }
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
                Counters::count(&self.shared.counters.killed);
                (Outcome::TimedOut { limit: request.limits.wall }, Vec::new())
            }
            Ended::Broken(reason) => {
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
        worker.tenant.get_or_insert_with(|| Arc::clone(&self.tenant));
        if worker.tenant.as_ref() != Some(&self.tenant) {
            return Ended::Broken(Broken::Protocol("a worker of another tenant"));
        }
        let limit = request.limits.wall.saturating_add(GRACE);
        let mut run = std::pin::pin!(drive(worker, request, &*shared.fetcher));
        let mut ended = timeout(SLOW.min(limit), &mut run).await;
        if ended.is_err() {
            self.is_slow = true;
            shared.change(|schedule| schedule.slow += 1);
            ended = timeout(limit.saturating_sub(SLOW), run).await;
        }
        match ended {
            Ok(Ok(finished)) => Ended::Finished(finished),
            Ok(Err(broken)) => Ended::Broken(broken),
            Err(_) => Ended::Late,
        }
    }

    /// Back to the schedule, unless the worker has served enough.
    fn finish(&mut self, reusable: bool, duration: Duration) {
        let Some(mut worker) = self.worker.take() else { return };
        worker.runs += 1;
        worker.spent += duration;
        worker.streak += 1;
        let max_runs = self.shared.config.max_runs_per_worker;
        let is_worn = !reusable || worker.runs >= max_runs || worker.spent >= MAX_SPENT;
        let (tenant, is_slow) = (Arc::clone(&self.tenant), std::mem::take(&mut self.is_slow));
        let over = self.shared.change(|schedule| {
            schedule.slow -= usize::from(is_slow);
            if is_worn || schedule.turn_is_over(&tenant, worker.streak) {
                schedule.lost();
                return Some(worker);
            }
            if schedule.is_alone(&tenant) {
                worker.streak = 0;
            }
            schedule.release(tenant, worker);
            None
        });
        if let Some(worker) = over {
            worker.kill();
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.kill();
            let is_slow = self.is_slow;
            self.shared.change(|schedule: &mut Schedule<Worker>| {
                schedule.slow -= usize::from(is_slow);
                schedule.lost();
            });
        }
    }
}
