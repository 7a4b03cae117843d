//! Pushed authorization requests (RFC 9126). Each is used once.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use serde_json::{Map, Value as Json};
use signet_core::id::ApplicationId;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT client_id, params, expires_at FROM pushed_requests WHERE tenant_id = $1 AND hash = $2";
    INSERT = "INSERT INTO pushed_requests (tenant_id, hash, client_id, params, expires_at) VALUES ($1, $2, $3, $4, $5)";
    DELETE = "DELETE FROM pushed_requests WHERE tenant_id = $1 AND hash = $2";
    DELETE_EXPIRED = "DELETE FROM pushed_requests WHERE tenant_id = $1 AND hash IN (SELECT hash FROM pushed_requests WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

/// What a client pushed.
#[derive(Debug, Clone)]
pub struct PushedRequest {
    pub client_id: ApplicationId,
    pub params: Map<String, Json>,
    pub expires_at: Timestamp,
}

impl FromRow for PushedRequest {
    const TABLE: &'static str = "pushed_requests";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { client_id: row.parse(str::parse)?, params: row.take()?, expires_at: row.take()? })
    }
}

impl Reader {
    /// Also one that has expired.
    pub async fn pushed_request(&self, hash: &ValueHash) -> Result<Option<PushedRequest>, StoreError> {
        self.one(FIND, params![hash]).await
    }
}

impl Tx {
    pub async fn insert_pushed_request(&self, hash: &ValueHash, request: &PushedRequest) -> Result<(), StoreError> {
        let params = json(&request.params);
        self.execute(INSERT, params![hash, &request.client_id, params, request.expires_at]).await.map(drop)
    }

    /// `false`: it was used before.
    pub async fn delete_pushed_request(&self, hash: &ValueHash) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![hash]).await? == 1)
    }

    /// Up to 200.
    pub async fn delete_expired_pushed_requests(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }
}
