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
