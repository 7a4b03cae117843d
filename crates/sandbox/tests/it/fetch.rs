//! `fetch` through the server: what the fetcher sees, what the script gets, what is refused on the way.

use crate::support::{body, json, limits, outcome, pool, pool_fetching, run_as, value};
use serde_json::json;
use signet_sandbox::{FetchRequest, FetchResponse, Fetcher, Limits, Outcome, RedirectMode};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

type Answer = Pin<Box<dyn Future<Output = Result<FetchResponse, String>> + Send>>;

/// Answers from a function, after a while.
struct Canned<F>(F);

impl<F: Fn(FetchRequest) -> (Duration, Result<FetchResponse, String>) + Send + Sync + 'static> Fetcher for Canned<F> {
    fn fetch(&self, request: FetchRequest) -> Answer {
        let (wait, answer) = (self.0)(request);
        Box::pin(async move {
            tokio::time::sleep(wait).await;
            answer
        })
    }
}

fn response(body: impl Into<Vec<u8>>) -> FetchResponse {
    FetchResponse {
        status: 200,
        status_text: "OK".to_owned(),
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        url: "https://api.example.com/final".to_owned(),
        redirected: true,
        body: body.into(),
    }
}

#[tokio::test]
async fn a_request_arrives_and_the_response_comes_back() {
    let pool = pool_fetching(Canned(|request: FetchRequest| {
        let expected = FetchRequest {
            url: "https://api.example.com/claims?x=%C3%BC".to_owned(),
            method: "POST".to_owned(),
            headers: vec![
                ("authorization".to_owned(), "Bearer key".to_owned()),
                ("content-type".to_owned(), "application/json".to_owned()),
            ],
            redirect: RedirectMode::Follow,
            body: Some(br#"{"sub":"u"}"#.to_vec()),
        };
        assert_eq!(request, expected);
        (Duration::ZERO, Ok(response(r#"{"level":3}"#)))
    }));
    let code = "const response = await fetch(new URL('/claims?x=ü', 'https://api.example.com'), {
          method: 'post', headers: { Authorization: 'Bearer key', 'content-type': 'application/json' }, body: JSON.stringify({ sub: 'u' }) });
        return { ok: response.ok, status: response.status, text: response.statusText, type: response.headers.get('Content-Type'),
          url: response.url, redirected: response.redirected, data: await response.json(), used: response.bodyUsed };";
    assert_eq!(
        value(&pool, code).await,
        json!({
            "ok": true, "status": 200, "text": "OK", "type": "application/json", "url": "https://api.example.com/final",
            "redirected": true, "data": {"level": 3}, "used": true
        })
    );
}

#[tokio::test]
async fn many_fetches_run_side_by_side() {
    let pool = pool_fetching(Canned(|request: FetchRequest| (Duration::from_millis(150), Ok(response(request.url)))));
    let code = "const texts = await Promise.all(Array.from({ length: 20 }, async (_, i) => (await fetch('https://a.example/' + i)).text()));
        return { first: texts[0], last: texts[19], quick: performance.now() < 700 };";
    assert_eq!(
        value(&pool, code).await,
        json!({"first": "https://a.example/0", "last": "https://a.example/19", "quick": true})
    );
}

#[tokio::test]
async fn large_bodies_cross_in_both_directions_at_once() {
    let pool = pool_fetching(Canned(|request: FetchRequest| (Duration::ZERO, Ok(response(request.body.unwrap())))));
    let code = "const body = 'x'.repeat(900_000);
        const sizes = await Promise.all([1, 2, 3, 4].map(async () => (await (await fetch('https://a.example/', { method: 'POST', body })).text()).length));
        return { sizes };";
    let limits = Limits { wall: Duration::from_secs(5), ..Limits::default() };
    let run = run_as(&pool, "t", &body(code), "{}", &limits).await;
    assert_eq!(json(&run.outcome), json!({"sizes": [900_000, 900_000, 900_000, 900_000]}));
}

#[tokio::test]
async fn attack_21_the_request_bodies_of_a_run_are_limited_together() {
    let pool = pool_fetching(Canned(|request: FetchRequest| (Duration::ZERO, Ok(response(request.url)))));
    let code = "const body = 'x'.repeat(1_000_000);
        const all = Array.from({ length: 12 }, () => fetch('https://a.example/', { method: 'POST', body }).then(() => 'sent', (e) => e.message));
        const texts = await Promise.all(all);
        return { sent: texts.filter((text) => text === 'sent').length, last: texts.at(-1) };";
    let limits = Limits { wall: Duration::from_secs(5), ..Limits::default() };
    let run = run_as(&pool, "t", &body(code), "{}", &limits).await;
    assert_eq!(json(&run.outcome), json!({"sent": 8, "last": "fetch failed: the requests of this run are too large"}));
}

#[tokio::test]
async fn failures_are_type_errors_that_a_script_can_catch() {
    let caught = "try { await fetch('https://a.example/'); } catch (e) { return { type: e instanceof TypeError, message: e.message }; }";
    assert_eq!(
        value(&pool(), caught).await,
        json!({"type": true, "message": "fetch failed: scripts have no network access on this server"})
    );
    let uncaught = outcome(&pool(), "await fetch('https://a.example/');").await;
    assert!(matches!(&uncaught, Outcome::Runtime { name, .. } if name == "TypeError"), "{uncaught:?}");
}

#[tokio::test]
async fn an_abort_reaches_the_fetcher_and_the_script() {
    struct Dropped(Arc<AtomicUsize>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    struct Never(Arc<AtomicUsize>);
    impl Fetcher for Never {
        fn fetch(&self, _: FetchRequest) -> Answer {
            let guard = Dropped(Arc::clone(&self.0));
            Box::pin(async move {
                let _guard = guard;
                std::future::pending().await
            })
        }
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let pool = pool_fetching(Never(Arc::clone(&dropped)));
    let code = "const names = [];
        await fetch('https://a.example/', { signal: AbortSignal.timeout(30) }).catch((e) => names.push(e.name));
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 20);
        await fetch('https://a.example/', { signal: AbortSignal.any([controller.signal, AbortSignal.timeout(5000)]) }).catch((e) => names.push(e.name));
        await fetch('https://a.example/', { signal: AbortSignal.abort('why') }).catch((e) => names.push(e));
        await new Promise((done) => setTimeout(done, 30));
        return { names };";
    assert_eq!(value(&pool, code).await, json!({"names": ["TimeoutError", "AbortError", "why"]}));
    assert_eq!(dropped.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_fetch_that_hangs_is_a_timeout() {
    let pool = pool_fetching(Canned(|_| (Duration::from_mins(1), Err(String::new()))));
    let limits = Limits { wall: Duration::from_millis(300), ..limits() };
    let run = run_as(&pool, "t", &body("await fetch('https://a.example/');"), "{}", &limits).await;
    assert!(matches!(run.outcome, Outcome::TimedOut { .. }), "{:?}", run.outcome);
    assert_eq!(pool.stats().killed, 0, "the worker noticed by itself");
}

#[tokio::test]
async fn attack_20_responses_above_the_limit_are_refused() {
    let pool = pool_fetching(Canned(|_| (Duration::ZERO, Ok(response(vec![b'x'; 3 << 20])))));
    let code = "const seen = [];
        for (let i = 0; i < 4; i++) await fetch('https://a.example/').then((r) => r.text()).then((t) => seen.push(t.length), (e) => seen.push(e.message));
        return { seen };";
    let limits = Limits { wall: Duration::from_secs(5), ..Limits::default() };
    let run = run_as(&pool, "t", &body(code), "{}", &limits).await;
    let refused = "fetch failed: the responses of this run are too large";
    assert_eq!(json(&run.outcome), json!({"seen": [3 << 20, 3 << 20, refused, refused]}));
}

#[tokio::test]
async fn attack_21_parallel_fetches_are_limited_per_run() {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let pool = pool_fetching(Canned(move |_| {
        seen.fetch_add(1, Ordering::SeqCst);
        (Duration::ZERO, Ok(response("{}")))
    }));
    let code = "const all = await Promise.allSettled(Array.from({ length: 1000 }, () => fetch('https://a.example/')));
        return { ok: all.filter((r) => r.status === 'fulfilled').length };";
    assert_eq!(value(&pool, code).await, json!({"ok": 64}));
    assert_eq!(count.load(Ordering::SeqCst), 64);
    assert_eq!(value(&pool, code).await, json!({"ok": 64}), "each run has its own limit");
}

#[tokio::test]
async fn attack_21_of_the_fetches_of_a_run_few_are_under_way_at_once() {
    struct Counting(Arc<AtomicUsize>, Arc<AtomicUsize>);
    impl Fetcher for Counting {
        fn fetch(&self, _: FetchRequest) -> Answer {
            let (now, most) = (Arc::clone(&self.0), Arc::clone(&self.1));
            Box::pin(async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(5)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(response("{}"))
            })
        }
    }
    let most = Arc::new(AtomicUsize::new(0));
    let pool = pool_fetching(Counting(Arc::default(), Arc::clone(&most)));
    let code = "const all = await Promise.allSettled(Array.from({ length: 64 }, () => fetch('https://a.example/')));
        return { ok: all.filter((r) => r.status === 'fulfilled').length };";
    assert_eq!(value(&pool, code).await, json!({"ok": 64}));
    assert_eq!(most.load(Ordering::SeqCst), 16);
}

#[tokio::test]
async fn attack_22_header_injection_and_odd_requests_are_refused_before_they_leave() {
    let pool = pool_fetching(Canned(|request: FetchRequest| panic!("{request:?}")));
    for call in [
        "fetch('https://a.example/', { headers: { x: 'a\\r\\nb: c' } })",
        "fetch('https://a.example/', { headers: { 'x\\r\\ny': 'a' } })",
        "fetch('https://a.example/', { headers: { x: 'a\\0b' } })",
        "fetch('https://a.example/', { headers: { x: '\\u0100' } })",
        "fetch('https://a.example/', { method: 'CONNECT' })",
        "fetch('https://a.example/', { method: 'trace' })",
        "fetch('https://a.example/', { method: 'GE T' })",
        "fetch('https://a.example/', { body: 'x' })",
        "fetch('https://user:secret@a.example/')",
        "fetch('https://a.example/', { redirect: 'elsewhere' })",
        "fetch('/relative')",
        "fetch('https://a.example/', { method: 'POST', body: 'x'.repeat(2 ** 21) })",
        "fetch('https://a.example/' + 'x'.repeat(100_000))",
    ] {
        let code = format!(
            "try {{ await {call}; return {{ sent: true }}; }} catch (e) {{ return {{ type: e instanceof TypeError }}; }}"
        );
        assert_eq!(value(&pool, &code).await, json!({"type": true}), "{call}");
    }
}
