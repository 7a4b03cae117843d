//! Scripts made of the bytes by a grammar, run in the engine (`signet_sandbox`, `engine/`) in this process.
//!
//! Whatever a script does: it ends in time, its result and its logs are within their limits, and the next run finds a
//! realm that is as fresh as the first.

mod grammar;
mod words;

use arbitrary::Unstructured;
use signet_sandbox::Limits;
use signet_sandbox::fuzzing::Runner;
use std::cell::RefCell;
use std::time::{Duration, Instant};

/// Nothing can kill a run in this process, so what no interrupt reaches must be short by size.
fn limits() -> Limits {
    let wall = Duration::from_millis(15);
    Limits { wall, cpu: wall, memory_bytes: 1 << 20, stack_bytes: 256 << 10, output_bytes: 4 << 10, log_bytes: 256 }
}

/// Far above the deadline: the machine may be busy, and natives look at the clock now and then only.
const END: Duration = Duration::from_secs(4);
/// Scripts that one engine runs before it is replaced, so that a finding does not depend on a long history.
const RUNS: u32 = 500;

/// An engine and what a fresh realm of it looks like.
struct Bench {
    runner: Runner,
    fresh: String,
    bytes: usize,
    runs: u32,
}

thread_local! {
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
}

const CANARY: &str = include_str!("script/canary.js");

impl Bench {
    fn new() -> Self {
        let mut runner = Runner::new().expect("memory for an engine");
        let bytes = runner.fresh_bytes();
        let fresh = canary(&mut runner);
        Self { runner, fresh, bytes, runs: 0 }
    }
}

fn canary(runner: &mut Runner) -> String {
    let (result, _) = runner.run(CANARY, "{}", &Limits { output_bytes: 4 << 20, ..Limits::default() });
    result.expect("the canary is well")
}

pub fn run(data: &[u8]) {
    let source = grammar::script(&mut Unstructured::new(data));
    BENCH.with_borrow_mut(|bench| {
        if bench.as_ref().is_none_or(|bench| bench.runs >= RUNS) {
            *bench = Some(Bench::new());
        }
        let bench = bench.as_mut().expect("it was just made");
        bench.runs += 1;
        let limits = limits();
        let started = Instant::now();
        let (result, logs) = bench.runner.run(&source, r#"{"context":{"user":{"a":[1,"x"]}},"token":{}}"#, &limits);
        let took = started.elapsed();

        assert!(took < END, "{took:?} for\n{source}");
        assert!(is_bounded(&result, limits.output_bytes), "a large result of\n{source}");
        assert!(logs.iter().map(|line| line.text.len()).sum::<usize>() <= limits.log_bytes);
        assert_eq!(bench.runner.fresh_bytes(), bench.bytes, "the heap is not what it was before\n{source}");
        assert_eq!(canary(&mut bench.runner), bench.fresh, "the next run sees\n{source}");
    });
}

fn is_bounded(result: &Result<String, String>, limit: usize) -> bool {
    match result {
        Ok(json) => json.len() <= limit && json.starts_with('{'),
        // Four and eight kilobytes at most, with what needs escapes in the text of a verdict.
        Err(told) => told.len() <= 200 << 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canary_notices_what_a_run_left_behind() {
        let mut runner = Runner::new().unwrap();
        let fresh = canary(&mut runner);
        assert_eq!(canary(&mut runner), fresh);
        let limits = Limits { output_bytes: 4 << 20, ..Limits::default() };
        let (touched, _) = runner.run(&format!("Array.prototype.x = 1;\n{CANARY}"), "{}", &limits);
        assert_ne!(touched.unwrap(), fresh);
    }

    #[test]
    fn most_generated_scripts_compile() {
        let mut runner = Runner::new().unwrap();
        let (mut state, mut compiled) = (1u64, 0);
        for _ in 0..100 {
            let bytes: Vec<u8> = (0..600)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 33) as u8
                })
                .collect();
            let source = grammar::script(&mut Unstructured::new(&bytes));
            let (result, _) = runner.run(&source, "{}", &limits());
            compiled += u32::from(!result.is_err_and(|told| told.starts_with("Syntax")));
        }
        assert!(compiled >= 90, "{compiled} of 100");
    }
}
