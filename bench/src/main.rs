//! `make bench`: measures what a token and a script run cost, and holds it against the cost of a signature, measured in
//! the same run.
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
mod organizations;
mod people;
mod process;
mod program;
mod quiet;
mod redemption;
mod report;
mod sandbox;
mod server;
mod sign_in;
mod signing;
mod startup;
mod workload;

use anyhow::Result;
use clap::Parser as _;
use database::Kind;
use measure::Group;
use redemption::Redemptions;
use report::Report;
use sandbox::Sandbox;
use server::Installation;
use sign_in::SignIn;
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
    /// Only tokens on this database, or only scripts, or only sign-ins.
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
    /// Runs after which a worker's memory is looked at.
    #[arg(long, value_name = "RUNS")]
    life: Option<u32>,
    /// A server program to measure, instead of building this tree's.
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
}

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Sqlite,
    Postgres,
    Sandbox,
    /// Codes that many present at once, on both databases.
    Redemptions,
    /// Sign-ins with a password, on SQLite.
    SignIn,
}

impl Part {
    const ALL: &[Self] = &[Self::Sqlite, Self::Postgres, Self::Sandbox, Self::Redemptions, Self::SignIn];

    fn database(self) -> Option<Kind> {
        match self {
            Self::Sqlite => Some(Kind::Sqlite),
            Self::Postgres => Some(Kind::Postgres),
            Self::Sandbox | Self::Redemptions | Self::SignIn => None,
        }
    }
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
    /// Runs of a script, one after the other.
    script_runs: u32,
    /// Runs in one worker.
    life: u32,
    /// Codes that are presented many times at once.
    codes: usize,
    /// In each round.
    sign_ins: u32,
}

impl Plan {
    fn new(options: &Options) -> Self {
        let plan = if options.quick {
            Self {
                run: Duration::from_secs(1),
                warm_up: Duration::from_secs(1),
                concurrency: &[1, 16],
                rounds: 1,
                repeats: 0,
                starts: 1,
                signatures: 200,
                script_runs: 1000,
                life: 21_000,
                codes: 20,
                sign_ins: 20,
            }
        } else {
            Self {
                run: Duration::from_secs(5),
                warm_up: Duration::from_secs(2),
                concurrency: &[1, 16, 64],
                rounds: 3,
                repeats: 3,
                starts: 5,
                signatures: 400,
                script_runs: 10_000,
                life: 1_000_000,
                codes: 1000,
                sign_ins: 200,
            }
        };
        let run = options.seconds.map_or(plan.run, Duration::from_secs);
        Self { run, life: options.life.unwrap_or(plan.life), ..plan }
    }
}

fn main() -> Result<()> {
    let options = Options::parse();
    let wanted = options.only.as_ref().map_or(Part::ALL, std::slice::from_ref);
    if (wanted.contains(&Part::Postgres) || wanted.contains(&Part::Redemptions)) && !database::server_is_there() {
        return program::again_with_postgres();
    }
    let program = match &options.server {
        Some(program) => program.clone(),
        None => program::build()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .on_thread_start(signet_sandbox::thread_started)
        .build()?;
    let plan = Plan::new(&options);
    let mut report = runtime.block_on(measure_all(&plan, wanted, &program))?;
    if wanted.contains(&Part::SignIn) {
        report.sign_ins.push(runtime.block_on(SignIn::measure(Kind::Sqlite, &program, &plan))?);
    }
    if wanted.contains(&Part::Sandbox) {
        // A run is driven by the thread that serves its request, so one thread is what a run sees of a server.
        let thread = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .on_thread_start(signet_sandbox::thread_started)
            .build()?;
        report.sandbox = Some(thread.block_on(Sandbox::measure(&program, &plan))?);
    }
    println!("{report}");
    Ok(())
}

async fn measure_all(plan: &Plan, parts: &[Part], program: &std::path::Path) -> Result<Report> {
    let machine = machine::describe()?;
    let program_bytes = program.metadata()?.len();
    let parallel = signing::in_parallel(plan.signatures)?;
    let (mut startups, mut groups) = (Vec::new(), Vec::new());
    for kind in parts.iter().filter_map(|part| part.database()) {
        let installation = Installation::new(kind, program).await?;
        let workload = Workload::set_up(&installation, 0).await?;
        startups.push(Startup::measure(&installation, &workload, plan)?);
        for scenario in Scenario::ALL {
            groups.push(Group::measure(&installation, &workload, scenario, plan).await?);
        }
        installation.remove().await?;
    }
    let mut redemptions = Vec::new();
    if parts.contains(&Part::Redemptions) {
        for kind in [Kind::Sqlite, Kind::Postgres] {
            redemptions.push(Redemptions::count(kind, program, plan.codes).await?);
        }
    }
    Ok(Report {
        redemptions,
        machine,
        load_after: machine::load()?,
        program_bytes,
        parallel,
        startups,
        groups,
        sandbox: None,
        sign_ins: Vec::new(),
    })
}

/// Something that is going on, for the person who waits.
fn say(what: std::fmt::Arguments<'_>) {
    eprintln!("bench: {what}");
}
