//! `make bench`: measures what a token costs, and holds it against the cost of its signature, measured in the same run.
//!
//! It starts the release binary as an operator would, sets it up over HTTP, and lets `wrk` ask for tokens. It judges
//! and never fails: speed depends on the machine, and a slow one is no mistake in the program.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is for the person at the terminal")]
#![expect(clippy::disallowed_methods, reason = "it measures time that passes, and asks the shell where things are")]

mod auditing;
mod database;
mod http;
mod load;
mod machine;
mod measure;
mod numbers;
mod process;
mod program;
mod report;
mod server;
mod signing;
mod startup;
mod workload;

use anyhow::Result;
use clap::Parser as _;
use database::Kind;
use measure::Group;
use report::Report;
use server::Installation;
use startup::Startup;
use std::path::PathBuf;
use std::time::Duration;
use workload::{Scenario, Workload};

/// Measures tokens per second, latency, CPU and memory of a release build.
#[derive(Debug, clap::Parser)]
struct Options {
    /// Short runs that show whether the harness works. Their figures mean little.
    #[arg(long)]
    quick: bool,
    /// Seconds of each measurement.
    #[arg(long, value_name = "N")]
    seconds: Option<u64>,
    /// Only this database.
    #[arg(long, value_name = "DATABASE")]
    only: Option<Kind>,
    /// A server program to measure, instead of building this tree's.
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
}

/// How much is measured.
struct Plan {
    run: Duration,
    warm_up: Duration,
    concurrency: &'static [u32],
    /// Runs of each measurement. The one with the median ratio to a signature counts.
    rounds: usize,
    /// Runs that other work on the machine disturbed and that are repeated, for each measurement.
    repeats: usize,
    starts: usize,
    /// In each round of the baseline.
    signatures: u32,
}

impl Plan {
    fn new(options: &Options) -> Self {
        let plan = if options.quick {
            let second = Duration::from_secs(1);
            let concurrency = &[1, 16];
            Self { run: second, warm_up: second, concurrency, rounds: 1, repeats: 0, starts: 1, signatures: 200 }
        } else {
            let (run, warm_up, concurrency) = (Duration::from_secs(5), Duration::from_secs(2), &[1, 16, 64]);
            Self { run, warm_up, concurrency, rounds: 3, repeats: 3, starts: 5, signatures: 400 }
        };
        Self { run: options.seconds.map_or(plan.run, Duration::from_secs), ..plan }
    }
}

fn main() -> Result<()> {
    let options = Options::parse();
    let wanted = options.only.map_or(vec![Kind::Sqlite, Kind::Postgres], |kind| vec![kind]);
    if wanted.contains(&Kind::Postgres) && !database::server_is_there() {
        return program::again_with_postgres();
    }
    let program = match &options.server {
        Some(program) => program.clone(),
        None => program::build()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let report = runtime.block_on(measure_all(&Plan::new(&options), &wanted, &program))?;
    println!("{report}");
    Ok(())
}

async fn measure_all(plan: &Plan, kinds: &[Kind], program: &std::path::Path) -> Result<Report> {
    let machine = machine::describe()?;
    let program_bytes = program.metadata()?.len();
    let parallel = signing::in_parallel(plan.signatures)?;
    let (mut startups, mut groups) = (Vec::new(), Vec::new());
    for kind in kinds {
        let installation = Installation::new(*kind, program).await?;
        let workload = Workload::set_up(&installation)?;
        startups.push(Startup::measure(&installation, &workload, plan)?);
        for scenario in Scenario::ALL {
            groups.push(Group::measure(&installation, &workload, scenario, plan).await?);
        }
        installation.remove().await?;
    }
    Ok(Report { machine, load_after: machine::load()?, program_bytes, parallel, startups, groups })
}

/// Something that is going on, for the person who waits.
fn say(what: std::fmt::Arguments<'_>) {
    eprintln!("bench: {what}");
}
