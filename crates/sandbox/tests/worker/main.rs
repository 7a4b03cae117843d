//! The worker program of the integration tests.
//!
//! `work` is an honest worker. `without …` is one on a kernel that lacks a wall. `probe …` enters the jail and does one
//! forbidden thing. `lie …` claims to be a confined worker and then breaks the protocol, as a worker does whose script has
//! taken over the engine. `remember` runs nothing and says whose runs it was given.

#![expect(unsafe_code, reason = "raw system calls, and the descriptor that the pool opened")]
#![expect(clippy::unwrap_used, reason = "a test program may die")]

mod lies;
#[cfg(target_os = "linux")]
mod probe;
mod remember;
#[cfg(target_os = "linux")]
mod system_calls;
#[cfg(target_os = "linux")]
mod without;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // What follows is a mark by which a test finds the process.
        ["work"] | ["work", _] => signet_sandbox::worker_main(),
        #[cfg(target_os = "linux")]
        ["without", wall] => without::work(wall),
        #[cfg(target_os = "linux")]
        ["calls", kind] => probe::list(kind),
        #[cfg(target_os = "linux")]
        ["probe", act] => probe::probe(act),
        ["lie", how] => lies::lie(how),
        ["remember"] => remember::remember(),
        _ => ExitCode::from(64),
    }
}
