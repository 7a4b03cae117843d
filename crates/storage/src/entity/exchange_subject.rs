//! Tokens that stand for a person in a token exchange, as the token endpoint finds and consumes them.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::UserId;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_core::token::ImpersonationToken;

statements! {
    FIND_IMPERSONATION = "SELECT id, user_id, context FROM subject_tokens WHERE tenant_id = $1 AND value_hash = $2 AND consumed_at IS NULL AND expires_at > $3";
    /// Of two exchanges one succeeds.
    CONSUME_IMPERSONATION = "UPDATE subject_tokens SET consumed_at = $3 WHERE tenant_id = $1 AND id = $2 AND consumed_at IS NULL";
    FIND_PERSONAL = "SELECT user_id FROM personal_access_tokens WHERE tenant_id = $1 AND value_hash = $2 AND (expires_at IS NULL OR expires_at > $3)";
}

impl FromRow for ImpersonationToken {
    const TABLE: &'static str = "subject_tokens";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { id: row.take()?, user_id: row.parse(str::parse)?, context: row.take()? })
    }
}

struct Holder(UserId);

impl FromRow for Holder {
    const TABLE: &'static str = "personal_access_tokens";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

impl Reader {
    /// An impersonation token that was not used and has not expired.
    pub async fn usable_impersonation_token(
        &self,
        hash: &ValueHash,
        now: Timestamp,
    ) -> Result<Option<ImpersonationToken>, StoreError> {
        self.one(FIND_IMPERSONATION, params![hash, now]).await
    }

    /// Whose personal access token this is, unless it has expired.
    pub async fn personal_access_token_holder(
        &self,
        hash: &ValueHash,
        now: Timestamp,
    ) -> Result<Option<UserId>, StoreError> {
        Ok(self.one::<Holder>(FIND_PERSONAL, params![hash, now]).await?.map(|holder| holder.0))
    }
}

impl Tx {
    /// `false`: somebody else used it, or it is gone.
    pub async fn consume_impersonation_token(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(CONSUME_IMPERSONATION, params![id, now]).await? == 1)
    }
}
