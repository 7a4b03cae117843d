//! Identities of people at social providers. The user's row holds what is shown; the rows here find the user by it and
//! see to it that nobody else has it.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::UserId;

statements! {
    FIND = "SELECT user_id FROM user_identities WHERE tenant_id = $1 AND target = $2 AND identity_id = $3";
    INSERT = "INSERT INTO user_identities (tenant_id, target, identity_id, user_id) VALUES ($1, $2, $3, $4)";
    DELETE = "DELETE FROM user_identities WHERE tenant_id = $1 AND user_id = $2 AND target = $3";
}

struct Owner(UserId);

impl FromRow for Owner {
    const TABLE: &'static str = "user_identities";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

impl Reader {
    /// Who has this identity at the provider `target`.
    pub async fn user_id_by_identity(&self, target: &str, identity: &str) -> Result<Option<UserId>, StoreError> {
        Ok(self.one::<Owner>(FIND, params![target, identity]).await?.map(|owner| owner.0))
    }
}

impl Tx {
    /// An identity that somebody has is a conflict.
    pub async fn insert_user_identity(&self, user: &UserId, target: &str, identity: &str) -> Result<(), StoreError> {
        self.execute(INSERT, params![target, identity, user]).await.map(drop)
    }

    pub async fn delete_user_identity(&self, user: &UserId, target: &str) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![user, target]).await? > 0)
    }
}
