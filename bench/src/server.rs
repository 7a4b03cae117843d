//! An installation of the server, and the server while it runs.

use crate::database::{Database, Kind};
use crate::process::Tree;
use anyhow::{Context as _, Result, bail, ensure};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Client id and secret of the first application.
pub(crate) const BOOTSTRAP: (&str, &str) = ("bench-admin", "bench-secret-bench-secret-bench-1");

/// A data directory, a database and ports. They outlive the processes that use them.
pub(crate) struct Installation {
    directory: TempDir,
    program: PathBuf,
    pub(crate) database: Database,
    port: u16,
    admin_port: u16,
}

/// A running `signet serve`, with its defaults: workers, caches, auditing.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Installation {
    pub(crate) async fn new(kind: Kind, program: &Path) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("signet-bench.").tempdir()?;
        let database = Database::create(kind, directory.path(), "serve").await?;
        Ok(Self { directory, program: program.to_owned(), database, port: free_port()?, admin_port: free_port()? })
    }

    /// Starts the server; it may not listen yet.
    pub(crate) fn spawn(&self) -> Result<Server> {
        let log = std::fs::File::create(self.directory.path().join("log"))?;
        let child = Command::new(&self.program)
            .arg("serve")
            .env_clear()
            .env("SIGNET_DATA_DIR", self.directory.path())
            .env("DB_URL", self.database.url())
            .env("PORT", self.port.to_string())
            .env("ADMIN_PORT", self.admin_port.to_string())
            .env("SIGNET_LISTEN", "127.0.0.1")
            .env("SIGNET_BOOTSTRAP_APP_ID", BOOTSTRAP.0)
            .env("SIGNET_BOOTSTRAP_APP_SECRET", BOOTSTRAP.1)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", self.program.display()))?;
        Ok(Server { child, address: self.address() })
    }

    /// Starts the server and returns when it listens.
    pub(crate) fn start(&self) -> Result<Server> {
        let mut server = self.spawn()?;
        let begun = Instant::now();
        while TcpStream::connect(server.address).is_err() {
            if let Some(status) = server.child.try_wait()? {
                let log = std::fs::read_to_string(self.directory.path().join("log")).unwrap_or_default();
                bail!("the server ended with {status} while it started:\n{log}");
            }
            ensure!(begun.elapsed() < Duration::from_secs(30), "the server did not listen in time");
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(server)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    pub(crate) async fn remove(self) -> Result<()> {
        self.database.remove().await
    }
}

impl Server {
    /// The server and its script workers.
    pub(crate) fn tree(&self) -> Tree {
        Tree(self.child.id())
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGTERM, and waits for it to be heeded.
    pub(crate) fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        ensure!(asked.success(), "the server could not be asked to stop");
        let status = self.child.wait()?;
        ensure!(status.success(), "the server stopped with {status}");
        Ok(())
    }
}

impl Drop for Server {
    /// After a failure.
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?.local_addr()?.port())
}
