//! A worker that its script has taken over: whatever it sends, the server only loses that worker.

use crate::support::{body, config, limits, pool_fetching, pool_with, run, run_as};
use signet_sandbox::{Limits, NoNetwork, Outcome};
use std::time::Duration;

async fn told(how: &str) -> Outcome {
    let pool = pool_with(config(&["lie", how]));
    let limits = Limits { wall: Duration::from_millis(200), ..limits() };
    run_as(&pool, "tenant", &body("return {};"), "{}", &limits).await.outcome
}

#[tokio::test]
async fn frames_that_break_the_protocol_are_a_crash() {
    for how in [
        "garbage",
        "huge_length",
        "unknown_kind",
        "second_hello",
        "empty_result",
        "not_json",
        "not_an_object",
        "too_large",
        "invalid_utf8",
        "fetch_flood",
        "same_fetch_twice",
        "bad_fetch",
        "exit",
    ] {
        let outcome = told(how).await;
        assert!(matches!(outcome, Outcome::Crashed), "{how}: {outcome:?}");
        assert!(!outcome.is_script_fault());
    }
}

#[tokio::test]
async fn silence_is_a_timeout() {
    assert!(matches!(told("silence").await, Outcome::TimedOut { .. }));
}

#[tokio::test]
async fn a_worker_that_says_more_than_it_was_asked_is_not_used_again() {
    let pool = pool_with(config(&["lie", "two_results"]));
    for _ in 0..3 {
        assert!(matches!(run(&pool, &body("return {};")).await.outcome, Outcome::Returned(_)));
    }
    assert!(pool.stats().started >= 3, "{:?}", pool.stats());
}

#[tokio::test]
async fn a_fetch_flood_does_not_reach_the_fetcher_without_limit() {
    let pool = pool_fetching(NoNetwork);
    let flood = body(
        "let failed = 0; const all = [];
         for (let i = 0; i < 1000; i += 1) all.push(fetch('https://example.com/').catch((e) => { failed += 1; return e.message; }));
         const texts = await Promise.all(all);
         return { failed, last: texts.at(-1), name: (await fetch('https://x.com/').catch((e) => e.name)) };",
    );
    let run = run(&pool, &flood).await;
    let value = crate::support::json(&run.outcome);
    assert_eq!(value["failed"], 1000);
    assert_eq!(value["last"], "fetch failed: too many requests in one run");
    assert_eq!(value["name"], "TypeError");
}
