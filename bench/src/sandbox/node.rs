//! The same scripts in Node.js: in a fresh `vm` context for each run, and in a warm worker thread that keeps its state.

use super::case::{Case, ENTRY};
use crate::program;
use crate::quiet::{Watched, typical};
use crate::{Plan, say};
use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use std::process::{Command, Stdio};

/// How Node.js runs a script.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    FreshContext,
    WarmWorker,
}

/// Scripts that Node.js ran.
pub(crate) struct Node {
    pub(crate) case: Case,
    pub(crate) way: Way,
    pub(crate) seen: Watched<Seen>,
}

/// What the program in JavaScript reports, in microseconds.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Seen {
    /// User and system time of a run.
    pub(crate) cpu: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    /// Claims that the script returned, to see that it did the same.
    claims: usize,
}

impl Way {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::FreshContext => "fresh `vm` context",
            Self::WarmWorker => "warm worker thread",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::FreshContext => "fresh-context.mjs",
            Self::WarmWorker => "warm-worker.mjs",
        }
    }
}

/// Nothing where there is no Node.js.
pub(crate) async fn measure(plan: &Plan) -> Result<Vec<Node>> {
    let version = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        say(format_args!("no Node.js is here to compare with"));
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    // It reads its input anew for each run, so ours is to do the same.
    for case in [Case::Trivial, Case::Changing] {
        for way in [Way::FreshContext, Way::WarmWorker] {
            say(format_args!("Node.js, {}, {}", way.name(), case.name()));
            found.push(Node {
                case,
                way,
                seen: typical(plan, |seen: &Seen| seen.cpu, async || once((case, way), plan.script_runs)).await?,
            });
        }
    }
    Ok(found)
}

fn once((case, way): (Case, Way), runs: u32) -> Result<Seen> {
    let directory = tempfile::Builder::new().prefix("signet-bench.").tempdir()?;
    let (script, input) = (directory.path().join("script.js"), directory.path().join("input.json"));
    std::fs::write(&script, case.source())?;
    std::fs::write(&input, case.input())?;
    let output = Command::new("node")
        .arg(program::root()?.join("bench/src/sandbox/node").join(way.file()))
        .args([&script, &input])
        .args([ENTRY, &runs.to_string()])
        .output()?;
    ensure!(output.status.success(), "Node.js: {}", String::from_utf8_lossy(&output.stderr));
    let seen: Seen = serde_json::from_slice(&output.stdout).context("the report of the program in JavaScript")?;
    let expected = if case == Case::Trivial { 0 } else { 8 };
    ensure!(seen.claims == expected, "the script returned {} claims", seen.claims);
    Ok(seen)
}
