//! The attacks on the script sandbox of `security.md`, by number. 12, 13, 15 to 20, 22 and 23 belong to the layers above.

use crate::support::{body, config, json, limits, outcome, pool, pool_with, run, run_as, value};
use serde_json::json;
use signet_sandbox::{Limits, Outcome, Pool, PoolConfig, Script};
use std::time::Duration;
use tokio::time::Instant;

/// What an expression evaluates to in a script, or the text of what it threw.
async fn evaluate(pool: &Pool, expression: &str) -> serde_json::Value {
    let code = format!(
        "try {{ return {{ value: String(await ({expression})) }}; }} catch (error) {{ return {{ thrown: String(error?.message ?? error) }}; }}"
    );
    value(pool, &code).await
}

async fn expect_timeout(code: &str) {
    let pool = pool();
    let started = Instant::now();
    let outcome = outcome(&pool, code).await;
    assert!(matches!(outcome, Outcome::TimedOut { .. }), "{code}: {outcome:?}");
    assert_eq!(outcome.message(), "Script execution timed out after 800ms.");
    assert!(started.elapsed() < Duration::from_secs(3), "{code}: {:?}", started.elapsed());
    assert_eq!(value(&pool, "return { fine: true };").await, json!({"fine": true}));
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_01_constructors_make_no_functions_and_find_no_host() {
    let pool = pool();
    for expression in [
        "Function('return typeof process')()",
        "new Function('return 1')()",
        "(() => {}).constructor('return typeof process')()",
        "(async () => {}).constructor('return 1')()",
        "(function* () {}).constructor('yield 1')().next().value",
        "(async function* () {}).constructor('yield 1')().next()",
        "context.constructor.constructor('return typeof process')()",
        "api.denyAccess.constructor('return typeof process')()",
        "(() => { try { null.x; } catch (e) { return e.constructor.constructor('return 1')(); } })()",
        "fetch.constructor('return 1')()",
        "Reflect.construct(Object.getPrototypeOf(async () => {}).constructor, ['return 1'])()",
        "(class extends Function {}).__proto__.constructor('return 1')()",
        "(0, eval)('typeof process')",
        "eval('1 + 1')",
    ] {
        let result = evaluate(&pool, expression).await;
        let thrown = result["thrown"].as_str().unwrap_or_else(|| panic!("{expression}: {result}"));
        assert!(thrown.ends_with("is not available in scripts"), "{expression}: {thrown}");
    }
    for (expression, expected) in [
        ("(function () { return typeof this?.process; })()", "undefined"),
        (
            "(() => { Error.prepareStackTrace = (_, f) => f; const s = new Error().stack; return typeof s; })()",
            "string",
        ),
        ("(() => {}) instanceof Function && Function.prototype === Object.getPrototypeOf(Object)", "true"),
    ] {
        assert_eq!(evaluate(&pool, expression).await, json!({"value": expected}), "{expression}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_02_endless_loops_time_out() {
    for code in [
        "while (true) {}",
        "for (;;);",
        "while (true) await null;",
        "[...Array(1000).keys()].sort(() => { while (true) {} });",
        "return { get a() { while (true) {} } };",
        "return { a: { toJSON() { while (true) {} } } };",
        "try { while (true) {} } catch {} finally { while (true) {} }",
        "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);",
        "setInterval(() => {}, 1); await new Promise(() => {});",
        "await new Promise((resolve) => setTimeout(resolve, 3_600_000));",
    ] {
        expect_timeout(code).await;
    }
    let top_level = Script::new("while (true) {}\nconst main = async () => ({});", "main");
    assert!(matches!(run(&pool(), &top_level).await.outcome, Outcome::TimedOut { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_02_cpu_time_has_its_own_limit() {
    let pool = pool();
    let limits = Limits { wall: Duration::from_secs(20), cpu: Duration::from_millis(200), ..Limits::default() };
    let run = run_as(&pool, "t", &body("while (true) {}"), "{}", &limits).await;
    assert_eq!(run.outcome.message(), "Script execution timed out after 200ms.");
    let waiting = body("await new Promise((resolve) => setTimeout(resolve, 400)); return { ok: 1 };");
    assert_eq!(json(&run_as(&pool, "t", &waiting, "{}", &limits).await.outcome), json!({"ok": 1}), "waiting is free");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_03_a_promise_that_never_settles_is_a_timeout_at_once() {
    let pool = pool();
    let started = Instant::now();
    let outcome = outcome(&pool, "await new Promise(() => {});").await;
    assert!(matches!(outcome, Outcome::TimedOut { .. }), "{outcome:?}");
    assert!(started.elapsed() < Duration::from_millis(500), "nothing is pending, so nothing is waited for");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_04_memory_bombs_run_out_of_memory() {
    let pool = pool();
    for code in [
        "const a = []; while (true) a.push(new Array(100_000).fill('x'));",
        "const a = []; try { while (true) a.push(new Array(1000).fill(1)); } catch {} return { survived: a.length };",
        "const a = []; while (true) a.push(new Uint8Array(64 * 1024 * 1024).fill(1));",
        "const a = new Uint8Array(2 ** 31 - 1).fill(1); return { n: a.length };",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, 'value ' + i);",
        "function* g() { while (true) yield 1; } return { n: [...g()].length };",
        "return { n: 'a'.repeat(100_000).replace(/a/g, 'b'.repeat(2000)).length };",
    ] {
        let limits =
            Limits { wall: Duration::from_secs(10), cpu: Duration::from_secs(10), memory_bytes: 32 << 20, ..limits() };
        let run = run_as(&pool, "t", &body(code), "{}", &limits).await;
        assert!(matches!(run.outcome, Outcome::OutOfMemory), "{code}: {:?}", run.outcome);
        assert_eq!(run.outcome.message(), "Script execution exceeded the memory limit.");
    }
    let string = outcome(&pool, "let s = 'x'; while (true) s += s;").await;
    assert!(matches!(&string, Outcome::OutOfMemory | Outcome::Runtime { .. }), "{string:?}");
    assert_eq!(pool.stats().started, 2, "no worker was lost: {:?}", pool.stats());
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_04_recursion_ends_in_a_stack_error() {
    let pool = pool();
    for code in [
        "const f = (n) => f(n + 1) + 1; return { n: f(0) };",
        "let a = []; for (let i = 0; i < 1_000_000; i++) a = [a]; return { t: JSON.stringify(a).length };",
        "return { v: JSON.parse('['.repeat(1e6)) };",
        "let a = {}; for (let i = 0; i < 200_000; i++) a = { a }; return a;",
        "const a = []; a.toString = () => String(a); return { v: String(a) };",
    ] {
        let limits = Limits { wall: Duration::from_secs(5), ..Limits::default() };
        let outcome = run_as(&pool, "t", &body(code), "{}", &limits).await.outcome;
        let accepted = matches!(&outcome, Outcome::Runtime { message, .. } if message.contains("stack") || message.contains("JSON"))
            || matches!(outcome, Outcome::Type { .. } | Outcome::OutOfMemory);
        assert!(accepted, "{code}: {outcome:?}");
    }
    let deep_source =
        Script::new(format!("const main = () => ({{ v: {}{} }});", "[".repeat(100_000), "]".repeat(100_000)), "main");
    assert!(matches!(run(&pool, &deep_source).await.outcome, Outcome::Syntax { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_05_microtask_and_timer_floods_end() {
    for code in [
        "const again = () => Promise.resolve().then(again); again(); await new Promise(() => {});",
        "for (;;) { setTimeout(() => {}, 0); await null; }",
        "const f = () => { queueMicrotask(f); queueMicrotask(f); }; f(); await new Promise(() => {});",
    ] {
        let outcome = outcome(&pool(), code).await;
        let ended = matches!(&outcome, Outcome::TimedOut { .. } | Outcome::OutOfMemory)
            || matches!(&outcome, Outcome::Runtime { message, .. } if message.contains("limit"));
        assert!(ended, "{code}: {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_06_catastrophic_expressions_are_interrupted() {
    for code in [
        "return { m: /^(a+)+$/.test('a'.repeat(40) + '!') };",
        "return { m: ('x'.repeat(60_000)).replace(/(x+x+)+y/g, '') };",
    ] {
        expect_timeout(code).await;
    }
}

/// One worker for all runs: what a run leaves behind would be found.
fn one_worker() -> Pool {
    pool_with(PoolConfig { running: 1, ..config(&["work"]) })
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_07_polluted_prototypes_are_clean_in_the_next_run() {
    let pool = one_worker();
    let pollute = "Object.prototype.polluted = 1; Array.prototype.map = () => ['evil']; JSON.stringify = () => 'evil';
        JSON.parse = () => 'evil'; Promise.prototype.then = null; Map.prototype.get = null; Error.prototype.name = 'evil';
        Object.defineProperty(Object.prototype, 'api', { set() { throw 1; }, configurable: true }); return { x: 1 };";
    for _ in 0..3 {
        run(&pool, &body(pollute)).await;
        let clean = "return { polluted: typeof ({}).polluted, map: [1].map((x) => x + 1), json: JSON.stringify({ a: 1 }), t: await Promise.resolve(1), n: new Error('x').name };";
        let expected = json!({"polluted": "undefined", "map": [2], "json": "{\"a\":1}", "t": 1, "n": "Error"});
        assert_eq!(value(&pool, clean).await, expected);
    }
    assert_eq!(pool.stats().started, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_08_no_state_survives_a_run() {
    let pool = one_worker();
    for code in [
        "globalThis.n = (globalThis.n ?? 0) + 1; return { n: globalThis.n };",
        "try { leaked = (typeof leaked === 'number' ? leaked : 0) + 1; return { n: leaked }; } catch { return { n: 1 }; }",
        "JSON.calls = (JSON.calls ?? 0) + 1; return { n: JSON.calls };",
        "const n = fetch.calls ?? 0; try { fetch.calls = n + 1; } catch {} return { n: n + 1 };",
        "setTimeout(() => { globalThis.late = 1; }, 0); return { n: 1 + (globalThis.late ?? 0) };",
        "Promise.resolve().then(() => { globalThis.late = 1; }); return { n: 1 + (globalThis.late ?? 0) };",
    ] {
        for _ in 0..3 {
            assert_eq!(value(&pool, code).await, json!({"n": 1}), "{code}");
        }
    }
    let top_level = Script::new("let runs = 0; const main = async () => ({ n: ++runs });", "main");
    for _ in 0..3 {
        assert_eq!(json(&run(&pool, &top_level).await.outcome), json!({"n": 1}));
    }
    let random = "return { a: Math.random(), b: crypto.randomUUID(), t: performance.now() < 500 };";
    let (first, second) = (value(&pool, random).await, value(&pool, random).await);
    assert!(first["a"] != second["a"] && first["b"] != second["b"] && first["t"] == true, "{first} {second}");
    assert_eq!(pool.stats().started, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_09_host_objects_are_absent() {
    let pool = pool();
    for name in [
        "process",
        "require",
        "module",
        "exports",
        "__filename",
        "__dirname",
        "Deno",
        "Bun",
        "window",
        "document",
        "XMLHttpRequest",
        "Worker",
        "SharedArrayBuffer",
        "Atomics",
        "WebAssembly",
        "std",
        "os",
        "load",
        "quit",
        "gc",
        "print",
    ] {
        assert_eq!(evaluate(&pool, &format!("typeof {name}")).await, json!({"value": "undefined"}), "{name}");
    }
    for name in ["fs", "node:fs", "./config.js", "https://example.com/a.js"] {
        let result = evaluate(&pool, &format!("import('{name}')")).await;
        assert_eq!(result, json!({"thrown": "import() is not available in scripts"}), "{name}");
    }
    let names = evaluate(&pool, "Object.getOwnPropertyNames(globalThis).join(' ')").await;
    assert!(!names.to_string().contains("__"), "{names}");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_10_hostile_results_are_bounded() {
    let pool = pool();
    for code in [
        "return { get a() { throw new Error('trap'); } };",
        "return new Proxy({}, { ownKeys() { throw new Error('trap'); } });",
        "return { a: 'x'.repeat(100 * 1024 * 1024) };",
        "return Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => ['k' + i, i]));",
        "return { toJSON() { return { toJSON() { return { a: 'x'.repeat(60_000) }; }, a: 'x'.repeat(60_000) }; } };",
        "return new Proxy({}, { get: () => new Proxy({}, {}), ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });",
    ] {
        let limits = Limits { wall: Duration::from_secs(5), ..Limits::default() };
        let outcome = run_as(&pool, "t", &body(code), "{}", &limits).await.outcome;
        let is_fault = outcome.is_script_fault() && outcome.message().len() < 10_000;
        let is_small = matches!(&outcome, Outcome::Returned(json) if json.get().len() < 100);
        assert!(is_fault || is_small, "{code}: {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_11_hostile_exceptions_are_told_in_bounded_text() {
    let pool = pool();
    for (code, message) in [
        ("throw { toString() { while (true) {} } };", Some(r#"{"toString":"[Function: toString]"}"#)),
        ("throw { get message() { throw new Error('trap'); } };", None),
        ("throw Object.assign(new Error('x'), { get name() { throw 1; } });", None),
        (
            "const e = new Error('x'); Object.defineProperty(e, 'message', { get() { throw 1; } }); throw e;",
            Some("The script threw a value that cannot be described."),
        ),
        (
            "throw new Proxy(new Error('x'), { get() { throw 1; }, getPrototypeOf() { throw 1; } });",
            Some("The script threw a value that cannot be described."),
        ),
        ("throw null;", Some("null")),
        ("throw undefined;", Some("undefined")),
        ("throw Symbol('x');", Some("Symbol(x)")),
        ("throw 'text';", Some("text")),
        ("throw new Error('x'.repeat(10_000_000));", None),
        ("const e = new Error('m'); e.name = 'n'.repeat(1e6); e.stack = 's'.repeat(1e6); throw e;", Some("m")),
    ] {
        let outcome = outcome(&pool, code).await;
        let Outcome::Runtime { name, message: told, stack, .. } = &outcome else { panic!("{code}: {outcome:?}") };
        assert!(told.len() + name.len() + stack.as_deref().unwrap_or_default().len() < 16_000, "{code}");
        assert!(message.is_none_or(|expected| expected == told), "{code}: {told}");
    }
    expect_timeout(
        "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { while (true) {} } }); throw e;",
    )
    .await;
}
