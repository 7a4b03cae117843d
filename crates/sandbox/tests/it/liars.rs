//! A worker that its script has taken over: whatever it sends, the server only loses that worker.

use crate::support::{body, config, json, limits, pool_fetching, pool_with, run, run_as};
use serde_json::json;
use signet_sandbox::{Limits, NoNetwork, Outcome, PoolConfig, Run};
use std::time::Duration;
use tokio::time::Instant;

/// A deadline that is short, as most liars wait for it.
fn short() -> Limits {
    Limits { wall: Duration::from_millis(200), ..limits() }
}

async fn told_about(how: &str, input: &str, limits: &Limits) -> Run {
    let pool = pool_with(config(&["lie", how]));
    run_as(&pool, "tenant", &body("return {};"), input, limits).await
}

async fn told(how: &str) -> Outcome {
    told_about(how, "{}", &short()).await.outcome
}

#[tokio::test]
async fn frames_that_break_the_protocol_are_a_crash() {
    for how in [
        "garbage",
        "zeros",
        "huge_length",
        "length_above_the_cap",
        "unknown_kind",
        "second_hello",
        "a_request",
        "a_reply",
        "empty_result",
        "unknown_tag",
        "block_beyond_the_frame",
        "block_of_the_largest_length",
        "half_a_log_line",
        "unknown_log_level",
        "log_that_is_no_text",
        "not_json",
        "not_an_object",
        "control_character",
        "too_large",
        "invalid_utf8",
        "fetch_flood",
        "same_fetch_twice",
        "bad_fetch",
        "fetch_head_is_a_list",
        "fetch_with_a_huge_body",
        "bodies_that_are_too_large_together",
        "empty_fetch",
        "abort_of_nothing",
        "abort_twice",
        "abort_without_an_id",
        "flood_of_aborts",
        "flood_of_logs",
        "exit",
        "exit_in_the_middle",
    ] {
        let outcome = told(how).await;
        assert!(matches!(outcome, Outcome::Crashed), "{how}: {outcome:?}");
        assert!(!outcome.is_script_fault());
    }
}

#[tokio::test]
async fn more_text_than_a_worker_would_keep_is_a_crash() {
    for how in ["too_many_logs", "too_many_empty_logs", "long_denial", "long_error_name"] {
        assert!(matches!(told(how).await, Outcome::Crashed), "{how}");
    }
}

#[tokio::test]
async fn numbers_and_texts_that_are_no_json_are_a_crash() {
    for text in [
        r#"{"a":01}"#,
        r#"{"a":+1}"#,
        r#"{"a":.5}"#,
        r#"{"a":1.}"#,
        r#"{"a":0x10}"#,
        r#"{"a":1e}"#,
        r#"{"a":NaN}"#,
        r#"{"a":-Infinity}"#,
        r#"{"a":1_000}"#,
        r#"{"a":'x'}"#,
        r#"{"a":"\x41"}"#,
        r#"{"a":"\ud800"}"#,
        r#"{"a":1,}"#,
        r#"{"a":1}{"b":2}"#,
        r#"{"a":1}//"#,
        r"{a:1}",
        r#"{"a"}"#,
        r#"{"a":undefined}"#,
        "\u{feff}{}",
        " {}",
    ] {
        let outcome = told(&format!("json:{text}")).await;
        assert!(matches!(outcome, Outcome::Crashed), "{text}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_is_json_is_a_result_like_any_other() {
    // The layers above must cope with these: an honest worker could send them too.
    for text in [r#"{"a":1,"a":2}"#, r#"{"\u0069ss":"x"}"#, r#"{"a":"\u0000"}"#, r#"{"__proto__":{"a":1}}"#] {
        let outcome = told(&format!("json:{text}")).await;
        assert!(matches!(&outcome, Outcome::Returned(raw) if raw.get() == text), "{text}: {outcome:?}");
    }
    for (how, message) in [("deep", "nested too deeply"), ("json:{\"a\":1e999}", "out of range")] {
        let outcome = told(how).await;
        assert!(matches!(&outcome, Outcome::Type { message: told } if told.contains(message)), "{how}: {outcome:?}");
    }
}

#[tokio::test]
async fn an_answer_may_come_in_pieces() {
    let (calm, expected) = (limits(), json!({"ok": true}));
    for place in 0..22 {
        let run = told_about(&format!("honest:{place}"), "{}", &calm).await;
        assert_eq!(json(&run.outcome), expected, "cut after {place} bytes");
    }
    assert_eq!(json(&told_about("dribble", "{}", &calm).await.outcome), json!({"dribbled": true}));
}

#[tokio::test]
async fn silence_is_a_timeout() {
    let large = format!(r#"{{"context":"{}"}}"#, "x".repeat(8 << 20));
    for (how, input) in [("silence", "{}"), ("silence", &large), ("deaf", &large), ("dribble_without_end", "{}")] {
        let started = Instant::now();
        let run = told_about(how, input, &short()).await;

        assert!(matches!(run.outcome, Outcome::TimedOut { .. }), "{how}: {:?}", run.outcome);
        assert!(run.duration < Duration::from_secs(2), "{how}: {:?}", run.duration);
        assert!(started.elapsed() < Duration::from_secs(5), "{how}: {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn an_answer_before_its_question_is_none() {
    let large = format!(r#"{{"context":"{}"}}"#, "x".repeat(8 << 20));
    for (how, input) in [("answers_half_way", &*large), ("answers_unasked", &large)] {
        let pool = pool_with(PoolConfig { queue_timeout: Duration::from_secs(1), ..config(&["lie", how]) });
        let outcome = run_as(&pool, "tenant", &body("return {};"), input, &short()).await.outcome;
        assert!(matches!(outcome, Outcome::Crashed | Outcome::Shed), "{how}: {outcome:?}");
    }
    let how = "greets_and_answers_at_once";
    let pool = pool_with(PoolConfig { queue_timeout: Duration::from_secs(1), ..config(&["lie", how]) });
    assert!(matches!(run(&pool, &body("return {};")).await.outcome, Outcome::Shed), "it never was a worker");
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
async fn a_second_answer_is_not_taken_for_that_of_the_next_run() {
    let pool = pool_with(config(&["lie", "two_results_apart"]));
    for _ in 0..5 {
        assert_eq!(json(&run(&pool, &body("return {};")).await.outcome), json!({"n": 1}));
        // The second answer is on its way; by now it is there, or the worker is not idle yet.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
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
    let value = json(&run.outcome);
    assert_eq!(value["failed"], 1000);
    assert_eq!(value["last"], "fetch failed: too many requests in one run");
    assert_eq!(value["name"], "TypeError");
}
