//! One tenant, one script, warm workers: CPU and latency of a run, and how many runs a processor does.

use super::case::Case;
use super::clients::{Until, always, closed_loop, together};
use super::workers::{self, KEPT, Workers};
use crate::numbers::{Latencies, float, micros};
use crate::process;
use crate::quiet::{Watched, typical, undisturbed};
use crate::{Plan, say, signing};
use anyhow::{Result, ensure};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Runs in flight while throughput is measured.
const IN_FLIGHT: [usize; 3] = [2, 4, 8];
/// The first of so many runs are for warming up.
const WARM_UP: u32 = 10;

/// Runs of one script.
pub(crate) struct Steady {
    pub(crate) case: Case,
    /// CPU microseconds of a signature.
    pub(crate) signature: f64,
    pub(crate) alone: Watched<Alone>,
    pub(crate) busy: Vec<(usize, Watched<Busy>)>,
}

/// One run after the other.
pub(crate) struct Alone {
    /// CPU microseconds a run.
    pub(crate) worker: f64,
    /// Of the server's side, which is this program.
    pub(crate) server: f64,
    pub(crate) latencies: Latencies,
}

/// Several at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Busy {
    pub(crate) runs_per_second: f64,
    /// CPU microseconds a run.
    pub(crate) worker: f64,
    /// Of both sides.
    pub(crate) cpu: f64,
}

impl Alone {
    pub(crate) fn cpu(&self) -> f64 {
        self.worker + self.server
    }
}

impl Steady {
    pub(crate) async fn measure(program: &Path, case: Case, plan: &Plan) -> Result<Self> {
        say(format_args!("scripts, {}", case.name()));
        let before = signing::measure(plan)?;
        let workers = Workers::start(program, KEPT).await?;
        let alone = typical(plan, Alone::cpu, async || alone(&workers, case, plan.script_runs).await).await?;
        let mut busy = Vec::new();
        for in_flight in IN_FLIGHT {
            busy.push((
                in_flight,
                undisturbed(plan.repeats, async || at_once(&workers, case, (in_flight, plan)).await).await?,
            ));
        }
        workers.stop().await?;
        Ok(Self { case, signature: f64::midpoint(before, signing::measure(plan)?), alone, busy })
    }
}

async fn alone(workers: &Workers, case: Case, runs: u32) -> Result<Alone> {
    let (request, pool) = (Arc::new(case.request("tenant")), &workers.pool);
    // In a task of its own: on this thread, which drives no input and output, every answer would come by a detour.
    let client = async |runs| tokio::spawn(closed_loop(pool.clone(), always(&request), Until::Runs(runs))).await?;
    client(runs.div_ceil(WARM_UP)).await?;
    let spent = Spent::so_far()?;
    let latencies = client(runs).await?;
    let (worker, server) = spent.since()?;
    let each = |spent| micros(spent) / f64::from(runs);
    Ok(Alone { worker: each(worker), server: each(server), latencies: Latencies::new(latencies) })
}

async fn at_once(workers: &Workers, case: Case, (in_flight, plan): (usize, &Plan)) -> Result<Busy> {
    let request = Arc::new(case.request("tenant"));
    let clients = (0..in_flight).map(|_| always(&request)).collect();
    let (begun, spent) = (Instant::now(), Spent::so_far()?);
    let latencies = together(&workers.pool, clients, Until::Time(plan.run)).await?;
    let (wall, (worker, server)) = (begun.elapsed(), spent.since()?);
    let runs = float(latencies.count() as u64);
    let runs_per_second = runs / wall.as_secs_f64();
    Ok(Busy { runs_per_second, worker: micros(worker) / runs, cpu: micros(worker + server) / runs })
}

/// CPU time of the workers and of this program, read while no run is under way.
struct Spent {
    serving: Vec<u32>,
    worker: Duration,
    server: Duration,
}

impl Spent {
    fn so_far() -> Result<Self> {
        let serving = workers::processes()?;
        Ok(Self { worker: workers::cpu(&serving)?, server: process::own_cpu(), serving })
    }

    /// The workers' since then, and this program's.
    fn since(&self) -> Result<(Duration, Duration)> {
        let server = process::own_cpu().saturating_sub(self.server);
        let worker = workers::cpu(&self.serving)?.saturating_sub(self.worker);
        ensure!(workers::processes()?.iter().all(|pid| self.serving.contains(pid)), "a worker was replaced");
        Ok((worker, server))
    }
}
