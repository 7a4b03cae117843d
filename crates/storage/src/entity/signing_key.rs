//! Signing and cookie keys. A key's material is sealed.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, TenantStore, Tx};
use crate::value::params;
use signet_core::secret::{Plain, Sealed};
use signet_core::signing_key::{KeyStatus, KeyUse, SigningAlgorithm, StoredKey};

statements! {
    /// Newest first.
    LIST = "SELECT id, material, algorithm, status, effective_at, created_at FROM signing_keys WHERE tenant_id = $1 AND usage = $2 ORDER BY created_at DESC, id";
    INSERT = "INSERT INTO signing_keys (tenant_id, id, usage, material, algorithm, status, effective_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SET_STATUS = "UPDATE signing_keys SET status = $3, effective_at = $4 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM signing_keys WHERE tenant_id = $1 AND id = $2";
}

impl FromRow for StoredKey {
    const TABLE: &'static str = "signing_keys";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let (id, material) = (row.take()?, row.take()?);
        let algorithm: Option<String> = row.take()?;
        let algorithm = match algorithm.as_deref() {
            None => None,
            Some(name) => Some(SigningAlgorithm::parse(name).ok_or_else(|| row.corrupt("unknown algorithm"))?),
        };
        let status: String = row.take()?;
        let effective_at = row.take()?;
        let status = match (status.as_str(), effective_at) {
            ("Next", Some(effective_at)) => KeyStatus::Next { effective_at },
            ("Current", None) => KeyStatus::Current,
            ("Previous", None) => KeyStatus::Previous,
            _ => return Err(row.corrupt("status and effective_at do not agree")),
        };
        Ok(Self { id, material, algorithm, status, created_at: row.take()? })
    }
}

fn columns(status: KeyStatus) -> (&'static str, Option<i64>) {
    match status {
        KeyStatus::Next { effective_at } => ("Next", Some(effective_at.0)),
        KeyStatus::Current => ("Current", None),
        KeyStatus::Previous => ("Previous", None),
    }
}

fn place(id: &str) -> String {
    format!("signing_keys/{id}")
}

impl Reader {
    /// Newest first.
    pub async fn signing_keys(&self, usage: KeyUse) -> Result<Vec<StoredKey>, StoreError> {
        self.all(LIST, params![usage.as_str()]).await
    }

    pub fn seal_key(&self, id: &str, material: &str) -> Result<Sealed, StoreError> {
        self.seal(&place(id), material)
    }
}

impl TenantStore {
    /// A key's material: PKCS#8 PEM, or a cookie key's text.
    pub fn open_key(&self, key: &StoredKey) -> Result<Plain, StoreError> {
        self.open(&place(&key.id), &key.material)
    }
}

impl Tx {
    pub async fn insert_signing_key(&mut self, usage: KeyUse, key: &StoredKey) -> Result<(), StoreError> {
        self.touch(Topic::Keys);
        let (status, effective_at) = columns(key.status);
        let values = params![
            &key.id,
            usage.as_str(),
            &key.material,
            key.algorithm.map(SigningAlgorithm::as_str),
            status,
            effective_at,
            key.created_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    pub async fn set_key_status(&mut self, id: &str, status: KeyStatus) -> Result<(), StoreError> {
        self.touch(Topic::Keys);
        let (status, effective_at) = columns(status);
        self.execute(SET_STATUS, params![id, status, effective_at]).await.map(drop)
    }

    pub async fn delete_signing_key(&mut self, id: &str) -> Result<(), StoreError> {
        self.touch(Topic::Keys);
        self.execute(DELETE, params![id]).await.map(drop)
    }
}
