//! A pool over the workers of the program that ships, and those workers as the system sees them.

use super::case::Canned;
use crate::process::{self, Tree};
use anyhow::{Context as _, Result, ensure};
use signet_sandbox::{CircuitConfig, Pool, PoolConfig, WorkerCommand};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long workers may take to start, and to go.
const PATIENCE: Duration = Duration::from_secs(10);
/// The server's default.
const MAX_RUNS: u64 = 1_000_000;

/// Worker processes that a server keeps when nobody says otherwise.
pub(crate) const KEPT: usize = 64;

/// Runs at once that a server allows when nobody says otherwise.
fn usual() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get).max(2)
}

/// The only pool of this program at its time: all children are its workers.
pub(crate) struct Workers {
    pub(crate) pool: Pool,
}

impl Workers {
    /// As a server starts them, but for how many it keeps.
    pub(crate) async fn start(program: &Path, kept: usize) -> Result<Self> {
        Self::with(program, (usual(), kept, MAX_RUNS)).await
    }

    /// One worker that is never replaced.
    pub(crate) async fn one(program: &Path) -> Result<Self> {
        Self::with(program, (1, 1, u64::MAX)).await
    }

    async fn with(program: &Path, (running, kept, max_runs): (usize, usize, u64)) -> Result<Self> {
        let program = std::path::absolute(program)?;
        let pool = Pool::new(
            PoolConfig {
                running,
                kept,
                queue: 1024,
                queue_timeout: Duration::from_secs(5),
                command: WorkerCommand { program, args: vec!["script-worker".into()] },
                max_runs_per_worker: max_runs,
                // What is measured here are the runs, not their refusal.
                circuit: CircuitConfig { failures: 0, ..CircuitConfig::default() },
            },
            Arc::new(Canned),
        );
        pool.ready(PATIENCE).await.context("no worker came up")?;
        let begun = Instant::now();
        while pool.stats().starting > 0 {
            ensure!(begun.elapsed() < PATIENCE, "the workers did not come up in time");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(Self { pool })
    }

    /// Ends the workers, and waits until they are gone.
    pub(crate) async fn stop(self) -> Result<()> {
        self.pool.shutdown().await;
        let begun = Instant::now();
        while !Tree::own().children()?.is_empty() {
            ensure!(begun.elapsed() < PATIENCE, "the workers did not end in time");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }
}

/// The workers' processes.
pub(crate) fn processes() -> Result<Vec<u32>> {
    Tree::own().children()
}

/// CPU time of worker processes that wait.
pub(crate) fn cpu(workers: &[u32]) -> Result<Duration> {
    workers.iter().map(|pid| process::thread_cpu(*pid)).sum()
}
