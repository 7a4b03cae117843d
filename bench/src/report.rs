//! The tables, and what should be reached. They are Markdown, so that a run can be put into a document as it is.

use crate::database::Kind;
use crate::measure::{Group, Run};
use crate::numbers::megabytes;
use crate::redemption::Redemptions;
use crate::sandbox::Sandbox;
use crate::sign_in::SignIn;
use crate::startup::Startup;
use crate::workload::Scenario;
use std::fmt;

/// Everything that was measured.
pub(crate) struct Report {
    pub(crate) machine: Vec<(&'static str, String)>,
    pub(crate) load_after: String,
    pub(crate) program_bytes: u64,
    /// CPU microseconds of a signature while every processor signs.
    pub(crate) parallel: f64,
    pub(crate) startups: Vec<Startup>,
    pub(crate) groups: Vec<Group>,
    pub(crate) redemptions: Vec<Redemptions>,
    pub(crate) sandbox: Option<Sandbox>,
    pub(crate) sign_ins: Vec<SignIn>,
}

/// Signatures' worth of CPU that a token may take.
fn token_bar(kind: Kind, scenario: Scenario) -> f64 {
    match (kind, scenario) {
        (Kind::Sqlite, Scenario::Plain) => 2.0,
        (Kind::Sqlite, Scenario::Small | Scenario::Large) => 3.3,
        (Kind::Postgres, Scenario::Plain) => 2.5,
        (Kind::Postgres, Scenario::Small | Scenario::Large) => 4.0,
        // Two signatures, and a script with what a person is, or an ID token with the ids of a thousand organizations.
        (Kind::Sqlite | Kind::Postgres, Scenario::Refresh | Scenario::RefreshOpaque | Scenario::Organization) => 6.0,
    }
}

/// Auditing's share of a token's CPU, in percent.
const AUDITING_BAR: f64 = 15.0;
/// Milliseconds that a script may add to the median.
const SCRIPT_BAR: f64 = 0.3;
/// Milliseconds within which 99 of 100 clients that are alone have a token about one of many organizations.
const ORGANIZATION_BAR: f64 = 5.0;
/// Megabytes.
const SERVER_BAR: f64 = 40.0;
const WORKER_BAR: f64 = 3.0;
const PROGRAM_BAR: f64 = 50.0;
/// CPU milliseconds of a sign-in with a password, but for the hash.
const SIGN_IN_BAR: f64 = 2.5;
/// Milliseconds.
const START_BAR: f64 = 300.0;

pub(crate) fn verdict(value: f64, bar: f64) -> &'static str {
    if value <= bar { "pass" } else { "**miss**" }
}

/// A figure, what it should be at most, and whether it is.
pub(crate) fn judged(f: &mut fmt::Formatter<'_>, what: &str, (value, bar): (f64, f64), unit: &str) -> fmt::Result {
    writeln!(f, "| {what} | {value:.2} {unit} | {bar} {unit} | {} |", verdict(value, bar))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.machine {
            writeln!(f, "- {name}: {value}")?;
        }
        writeln!(f, "- load average after: {}", self.load_after)?;
        writeln!(f, "- one signature while every processor signs: {:.1} µs\n", self.parallel)?;
        if !self.groups.is_empty() {
            self.tokens(f)?;
            self.auditing(f)?;
            self.rest(f)?;
            writeln!(f)?;
        }
        for counted in &self.redemptions {
            let Redemptions { kind, rounds, exact } = counted;
            writeln!(
                f,
                "- {}: {exact} of {rounds} codes that were redeemed fifty times at once gave tokens once",
                kind.name()
            )?;
        }
        self.signing_in(f)?;
        match &self.sandbox {
            Some(sandbox) => sandbox.fmt(f),
            None => Ok(()),
        }
    }
}

impl Report {
    fn rows(&self) -> impl Iterator<Item = (&Group, &Run)> {
        self.groups.iter().flat_map(|group| group.runs.iter().map(move |run| (group, run)))
    }

