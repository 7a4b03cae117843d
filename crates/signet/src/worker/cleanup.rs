//! Deletes what has expired, in small batches: a long delete would keep every writer waiting.

use crate::deps::Deps;
use signet_core::id::TenantId;
use signet_core::time::Timestamp;
use signet_storage::{Store, StoreError, TenantStore};
use std::time::Duration;

/// Used client assertions that can no longer be replayed, and audit entries older than the retention.
pub async fn run(store: &Store, deps: &Deps, retention_days: u32) -> Result<(), StoreError> {
    let now = deps.clock.now();
    for tenant in [TenantId::default_tenant(), TenantId::admin()] {
        let tenant = store.tenant(tenant);
        let tx = tenant.write().await?;
        tx.delete_expired_assertions(now).await?;
        tx.commit().await?;
        if retention_days == 0 {
            continue;
        }
        let oldest = now.minus(Duration::from_hours(24).saturating_mul(retention_days));
        // Ids of entries begin with their time, so an id of that time separates what is kept.
        let boundary = deps.rng.log_id(oldest);
        while delete_logs(&tenant, &boundary).await? > 0 {
            tokio::task::yield_now().await;
        }
        while delete_contexts(&tenant, oldest).await? > 0 {
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

async fn delete_logs(tenant: &TenantStore, boundary: &str) -> Result<u64, StoreError> {
    let tx = tenant.write().await?;
    let deleted = tx.delete_logs_before(boundary).await?;
    tx.commit().await.map(|()| deleted)
}

async fn delete_contexts(tenant: &TenantStore, oldest: Timestamp) -> Result<u64, StoreError> {
    let tx = tenant.write().await?;
    let deleted = tx.delete_log_contexts_before(oldest).await?;
    tx.commit().await.map(|()| deleted)
}
