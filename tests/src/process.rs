//! The real program in a process of its own, for stories about starting, stopping and being killed.

use crate::database;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use signet_storage::DatabaseUrl;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Client id and secret of the first application.
pub const APP: (&str, &str) = ("m-default", "process-secret-process-secret-12");

/// A data directory, a database, and ports, which outlive the processes that use them.
pub struct Installation {
    directory: TempDir,
    database: DatabaseUrl,
    pub port: u16,
    admin_port: u16,
}

/// A running `signet serve`.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
}

impl Installation {
    pub async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let database = database::fresh(directory.path()).await;
        Self { directory, database, port: free_port(), admin_port: free_port() }
    }

    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    pub fn database(&self) -> &DatabaseUrl {
        &self.database
    }

    /// A command with this installation's settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let database = match &self.database {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let mut command = Command::new(program());
        command
            .env_clear()
            .env("SIGNET_DATA_DIR", self.directory.path())
            .env("DB_URL", database)
            .env("PORT", self.port.to_string())
            .env("ADMIN_PORT", self.admin_port.to_string())
            .env("SIGNET_LISTEN", "127.0.0.1")
            .env("SIGNET_BOOTSTRAP_APP_ID", APP.0)
            .env("SIGNET_BOOTSTRAP_APP_SECRET", APP.1)
            .env("SIGNET_LOG", "warn")
            .args(arguments);
        command
    }

    /// Starts the server and waits until it answers.
    pub async fn serve(&self, flags: &[&str]) -> Process {
        let mut arguments = vec!["serve"];
        arguments.extend(flags);
        let child = self.command(&arguments).stdout(Stdio::null()).spawn().unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut process = Process { child, address };
        process.wait_until_it_listens().await;
        process
    }
}

impl Process {
    async fn wait_until_it_listens(&mut self) {
        for _ in 0..1000 {
            if TcpStream::connect(self.address).await.is_ok() {
                return;
            }
            assert!(self.child.try_wait().unwrap().is_none(), "the server ended while it started");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the server does not listen");
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and the server's answer to it.
    pub fn terminate(mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().unwrap()
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The body of a token answer; an error when the connection ended before one came.
    pub async fn token(&self, scope: &str) -> std::io::Result<String> {
        let body = format!("grant_type=client_credentials&resource=https://default.logto.app/api&scope={scope}");
        let basic = STANDARD.encode(format!("{}:{}", APP.0, APP.1));
        let head = format!(
            "POST /oidc/token HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {basic}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        exchange(self.address, &head).await
    }
}

/// Sends raw bytes and reads until the server closes.
pub async fn exchange(address: SocketAddr, request: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The program that was built beside this test.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().and_then(Path::parent).unwrap().join("signet");
    assert!(program.exists(), "build the server first: cargo build -p signet");
    program
}

/// A port that nobody listens on. Not one that the system would hand out: another story's receiver might get it before
/// the server does, and answer in its place.
fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(37).wrapping_add(NEXT.fetch_add(1, Ordering::SeqCst));
        let port = u16::try_from(10_000 + number % 20_000).unwrap();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}
