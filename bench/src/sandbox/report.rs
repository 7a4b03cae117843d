//! The tables about scripts, and what should be reached.

use super::Sandbox;
use super::case::Case;
use super::steady::{Alone, Steady};
use super::zipf::{IN_FLIGHT, SCRIPTS, TENANTS};
use crate::numbers::{float, megabytes};
use crate::report::{judged, verdict};
use std::fmt;

/// Microseconds of a worker's CPU.
const TRIVIAL_BAR: f64 = 30.0;
const REALISTIC_BAR: f64 = 110.0;
/// Microseconds from asking to having the result.
const MEDIAN_BAR: f64 = 150.0;
const TAIL_BAR: f64 = 1000.0;
/// Runs per second and processor, at least.
const RATE_BAR: f64 = 5000.0;
/// Of Node.js's CPU.
const NODE_BAR: f64 = 1.0;
/// Milliseconds.
const ZIPF_BAR: f64 = 10.0;
/// How many times its own the good half's tail may become.
const NEIGHBOURS_BAR: f64 = 2.0;
/// Megabytes.
const WORKER_BAR: f64 = 3.0;
const GROWTH_BAR: f64 = 0.1;

impl fmt::Display for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.alone(f)?;
        self.busy(f)?;
        self.beside_node(f)?;
        self.tenants(f)?;
        self.halves(f)?;
        self.memory(f)
    }
}

/// A figure that should not exceed another, and whether it does: three cells. A case without a bar has none.
fn cells((value, bar): (f64, Option<f64>)) -> String {
    match bar {
        Some(bar) => format!("{value:.0} | {bar:.0} | {}", verdict(value, bar)),
        None => format!("{value:.0} | |"),
    }
}

fn worker_bar(case: Case) -> Option<f64> {
    match case {
        Case::Trivial => Some(TRIVIAL_BAR),
        Case::Realistic | Case::Changing => Some(REALISTIC_BAR),
        Case::Fetching => None,
    }
}

impl Sandbox {
    fn alone(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| one at a time | worker CPU µs | at most | | server CPU µs | both × signature | p50 µs | at most | | \
             p99 µs | at most | | p99.9 µs | others |\n\
             | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | --- | ---: | ---: |"
        )?;
        for Steady { case, signature, alone, .. } in &self.steady {
            let Alone { worker, server, latencies } = &alone.value;
            let has_bars = worker_bar(*case);
            writeln!(
                f,
                "| {} | {} | {server:.0} | {:.2} | {} | {} | {:.0} | {:.0} % |",
                case.name(),
                cells((*worker, has_bars)),
                alone.value.cpu() / signature,
                cells((latencies.at(500), has_bars.map(|_| MEDIAN_BAR))),
                cells((latencies.at(990), has_bars.map(|_| TAIL_BAR))),
                latencies.at(999),
                alone.others * 100.0,
            )?;
        }
        writeln!(f)
    }

    fn busy(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| | in flight | runs/s | of each processor | at least | | worker CPU µs | both sides | × signature | others |\n\
             | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |"
        )?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        for Steady { case, signature, busy, .. } in &self.steady {
            for (in_flight, seen) in busy {
                let (rate, cpu) = (seen.value.runs_per_second, seen.value.cpu);
                let each = rate / float(processors as u64);
                let judged = match worker_bar(*case) {
                    Some(_) => format!("{RATE_BAR:.0} | {}", verdict(RATE_BAR, each)),
                    None => "|".to_owned(),
                };
                writeln!(
                    f,
                    "| {} | {in_flight} | {rate:.0} | {each:.0} | {judged} | {:.0} | {cpu:.0} | {:.2} | {:.0} % |",
                    case.name(),
                    seen.value.worker,
                    cpu / signature,
                    seen.others * 100.0,
                )?;
            }
        }
        writeln!(f)
    }

    fn beside_node(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.node.is_empty() {
            return writeln!(f, "There was no Node.js to compare with.\n");
        }
        writeln!(
            f,
            "| beside Node.js | | its CPU µs | our CPU µs, both sides | ours / its | less than | | its p50 µs | its p99 µs | \
             our p50 µs | others |\n\
             | --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |"
        )?;
        for node in &self.node {
            let Some(ours) = self.steady.iter().find(|steady| steady.case == node.case) else { continue };
            let (ours, theirs) = (&ours.alone.value, &node.seen.value);
            let ratio = ours.cpu() / theirs.cpu;
            writeln!(
                f,
                "| {} | {} | {:.0} | {:.0} | {ratio:.2} | {NODE_BAR} | {} | {:.0} | {:.0} | {:.0} | {:.0} % |",
                node.way.name(),
                node.case.name(),
                theirs.cpu,
                ours.cpu(),
                verdict(ratio, NODE_BAR),
                theirs.p50,
                theirs.p99,
                ours.latencies.at(500),
                node.seen.others * 100.0,
            )?;
        }
        writeln!(f)
    }

    fn tenants(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| {TENANTS} tenants × {SCRIPTS} scripts, {IN_FLIGHT} in flight | runs/s | p50 ms | p99 ms | at most | | CPU µs a run | \
             workers started | ended | there in the end | their private MB | others |\n\
             | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
        )?;
        for zipf in &self.zipf {
            let seen = &zipf.seen.value;
            let (p50, p99) = (seen.latencies.at(500) / 1e3, seen.latencies.at(990) / 1e3);
            writeln!(
                f,
                "| {} workers | {:.0} | {p50:.2} | {p99:.2} | {ZIPF_BAR:.0} | {} | {:.0} | {} | {} | {} | {} | {:.0} % |",
                zipf.workers,
                seen.runs_per_second,
                verdict(p99, ZIPF_BAR),
                seen.cpu,
                seen.started,
                seen.ended,
                seen.alive,
                seen.private.map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.1}", megabytes(bytes))),
                zipf.seen.others * 100.0,
            )?;
        }
        writeln!(f)
    }

    fn halves(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| beside endless loops of | | in flight | p50 µs alone | p50 µs beside | p99 µs alone | p99 µs beside | \
             times | less than | | workers started | others |\n\
             | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |"
        )?;
        for one in &self.neighbours {
            let (alone, beside) = (&one.seen.value.alone, &one.seen.value.beside);
            let ratio = beside.at(990) / alone.at(990);
            writeln!(
                f,
                "| {} | {} | {half} and {half} | {:.0} | {:.0} | {:.0} | {:.0} | {ratio:.2} | {NEIGHBOURS_BAR:.0} | {} | {} | {:.0} % |",
                one.kind.name(),
                one.case.name(),
                alone.at(500),
                beside.at(500),
                alone.at(990),
                beside.at(990),
                verdict(ratio, NEIGHBOURS_BAR),
                one.seen.value.started,
                one.seen.others * 100.0,
                half = one.half,
            )?;
        }
        writeln!(f)
    }

    fn memory(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let life = &self.life;
        writeln!(f, "| a worker's memory | | at most | |\n| --- | ---: | ---: | --- |")?;
        for (when, memory) in [("before its first run", life.at_first), ("in the end", life.at_last)] {
            if let Some(bytes) = memory.private {
                judged(f, &format!("private, {when}"), (megabytes(bytes), WORKER_BAR), "MB")?;
            }
            writeln!(f, "| resident, {when} | {:.2} MB | | |", megabytes(memory.resident))?;
        }
        let growth = life.most_resident.saturating_sub(life.grown_up.resident);
        let what = format!("resident, growth from run 1,000 to run {}", life.runs);
        judged(f, &what, (megabytes(growth), GROWTH_BAR), "MB")
    }
}
