//! A database for the server, and what can be read off it from outside while the server runs.

use crate::process::{self, Tree};
use anyhow::{Context as _, Result, ensure};
use signet_storage::DatabaseUrl;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_postgres::{Client, NoTls};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A database that only this program uses.
pub(crate) enum Database {
    Sqlite(PathBuf),
    Postgres { client: Client, name: String, url: String, server: Tree },
}

/// How far a database has grown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) bytes: u64,
    /// Write transactions so far.
    pub(crate) commits: u64,
}

/// Where PostgreSQL is.
const SERVER: &str = "SIGNET_TEST_POSTGRES";

pub(crate) fn server_is_there() -> bool {
    std::env::var_os(SERVER).is_some_and(|url| !url.is_empty())
}

impl Database {
    /// An empty one. `purpose` tells two of the same run apart.
    pub(crate) async fn create(kind: Kind, directory: &Path, purpose: &str) -> Result<Self> {
        if kind == Kind::Sqlite {
            return Ok(Self::Sqlite(directory.join(format!("{purpose}.db"))));
        }
        let server = std::env::var(SERVER).context(SERVER)?;
        let name = format!("bench_{}_{purpose}", std::process::id());
        connect(&server).await?.batch_execute(&format!("CREATE DATABASE {name}")).await?;
        let mut url = url::Url::parse(&server)?;
        url.set_path(&name);
        let client = connect(url.as_str()).await?;
        let backend: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await?.get(0);
        let postmaster = process::parent(backend.unsigned_abs()).context("PostgreSQL does not run on this machine")?;
        Ok(Self::Postgres { client, name, url: url.into(), server: Tree(postmaster) })
    }

    /// As `DB_URL` has it.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
            Self::Postgres { url, .. } => url.clone(),
        }
    }

    pub(crate) fn address(&self) -> DatabaseUrl {
        match self {
            Self::Sqlite(path) => DatabaseUrl::Sqlite(path.clone()),
            Self::Postgres { url, .. } => DatabaseUrl::Postgres(url.clone()),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(_) => Kind::Sqlite,
            Self::Postgres { .. } => Kind::Postgres,
        }
    }

    /// CPU time of the database server. SQLite has none.
    pub(crate) fn server_cpu(&self) -> Result<Duration> {
        match self {
            Self::Sqlite(_) => Ok(Duration::ZERO),
            Self::Postgres { server, .. } => server.cpu(),
        }
    }

    pub(crate) async fn usage(&self) -> Result<Usage> {
        match self {
            Self::Sqlite(path) => sqlite_usage(path),
            Self::Postgres { client, .. } => {
                let asked = "SELECT pg_database_size(current_database()), pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
                let row = client.query_one(asked, &[]).await?;
                let (bytes, commits): (i64, i64) = (row.get(0), row.get(1));
                Ok(Usage { bytes: bytes.unsigned_abs(), commits: commits.unsigned_abs() })
            }
        }
    }

    /// PostgreSQL's databases are not in a directory that goes by itself.
    pub(crate) async fn remove(self) -> Result<()> {
        if let Self::Postgres { name, client, .. } = self {
            drop(client);
            let server = std::env::var(SERVER).context(SERVER)?;
            connect(&server).await?.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }
}

async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.context("PostgreSQL does not answer")?;
    tokio::spawn(connection);
    Ok(client)
}

/// Reads the header of the index of the write-ahead log (sqlite.org/walformat.html, "The WAL-Index Header"), which is in
/// the machine's byte order: transactions at 8, the size of a page at 14, pages of the database at 20.
fn sqlite_usage(path: &Path) -> Result<Usage> {
    let index = PathBuf::from(format!("{}-shm", path.display()));
    let header = std::fs::read(&index).context("the database has no write-ahead log")?;
    let word = |at: usize| -> Option<u64> {
        let bytes: [u8; 4] = header.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_ne_bytes(bytes).into())
    };
    let page: [u8; 2] = header.get(14..16).context("a short header")?.try_into()?;
    let page = u64::from(u16::from_ne_bytes(page));
    ensure!(page.is_power_of_two() && page >= 512, "an unknown header");
    let (commits, pages) = word(8).zip(word(20)).context("a short header")?;
    Ok(Usage { bytes: pages * page, commits })
}
