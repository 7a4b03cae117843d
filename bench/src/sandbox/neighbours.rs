//! Noisy neighbours: half of the runs in flight are endless loops, and the other half should not notice.

use super::case::{Case, Request};
use super::clients::{Next, Until, always, closed_loop, together};
use super::workers::{KEPT, Workers};
use crate::numbers::Latencies;
use crate::quiet::{Watched, undisturbed};
use crate::{Plan, say};
use anyhow::Result;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Longer than any measurement.
const FOREVER: Duration = Duration::from_hours(1);

/// The good half without and with the bad half.
pub(crate) struct Neighbours {
    pub(crate) case: Case,
    pub(crate) kind: Kind,
    /// Runs in flight of each half.
    pub(crate) half: usize,
    pub(crate) seen: Watched<Seen>,
}

/// Whose the endless scripts are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    SameTenant,
    AnotherTenant,
}

pub(crate) struct Seen {
    pub(crate) alone: Latencies,
    pub(crate) beside: Latencies,
    /// Workers started meanwhile.
    pub(crate) started: u64,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SameTenant => "the same tenant",
            Self::AnotherTenant => "another tenant",
        }
    }

    fn tenant(self) -> &'static str {
        match self {
            Self::SameTenant => "good",
            Self::AnotherTenant => "bad",
        }
    }
}

impl Neighbours {
    pub(crate) async fn measure(program: &Path, plan: &Plan) -> Result<Vec<Self>> {
        let half = std::thread::available_parallelism()?.get();
        let mut found = Vec::new();
        for kind in [Kind::SameTenant, Kind::AnotherTenant] {
            for case in [Case::Trivial, Case::Realistic] {
                say(format_args!("scripts, {} beside endless loops of {}", case.name(), kind.name()));
                let seen = undisturbed(plan.repeats, async || once(program, (case, kind, half), plan).await).await?;
                found.push(Self { case, kind, half, seen });
            }
        }
        Ok(found)
    }
}

async fn once(program: &Path, (case, kind, half): (Case, Kind, usize), plan: &Plan) -> Result<Seen> {
    let workers = Workers::start(program, KEPT).await?;
    let (good, bad) = (Arc::new(case.request("good")), Arc::new(Request::endless(kind.tenant())));
    let clients = || -> Vec<Next> { (0..half).map(|_| always(&good)).collect() };
    let measure = async || {
        together(&workers.pool, clients(), Until::Time(plan.warm_up)).await?;
        together(&workers.pool, clients(), Until::Time(plan.run)).await
    };
    let alone = measure().await?;

    let mut loops = JoinSet::new();
    for _ in 0..half {
        loops.spawn(closed_loop(workers.pool.clone(), always(&bad), Until::Time(FOREVER)));
    }
    let started = workers.pool.stats().started;
    let beside = measure().await?;
    let started = workers.pool.stats().started - started;
    // They never end, so an end is a failure, and it must not go unnoticed.
    while let Some(ended) = loops.try_join_next() {
        ended??;
    }
    loops.shutdown().await;
    workers.stop().await?;
    Ok(Seen { alone, beside, started })
}
