//! The load generator: `wrk` with a script that asks for tokens.

use crate::numbers::float;
use anyhow::{Context as _, Result, ensure};
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;
use tempfile::NamedTempFile;

const SCRIPT: &str = include_str!("workload/token.lua");

/// Clients that ask for one kind of token.
pub(crate) struct Load {
    script: NamedTempFile,
    url: String,
    pub(crate) authorization: String,
    form: String,
    /// Organizations that the requests are about in turn.
    organizations: String,
}

/// What the clients saw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) tokens: u64,
    pub(crate) seconds: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

impl Seen {
    /// Tokens per second.
    pub(crate) fn rate(&self) -> f64 {
        float(self.tokens) / self.seconds
    }
}

impl Load {
    /// With `organizations` each request is about the next of them.
    pub(crate) fn new(
        address: SocketAddr,
        authorization: String,
        form: String,
        organizations: &[String],
    ) -> Result<Self> {
        let mut script = tempfile::Builder::new().suffix(".lua").tempfile()?;
        script.write_all(SCRIPT.as_bytes())?;
        let (url, organizations) = (format!("http://{address}/oidc/token"), organizations.join(","));
        Ok(Self { script, url, authorization, form, organizations })
    }

    /// The form of the first request.
    pub(crate) fn first(&self) -> String {
        match self.organizations.split(',').next().filter(|first| !first.is_empty()) {
            Some(organization) => format!("{}&organization_id={organization}", self.form),
            None => self.form.clone(),
        }
    }

    /// Keeps `clients` connections asking, each as soon as it has its answer. Every answer must be a token.
    pub(crate) fn run(&self, clients: u32, duration: Duration) -> Result<Seen> {
        let output = Command::new("wrk")
            .args(["--threads=1", "--timeout=10s"])
            .arg(format!("--connections={clients}"))
            .arg(format!("--duration={}s", duration.as_secs().max(1)))
            .arg(format!("--script={}", self.script.path().display()))
            .args([&self.url, "--", &self.authorization, &self.form, &self.organizations])
            .output()
            .context("wrk does not start; scripts/setup bench installs it")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let result = text.lines().find_map(|line| line.strip_prefix("result "));
        let result = result.with_context(|| format!("wrk: {text}{}", String::from_utf8_lossy(&output.stderr)))?;
        let numbers: Vec<u64> = result.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [tokens, failed, duration, p50, p99] = numbers[..] else { anyhow::bail!("wrk said `{result}`") };
        ensure!(failed == 0, "{failed} of {tokens} requests brought no token");
        ensure!(tokens > 0, "no token was answered");
        let seconds = float(duration) / 1e6;
        Ok(Seen { tokens, seconds, p50_ms: float(p50) / 1e3, p99_ms: float(p99) / 1e3 })
    }
}
