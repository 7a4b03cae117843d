//! A worker's memory over its life: a million runs of the realistic script in one process.

use super::case::Case;
use super::clients::{Until, always, together};
use super::workers::{self, Workers};
use crate::process::{Memory, Tree};
use crate::{Plan, say};
use anyhow::{Context as _, Result};
use std::path::Path;
use std::sync::Arc;

/// Runs after which a worker has everything that it will ever have.
const GROWN_UP: u32 = 1000;
/// Looks at the memory between that and the end.
const LOOKS: u32 = 20;
/// Runs in flight, so that the worker never waits.
const IN_FLIGHT: u32 = 2;

pub(crate) struct Life {
    /// Before the first run.
    pub(crate) at_first: Memory,
    pub(crate) grown_up: Memory,
    /// The last look.
    pub(crate) at_last: Memory,
    /// The most that any look found.
    pub(crate) most_resident: u64,
    /// Runs until the last look.
    pub(crate) runs: u32,
}

impl Life {
    pub(crate) async fn measure(program: &Path, plan: &Plan) -> Result<Self> {
        say(format_args!("scripts, {} runs in one worker", plan.life));
        let workers = Workers::one(program).await?;
        let worker = Tree(*workers::processes()?.first().context("no worker is up")?);
        let request = Arc::new(Case::Realistic.request("tenant"));
        let run = async |runs: u32| {
            let clients = (0..IN_FLIGHT).map(|_| always(&request)).collect();
            together(&workers.pool, clients, Until::Runs(runs / IN_FLIGHT)).await
        };
        let at_first = worker.memory()?;
        run(GROWN_UP).await?;
        let grown_up = worker.memory()?;
        let mut life = Self { at_first, grown_up, at_last: grown_up, most_resident: grown_up.resident, runs: GROWN_UP };
        let step = plan.life.saturating_sub(GROWN_UP) / LOOKS;
        for _ in 0..LOOKS {
            run(step).await?;
            // A worker that has spent too much time in runs is replaced, on a slow machine before its last run here.
            if workers.pool.stats().started > 1 {
                break;
            }
            life.at_last = worker.memory()?;
            life.most_resident = life.most_resident.max(life.at_last.resident);
            life.runs += step;
        }
        workers.stop().await?;
        Ok(life)
    }
}
