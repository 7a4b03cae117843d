//! Device codes. One is consumed by the transaction that stores the device's tokens.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::device::{DeviceApproval, DeviceCode, DeviceStatus};
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT hash, user_code, client_id, params, status, grant_id, user_id, session_uid, facts, created_at, expires_at FROM device_codes WHERE tenant_id = $1 AND hash = $2";
    FIND_BY_USER_CODE = "SELECT hash, user_code, client_id, params, status, grant_id, user_id, session_uid, facts, created_at, expires_at FROM device_codes WHERE tenant_id = $1 AND user_code = $2";
    /// A code that somebody else's request drew by chance is drawn again.
    INSERT = "INSERT INTO device_codes (tenant_id, hash, user_code, client_id, params, status, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    /// The first answer counts.
    APPROVE = "UPDATE device_codes SET status = $4, grant_id = $5, user_id = $6, session_uid = $7, facts = $8 WHERE tenant_id = $1 AND hash = $2 AND status = $3 AND expires_at > $9";
    SET_STATUS = "UPDATE device_codes SET status = $4 WHERE tenant_id = $1 AND hash = $2 AND status = $3";
    /// Notes a poll, unless the last one was after `$4`.
    POLL = "UPDATE device_codes SET polled_at = $3 WHERE tenant_id = $1 AND hash = $2 AND (polled_at IS NULL OR polled_at <= $4)";
    DELETE_EXPIRED = "DELETE FROM device_codes WHERE tenant_id = $1 AND hash IN (SELECT hash FROM device_codes WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for DeviceCode {
    const TABLE: &'static str = "device_codes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.take()?,
            user_code: row.take()?,
            client_id: row.parse(str::parse)?,
            params: row.take()?,
            status: row.known(DeviceStatus::parse)?,
            grant_id: row.parse_optional(str::parse)?,
            user_id: row.parse_optional(str::parse)?,
            session_uid: row.parse_optional(str::parse)?,
            facts: row.json_optional()?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

impl Reader {
    /// Also one that was used or has expired.
    pub async fn device_code(&self, hash: &ValueHash) -> Result<Option<DeviceCode>, StoreError> {
        self.one(FIND, params![hash]).await
    }

    /// Also one that was used or has expired.
    pub async fn device_code_by_user_code(&self, user_code: &str) -> Result<Option<DeviceCode>, StoreError> {
        self.one(FIND_BY_USER_CODE, params![user_code]).await
    }
}

impl Tx {
    /// `false`: the code that a person would type is taken.
    pub async fn insert_device_code(&self, code: &DeviceCode) -> Result<bool, StoreError> {
        let values = params![
            &code.hash,
            &code.user_code,
            &code.client_id,
            json(&code.params),
            code.status.as_str(),
            code.created_at,
            code.expires_at
        ];
        Ok(self.execute(INSERT, values).await? == 1)
    }

    /// `false`: it was answered before, has expired, or is gone.
    pub async fn approve_device_code(
        &self,
        hash: &ValueHash,
        approval: &DeviceApproval<'_>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = params![
            hash,
            DeviceStatus::Pending.as_str(),
            DeviceStatus::Approved.as_str(),
            approval.grant_id,
            approval.user_id,
            approval.session_uid,
            json(approval.facts),
            now
        ];
        Ok(self.execute(APPROVE, values).await? == 1)
    }

    /// `false`: it was answered before, or is gone.
    pub async fn deny_device_code(&self, hash: &ValueHash) -> Result<bool, StoreError> {
        self.move_device_code(hash, (DeviceStatus::Pending, DeviceStatus::Denied)).await
    }

    /// `false`: somebody else consumed it, or it is gone.
    pub async fn consume_device_code(&self, hash: &ValueHash) -> Result<bool, StoreError> {
        self.move_device_code(hash, (DeviceStatus::Approved, DeviceStatus::Consumed)).await
    }

    async fn move_device_code(
        &self,
        hash: &ValueHash,
        (from, to): (DeviceStatus, DeviceStatus),
    ) -> Result<bool, StoreError> {
        Ok(self.execute(SET_STATUS, params![hash, from.as_str(), to.as_str()]).await? == 1)
    }

    /// Notes that the device asked. `false`: it did after `earliest` already.
    pub async fn poll_device_code(
        &self,
        hash: &ValueHash,
        now: Timestamp,
        earliest: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(POLL, params![hash, now, earliest]).await? == 1)
    }

    /// Up to 200. `before`: codes that expired earlier than this; a late device is told that its code has expired.
    pub async fn delete_expired_device_codes(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![before]).await
    }
}
