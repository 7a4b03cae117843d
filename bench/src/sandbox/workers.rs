//! A pool over the workers of the program that ships, and those workers as the system sees them.

use super::case::Canned;
use crate::process::{self, Tree};
use anyhow::{Context as _, Result, ensure};
use signet_sandbox::{Pool, PoolConfig, WorkerCommand};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long workers may take to start, and to go.
const PATIENCE: Duration = Duration::from_secs(10);
/// The server's default.
const MAX_RUNS: u64 = 1_000_000;

/// How many workers a server has when nobody says otherwise.
pub(crate) fn usual() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get).max(2)
}

/// The only pool of this program at its time: all children are its workers.
pub(crate) struct Workers {
    pub(crate) pool: Pool,
}

impl Workers {
    /// As a server starts them, but for their number.
    pub(crate) async fn start(program: &Path, workers: usize) -> Result<Self> {
        Self::with_runs(program, (workers, MAX_RUNS)).await
    }

    /// Workers that are replaced after another number of runs.
    pub(crate) async fn with_runs(program: &Path, (workers, max_runs): (usize, u64)) -> Result<Self> {
        let program = std::path::absolute(program)?;
        let pool = Pool::new(
            PoolConfig {
                workers,
                queue: 1024,
                queue_timeout: Duration::from_secs(5),
                command: WorkerCommand { program, args: vec!["script-worker".into()] },
                max_runs_per_worker: max_runs,
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
