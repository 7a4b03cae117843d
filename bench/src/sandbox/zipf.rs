//! Many tenants with scripts of their own, of which few are busy: runs drawn from a Zipf distribution.

use super::case::{Case, Request};
use super::clients::{Next, Until, together};
use super::workers::{self, KEPT, Workers};
use crate::numbers::{Latencies, float, micros};
use crate::process::Tree;
use crate::quiet::{Watched, undisturbed};
use crate::{Plan, say};
use anyhow::Result;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

pub(crate) const TENANTS: u32 = 50;
pub(crate) const SCRIPTS: u32 = 4;
/// Clients in closed loops.
pub(crate) const IN_FLIGHT: u64 = 4;
/// Workers to keep, beside the usual number: too few for all tenants.
const FEW: [usize; 2] = [16, 4];
/// What the kernel does by itself when processes start and end looks like somebody else's work, and would come again.
const REPEATS: usize = 1;
const SEED: u64 = 1935;

/// The traffic on a number of workers.
pub(crate) struct Zipf {
    pub(crate) workers: usize,
    pub(crate) seen: Watched<Seen>,
}

pub(crate) struct Seen {
    pub(crate) latencies: Latencies,
    pub(crate) runs_per_second: f64,
    /// CPU microseconds a run: both sides, with the starts of workers.
    pub(crate) cpu: f64,
    pub(crate) started: u64,
    pub(crate) ended: u64,
    /// Workers in the end, and their memory that they share with nobody.
    pub(crate) alive: usize,
    pub(crate) private: Option<u64>,
}

impl Zipf {
    /// With the usual number of workers, and with too few.
    pub(crate) async fn measure(program: &Path, plan: &Plan) -> Result<Vec<Self>> {
        let traffic = Traffic::new();
        let mut found = Vec::new();
        for workers in std::iter::once(KEPT).chain(FEW) {
            say(format_args!("scripts, {TENANTS} tenants on {workers} workers at most"));
            let seen =
                undisturbed(plan.repeats.min(REPEATS), async || traffic.on(program, workers, plan).await).await?;
            found.push(Self { workers, seen });
        }
        Ok(found)
    }
}

/// Requests, the most frequent first, with the share of all that each ends at.
struct Traffic {
    requests: Arc<[Arc<Request>]>,
    shares: Arc<[f64]>,
}

impl Traffic {
    fn new() -> Self {
        let pairs = (0..TENANTS).flat_map(|tenant| (0..SCRIPTS).map(move |script| (tenant, script)));
        let mut requests: Vec<Arc<Request>> = pairs
            .map(|(tenant, script)| {
                let tenant = format!("tenant-{tenant}");
                Arc::new(Case::Realistic.variant(&tenant, &format!("{tenant}, script {script}")))
            })
            .collect();
        let mut random = Random(SEED);
        for last in (1..requests.len()).rev() {
            requests.swap(last, random.below(last + 1));
        }
        let weights: Vec<f64> = (1..=TENANTS * SCRIPTS).map(|rank| 1.0 / f64::from(rank)).collect();
        let total: f64 = weights.iter().sum();
        let shares = weights.iter().scan(0.0, |sum, weight| {
            *sum += weight / total;
            Some(*sum)
        });
        Self { shares: shares.collect(), requests: requests.into() }
    }

    fn client(&self, number: u64) -> Next {
        let (requests, shares) = (Arc::clone(&self.requests), Arc::clone(&self.shares));
        let mut random = Random(SEED + number);
        Box::new(move || {
            let drawn = random.fraction();
            let place = shares.partition_point(|share| *share <= drawn).min(requests.len().saturating_sub(1));
            #[expect(clippy::indexing_slicing, reason = "there are requests, and the place is among them")]
            Arc::clone(&requests[place])
        })
    }

    async fn on(&self, program: &Path, count: usize, plan: &Plan) -> Result<Seen> {
        let workers = Workers::start(program, count).await?;
        let clients = |of: u64| (0..IN_FLIGHT).map(|number| self.client(of * IN_FLIGHT + number)).collect();
        together(&workers.pool, clients(1), Until::Time(plan.warm_up)).await?;

        let (begun, cpu, stats) = (Instant::now(), Tree::own().cpu()?, workers.pool.stats());
        let latencies = together(&workers.pool, clients(2), Until::Time(2 * plan.run)).await?;
        let (wall, cpu) = (begun.elapsed(), Tree::own().cpu()?.saturating_sub(cpu));
        let after = workers.pool.stats();

        let memory = workers::processes()?.into_iter().filter_map(|pid| Tree(pid).memory().ok()?.private);
        let private = memory.fold(None, |sum, one| Some(sum.unwrap_or(0) + one));
        workers.stop().await?;
        let runs = float(latencies.count() as u64);
        let (alive_before, alive) = (stats.idle + stats.busy, after.idle + after.busy);
        let started = after.started - stats.started;
        Ok(Seen {
            runs_per_second: runs / wall.as_secs_f64(),
            cpu: micros(cpu) / runs,
            started,
            ended: (started + alive_before as u64).saturating_sub(alive as u64),
            alive,
            private,
            latencies,
        })
    }
}

/// `SplitMix64` (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014), so that every run of this
/// program draws the same.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    fn fraction(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap_or(0)) / 4_294_967_296.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }
}
