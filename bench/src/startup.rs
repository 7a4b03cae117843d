//! Starting on an existing database, and doing nothing.

use crate::database::Kind;
use crate::numbers::median;
use crate::server::Installation;
use crate::workload::{Scenario, Workload};
use crate::{Plan, say};
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

/// How long the server does nothing before its memory is looked at.
const IDLE: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub(crate) struct Startup {
    pub(crate) kind: Kind,
    /// Milliseconds from the start of the process to a token in hand: without a script, and with one.
    pub(crate) first_token: [f64; 2],
    pub(crate) server_memory: u64,
    pub(crate) worker_memory: Option<u64>,
}

impl Startup {
    pub(crate) fn measure(installation: &Installation, workload: &Workload, plan: &Plan) -> Result<Self> {
        let kind = installation.database.kind();
        say(format_args!("{}, starting", kind.name()));
        let mut first_token = [0.0; 2];
        for (slot, scenario) in first_token.iter_mut().zip([Scenario::Plain, Scenario::Small]) {
            *slot = first_token_of(installation, workload, (scenario, plan.starts))?;
        }
        let server = installation.start()?;
        std::thread::sleep(IDLE);
        let (server_memory, worker_memory) = (server.tree().resident()?, server.tree().private_of_children()?);
        server.stop()?;
        Ok(Self { kind, first_token, server_memory, worker_memory })
    }
}

/// The median of several starts, in milliseconds.
fn first_token_of(
    installation: &Installation,
    workload: &Workload,
    (scenario, starts): (Scenario, usize),
) -> Result<f64> {
    let server = installation.start()?;
    let load = workload.prepare(scenario)?;
    server.stop()?;
    let mut found = Vec::new();
    for _ in 0..starts {
        let begun = Instant::now();
        let server = installation.spawn()?;
        while workload.ask(&load).is_err() {
            ensure!(begun.elapsed() < Duration::from_secs(30), "no token came in time");
            std::thread::sleep(Duration::from_millis(1));
        }
        found.push(begun.elapsed().as_secs_f64() * 1e3);
        server.stop()?;
    }
    Ok(median(found))
}
