//! Client assertions that were used, so that none is used twice (RFC 7523 §3).

use crate::error::StoreError;
use crate::statement::statements;
use crate::store::Tx;
use crate::value::params;
use signet_core::id::ApplicationId;
use signet_core::time::Timestamp;

statements! {
    /// The compare and the swap are one statement: of two racing requests one inserts.
    USE = "INSERT INTO client_assertions (tenant_id, application_id, jti_hash, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    DELETE_EXPIRED = "DELETE FROM client_assertions WHERE tenant_id = $1 AND (application_id, jti_hash) IN (SELECT application_id, jti_hash FROM client_assertions WHERE tenant_id = $1 AND expires_at < $2 ORDER BY expires_at LIMIT 200)";
}

impl Tx {
    /// Remembers an assertion until it expires. `false`: it was used before.
    pub async fn use_assertion(
        &self,
        application: &ApplicationId,
        jti_hash: &str,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(USE, params![application, jti_hash, expires_at]).await? == 1)
    }

    /// Up to 200.
    pub async fn delete_expired_assertions(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }
}
