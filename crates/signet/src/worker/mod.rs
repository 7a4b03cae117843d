//! Work beside requests. Every job is safe to run twice, and on several nodes at once.

mod cleanup;
mod statistics;

use crate::deps::Deps;
use signet_storage::Store;
use std::time::Duration;
use tokio::task::JoinHandle;

/// How often jobs run.
const INTERVAL: Duration = Duration::from_mins(1);

/// Runs the jobs until the task is aborted.
pub fn start(store: &Store, deps: &Deps, retention_days: u32) -> JoinHandle<()> {
    let (store, deps) = (store.clone(), deps.clone());
    tokio::spawn(async move {
        let mut every = tokio::time::interval(INTERVAL);
        loop {
            every.tick().await;
            if let Err(error) = cleanup::run(&store, &deps, retention_days).await {
                tracing::warn!(?error, "expired rows could not be deleted; the next turn tries again");
            }
        }
    })
}

pub use cleanup::run as cleanup;
pub use statistics::start as start_statistics;
