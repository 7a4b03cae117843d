//! Deletes what has expired, in small batches: a long delete would keep every writer waiting.

use crate::deps::Deps;
use signet_core::id::TenantId;
use signet_core::time::Timestamp;
use signet_storage::{Store, StoreError, TenantStore, Tx};
use std::time::Duration;

/// How long a code to a person is remembered after it has expired, and another message after it was sent, so that messages to one recipient are counted.
const MESSAGES_KEPT: Duration = signet_identity::code::MESSAGE_WINDOW;
/// How long failed attempts count.
const ATTEMPTS_KEPT: Duration = Duration::from_hours(1);
/// How long somebody may change their own account after they proved who they are.
const PROOFS_KEPT: Duration = signet_identity::own_account::PROOF_LIFETIME;
/// How far back plots go. Active users of a month are compared with those of the month before.
const STATISTICS_KEPT: Duration = Duration::from_hours(100 * 24);
/// How long a code is remembered after it has expired, so that its reuse is seen and a late device told.
const CODES_KEPT: Duration = Duration::from_hours(24);

/// What sign-ins left behind, client assertions that can no longer be replayed, and audit entries older than the
/// retention.
pub async fn run(store: &Store, deps: &Deps, retention_days: u32) -> Result<(), StoreError> {
    let now = deps.clock.now();
    for tenant in [TenantId::default_tenant(), TenantId::admin()] {
        let tenant = store.tenant(tenant);
        delete_expired(&tenant, now).await?;
        let tx = tenant.write().await?;
        tx.delete_old_proofs(now.minus(PROOFS_KEPT)).await?;
        tx.delete_old_counts(now.minus(STATISTICS_KEPT)).await?;
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

/// Rows that expire, and of which there may be many.
#[derive(Debug, Clone, Copy)]
enum Expiring {
    Assertions,
    Interactions,
    VerificationCodes,
    SentMessages,
    Attempts,
    PushedRequests,
    DeviceCodes,
    SubjectTokens,
    Codes,
    RefreshTokens,
    AccessTokens,
    GrantsOfSessions,
    Sessions,
    Grants,
    Activity,
}

/// What hangs on a row goes before it, so that no batch becomes large by what it takes along.
const ORDER: [Expiring; 15] = [
    Expiring::Assertions,
    Expiring::Interactions,
    Expiring::VerificationCodes,
    Expiring::SentMessages,
    Expiring::Attempts,
    Expiring::PushedRequests,
    Expiring::DeviceCodes,
    Expiring::SubjectTokens,
    Expiring::Codes,
    Expiring::RefreshTokens,
    Expiring::AccessTokens,
    Expiring::GrantsOfSessions,
    Expiring::Sessions,
    Expiring::Grants,
    Expiring::Activity,
];

impl Expiring {
    /// Deletes a few.
    async fn delete(self, tx: &Tx, now: Timestamp) -> Result<u64, StoreError> {
        match self {
            Self::Assertions => tx.delete_expired_assertions(now).await,
            Self::Interactions => tx.delete_expired_interactions(now).await,
            Self::VerificationCodes => tx.delete_expired_verification_codes(now.minus(MESSAGES_KEPT)).await,
            Self::SentMessages => tx.delete_sent_messages_before(now.minus(MESSAGES_KEPT)).await,
            Self::Attempts => tx.delete_old_sentinel_activities(now.minus(ATTEMPTS_KEPT), now).await,
            Self::PushedRequests => tx.delete_expired_pushed_requests(now).await,
            Self::DeviceCodes => tx.delete_expired_device_codes(now.minus(CODES_KEPT)).await,
            Self::SubjectTokens => tx.delete_expired_subject_tokens(now).await,
            Self::Codes => tx.delete_expired_codes(now.minus(CODES_KEPT)).await,
            Self::RefreshTokens => tx.delete_expired_refresh_tokens(now).await,
            Self::AccessTokens => tx.delete_expired_access_tokens(now).await,
            Self::GrantsOfSessions => tx.delete_grants_of_expired_sessions(now).await,
            Self::Sessions => tx.delete_expired_sessions(now).await,
            Self::Grants => tx.delete_expired_grants(now).await,
            Self::Activity => tx.delete_old_activity(now.minus(STATISTICS_KEPT)).await,
        }
    }
}

async fn delete_expired(tenant: &TenantStore, now: Timestamp) -> Result<(), StoreError> {
    for rows in ORDER {
        loop {
            let tx = tenant.write().await?;
            let deleted = rows.delete(&tx, now).await?;
            tx.commit().await?;
            if deleted == 0 {
                break;
            }
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
