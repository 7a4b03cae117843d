//! Attempts to prove who one is, by the digest of what was tried. A row is made before an attempt is looked at and goes
//! when it was right, so that attempts at the same time count too.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;

statements! {
    /// Failed, under way, and until when nothing is tried.
    TALLY = "SELECT COALESCE(SUM(CASE WHEN is_blocked = $3 AND created_at > $4 AND decision_expires_at <= $5 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN is_blocked = $3 AND decision_expires_at > $5 THEN 1 ELSE 0 END), 0), MAX(CASE WHEN is_blocked = $3 THEN 0 WHEN decision_expires_at > $5 THEN decision_expires_at ELSE 0 END) FROM sentinel_activities WHERE tenant_id = $1 AND target_hash = $2";
    INSERT = "INSERT INTO sentinel_activities (tenant_id, id, target_hash, action, is_success, is_blocked, created_at, decision_expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SETTLE = "UPDATE sentinel_activities SET decision_expires_at = $3 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM sentinel_activities WHERE tenant_id = $1 AND id = $2";
    DELETE_OF_TARGET = "DELETE FROM sentinel_activities WHERE tenant_id = $1 AND target_hash = $2";
    DELETE_OLD = "DELETE FROM sentinel_activities WHERE tenant_id = $1 AND id IN (SELECT id FROM sentinel_activities WHERE tenant_id = $1 AND created_at <= $2 AND decision_expires_at <= $3 ORDER BY created_at LIMIT 200)";
}

/// What was tried under one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentinelTally {
    pub failed: i64,
    /// Not yet known to be right or wrong.
    pub under_way: i64,
    pub blocked_until: Timestamp,
}

impl FromRow for SentinelTally {
    const TABLE: &'static str = "sentinel_activities";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let (failed, under_way) = (row.take()?, row.take()?);
        let blocked_until = row.take::<Option<Timestamp>>()?.unwrap_or(Timestamp(0));
        Ok(Self { failed, under_way, blocked_until })
    }
}

/// An attempt, or the decision to allow no more of them.
#[derive(Debug, Clone)]
pub struct SentinelActivity {
    pub id: String,
    pub target: ValueHash,
    pub action: &'static str,
    pub is_blocked: bool,
    pub created_at: Timestamp,
    /// Of an attempt: when it counts as failed if nobody has said how it went. Of a decision: when it ends.
    pub decision_expires_at: Timestamp,
}

impl Reader {
    /// Attempts after `since`, and decisions that hold at `now`.
    pub async fn sentinel_tally(
        &self,
        target: &ValueHash,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<SentinelTally, StoreError> {
        let found = self.one(TALLY, params![target, false, since, now]).await?;
        Ok(found.unwrap_or(SentinelTally { failed: 0, under_way: 0, blocked_until: Timestamp(0) }))
    }
}

impl Tx {
    pub async fn insert_sentinel_activity(&self, activity: &SentinelActivity) -> Result<(), StoreError> {
        let SentinelActivity { id, target, action, is_blocked, created_at, decision_expires_at } = activity;
        let values = params![id, target, *action, false, *is_blocked, *created_at, *decision_expires_at];
        self.execute(INSERT, values).await.map(drop)
    }

    /// The attempt failed.
    pub async fn settle_sentinel_activity(&self, id: &str) -> Result<(), StoreError> {
        self.execute(SETTLE, params![id, Timestamp(0)]).await.map(drop)
    }

    /// The attempt was right.
    pub async fn delete_sentinel_activity(&self, id: &str) -> Result<(), StoreError> {
        self.execute(DELETE, params![id]).await.map(drop)
    }

    /// Forgets attempts and decisions.
    pub async fn delete_sentinel_activities_of(&self, target: &ValueHash) -> Result<u64, StoreError> {
        self.execute(DELETE_OF_TARGET, params![target]).await
    }

    /// Up to 200 attempts before `before` and decisions that ended before `now`.
    pub async fn delete_old_sentinel_activities(&self, before: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_OLD, params![before, now]).await
    }
}
