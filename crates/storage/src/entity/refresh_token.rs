//! Refresh tokens. A rotated one stays as consumed, so that its reuse is seen.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_core::token::RefreshToken;

statements! {
    FIND = "SELECT hash, grant_id, user_id, client_id, session_uid, expires_with_session, facts, rotations, chain_started_at, created_at, expires_at, consumed_at FROM refresh_tokens WHERE tenant_id = $1 AND hash = $2";
    INSERT = "INSERT INTO refresh_tokens (tenant_id, hash, grant_id, user_id, client_id, session_uid, expires_with_session, facts, rotations, chain_started_at, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// The first use consumes; a retry within the grace finds it consumed no longer ago than `$4`.
    CONSUME = "UPDATE refresh_tokens SET consumed_at = COALESCE(consumed_at, $3) WHERE tenant_id = $1 AND hash = $2 AND (consumed_at IS NULL OR consumed_at > $4)";
    DELETE_EXPIRED = "DELETE FROM refresh_tokens WHERE tenant_id = $1 AND hash IN (SELECT hash FROM refresh_tokens WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for RefreshToken {
    const TABLE: &'static str = "refresh_tokens";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.take()?,
            grant_id: row.parse(str::parse)?,
            user_id: row.parse(str::parse)?,
            client_id: row.parse(str::parse)?,
            session_uid: row.parse_optional(str::parse)?,
            expires_with_session: row.take()?,
            facts: row.json()?,
            rotations: row.take()?,
            chain_started_at: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
            consumed_at: row.take()?,
        })
    }
}

impl Reader {
    /// Also one that was consumed or has expired.
    pub async fn refresh_token(&self, hash: &ValueHash) -> Result<Option<RefreshToken>, StoreError> {
        self.one(FIND, params![hash]).await
    }
}

impl Tx {
    pub async fn insert_refresh_token(&self, token: &RefreshToken) -> Result<(), StoreError> {
        let values = params![
            &token.hash,
            &token.grant_id,
            &token.user_id,
            &token.client_id,
            token.session_uid.as_ref(),
            token.expires_with_session,
            json(&token.facts),
            token.rotations,
            token.chain_started_at,
            token.created_at,
            token.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// `false`: it was consumed before `grace_since`, or is gone.
    pub async fn consume_refresh_token(
        &self,
        hash: &ValueHash,
        now: Timestamp,
        grace_since: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(CONSUME, params![hash, now, grace_since]).await? == 1)
    }

    /// Up to 200.
    pub async fn delete_expired_refresh_tokens(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }
}
