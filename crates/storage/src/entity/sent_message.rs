//! Messages without a code that went to people: to whom and when, so that nobody gets too many. Messages with a code
//! are counted by their codes.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::time::Timestamp;

statements! {
    COUNT_SINCE = "SELECT COUNT(*) FROM sent_messages WHERE tenant_id = $1 AND recipient = $2 AND sent_at > $3";
    INSERT = "INSERT INTO sent_messages (tenant_id, id, recipient, sent_at) VALUES ($1, $2, $3, $4)";
    DELETE_OLD = "DELETE FROM sent_messages WHERE tenant_id = $1 AND id IN (SELECT id FROM sent_messages WHERE tenant_id = $1 AND sent_at <= $2 ORDER BY sent_at LIMIT 200)";
}

struct Count(i64);

impl FromRow for Count {
    const TABLE: &'static str = "sent_messages";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    /// Messages that went to a recipient after `since`.
    pub async fn count_sent_messages(&self, recipient: &str, since: Timestamp) -> Result<i64, StoreError> {
        Ok(self.one::<Count>(COUNT_SINCE, params![recipient, since]).await?.map_or(0, |count| count.0))
    }
}

impl Tx {
    pub async fn insert_sent_message(&self, id: &str, recipient: &str, at: Timestamp) -> Result<(), StoreError> {
        self.execute(INSERT, params![id, recipient, at]).await.map(drop)
    }

    /// Up to 200.
    pub async fn delete_sent_messages_before(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_OLD, params![before]).await
    }
}
