//! Writes entries: a group of many requests, or those of one within its transaction.

use super::context::{Known, StoredContext, put};
use super::{AuditLog, Waiting};
use crate::db::Session;
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::Value;
use signet_core::audit::{AuditContext, AuditEntry};
use signet_core::id::TenantId;
use signet_core::time::Timestamp;
use std::sync::LazyLock;

statements! {
    /// One entry.
    INSERT = "INSERT INTO logs (tenant_id, id, key, application_id, payload, created_at, context_id, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

const COLUMNS: usize = 8;

impl AuditLog {
    /// Writes entries of one tenant within somebody's transaction. Returns what is stored beside them once it commits.
    pub(crate) async fn write(
        &self,
        session: &Session,
        tenant: &TenantId,
        entries: &[&AuditEntry],
    ) -> Result<Vec<StoredContext>, StoreError> {
        let entries: Vec<_> = entries.iter().map(|entry| (tenant, *entry)).collect();
        write(session, &entries, self.known.missing(&entries)).await
    }

    /// What was stored in a transaction that is committed.
    pub(crate) fn know(&self, stored: Vec<StoredContext>) {
        self.known.add(stored);
    }
}

/// Writes a group as a whole.
pub(super) async fn insert(mut session: Session, group: &[Waiting], known: &Known) -> Result<(), StoreError> {
    let entries: Vec<_> =
        group.iter().flat_map(|waiting| waiting.entries.iter().map(|entry| (&waiting.tenant, entry))).collect();
    let contexts = known.missing(&entries);
    // What fits into one statement needs no transaction around it.
    if entries.len() > ROWS.len() || !contexts.is_empty() {
        session.ensure_transaction()?;
    }
    let stored = write(&session, &entries, contexts).await?;
    session.commit().await?;
    known.add(stored);
    Ok(())
}

/// Contexts first, then several rows at a time: a round trip to PostgreSQL costs more than the row.
async fn write(
    session: &Session,
    entries: &[(&TenantId, &AuditEntry)],
    contexts: Vec<(&TenantId, &AuditContext, Timestamp)>,
) -> Result<Vec<StoredContext>, StoreError> {
    for context in &contexts {
        put(session, *context).await?;
    }
    let values: Vec<[Value<'_>; COLUMNS]> = entries.iter().map(|(tenant, entry)| row(tenant, entry)).collect();
    for rows in values.chunks(ROWS.len()) {
        let statement = ROWS.get(rows.len() - 1).ok_or_else(|| StoreError::Database("too many rows".into()))?;
        session.execute(statement, &rows.concat()).await?;
    }
    Ok(contexts.into_iter().map(|(tenant, context, at)| ((tenant.clone(), context.id.clone()), at)).collect())
}

fn row<'e>(tenant: &'e TenantId, entry: &'e AuditEntry) -> [Value<'e>; COLUMNS] {
    [
        Value::from(tenant),
        Value::from(&entry.id),
        Value::from(entry.key.as_str()),
        Value::from(entry.application_id.as_ref()),
        Value::from(&entry.payload),
        Value::from(entry.created_at),
        entry.context.as_ref().map_or(Value::Null, |context| Value::Text(&context.id)),
        Value::from(entry.user_id.as_ref()),
    ]
}

/// The insert of one row, of two, and so on. Each is prepared once per connection.
pub(super) static ROWS: LazyLock<[String; 32]> = LazyLock::new(|| {
    std::array::from_fn(|extra| {
        let mut text = INSERT.0.to_owned();
        for number in 1..=extra {
            let first = number * COLUMNS;
            let parameters: Vec<String> = (1..=COLUMNS).map(|place| format!("${}", first + place)).collect();
            text += ", (";
            text += &parameters.join(", ");
            text += ")";
        }
        text
    })
});
