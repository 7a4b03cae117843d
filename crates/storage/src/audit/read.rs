//! Lists entries, and deletes old ones.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use serde_json::Value as Json;
use signet_core::time::Timestamp;
use std::collections::HashMap;

statements! {
    /// One entry by id.
    FIND = "SELECT id, key, payload, created_at, context_id, application_id, user_id FROM logs WHERE tenant_id = $1 AND id = $2";
    /// A batch of old entries; ids sort by time.
    DELETE_BEFORE = "DELETE FROM logs WHERE tenant_id = $1 AND id IN (SELECT id FROM logs WHERE tenant_id = $1 AND id < $2 ORDER BY id LIMIT 500)";
}

/// An entry as it is read.
#[derive(Debug, Clone)]
pub struct LogRow {
    pub id: String,
    pub key: String,
    pub payload: Json,
    pub created_at: Timestamp,
}

/// An entry as it is stored.
struct Stored {
    row: LogRow,
    context: Option<String>,
}

impl FromRow for Stored {
    const TABLE: &'static str = "logs";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let mut entry = LogRow { id: row.take()?, key: row.take()?, payload: row.take()?, created_at: row.take()? };
        let context = row.take()?;
        add_columns(&mut entry.payload, &entry.key, [row.take()?, row.take()?]);
        Ok(Self { row: entry, context })
    }
}

/// What comes before the application and the user in a payload, for people who read one.
const BEFORE: [&str; 4] = ["result", "ip", "userAgent", "userAgentParsed"];

/// A payload that does not say its key leaves that, the application and the user to the columns.
fn add_columns(payload: &mut Json, key: &str, [application, user]: [Option<String>; 2]) {
    let Json::Object(members) = payload else { return };
    if members.contains_key("key") {
        return;
    }
    members.shift_insert(0, "key".to_owned(), key.into());
    let place = 1 + members.keys().skip(1).take_while(|name| BEFORE.contains(&name.as_str())).count();
    let known = [("applicationId", application), ("userId", user)].into_iter();
    let known = known.filter_map(|(name, value)| Some((name, value?)));
    for (place, (name, value)) in (place..).zip(known) {
        members.shift_insert(place, name.to_owned(), value.into());
    }
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    pub user_id: Option<String>,
    pub application_id: Option<String>,
    pub key: Option<String>,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Stop counting beyond this many.
    pub count_cap: Option<u32>,
}

impl Reader {
    /// Newest first.
    pub async fn logs(&self, filter: &LogFilter, page: Page) -> Result<Listed<LogRow>, StoreError> {
        let columns = "id, key, payload, created_at, context_id, application_id, user_id";
        let mut select = Select::new(self.dialect(), columns, "logs WHERE tenant_id = $1", "id DESC");
        if let Some(user) = &filter.user_id {
            select.and("user_id = ?", user);
        }
        if let Some(application) = &filter.application_id {
            select.and("application_id = ?", application);
        }
        if let Some(key) = &filter.key {
            select.and("key = ?", key);
        }
        if let Some(from) = filter.from {
            select.and("created_at >= ?", from);
        }
        if let Some(until) = filter.until {
            select.and("created_at <= ?", until);
        }
        let total = match filter.count_cap {
            Some(cap) => select.count_up_to(self, cap).await?,
            None => select.count(self).await?,
        };
        Ok(Listed { items: self.with_contexts(select.page(self, page).await?).await?, total })
    }

    pub async fn log(&self, id: &str) -> Result<Option<LogRow>, StoreError> {
        let found: Option<Stored> = self.one(FIND, params![id]).await?;
        Ok(self.with_contexts(found.into_iter().collect()).await?.pop())
    }

    /// Puts what was stored apart back to where it belongs: `payload.context`.
    async fn with_contexts(&self, stored: Vec<Stored>) -> Result<Vec<LogRow>, StoreError> {
        let mut contexts: HashMap<String, Option<Json>> = HashMap::new();
        let mut rows = Vec::with_capacity(stored.len());
        for Stored { mut row, context } in stored {
            if let Some(id) = context {
                let content = match contexts.get(&id) {
                    Some(content) => content.clone(),
                    None => contexts.entry(id.clone()).or_insert(self.log_context(&id).await?).clone(),
                };
                let content = content.ok_or_else(|| StoreError::corrupt("logs", format!("no context `{id}`")))?;
                if let Some(Json::Object(input)) = row.payload.get_mut("payload") {
                    input.insert("context".to_owned(), content);
                }
            }
            rows.push(row);
        }
        Ok(rows)
    }
}

impl Tx {
    /// Deletes at most 500 entries whose id sorts before `id`, and says how many.
    pub async fn delete_logs_before(&self, id: &str) -> Result<u64, StoreError> {
        self.execute(DELETE_BEFORE, params![id]).await
    }
}
