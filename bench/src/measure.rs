//! One scenario on one database: the server under load at each concurrency, between two measurements of the baseline.

use crate::auditing::{Auditing, Cost, Entries};
use crate::database::{Database, Kind};
use crate::load::{Load, Seen};
use crate::numbers::{float, micros};
use crate::quiet::DISTURBED;
use crate::server::{Installation, Server};
use crate::workload::{Scenario, Workload};
use crate::{Plan, machine, process, say, signing};
use anyhow::{Context as _, Result};
use std::time::Instant;

/// The runs of one scenario, one for each concurrency.
pub(crate) struct Group {
    pub(crate) kind: Kind,
    pub(crate) scenario: Scenario,
    pub(crate) runs: Vec<Run>,
}

/// One measurement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) clients: u32,
    pub(crate) seen: Seen,
    /// CPU microseconds of a signature, just before and just after.
    pub(crate) signatures: [f64; 2],
    /// CPU microseconds a token: the server with its workers, and PostgreSQL.
    pub(crate) cpu: f64,
    pub(crate) database_cpu: f64,
    pub(crate) audit_bytes: f64,
    /// Tokens in a commit of the audit log.
    pub(crate) group: f64,
    pub(crate) server_memory: u64,
    pub(crate) worker_memory: Option<u64>,
    /// Other processes' share of the machine.
    pub(crate) disturbance: f64,
    pub(crate) auditing: Cost,
}

impl Group {
    pub(crate) async fn measure(
        installation: &Installation,
        workload: &Workload,
        scenario: Scenario,
        plan: &Plan,
    ) -> Result<Self> {
        let kind = installation.database.kind();
        let server = installation.start()?;
        let load = workload.prepare(scenario)?;
        let mut runs = Vec::new();
        for clients in plan.concurrency {
            say(format_args!("{}, {}, {clients} at once", kind.name(), scenario.name()));
            runs.push(typical(&server, &installation.database, &load, (*clients, plan)).await?);
        }
        let entries = Entries::of(workload, scenario)?;
        server.stop()?;
        let auditing = Auditing::new(kind).await?;
        for run in &mut runs {
            run.auditing = auditing.measure(&entries, (run.group, run.seen.rate()), plan.run).await?;
        }
        auditing.remove().await?;
        Ok(Self { kind, scenario, runs })
    }
}

impl Run {
    /// CPU microseconds of the signature that the run is compared with.
    pub(crate) fn signature(&self) -> f64 {
        let [before, after] = self.signatures;
        f64::midpoint(before, after)
    }

    /// CPU of a token, in signatures.
    pub(crate) fn ratio(&self) -> f64 {
        self.cpu / self.signature()
    }
}

/// The median of several runs. Those that somebody disturbed are repeated, within limits.
async fn typical(server: &Server, database: &Database, load: &Load, (clients, plan): (u32, &Plan)) -> Result<Run> {
    load.run(clients, plan.warm_up)?;
    let (mut runs, mut repeats) = (Vec::new(), plan.repeats);
    while runs.len() < plan.rounds {
        let run = once(server, database, load, (clients, plan)).await?;
        if run.disturbance > DISTURBED && repeats > 0 {
            say(format_args!("  again: other processes took {:.0} % of the machine", run.disturbance * 100.0));
            repeats -= 1;
        } else {
            runs.push(run);
        }
    }
    runs.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
    runs.get(runs.len() / 2).copied().context("nothing was measured")
}

async fn once(server: &Server, database: &Database, load: &Load, (clients, plan): (u32, &Plan)) -> Result<Run> {
    let signature_before = signing::measure(plan)?;
    let tree = server.tree();
    let usage = database.usage().await?;
    let begun = Instant::now();
    let before = [tree.cpu()?, database.server_cpu()?, process::ended_children_cpu()?, machine::busy()?];
    let seen = load.run(clients, plan.run)?;
    let after = [tree.cpu()?, database.server_cpu()?, process::ended_children_cpu()?, machine::busy()?];
    let wall = begun.elapsed().as_secs_f64();
    let grown = database.usage().await?;
    let [ours, theirs, generator, all] = std::array::from_fn(|at| {
        let (after, before) = (after.get(at).copied(), before.get(at).copied());
        after.unwrap_or_default().saturating_sub(before.unwrap_or_default())
    });
    let tokens = float(seen.tokens);
    let others = all.saturating_sub(ours + theirs + generator).as_secs_f64();
    let processors = std::thread::available_parallelism()?.get();
    let commits = float(grown.commits.saturating_sub(usage.commits)).max(1.0);
    Ok(Run {
        clients,
        seen,
        signatures: [signature_before, signing::measure(plan)?],
        cpu: micros(ours) / tokens,
        database_cpu: micros(theirs) / tokens,
        audit_bytes: float(grown.bytes.saturating_sub(usage.bytes)) / tokens,
        group: tokens / commits,
        server_memory: tree.resident()?,
        worker_memory: tree.private_of_children()?,
        disturbance: others / (wall * float(processors as u64)),
        auditing: Cost { here: 0.0, database_server: 0.0 },
    })
}
