//! Workers: whom they serve, how they end, what overload does.

use crate::support::{body, config, limits, pool, pool_with, run, run_as, value};
use signet_sandbox::{Limits, Outcome, PoolConfig, Script};
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::Instant;

/// The workers that this test program has started with `mark` as an argument.
fn children(mark: &str) -> Vec<u32> {
    let own = std::process::id();
    let command = |pid: &u32| std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let stat = |pid: u32| std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let parent = |pid: u32| stat(pid).rsplit_once(')').and_then(|(_, rest)| rest.split(' ').nth(2)?.parse().ok());
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_marked = |pid: &u32| command(pid).split('\0').any(|argument| argument == mark);
    pids.filter(|pid| parent(*pid) == Some(own)).filter(is_marked).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_08_no_worker_ever_serves_two_tenants() {
    // Five tenants by turns on two workers: if one served a second tenant, far fewer would have to be started.
    let pool = pool_with(PoolConfig { running: 2, kept: 2, ..config(&["work"]) });
    let script = body("return { tenant: context.tenant };");
    let mut answers = HashMap::new();
    for round in 0..30 {
        let tenant = format!("t{}", round % 5);
        let input = format!(r#"{{"context":{{"tenant":"{tenant}"}}}}"#);
        let run = run_as(&pool, &tenant, &script, &input, &limits()).await;
        answers.insert(tenant.clone(), crate::support::json(&run.outcome)["tenant"].clone());
        assert_eq!(answers[&tenant], tenant);
    }
    let stats = pool.stats();
    assert!(stats.started >= 25, "each change of tenant needed another worker: {stats:?}");
}

/// Bytes of a process that are in memory.
fn resident(pid: u32) -> usize {
    let statm = std::fs::read_to_string(format!("/proc/{pid}/statm")).unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_04_the_memory_of_a_bomb_is_given_back_at_once() {
    let pool = pool_with(PoolConfig { running: 1, ..config(&["work", "with-a-bomb"]) });
    run(&pool, &body("return {};")).await;
    let worker = *children("with-a-bomb").first().unwrap();
    let before = resident(worker);
    let bomb = body("const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1));");
    assert!(matches!(run_as(&pool, "tenant", &bomb, "{}", &Limits::default()).await.outcome, Outcome::OutOfMemory));

    // The answer comes first, so it may take the worker a moment.
    let deadline = Instant::now() + Duration::from_secs(5);
    while resident(worker) > before + (16 << 20) && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(resident(worker) <= before + (16 << 20), "{} MB", resident(worker) >> 20);
    assert_eq!((children("with-a-bomb"), pool.stats().started), (vec![worker], 1), "it is the same worker");
}

/// How often the process has gone to sleep.
#[cfg(target_os = "linux")]
fn sleeps(task: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{task}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.unwrap().trim().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_worker_is_woken_once_for_a_run() {
    const RUNS: u64 = 50;
    let pool = pool_with(PoolConfig { running: 1, ..config(&["work", "with-a-sleeper"]) });
    let script = body("return {};");
    run(&pool, &script).await;
    let worker = children("with-a-sleeper").first().unwrap().to_string();
    let before = sleeps(&worker);
    for _ in 0..RUNS {
        run(&pool, &script).await;
        // Long enough for a worker that was woken for nothing to go back to sleep.
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    let slept = sleeps(&worker) - before;
    assert!(slept < RUNS * 3 / 2, "{RUNS} runs, asleep {slept} times");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_worker_harms_its_own_run_only() {
    let pool = pool_with(PoolConfig { running: 3, ..config(&["work", "with-a-victim"]) });
    let long = Limits { wall: Duration::from_secs(20), cpu: Duration::from_secs(20), ..limits() };
    let (slow, quick) =
        (body("await new Promise((done) => setTimeout(done, 600)); return { ok: 1 };"), body("return {};"));
    run(&pool, &quick).await;
    let victim = {
        let (pool, long) = (pool.clone(), long.clone());
        tokio::spawn(async move { run_as(&pool, "victim", &body("while (true) {}"), "{}", &long).await.outcome })
    };
    let neighbour = {
        let (pool, slow, long) = (pool.clone(), slow.clone(), long.clone());
        tokio::spawn(async move { run_as(&pool, "neighbour", &slow, "{}", &long).await.outcome })
    };
    tokio::time::sleep(Duration::from_millis(250)).await;
    // The spinning worker is the one with the most CPU time; other tests have other children.
    let cpu = |pid: &u32| {
        let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        text.rsplit_once(')').and_then(|(_, rest)| rest.split(' ').nth(12)?.parse::<u64>().ok()).unwrap_or(0)
    };
    let spinning = children("with-a-victim").into_iter().max_by_key(cpu).unwrap();
    std::process::Command::new("kill").args(["-9", &spinning.to_string()]).status().unwrap();

    assert!(matches!(victim.await.unwrap(), Outcome::Crashed));
    assert!(matches!(neighbour.await.unwrap(), Outcome::Returned(_)));
    assert!(matches!(run(&pool, &quick).await.outcome, Outcome::Returned(_)), "and a new worker takes over");
}

#[tokio::test(flavor = "multi_thread")]
async fn natives_that_never_look_at_the_clock_are_killed_on_time() {
    let pool = pool();
    let natives = [
        "return { i: 'a'.repeat(4e6).indexOf('a'.repeat(2e6) + 'b') };",
        "return { n: ((1n << 1000000n) - 1n).toString().length };",
    ];
    for code in natives {
        let started = Instant::now();
        let run = run(&pool, &body(code)).await;
        assert!(matches!(run.outcome, Outcome::TimedOut { .. }), "{code}: {:?}", run.outcome);
        assert!(started.elapsed() < limits().wall + Duration::from_millis(600), "{:?}", started.elapsed());
    }
    assert_eq!(pool.stats().killed, 2);
    assert_eq!(value(&pool, "return { ok: 1 };").await["ok"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_and_a_long_wait_are_shed() {
    let config = PoolConfig { running: 1, queue: 0, ..config(&["lie", "silence"]) };
    let pool = pool_with(PoolConfig { queue_timeout: Duration::from_millis(100), ..config });
    let script = body("return {};");
    let shed = run(&pool, &script).await.outcome;
    assert!(matches!(shed, Outcome::Shed), "no worker is up yet and nobody may wait: {shed:?}");
    assert!(!shed.is_script_fault());
    assert_eq!(pool.stats().shed, 1);

    let dead =
        pool_with(PoolConfig { queue_timeout: Duration::from_millis(100), ..crate::support::config(&["nonsense"]) });
    assert!(matches!(run(&dead, &script).await.outcome, Outcome::Shed), "no worker ever comes up");
}

#[tokio::test(flavor = "multi_thread")]
async fn greedy_runs_do_not_keep_others_waiting() {
    let pool = pool();
    let greedy = Limits { wall: Duration::from_secs(2), cpu: Duration::from_secs(2), ..limits() };
    let crowd: Vec<_> = (0..8)
        .map(|i| {
            let (pool, greedy) = (pool.clone(), greedy.clone());
            tokio::spawn(
                async move { run_as(&pool, "t", &body(&format!("while (true) {{}} // {i}")), "{}", &greedy).await },
            )
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let started = Instant::now();
    let run = run_as(&pool, "t", &body("return {};"), "{}", &Limits::default()).await;
    assert!(matches!(run.outcome, Outcome::Returned(_)), "{:?}", run.outcome);
    assert!(started.elapsed() < Duration::from_millis(1500), "{:?}", started.elapsed());
    for run in crowd {
        assert!(matches!(run.await.unwrap().outcome, Outcome::TimedOut { .. }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_caller_went_away_ends_its_worker() {
    let pool = pool_with(PoolConfig { running: 1, ..config(&["work"]) });
    run(&pool, &body("return {};")).await;
    let script = body("while (true) {}");
    let gone = tokio::time::timeout(Duration::from_millis(100), run(&pool, &script)).await;
    assert!(gone.is_err());
    assert_eq!(value(&pool, "return { ok: 1 };").await["ok"], 1);
    assert_eq!(pool.stats().started, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_is_replaced_after_its_runs() {
    let pool = pool_with(PoolConfig { running: 1, max_runs_per_worker: 5, ..config(&["work"]) });
    for _ in 0..12 {
        assert!(matches!(run(&pool, &body("return {};")).await.outcome, Outcome::Returned(_)));
    }
    assert_eq!(pool.stats().started, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_scripts_than_a_worker_keeps_run_all_the_same() {
    let pool = pool_with(PoolConfig { running: 1, ..config(&["work"]) });
    let scripts: Vec<Script> = (0..40).map(|i| body(&format!("return {{ n: {i} }};"))).collect();
    for round in 0..3 {
        for (i, script) in scripts.iter().enumerate().skip(round) {
            assert_eq!(crate::support::json(&run(&pool, script).await.outcome)["n"], i);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_shutdown_everything_is_shed() {
    let pool = pool();
    let running = {
        let pool = pool.clone();
        tokio::spawn(
            async move { value(&pool, "await new Promise((d) => setTimeout(d, 200)); return { ok: 1 };").await },
        )
    };
    tokio::time::sleep(Duration::from_millis(100)).await;
    pool.shutdown().await;

    assert_eq!(running.await.unwrap()["ok"], 1, "what was under way ends well");
    assert!(matches!(run(&pool, &body("return {};")).await.outcome, Outcome::Shed));
    assert_eq!(pool.stats().idle, 0);
}
