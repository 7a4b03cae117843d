//! Writes a group of entries.

use super::Waiting;
use super::context::{Known, put};
use crate::db::Session;
use crate::error::StoreError;
use crate::statement::statements;
use crate::store::Tx;
use crate::value::Value;
use signet_core::audit::AuditEntry;
use signet_core::id::TenantId;
use std::sync::LazyLock;

statements! {
    /// One entry.
    INSERT = "INSERT INTO logs (tenant_id, id, key, application_id, payload, created_at, context_id, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

const COLUMNS: usize = 8;

/// Several rows at a time: a round trip to PostgreSQL costs more than the row.
pub(super) async fn insert(session: Session, group: &[Waiting], known: &Known) -> Result<(), StoreError> {
    let contexts = known.missing(group);
    for context in &contexts {
        put(&session, *context).await?;
    }
    let values: Vec<[Value<'_>; COLUMNS]> =
        group.iter().flat_map(|waiting| waiting.entries.iter().map(|entry| row(&waiting.tenant, entry))).collect();
    for rows in values.chunks(ROWS.len()) {
        let statement = ROWS.get(rows.len() - 1).ok_or_else(|| StoreError::Database("too many rows".into()))?;
        session.execute(statement, &rows.concat()).await?;
    }
    session.commit().await?;
    known.add(contexts);
    Ok(())
}

impl Tx {
    /// Writes an entry down together with what it is about: both are there, or neither. For what has a transaction
    /// anyway; whoever only tells appends to the [`super::AuditLog`], where many share a commit.
    pub async fn append_audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        if let Some(context) = &entry.context {
            put(&self.session, (&self.tenant, context, entry.created_at)).await?;
        }
        self.execute(INSERT, &columns(entry)).await.map(drop)
    }
}

fn row<'e>(tenant: &'e TenantId, entry: &'e AuditEntry) -> [Value<'e>; COLUMNS] {
    let [id, key, application, payload, at, context, user] = columns(entry);
    [Value::from(tenant), id, key, application, payload, at, context, user]
}

/// All but the tenant.
fn columns(entry: &AuditEntry) -> [Value<'_>; COLUMNS - 1] {
    [
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
