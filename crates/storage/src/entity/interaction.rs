//! Interactions: requests that wait for a person.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::id::InteractionUid;
use signet_core::interaction::{Interaction, PendingPrompt};
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT uid, client_id, params, prompt, session_uid, user_id, device_hash, experience, login, grant_id, version, created_at, expires_at FROM interactions WHERE tenant_id = $1 AND uid = $2 AND expires_at > $3";
    INSERT = "INSERT INTO interactions (tenant_id, uid, client_id, params, prompt, session_uid, user_id, device_hash, experience, login, grant_id, version, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    /// Of two writers that read the same version one succeeds.
    UPDATE = "UPDATE interactions SET experience = $4, login = $5, grant_id = $6, version = version + 1 WHERE tenant_id = $1 AND uid = $2 AND version = $3";
    DELETE = "DELETE FROM interactions WHERE tenant_id = $1 AND uid = $2";
    DELETE_EXPIRED = "DELETE FROM interactions WHERE tenant_id = $1 AND uid IN (SELECT uid FROM interactions WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for Interaction {
    const TABLE: &'static str = "interactions";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            uid: row.parse(str::parse)?,
            client_id: row.parse(str::parse)?,
            params: row.take()?,
            prompt: row.known(PendingPrompt::parse)?,
            session_uid: row.parse_optional(str::parse)?,
            user_id: row.parse_optional(str::parse)?,
            device: row.take::<Option<String>>()?.map(ValueHash::from_stored),
            experience: row.take()?,
            login: row.json_optional()?,
            grant_id: row.parse_optional(str::parse)?,
            version: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

impl Reader {
    /// An interaction that has not expired.
    pub async fn interaction(&self, uid: &InteractionUid, now: Timestamp) -> Result<Option<Interaction>, StoreError> {
        self.one(FIND, params![uid, now]).await
    }
}

impl Tx {
    pub async fn insert_interaction(&self, interaction: &Interaction) -> Result<(), StoreError> {
        let values = params![
            &interaction.uid,
            &interaction.client_id,
            json(&interaction.params),
            interaction.prompt.as_str(),
            interaction.session_uid.as_ref(),
            interaction.user_id.as_ref(),
            interaction.device.as_ref(),
            interaction.experience.as_ref().map(json),
            interaction.login.as_ref().map(json),
            interaction.grant_id.as_ref(),
            interaction.version,
            interaction.created_at,
            interaction.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Writes `experience`, `login` and `grant_id`. `false`: another writer was faster, or it is gone.
    pub async fn update_interaction(&self, interaction: &Interaction) -> Result<bool, StoreError> {
        let values = params![
            &interaction.uid,
            interaction.version,
            interaction.experience.as_ref().map(json),
            interaction.login.as_ref().map(json),
            interaction.grant_id.as_ref()
        ];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// `false`: it was finished before.
    pub async fn delete_interaction(&self, uid: &InteractionUid) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![uid]).await? == 1)
    }

    /// Up to 200.
    pub async fn delete_expired_interactions(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }
}
