//! Stores what was counted: often enough that plots follow, seldom enough that nobody notices.

use signet_storage::Store;
use std::time::Duration;
use tokio::task::JoinHandle;

const INTERVAL: Duration = Duration::from_secs(1);

/// Runs until the task is aborted.
pub fn start(store: &Store) -> JoinHandle<()> {
    let store = store.clone();
    tokio::spawn(async move {
        let mut every = tokio::time::interval(INTERVAL);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            if let Err(error) = store.store_statistics().await {
                tracing::warn!(?error, "statistics could not be stored; the next turn tries again");
            }
        }
    })
}
