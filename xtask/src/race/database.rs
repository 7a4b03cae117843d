//! The databases that a race runs on. PostgreSQL is the one of `scripts/with-postgres`, with a database made for the race.

use crate::server::Environment;
use anyhow::{Context as _, Result, ensure};
use std::process::{Command, Stdio};

pub(crate) enum Database {
    Sqlite,
    Postgres { server: String, name: String },
}

impl Database {
    #[expect(clippy::disallowed_methods, reason = "scripts/with-postgres says here where its server is")]
    pub(crate) fn all() -> Result<Vec<Self>> {
        let mut all = vec![Self::Sqlite];
        if let Ok(server) = std::env::var("SIGNET_TEST_POSTGRES") {
            let name = format!("race_{}", std::process::id());
            psql(&server, &format!("CREATE DATABASE {name}"))?;
            all.push(Self::Postgres { server, name });
        }
        Ok(all)
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// Settings of a server that uses it.
    pub(crate) fn environment(&self) -> Environment {
        match self {
            Self::Sqlite => Vec::new(),
            Self::Postgres { server, name } => {
                let place = server.rsplit_once('/').map_or(server.as_str(), |(place, _)| place);
                vec![("DB_URL", format!("{place}/{name}"))]
            }
        }
    }

    pub(crate) fn remove(self) -> Result<()> {
        match self {
            Self::Sqlite => Ok(()),
            Self::Postgres { server, name } => psql(&server, &format!("DROP DATABASE {name} WITH (FORCE)")),
        }
    }
}

fn psql(server: &str, statement: &str) -> Result<()> {
    let status = Command::new("psql")
        .args(["--quiet", "--no-psqlrc", "--command", statement, server])
        .stdin(Stdio::null())
        .status()
        .context("psql does not start")?;
    ensure!(status.success(), "`{statement}` failed");
    Ok(())
}
