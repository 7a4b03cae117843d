//! The engine alone, without process and channel. The same scripts through workers: `tests/it`.

use super::*;
use sha2::{Digest, Sha256};

/// A host without a network that lets no time pass but the one asked for.
struct Silent;

impl Host for Silent {
    #[expect(clippy::disallowed_methods, reason = "timers of a script run in real time")]
    fn exchange(&mut self, _outgoing: &[u8], wait: Duration) -> Incoming<'_> {
        std::thread::sleep(wait);
        Incoming::Nothing
    }
}

fn limits() -> Limits {
    Limits { wall: Duration::from_millis(300), memory_bytes: 16 << 20, ..Limits::default() }
}

fn run_source(engine: &mut Engine, source: &str, input: &str) -> Verdict {
    let key = Sha256::digest(source).into();
    let input = format!("{input}\0");
    let limits = limits();
    let job = Job { key: &key, source: Some(source), entry: "main", input: input.as_bytes(), limits: &limits };
    engine.run(&job, &mut Silent).verdict
}

impl Engine {
    /// Whether the moment that the script begins with has a part of its inputs in it.
    fn keeps_part_of(&mut self, source: &str) -> bool {
        match self.compiled.touch(&Sha256::digest(source).into()) {
            Some(Compiled::Ready(script)) => script.has_part(),
            _ => false,
        }
    }
}

