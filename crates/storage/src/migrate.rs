//! Numbered migrations, forward only. Each runs in its own transaction; on PostgreSQL an advisory lock keeps two
//! starting nodes apart.

use crate::db::Db;
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::row::{Column as _, FromRow, Row};
use crate::value::Value;
use crate::vault::Vault;
use signet_core::secret::Sealed;
use signet_core::time::Clock;

/// Number, name, text. Never edited after a release.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "initial", include_str!("../migrations/0001_initial.sql")),
    (2, "log_contexts", include_str!("../migrations/0002_log_contexts.sql")),
    (3, "script_logs", include_str!("../migrations/0003_script_logs.sql")),
    (4, "people", include_str!("../migrations/0004_people.sql")),
    (5, "user_identities", include_str!("../migrations/0005_user_identities.sql")),
    (6, "log_users", include_str!("../migrations/0006_log_users.sql")),
    (7, "organizations", include_str!("../migrations/0007_organizations.sql")),
    (8, "third_parties", include_str!("../migrations/0008_third_parties.sql")),
    (9, "invitations", include_str!("../migrations/0009_invitations.sql")),
    (10, "console", include_str!("../migrations/0010_console.sql")),
    (11, "memberships", include_str!("../migrations/0011_memberships.sql")),
    (12, "addresses", include_str!("../migrations/0012_addresses.sql")),
];

/// How a database stands to this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MigrationState {
    /// No schema at all.
    Empty,
    /// Migrations are waiting.
    Behind {
        pending: Vec<&'static str>,
    },
    UpToDate,
    /// A later program changed it.
    Ahead {
        version: i64,
    },
}

struct Applied(i64);

impl FromRow for Applied {
    const TABLE: &'static str = "schema_migrations";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

const CREATE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations \
    (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
/// Any number that no other program locks.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7446351)";

async fn applied(session: &crate::db::Session) -> Result<Option<i64>, StoreError> {
    let exists = match session.dialect() {
        Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_migrations'",
        Dialect::Postgres => {
            "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'"
        }
    };
    let mut rows = session.query("schema_migrations", exists, &[]).await?;
    let count: i64 = rows.pop().map_or(Ok(0), |mut row| row.take())?;
    if count == 0 {
        return Ok(None);
    }
    let newest = "SELECT version FROM schema_migrations ORDER BY version DESC LIMIT 1";
    let mut rows = session.query("schema_migrations", newest, &[]).await?;
    rows.pop().map(|mut row| Applied::from_row(&mut row).map(|applied| applied.0)).transpose()
}

pub(crate) async fn state(db: &Db) -> Result<MigrationState, StoreError> {
    let session = db.read().await?;
    let newest = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
    Ok(match applied(&session).await? {
        None => MigrationState::Empty,
        Some(version) if version > newest => MigrationState::Ahead { version },
        Some(version) if version == newest => MigrationState::UpToDate,
        Some(version) => MigrationState::Behind {
            pending: MIGRATIONS.iter().filter(|(number, ..)| *number > version).map(|(_, name, _)| *name).collect(),
        },
    })
}

pub(crate) async fn migrate(db: &Db, clock: &dyn Clock) -> Result<(), StoreError> {
    for (number, name, text) in MIGRATIONS {
        let session = db.write().await?;
        if session.dialect() == Dialect::Postgres {
            session.query("", LOCK, &[]).await?;
        }
        session.batch(CREATE).await?;
        if applied(&session).await?.is_none_or(|version| version < *number) {
            session.batch(&text.replace("{clustered}", session.dialect().clustered())).await?;
            let values = [Value::Int(*number), Value::Text(name), Value::from(clock.now())];
            session
                .execute("INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)", &values)
                .await?;
            tracing::info!(migration = name, "the database schema was migrated");
        }
        session.commit().await?;
    }
    Ok(())
}

const VAULT_PLACE: &str = "systems/vaultCheck";
const VAULT_TEXT: &str = "signet";

/// Opens a known text that was sealed when the database was new.
pub(crate) async fn check_vault_key(db: &Db, vault: &Vault) -> Result<(), StoreError> {
    let session = db.write().await?;
    let sealed = vault.seal(VAULT_PLACE, VAULT_TEXT)?;
    let insert = "INSERT INTO systems (key, value) VALUES ('vaultCheck', $1) ON CONFLICT DO NOTHING";
    session.execute(insert, &[Value::from(&sealed)]).await?;
    let mut rows = session.query("systems", "SELECT value FROM systems WHERE key = 'vaultCheck'", &[]).await?;
    let stored: String = rows.pop().map_or_else(
        || String::from_cell(crate::row::Cell::Null).map_err(|r| StoreError::corrupt("systems", r)),
        |mut row| row.take(),
    )?;
    vault.open(VAULT_PLACE, &Sealed::from_stored(stored))?;
    session.commit().await
}
