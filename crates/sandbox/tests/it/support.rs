//! Pools over the test worker, and runs in one line.

use serde_json::Value;
use signet_sandbox::{
    Circuit, CircuitConfig, Fetcher, Limits, NoNetwork, Outcome, Pool, PoolConfig, Run, RunRequest, Script,
    WorkerCommand,
};
use std::sync::Arc;
use std::time::Duration;

pub(crate) fn config(args: &[&str]) -> PoolConfig {
    PoolConfig {
        running: 2,
        kept: 16,
        queue: 64,
        queue_timeout: Duration::from_secs(20),
        command: WorkerCommand {
            program: env!("CARGO_BIN_EXE_script-worker-test").into(),
            args: args.iter().map(Into::into).collect(),
        },
        max_runs_per_worker: 1000,
        circuit: CircuitConfig { failures: 0, ..CircuitConfig::default() },
    }
}

pub(crate) fn pool() -> Pool {
    pool_with(config(&["work"]))
}

pub(crate) fn pool_with(config: PoolConfig) -> Pool {
    Pool::new(config, Arc::new(NoNetwork))
}

pub(crate) fn pool_fetching(fetcher: impl Fetcher) -> Pool {
    Pool::new(config(&["work"]), Arc::new(fetcher))
}

/// Short enough for a test, long enough for a busy machine.
pub(crate) fn limits() -> Limits {
    Limits { wall: Duration::from_millis(800), cpu: Duration::from_millis(800), ..Limits::default() }
}

pub(crate) fn body(body: &str) -> Script {
    Script::new(
        format!("const main = async ({{ token, context, environmentVariables, api }}) => {{\n{body}\n}};"),
        "main",
    )
}

pub(crate) async fn run_as(pool: &Pool, tenant: &str, script: &Script, input: &str, limits: &Limits) -> Run {
    pool.run(RunRequest { tenant, script, input: input.as_bytes(), limits, circuit: Circuit::Obeyed }).await
}

pub(crate) async fn run(pool: &Pool, script: &Script) -> Run {
    run_as(pool, "tenant", script, r#"{"token":{},"context":{"user":{}}}"#, &limits()).await
}

pub(crate) async fn outcome(pool: &Pool, code: &str) -> Outcome {
    run(pool, &body(code)).await.outcome
}

#[track_caller]
pub(crate) fn json(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Returned(raw) => serde_json::from_str(raw.get()).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The returned object of a body.
pub(crate) async fn value(pool: &Pool, code: &str) -> Value {
    match outcome(pool, code).await {
        Outcome::Returned(raw) => serde_json::from_str(raw.get()).unwrap(),
        other => panic!("{code}: {other:?}"),
    }
}
