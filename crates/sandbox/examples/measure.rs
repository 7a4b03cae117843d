//! Measures the sandbox: `cargo run --release -p signet-sandbox --example measure -- script.js input.json [function]`.

#![expect(clippy::print_stdout, reason = "a command-line program")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a measuring program may stop")]

use signet_sandbox::{
    Circuit, CircuitConfig, Limits, NoNetwork, Outcome, Pool, PoolConfig, RunRequest, Script, WorkerCommand,
    worker_main,
};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [mode] if mode == "script-worker" => worker_main(),
        [script, input, entry] => {
            measure(script, input, entry);
            ExitCode::SUCCESS
        }
        _ => ExitCode::from(64),
    }
}

fn pool(workers: usize) -> Pool {
    let command = WorkerCommand { program: std::env::current_exe().unwrap(), args: vec!["script-worker".into()] };
    let queue_timeout = Duration::from_secs(10);
    Pool::new(
        PoolConfig {
            running: workers,
            kept: workers,
            queue: 64,
            queue_timeout,
            command,
            max_runs_per_worker: u64::MAX,
            circuit: CircuitConfig::default(),
        },
        Arc::new(NoNetwork),
    )
}

async fn once(pool: &Pool, script: &Script, input: &[u8]) -> Duration {
    let started = Instant::now();
    let run = pool
        .run(RunRequest { tenant: "t", script, input, limits: &Limits::default(), circuit: Circuit::Ignored })
        .await;
    assert!(matches!(run.outcome, Outcome::Returned(_)), "{:?}", run.outcome);
    started.elapsed()
}

/// CPU time of a process in microseconds, from its scheduler statistics.
fn cpu(pid: u32) -> f64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().flatten();
    let nanos = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    nanos.sum::<f64>() / 1e3
}

fn children() -> Vec<u32> {
    let own = std::process::id();
    let pids = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(')').is_some_and(|(_, rest)| rest.split(' ').nth(2) == Some(&own.to_string()))
    })
    .collect()
}

fn private_kb(pid: u32) -> String {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let lines =
        text.lines().filter(|line| ["Rss:", "Pss:", "Private_Dirty:"].iter().any(|name| line.starts_with(name)));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("; ")
}

#[tokio::main(flavor = "current_thread")]
async fn measure(script: &str, input: &str, entry: &str) {
    let real = Script::new(std::fs::read_to_string(script).unwrap(), entry);
    let input = std::fs::read(input).unwrap();
    let trivial = Script::new("const f = async () => ({});", "f");

    let started = Instant::now();
    let pool = pool(1);
    once(&pool, &trivial, b"{}").await;
    println!("spawn to first result {:?}", started.elapsed());
    println!("{}", pool.protection());
    let worker = children()[0];
    println!("idle worker: {}", private_kb(worker));
    for (name, script, input) in [("trivial", &trivial, &b"{}"[..]), ("realistic", &real, &input[..])] {
        for _ in 0..500 {
            once(&pool, script, input).await;
        }
        let (server_before, worker_before) = (cpu(std::process::id()), cpu(worker));
        let count = 10_000;
        let mut times = Vec::with_capacity(count);
        for _ in 0..count {
            times.push(once(&pool, script, input).await);
        }
        let (server, worker) = (cpu(std::process::id()) - server_before, cpu(worker) - worker_before);
        times.sort();
        println!(
            "{name}: p50 {:?} p90 {:?} p99 {:?}; CPU per run: worker {:.1} us, server {:.1} us",
            times[count / 2],
            times[count * 9 / 10],
            times[count * 99 / 100],
            worker / 10_000.0,
            server / 10_000.0
        );
    }
    println!("after runs: {}", private_kb(worker));
    throughput(&real, &input).await;
    std::process::exit(0);
}

async fn throughput(script: &Script, input: &[u8]) {
    for concurrency in [1, 2, 4, 8] {
        let pool = pool(concurrency);
        pool.ready(Duration::from_secs(10)).await.unwrap();
        let started = Instant::now();
        let tasks: Vec<_> = (0..concurrency)
            .map(|_| {
                let (pool, script, input) = (pool.clone(), script.clone(), input.to_vec());
                tokio::spawn(async move {
                    let mut count = 0u32;
                    while started.elapsed() < Duration::from_secs(2) {
                        once(&pool, &script, &input).await;
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        let mut total = 0;
        for task in tasks {
            total += task.await.unwrap();
        }
        println!("{concurrency} at once: {:.0} runs/s", f64::from(total) / started.elapsed().as_secs_f64());
        pool.shutdown().await;
    }
}
