//! Personal access tokens: found by the digest of their value, which is kept sealed to be shown again.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::exchange::PersonalAccessToken;
use signet_core::id::UserId;
use signet_core::secret::{Plain, Sealed, ValueHash};

statements! {
    LIST = "SELECT user_id, name, value_hash, value, created_at, expires_at FROM personal_access_tokens WHERE tenant_id = $1 AND user_id = $2 ORDER BY created_at, name";
    FIND = "SELECT user_id, name, value_hash, value, created_at, expires_at FROM personal_access_tokens WHERE tenant_id = $1 AND value_hash = $2";
    INSERT = "INSERT INTO personal_access_tokens (tenant_id, user_id, name, value_hash, value, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    RENAME = "UPDATE personal_access_tokens SET name = $4 WHERE tenant_id = $1 AND user_id = $2 AND name = $3 RETURNING user_id, name, value_hash, value, created_at, expires_at";
    DELETE = "DELETE FROM personal_access_tokens WHERE tenant_id = $1 AND user_id = $2 AND name = $3";
}

impl FromRow for PersonalAccessToken {
    const TABLE: &'static str = "personal_access_tokens";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            user_id: row.parse(str::parse)?,
            name: row.take()?,
            hash: row.take()?,
            value: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

/// A name may change, the digest does not.
fn place(hash: &ValueHash) -> String {
    format!("personal_access_tokens/{}", hash.as_str())
}

impl Reader {
    /// In the order in which they were made.
    pub async fn personal_access_tokens(&self, user: &UserId) -> Result<Vec<PersonalAccessToken>, StoreError> {
        self.all(LIST, params![user]).await
    }

    /// The token with this value, even when it has expired.
    pub async fn personal_access_token(&self, hash: &ValueHash) -> Result<Option<PersonalAccessToken>, StoreError> {
        self.one(FIND, params![hash]).await
    }

    pub fn open_personal_access_token(&self, token: &PersonalAccessToken) -> Result<Plain, StoreError> {
        self.open(&place(&token.hash), &token.value)
    }
}

impl Tx {
    /// The value as it is stored.
    pub fn seal_personal_access_token(&self, value: &Plain) -> Result<(ValueHash, Sealed), StoreError> {
        let hash = ValueHash::of(value.expose());
        let sealed = self.seal(&place(&hash), value.expose())?;
        Ok((hash, sealed))
    }

    pub async fn insert_personal_access_token(&self, token: &PersonalAccessToken) -> Result<(), StoreError> {
        let PersonalAccessToken { user_id, name, hash, value, created_at, expires_at } = token;
        self.execute(INSERT, params![user_id, name, hash, value, *created_at, *expires_at]).await.map(drop)
    }

    /// The token under its new name, if there was one under the old.
    pub async fn rename_personal_access_token(
        &self,
        user: &UserId,
        from: &str,
        to: &str,
    ) -> Result<Option<PersonalAccessToken>, StoreError> {
        self.one(RENAME, params![user, from, to]).await
    }

    pub async fn delete_personal_access_token(&self, user: &UserId, name: &str) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![user, name]).await? == 1)
    }
}
