//! What many entries say alike is stored once, under the digest of its text: the context of a claims script is the same
//! for every token of a client until somebody changes the client.

use crate::db::Session;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{Value, params};
use serde_json::Value as Json;
use signet_core::audit::{AuditContext, AuditEntry};
use signet_core::id::TenantId;
use signet_core::time::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How old the note about a context's use may get. It is deleted only a day after the entries that may name it.
const RENEW: Duration = Duration::from_hours(24);
/// Contexts that are remembered as stored. One more forgets all of them, and they are stored again.
const REMEMBERED: usize = 16_384;

statements! {
    /// A context, or the note that it is still in use.
    PUT = "INSERT INTO log_contexts (tenant_id, id, content, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, id) DO UPDATE SET seen_at = excluded.seen_at";
    /// One context.
    FIND = "SELECT content FROM log_contexts WHERE tenant_id = $1 AND id = $2";
    /// A batch of contexts that no entry names any more.
    DELETE_UNSEEN = "DELETE FROM log_contexts WHERE tenant_id = $1 AND id IN (SELECT id FROM log_contexts WHERE tenant_id = $1 AND seen_at < $2 LIMIT 500)";
}

type Key = (TenantId, Arc<str>);
/// A context that a transaction stores, with the time of an entry that names it.
pub(crate) type StoredContext = (Key, Timestamp);

/// Contexts that are in the database, and since when that is known.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<Key, Timestamp>>);

impl Known {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The contexts of a group that are to be stored first, each once, with the time of an entry that names it.
    pub(super) fn missing<'g>(
        &self,
        group: &[(&'g TenantId, &'g AuditEntry)],
    ) -> Vec<(&'g TenantId, &'g AuditContext, Timestamp)> {
        let known = self.lock();
        let mut seen = HashSet::new();
        group
            .iter()
            .filter_map(|(tenant, entry)| Some((*tenant, entry.context.as_deref()?, entry.created_at)))
            .filter(|(tenant, context, at)| {
                let stored = known.get(&((*tenant).clone(), Arc::clone(&context.id)));
                stored.is_none_or(|since| at.minus(RENEW) >= *since)
            })
            .filter(|(tenant, context, _)| seen.insert((*tenant, &context.id)))
            .collect()
    }

    /// Notes what a commit has stored.
    pub(super) fn add(&self, stored: Vec<StoredContext>) {
        if stored.is_empty() {
            return;
        }
        let mut known = self.lock();
        if known.len() + stored.len() > REMEMBERED {
            known.clear();
        }
        known.extend(stored);
    }
}

pub(super) async fn put(
    session: &Session,
    (tenant, context, at): (&TenantId, &AuditContext, Timestamp),
) -> Result<(), StoreError> {
    let values = [Value::from(tenant), Value::Text(&context.id), Value::Text(&context.content), Value::from(at)];
    session.execute(PUT.0, &values).await.map(drop)
}

struct Content(Json);

impl FromRow for Content {
    const TABLE: &'static str = "log_contexts";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    pub(super) async fn log_context(&self, id: &str) -> Result<Option<Json>, StoreError> {
        Ok(self.one(FIND, params![id]).await?.map(|Content(json)| json))
    }
}

impl Tx {
    /// Deletes at most 500 contexts that only entries from before `oldest` can name, and says how many.
    pub async fn delete_log_contexts_before(&self, oldest: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_UNSEEN, params![oldest.minus(RENEW)]).await
    }
}
