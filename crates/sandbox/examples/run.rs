//! Runs a function from the command line: `cargo run -p signet-sandbox --example run -- script.js input.json`.
//!
//! The script must have a function named `main`, or the name given as third argument. The program starts itself again
//! as the worker.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

use signet_sandbox::{
    Circuit, CircuitConfig, Limits, NoNetwork, Outcome, Pool, PoolConfig, RunRequest, Script, WorkerCommand,
    worker_main,
};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [mode] if mode == "script-worker" => Ok(worker_main()),
        [script, input] => run(script, input, "main"),
        [script, input, entry] => run(script, input, entry),
        _ => Err("usage: run script.js input.json [function]".into()),
    }
}

#[tokio::main]
async fn run(script: &str, input: &str, entry: &str) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let script = Script::new(std::fs::read_to_string(script)?, entry);
    let input = std::fs::read(input)?;
    let command = WorkerCommand { program: std::env::current_exe()?, args: vec!["script-worker".into()] };
    let queue_timeout = Duration::from_secs(10);
    let config = PoolConfig {
        running: 1,
        kept: 1,
        queue: 1,
        queue_timeout,
        command,
        max_runs_per_worker: 1,
        circuit: CircuitConfig::default(),
    };
    let pool = Pool::new(config, Arc::new(NoNetwork));

    let request = RunRequest {
        tenant: "command line",
        script: &script,
        input: &input,
        limits: &Limits::default(),
        circuit: Circuit::Ignored,
    };
    let run = pool.run(request).await;

    eprintln!("{}", pool.protection());
    for line in run.logs {
        eprintln!("{:?}: {}", line.level, line.text);
    }
    let code = match run.outcome {
        Outcome::Returned(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        outcome => {
            eprintln!("{}\n{outcome:?}", outcome.message());
            ExitCode::FAILURE
        }
    };
    pool.shutdown().await;
    Ok(code)
}
