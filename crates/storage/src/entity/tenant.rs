//! Tenants.

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{Value, params};
use signet_core::time::Timestamp;

statements! {
    /// Does nothing when the tenant exists.
    INSERT = "INSERT INTO tenants (tenant_id, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    /// Changes nothing; PostgreSQL locks the row until the end of the transaction.
    LOCK = "UPDATE tenants SET created_at = created_at WHERE tenant_id = $1";
    FIND = "SELECT created_at FROM tenants WHERE tenant_id = $1";
}

struct Created(Timestamp);

impl FromRow for Created {
    const TABLE: &'static str = "tenants";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    /// When this tenant was made, if it was.
    pub async fn tenant_created_at(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.one::<Created>(FIND, &[]).await?.map(|created| created.0))
    }
}

impl Tx {
    /// Whether the tenant is new.
    pub async fn insert_tenant(&self, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(INSERT, params![now]).await? == 1)
    }

    /// Lets transactions of this tenant that call it with the same name run one after the other. On SQLite all do.
    pub async fn lock_name(&self, name: &str) -> Result<(), StoreError> {
        if self.dialect() == Dialect::Postgres {
            let name = format!("{}/{name}", self.tenant);
            self.session.query("", Dialect::LOCK_NAME, &[Value::Owned(name)]).await?;
        }
        Ok(())
    }

    /// Lets transactions of this tenant that call it run one after the other: for those that write what they read.
    /// On SQLite all do.
    pub async fn lock_tenant(&self) -> Result<(), StoreError> {
        self.execute(LOCK, &[]).await.map(drop)
    }
}