fn run_body(body: &str) -> Verdict {
    let source = format!("const main = async ({{ context, api }}) => {{\n{body}\n}};");
    run_source(&mut Engine::new().unwrap(), &source, r#"{"context":{}}"#)
}

fn returned(body: &str) -> serde_json::Value {
    match run_body(body) {
        Verdict::Returned(json) => serde_json::from_str(&json).unwrap(),
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn a_run_returns_what_the_function_returned() {
    assert_eq!(run_body("return { a: 1, gone: undefined };"), Verdict::Returned(r#"{"a":1}"#.to_owned()));
}

#[test]
fn a_syntax_error_has_its_place() {
    let mut engine = Engine::new().unwrap();
    let verdict = run_source(&mut engine, "const main = async () => {\n  const a = ;\n};", "{}");
    assert!(matches!(verdict, Verdict::Syntax { line: Some(2), .. }), "{verdict:?}");
    assert_eq!(run_source(&mut engine, "const main = () => ({});", "{}"), Verdict::Returned("{}".to_owned()));
}

#[test]
fn an_exception_has_its_place() {
    let verdict = run_body("\nmissing.member;");
    assert!(matches!(verdict, Verdict::Runtime { line: Some(3), .. }), "{verdict:?}");
}

/// The engine wall without the process wall: what needs no kill from outside is stopped by the engine itself.
#[test]
fn limits_hold_inside_the_process() {
    let mut engine = Engine::new().unwrap();
    let timed_out = Verdict::TimedOut(limits().wall);
    for (body, expected) in [
        ("for (;;);", timed_out.clone()),
        ("for (;;) await null;", timed_out.clone()),
        ("/^(a+)+$/.test('a'.repeat(40) + '!');", timed_out.clone()),
        ("try { for (;;); } catch {} finally { for (;;); }", timed_out.clone()),
        ("await new Promise(() => {});", timed_out.clone()),
        ("return { get a() { for (;;); } };", timed_out),
        ("const a = []; for (;;) a.push(new Array(1000).fill('x'));", Verdict::OutOfMemory),
        ("try { 'x'.repeat(1e8); } catch {} return {};", Verdict::OutOfMemory),
        ("return { a: new Uint8Array(1e9).length };", Verdict::OutOfMemory),
        ("return { a: 'x'.repeat(60_000) };", Verdict::Type("The script return value is too large.".to_owned())),
        ("try { api.denyAccess('final'); } catch {} return {};", Verdict::Denied("final".to_owned())),
        ("try { api.denyAccess('final'); } finally { for (;;); }", Verdict::Denied("final".to_owned())),
    ] {
        let source = format!("const main = async ({{ context, api }}) => {{\n{body}\n}};");
        assert_eq!(run_source(&mut engine, &source, r#"{"context":{}}"#), expected, "{body}");
    }
    let recursion = run_source(&mut engine, "const main = () => main() + 1;", "{}");
    assert!(matches!(&recursion, Verdict::Runtime { name, .. } if name == "RangeError"), "{recursion:?}");
    assert_eq!(
        run_source(&mut engine, "const main = () => ({ a: 1 });", "{}"),
        Verdict::Returned(r#"{"a":1}"#.to_owned())
    );
}

#[test]
fn no_run_sees_another_one_inside_the_process() {
    let mut engine = Engine::new().unwrap();
    let source =
        "globalThis.n = (globalThis.n ?? 0) + 1; Object.prototype.n2 = (({}).n2 ?? 0) + 1; JSON.stringify = null;
        setTimeout(() => { globalThis.n = 50; }, 0); Promise.prototype.then = 1;
        const main = () => ({ n: globalThis.n, n2: ({}).n2, random: typeof Math.random() });";
    for _ in 0..3 {
        let verdict = run_source(&mut engine, source, "{}");
        assert_eq!(verdict, Verdict::Returned(r#"{"n":1,"n2":1,"random":"number"}"#.to_owned()));
    }
    let numbers = (0..20).map(|_| run_source(&mut engine, "const main = () => ({ n: Math.random() });", "{}"));
    let numbers: std::collections::HashSet<_> = numbers.map(|verdict| format!("{verdict:?}")).collect();
    assert_eq!(numbers.len(), 20, "random numbers do not come again with the realm");
}

#[test]
fn there_is_no_parser_in_a_realm() {
    for body in ["return { a: Function('return 1')() };", "return { a: (0, eval)('1') };", "await import('std');"] {
        assert!(matches!(run_body(body), Verdict::Runtime { .. }), "{body}");
    }
}

#[test]
fn the_console_has_a_budget() {
    let mut engine = Engine::new().unwrap();
    let source = "const main = () => { for (let i = 0; i < 5000; i += 1) { console.log('0123456789'); console.log(''); } return {}; };";
    let limits = Limits { log_bytes: 1000, ..limits() };
    let job = Job { key: &[1; 32], source: Some(source), entry: "main", input: b"{}\0", limits: &limits };
    let logs = engine.run(&job, &mut Silent).logs;

    assert!(logs.iter().map(|line| line.text.len()).sum::<usize>() <= 1000 && logs.len() <= 1000);
}

#[test]
fn the_web_surface_is_there() {
    let names = returned(
        "return { names: ['console', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask',
           'structuredClone', 'TextEncoder', 'TextDecoder', 'atob', 'btoa', 'URL', 'URLSearchParams', 'Headers',
           'Request', 'Response', 'fetch', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'DOMException',
           'crypto', 'CryptoKey', 'performance', 'Intl'].filter((name) => typeof globalThis[name] === 'undefined') };",
    );
    assert_eq!(names["names"], serde_json::json!([]));
}

/// What a script sees of an input, also that nothing of the run before is in it.
const LOOKING: &str = "const first = 'seen' in Object.prototype;
Object.prototype.seen = true;
const main = async ({ token, context, other }) => {
  const before = JSON.stringify([token, context, other]);
  const same = context === other;
  const clean = !first && !Object.isFrozen(context) && context.roles.every((role) => Object.keys(role).length === 1);
  context.roles.forEach((role) => { role.changed = token.jti; });
  context.added = Object.freeze(context.roles);
  return { before, same, clean };
};";

#[test]
fn what_inputs_have_in_common_is_new_in_each_run() {
    let context = |name: &str| {
        let roles: Vec<_> = (0..40).map(|role| serde_json::json!({ "id": format!("{name}-{role}") })).collect();
        serde_json::json!({ "name": name, "roles": roles, "__proto__": { "a": 1 } })
    };
    let (one, two) = (context("one"), context("two"));
    let (mut engine, mut fresh) = (Engine::new().unwrap(), 0);
    // Long enough for the first to be kept, then to be replaced; with others in between, in other places, and twice.
    let order = [(&one, 30), (&two, 1), (&one, 3), (&two, 30), (&one, 1)];
    for (context, times) in order {
        for count in 0..times {
            let jti = format!("{count}{}", "x".repeat(usize::from(count % 7 == 6)));
            let other = if count % 5 == 4 { context.clone() } else { serde_json::json!({ "count": count }) };
            let input = serde_json::json!({ "context": context, "other": other, "token": { "jti": jti } });
            let Verdict::Returned(json) = run_source(&mut engine, LOOKING, &input.to_string()) else { panic!() };
            let seen: serde_json::Value = serde_json::from_str(&json).unwrap();
            let before = serde_json::json!([input["token"], context, other]).to_string();
            let read: serde_json::Value = serde_json::from_str(seen["before"].as_str().unwrap()).unwrap();
            assert_eq!(read.to_string(), before);
            assert_eq!((&seen["same"], &seen["clean"]), (&false.into(), &true.into()));
            fresh += u32::from(engine.keeps_part_of(LOOKING));
        }
    }
    assert!(fresh > 30, "hardly ever was anything kept: {fresh}");
}

#[test]
fn what_is_kept_of_inputs_counts_as_memory_of_runs() {
    let source = "const main = ({ context }) => ({ length: context.text.length, more: 'x'.repeat(1e6).length });";
    let input = serde_json::json!({ "context": { "text": "y".repeat(10_000) } }).to_string();
    let mut engine = Engine::new().unwrap();
    for _ in 0..20 {
        assert_eq!(
            run_source(&mut engine, source, &input),
            Verdict::Returned(r#"{"length":10000,"more":1000000}"#.to_owned())
        );
    }
    assert!(engine.keeps_part_of(source));
}
