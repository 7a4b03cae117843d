//! Subject tokens: each is used at most once.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::exchange::SubjectToken;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT id, value_hash, user_id, creator_id, context, created_at, expires_at, consumed_at FROM subject_tokens WHERE tenant_id = $1 AND value_hash = $2";
    INSERT = "INSERT INTO subject_tokens (tenant_id, id, value_hash, user_id, creator_id, context, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CONSUME = "UPDATE subject_tokens SET consumed_at = $3 WHERE tenant_id = $1 AND value_hash = $2 AND consumed_at IS NULL";
    DELETE_EXPIRED = "DELETE FROM subject_tokens WHERE tenant_id = $1 AND id IN (SELECT id FROM subject_tokens WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for SubjectToken {
    const TABLE: &'static str = "subject_tokens";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            hash: row.take()?,
            user_id: row.parse(str::parse)?,
            creator_id: row.take()?,
            context: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
            consumed_at: row.take()?,
        })
    }
}

impl Reader {
    /// The token with this value, used, expired or neither.
    pub async fn subject_token(&self, hash: &ValueHash) -> Result<Option<SubjectToken>, StoreError> {
        self.one(FIND, params![hash]).await
    }
}

impl Tx {
    pub async fn insert_subject_token(&self, token: &SubjectToken) -> Result<(), StoreError> {
        let values = params![
            &token.id,
            &token.hash,
            &token.user_id,
            token.creator_id.as_deref(),
            json(&token.context),
            token.created_at,
            token.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Of many parallel uses one gets `true`.
    pub async fn consume_subject_token(&self, hash: &ValueHash, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(CONSUME, params![hash, now]).await? == 1)
    }

    /// Up to 200.
    pub async fn delete_expired_subject_tokens(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }
}
