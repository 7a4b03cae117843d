//! A release binary on an empty database, with free ports and nothing of this machine's environment.

use anyhow::{Context as _, Result, bail, ensure};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub(crate) const APP_ID: &str = "m-default";

pub(crate) struct Server {
    child: Child,
    data: TempDir,
    pub(crate) port: u16,
    /// Of the first application.
    pub(crate) app_secret: String,
}

/// Settings of a server, besides those that all have.
pub(crate) type Environment = Vec<(&'static str, String)>;

/// An HTTP answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Server {
    /// Starts `signet serve` and returns when it answers.
    pub(crate) fn start(binary: &Path, environment: &[(&str, String)]) -> Result<Self> {
        let data = tempfile::tempdir().context("no temporary directory")?;
        let log = File::create(data.path().join("log")).context("no log file")?;
        let (port, admin_port) = (free_port()?, free_port()?);
        let app_secret = random_text()?;
        let child = Command::new(binary)
            .args(["serve", "--data-dir"])
            .arg(data.path().join("data"))
            .current_dir(data.path())
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "TMPDIR"))
            .env("PORT", port.to_string())
            .env("ADMIN_PORT", admin_port.to_string())
            .env("ENDPOINT", format!("http://127.0.0.1:{port}"))
            .env("ADMIN_ENDPOINT", format!("http://127.0.0.1:{admin_port}"))
            .env("SIGNET_BOOTSTRAP_APP_ID", APP_ID)
            .env("SIGNET_BOOTSTRAP_APP_SECRET", &app_secret)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(std::process::Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", binary.display()))?;
        let mut server = Self { child, data, port, app_secret };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Deadline::after(Duration::from_secs(30));
        loop {
            if self.get("/oidc/.well-known/openid-configuration", "").is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status} while starting:\n{}", self.log());
            }
            ensure!(deadline.is_ahead(), "the server was not ready in time:\n{}", self.log());
        }
    }

    /// What the server logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.data.path().join("log")).unwrap_or_default()
    }

    /// Asks the server to stop and waits for it.
    pub(crate) fn stop(mut self) -> Result<ExitStatus> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        ensure!(asked.success(), "the server could not be asked to stop");
        let deadline = Deadline::after(Duration::from_secs(35));
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            ensure!(deadline.is_ahead(), "the server did not stop:\n{}", self.log());
        }
    }

    pub(crate) fn get(&self, path: &str, token: &str) -> Result<Answer> {
        self.request(&format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"))
    }

    pub(crate) fn post_form(&self, path: &str, form: &str) -> Result<Answer> {
        self.request(&format!(
            "POST {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            form.len()
        ))
    }

    /// HTTP/1.0: one request, an answer that ends with the connection.
    fn request(&self, text: &str) -> Result<Answer> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(text.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("the answer has no end of headers")?;
        let status =
            head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("the answer has no status")?;
        Ok(Answer { status, body: body.to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A moment until which something is polled.
struct Deadline(Instant);

impl Deadline {
    #[expect(clippy::disallowed_methods, reason = "another process is awaited, which keeps real time")]
    fn after(duration: Duration) -> Self {
        Self(Instant::now() + duration)
    }

    /// Lets a moment pass.
    #[expect(clippy::disallowed_methods, reason = "another process is awaited, which keeps real time")]
    fn is_ahead(&self) -> bool {
        std::thread::sleep(Duration::from_millis(20));
        Instant::now() < self.0
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?.local_addr()?.port())
}

/// 32 hexadecimal digits.
fn random_text() -> Result<String> {
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes)).context("no randomness")?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
