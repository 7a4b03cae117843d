//! Opaque access tokens.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::scope::Scope;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_core::token::OpaqueToken;

statements! {
    FIND = "SELECT hash, grant_id, user_id, client_id, session_uid, expires_with_session, scope, claims, created_at, expires_at FROM access_tokens WHERE tenant_id = $1 AND hash = $2 AND expires_at > $3";
    INSERT = "INSERT INTO access_tokens (tenant_id, hash, grant_id, user_id, client_id, session_uid, expires_with_session, scope, claims, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    DELETE_EXPIRED = "DELETE FROM access_tokens WHERE tenant_id = $1 AND hash IN (SELECT hash FROM access_tokens WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for OpaqueToken {
    const TABLE: &'static str = "access_tokens";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.take()?,
            grant_id: row.parse(str::parse)?,
            user_id: row.parse(str::parse)?,
            client_id: row.parse(str::parse)?,
            session_uid: row.parse_optional(str::parse)?,
            expires_with_session: row.take()?,
            scope: Scope::parse(&row.take::<String>()?),
            claims: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

impl Reader {
    /// A token that has not expired.
    pub async fn access_token(&self, hash: &ValueHash, now: Timestamp) -> Result<Option<OpaqueToken>, StoreError> {
        self.one(FIND, params![hash, now]).await
    }
}

impl Tx {
    pub async fn insert_access_token(&self, token: &OpaqueToken) -> Result<(), StoreError> {
        let values = params![
            &token.hash,
            &token.grant_id,
            &token.user_id,
            &token.client_id,
            token.session_uid.as_ref(),
            token.expires_with_session,
            token.scope.to_string(),
            json(&token.claims),
            token.created_at,
            token.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Up to 200.
    pub async fn delete_expired_access_tokens(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }
}