    fn tokens(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| | | at once | tokens/s | p50 ms | p99 ms | CPU s per 1,000 | a signature µs | × signature | at most | | \
             PostgreSQL s per 1,000 | × signature | others |\n\
             | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |"
        )?;
        for (group, run) in self.rows() {
            let (signature, ratio, bar) = (run.signature(), run.ratio(), token_bar(group.kind, group.scenario));
            let rate = run.seen.rate();
            write!(
                f,
                "| {} | {} | {} | {rate:.0} | {:.2} | {:.2} | {:.3} | {signature:.0} | {ratio:.2} | {bar:.1} | {} |",
                group.kind.name(),
                group.scenario.name(),
                run.clients,
                run.seen.p50_ms,
                run.seen.p99_ms,
                run.cpu / 1e3,
                verdict(ratio, bar),
            )?;
            match group.kind {
                Kind::Sqlite => write!(f, " | |")?,
                Kind::Postgres => write!(f, " {:.3} | {:.2} |", run.database_cpu / 1e3, run.database_cpu / signature)?,
            }
            writeln!(f, " {:.0} % |", run.disturbance * 100.0)?;
        }
        writeln!(f)
    }

    fn auditing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| | | at once | audit bytes per token | tokens per commit | auditing µs | of the CPU | at most | | \
             PostgreSQL µs | server MB | worker MB |\n\
             | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |"
        )?;
        for (group, run) in self.rows() {
            let share = run.auditing.here / run.cpu * 100.0;
            let database = match group.kind {
                Kind::Sqlite => String::new(),
                Kind::Postgres => format!("{:.1}", run.auditing.database_server),
            };
            writeln!(
                f,
                "| {} | {} | {} | {:.0} | {:.1} | {:.1} | {share:.0} % | {AUDITING_BAR:.0} % | {} | {database} | {:.1} | {} |",
                group.kind.name(),
                group.scenario.name(),
                run.clients,
                run.audit_bytes,
                run.group,
                run.auditing.here,
                verdict(share, AUDITING_BAR),
                megabytes(run.server_memory),
                run.worker_memory.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.1}", megabytes(bytes))),
            )?;
        }
        writeln!(f)
    }

    fn signing_in(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sign_ins.is_empty() {
            return Ok(());
        }
        writeln!(f, "| | CPU | at most | |\n| --- | ---: | ---: | --- |")?;
        for sign_in in &self.sign_ins {
            let SignIn { kind, cpu, hash, requests } = sign_in;
            let what =
                format!("{}: password sign-in, {requests} requests, but for {hash:.1} ms of hashing", kind.name());
            judged(f, &what, (*cpu, SIGN_IN_BAR), "ms")?;
        }
        writeln!(f)
    }

    fn rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| | | at most | |\n| --- | ---: | ---: | --- |")?;
        for startup in &self.startups {
            let name = startup.kind.name();
            let [plain, script] = startup.first_token;
            judged(f, &format!("{name}: start to first token"), (plain, START_BAR), "ms")?;
            judged(f, &format!("{name}: start to first token with a script"), (script, START_BAR), "ms")?;
            judged(f, &format!("{name}: idle server"), (megabytes(startup.server_memory), SERVER_BAR), "MB")?;
            if let Some(bytes) = startup.worker_memory {
                judged(f, &format!("{name}: idle worker, private"), (megabytes(bytes), WORKER_BAR), "MB")?;
            }
            for scenario in [Scenario::Small, Scenario::Large] {
                if let Some(added) = self.added_by(startup.kind, scenario) {
                    judged(f, &format!("{name}: median that the {} adds", what(scenario)), (added, SCRIPT_BAR), "ms")?;
                }
            }
        }
        for (group, run) in
            self.rows().filter(|(group, run)| group.scenario == Scenario::Organization && run.clients == 1)
        {
            let what = format!("{}: p99 of a {}", group.kind.name(), what(group.scenario));
            judged(f, &what, (run.seen.p99_ms, ORGANIZATION_BAR), "ms")?;
        }
        judged(f, "release binary", (megabytes(self.program_bytes), PROGRAM_BAR), "MB")
    }

    /// Milliseconds that a script adds to the median of a client that is alone.
    fn added_by(&self, kind: Kind, scenario: Scenario) -> Option<f64> {
        let median = |wanted| {
            let group = self.groups.iter().find(|group| group.kind == kind && group.scenario == wanted)?;
            group.runs.iter().find(|run| run.clients == 1).map(|run| run.seen.p50_ms)
        };
        Some(median(scenario)? - median(Scenario::Plain)?)
    }
}

fn what(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Plain => "token itself",
        Scenario::Small => "small script",
        Scenario::Large => "script over a 4 KB context",
        Scenario::Refresh | Scenario::RefreshOpaque => "script over a person",
        Scenario::Organization => "token about an organization",
    }
}
