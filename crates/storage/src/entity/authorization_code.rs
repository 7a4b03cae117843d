//! Authorization codes. One is consumed by the transaction that stores what it was redeemed for.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_core::token::AuthorizationCode;

statements! {
    FIND = "SELECT hash, grant_id, user_id, client_id, session_uid, redirect_uri, code_challenge, facts, created_at, expires_at, consumed_at FROM authorization_codes WHERE tenant_id = $1 AND hash = $2";
    INSERT = "INSERT INTO authorization_codes (tenant_id, hash, grant_id, user_id, client_id, session_uid, redirect_uri, code_challenge, facts, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// The compare and the swap are one statement: of two racing requests one updates a row.
    CONSUME = "UPDATE authorization_codes SET consumed_at = $3 WHERE tenant_id = $1 AND hash = $2 AND consumed_at IS NULL";
    DELETE_EXPIRED = "DELETE FROM authorization_codes WHERE tenant_id = $1 AND hash IN (SELECT hash FROM authorization_codes WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for AuthorizationCode {
    const TABLE: &'static str = "authorization_codes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.take()?,
            grant_id: row.parse(str::parse)?,
            user_id: row.parse(str::parse)?,
            client_id: row.parse(str::parse)?,
            session_uid: row.parse_optional(str::parse)?,
            redirect_uri: row.take()?,
            code_challenge: row.take()?,
            facts: row.json()?,
            created_at: row.take()?,
            expires_at: row.take()?,
            consumed_at: row.take()?,
        })
    }
}

impl Reader {
    /// Also one that was consumed or has expired: reuse of a code revokes its grant (RFC 6749 §4.1.2).
    pub async fn authorization_code(&self, hash: &ValueHash) -> Result<Option<AuthorizationCode>, StoreError> {
        self.one(FIND, params![hash]).await
    }
}

impl Tx {
    pub async fn insert_authorization_code(&self, code: &AuthorizationCode) -> Result<(), StoreError> {
        let values = params![
            &code.hash,
            &code.grant_id,
            &code.user_id,
            &code.client_id,
            code.session_uid.as_ref(),
            code.redirect_uri.as_deref(),
            code.code_challenge.as_deref(),
            json(&code.facts),
            code.created_at,
            code.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// `false`: somebody else consumed it, or it is gone.
    pub async fn consume_authorization_code(&self, hash: &ValueHash, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(CONSUME, params![hash, now]).await? == 1)
    }

    /// Up to 200. `before`: codes that expired earlier than this; a used one is kept for a while, to see its reuse.
    pub async fn delete_expired_codes(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![before]).await
    }
}
