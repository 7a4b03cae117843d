//! Attacks one after the other on one worker at a time, and what must hold after each.

use super::case::Case;
use crate::support::{config, pool_with, run_as};
use serde::Deserialize;
use serde_json::Value;
use signet_sandbox::{Limits, Outcome, Pool, PoolConfig, Run, Script};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// What a busy machine may add to the deadline and the grace that the pool gives a worker.
const SLACK: Duration = Duration::from_millis(2150);
/// How long the next script may wait for its answer, with a new worker if need be.
const NEXT: Duration = Duration::from_secs(10);
/// What a fault may say in all: name, message and stack are cut by the worker.
const MAX_FAULT: usize = 20 << 10;
/// What this process may grow by, with all lanes and all that other tests do.
const MAX_GROWTH: usize = 256 << 20;

/// What the canary tells.
#[derive(Deserialize)]
struct Found {
    /// A short form of everything that is reachable in its realm.
    realm: Value,
    random: Value,
}

impl Found {
    fn of(outcome: &Outcome) -> Option<Self> {
        let Outcome::Returned(json) = outcome else { return None };
        serde_json::from_str(json.get()).ok()
    }
}

pub(super) struct Lane {
    pool: Pool,
    canary: Script,
    /// What the canary finds in a realm that no attack has seen.
    fresh: Value,
    /// Whether to say how each file ended, which helps who writes one.
    tells: bool,
    /// Random numbers that canaries of all lanes have seen.
    randoms: Arc<Mutex<HashSet<String>>>,
    memory: usize,
    files: u64,
    broken: Vec<String>,
}

impl Lane {
    pub(super) async fn open(randoms: Arc<Mutex<HashSet<String>>>, tells: bool) -> Self {
        let pool = pool_with(PoolConfig { running: 1, ..config(&["work"]) });
        let canary = Script::new(include_str!("canary.js"), "canary");
        let first = run_as(&pool, "nobody", &canary, "{}", &Limits::default()).await;
        let fresh = Found::of(&first.outcome).unwrap_or_else(|| panic!("{:?}", first.outcome)).realm;
        Self { pool, canary, fresh, tells, randoms, memory: resident(), files: 0, broken: Vec::new() }
    }

    pub(super) async fn attack(&mut self, case: &Case) {
        self.files += 1;
        let mut told: Vec<String> = Vec::new();
        for _ in 0..case.runs {
            let run = run_as(&self.pool, &case.name, &case.script, &case.input, &case.limits).await;
            self.judge(case, &run);
            if self.tells {
                tell(case, &run);
            }
            told.push(format!("{:?}", run.outcome));
        }
        if told.windows(2).any(|pair| pair.first() != pair.last()) {
            self.breach(case, &format!("ran twice with two results: {told:?}"));
        }
        self.look_after(case).await;
    }

    /// What must hold for the run itself.
    fn judge(&mut self, case: &Case, run: &Run) {
        if !case.expected.iter().any(|expected| expected.is_met_by(&run.outcome)) {
            self.breach(case, &format!("ended as {}, after {:?}", shown(run), run.duration));
        }
        if run.duration > case.limits.wall + SLACK {
            self.breach(case, &format!("took {:?}", run.duration));
        }
        let said: usize = run.logs.iter().map(|line| line.text.len()).sum();
        if said > case.limits.log_bytes {
            self.breach(case, &format!("wrote {said} bytes to the console"));
        }
        let (size, limit) = match &run.outcome {
            Outcome::Returned(json) => (json.get().len(), case.limits.output_bytes),
            Outcome::Runtime { name, message, stack, .. } => {
                (name.len() + message.len() + stack.as_deref().map_or(0, str::len), MAX_FAULT)
            }
            other => (other.message().len(), MAX_FAULT),
        };
        if size > limit {
            self.breach(case, &format!("told {size} bytes"));
        }
    }

    /// What must hold for whoever comes next: the same tenant, so that the same worker serves it if it is still there.
    async fn look_after(&mut self, case: &Case) {
        let started = Instant::now();
        let run = run_as(&self.pool, &case.name, &self.canary, "{}", &Limits::default()).await;
        if started.elapsed() > NEXT {
            self.breach(case, &format!("kept the next script waiting for {:?}", started.elapsed()));
        }
        match Found::of(&run.outcome) {
            Some(Found { realm, random }) => {
                if realm != self.fresh {
                    self.breach(case, &format!("left a realm {realm} instead of {}", self.fresh));
                }
                if !self.randoms.lock().unwrap().insert(random.to_string()) {
                    self.breach(case, "made random numbers come again");
                }
            }
            None => self.breach(case, &format!("spoilt the next run: {:?}", run.outcome)),
        }
        let grown = resident().saturating_sub(self.memory);
        if grown > MAX_GROWTH {
            self.breach(case, &format!("the server has grown by {} MB", grown >> 20));
        }
        // Each file is a tenant of its own, so each needs a worker that nobody had before.
        let workers = self.pool.stats().started;
        if workers <= self.files {
            self.breach(case, &format!("{workers} workers served {} tenants", self.files + 1));
        }
    }

    fn breach(&mut self, case: &Case, what: &str) {
        self.broken.push(format!("{}: {what}", case.name));
    }

    pub(super) fn close(self) -> Vec<String> {
        self.broken
    }
}

fn shown(run: &Run) -> String {
    format!("{:?}", run.outcome).chars().take(400).collect()
}

#[expect(clippy::print_stderr, reason = "only when somebody asks for a file by its name")]
fn tell(case: &Case, run: &Run) {
    eprintln!("{}: {}, after {:?}", case.name, shown(run), run.duration);
}

/// Bytes of this process that are in memory; 0 where the system does not say.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).map_or(0, |pages| pages * 4096)
}
