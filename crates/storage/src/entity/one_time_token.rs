//! One-time tokens.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::one_time_token::{OneTimeToken, OneTimeTokenStatus};
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT id, email, token_hash, context, status, created_at, expires_at FROM one_time_tokens WHERE tenant_id = $1 AND id = $2";
    FIND_BY_TOKEN = "SELECT id, email, token_hash, context, status, created_at, expires_at FROM one_time_tokens WHERE tenant_id = $1 AND token_hash = $2";
    INSERT = "INSERT INTO one_time_tokens (tenant_id, id, email, email_key, token_hash, context, status, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SET_STATUS = "UPDATE one_time_tokens SET status = $3 WHERE tenant_id = $1 AND id = $2";
    /// Of two uses at once one succeeds.
    CONSUME = "UPDATE one_time_tokens SET status = 'consumed' WHERE tenant_id = $1 AND id = $2 AND status = 'active' AND expires_at > $3";
    DELETE = "DELETE FROM one_time_tokens WHERE tenant_id = $1 AND id = $2";
}

const COLUMNS: &str = "id, email, token_hash, context, status, created_at, expires_at";

impl FromRow for OneTimeToken {
    const TABLE: &'static str = "one_time_tokens";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            email: row.take()?,
            token: row.take()?,
            context: row.json()?,
            status: row.known(OneTimeTokenStatus::parse)?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

/// Which tokens to list. Newest first.
#[derive(Debug, Clone, Default)]
pub struct OneTimeTokenFilter {
    /// In any case.
    pub email: Option<String>,
    pub status: Option<OneTimeTokenStatus>,
    /// Tells the active from the expired.
    pub now: Option<Timestamp>,
}

impl Reader {
    pub async fn one_time_tokens(
        &self,
        filter: &OneTimeTokenFilter,
        page: Option<Page>,
    ) -> Result<Listed<OneTimeToken>, StoreError> {
        let from = "one_time_tokens WHERE tenant_id = $1";
        let mut select = Select::new(self.dialect(), COLUMNS, from, "created_at DESC, id DESC");
        if let Some(email) = &filter.email {
            select.and("email_key = ?", email.to_lowercase());
        }
        match (filter.status, filter.now) {
            (Some(OneTimeTokenStatus::Expired), Some(now)) => {
                select.and("status IN ('active', 'expired') AND expires_at <= ?", now);
            }
            (Some(OneTimeTokenStatus::Active), Some(now)) => {
                select.and("status = 'active' AND expires_at > ?", now);
            }
            (Some(status), _) => {
                select.and("status = ?", status.as_str());
            }
            (None, _) => {}
        }
        select.run(self, page).await
    }

    pub async fn one_time_token(&self, id: &str) -> Result<Option<OneTimeToken>, StoreError> {
        self.one(FIND, params![id]).await
    }

    pub async fn one_time_token_by_value(&self, token: &ValueHash) -> Result<Option<OneTimeToken>, StoreError> {
        self.one(FIND_BY_TOKEN, params![token]).await
    }
}

impl Tx {
    pub async fn insert_one_time_token(&self, token: &OneTimeToken) -> Result<(), StoreError> {
        let values = params![
            &token.id,
            &token.email,
            token.email.to_lowercase(),
            &token.token,
            json(&token.context),
            token.status.as_str(),
            token.created_at,
            token.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    pub async fn set_one_time_token_status(&self, id: &str, status: OneTimeTokenStatus) -> Result<bool, StoreError> {
        Ok(self.execute(SET_STATUS, params![id, status.as_str()]).await? == 1)
    }

    /// `false`: it was used, revoked or too old.
    pub async fn consume_one_time_token(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(CONSUME, params![id, now]).await? == 1)
    }

    pub async fn delete_one_time_token(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }
}
