//! What a script gets, what it may return, and how failures are told.

use crate::support::{body, json, limits, outcome, pool, run, run_as, value};
use serde_json::json;
use signet_sandbox::{LogLevel, Outcome, Script};

#[tokio::test]
async fn every_kind_of_declaration_is_found() {
    let pool = pool();
    for source in [
        "const main = async ({ token }) => ({ ok: true });",
        "let main = () => ({ ok: true });",
        "var main = function () { return { ok: true }; };",
        "async function main() { return { ok: true }; }",
        "function main() { return { ok: true }; }",
        "const help = () => true;\nconst main = async () => ({ ok: help() });",
        "/** @param {object} payload */\nconst main = async () => {\n// note\nreturn { ok: true };\n};\n// end",
        "const main = () => ({ then(resolve) { resolve({ ok: true }); } });",
        "globalThis.main = () => ({ ok: true })",
    ] {
        let run = run(&pool, &Script::new(source, "main")).await;
        assert_eq!(json(&run.outcome), json!({"ok": true}), "{source}");
    }
}

#[tokio::test]
async fn the_input_arrives_as_plain_data() {
    let pool = pool();
    let script = body("return { token, context, environmentVariables };");
    let input = r#"{"token":{"aud":["é","\ud83d\ude00"],"n":-1500},"context":{"user":{"deep":[{}]}},"environmentVariables":{"A":"1"}}"#;
    let run = run_as(&pool, "t", &script, input, &limits()).await;
    assert_eq!(json(&run.outcome), serde_json::from_str::<serde_json::Value>(input).unwrap());

    assert_eq!(value(&pool, "return { kind: typeof environmentVariables };").await, json!({"kind": "undefined"}));
}

#[tokio::test]
async fn attack_14_proto_and_constructor_keys_are_plain_data() {
    let pool = pool();
    let script = body(
        "return { admin: ({}).isAdmin ?? false, own: Object.keys(context), value: context['__proto__'].isAdmin,
                  real: Object.getPrototypeOf(context) === Object.prototype };",
    );
    let input = r#"{"context":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}}"#;
    let run = run_as(&pool, "t", &script, input, &limits()).await;
    let expected = json!({"admin": false, "own": ["__proto__", "constructor"], "value": true, "real": true});
    assert_eq!(json(&run.outcome), expected);
}

#[tokio::test]
async fn plain_objects_are_returned_as_json() {
    let pool = pool();
    for (code, expected) in [
        ("return { a: 1, nested: { list: [1, 'two', null] } };", json!({"a": 1, "nested": {"list": [1, "two", null]}})),
        ("return {};", json!({})),
        ("return { kept: 1, gone: undefined };", json!({"kept": 1})),
        ("const a = await Promise.resolve(5); return { a };", json!({"a": 5})),
        (
            "return { d: new Date(0), o: Object.create(null), n: NaN };",
            json!({"d": "1970-01-01T00:00:00.000Z", "o": {}, "n": null}),
        ),
        (
            "return { s: '\\ud800 ok \\ud83d\\ude00', t: '\\\\ud800' };",
            json!({"s": "\u{fffd} ok \u{1f600}", "t": "\\ud800"}),
        ),
        ("class A { x = 1; } return new A();", json!({"x": 1})),
    ] {
        assert_eq!(value(&pool, code).await, expected, "{code}");
    }
}

const SERIALIZABLE: &str = "The script return value must be JSON-serializable.";

#[tokio::test]
async fn anything_else_is_a_type_failure() {
    let pool = pool();
    for (code, message) in [
        ("return null;", "Invalid input"),
        ("return [1];", "Invalid input"),
        ("return 'text';", "Invalid input"),
        ("return 5;", "Invalid input"),
        ("return;", "Invalid input"),
        ("return new Date();", "Invalid input"),
        ("return { toJSON() { return 5; } };", "Invalid input"),
        ("return () => 1;", SERIALIZABLE),
        ("return { f: () => 1 };", SERIALIZABLE),
        ("return { a: [{ f() {} }] };", SERIALIZABLE),
        ("return { n: 10n };", SERIALIZABLE),
        ("return { s: Symbol('x') };", SERIALIZABLE),
        ("return new Map();", SERIALIZABLE),
        ("return { s: new Set() };", SERIALIZABLE),
        ("return { forgotten: fetch('https://example.com') };", SERIALIZABLE),
        ("const a = {}; a.self = a; return a;", SERIALIZABLE),
        ("return { big: 'x'.repeat(60_000) };", "The script return value is too large."),
        ("return { big: 'é'.repeat(30_000) };", "The script return value is too large."),
        (
            "let a = {}; for (let i = 0; i < 300; i++) a = { a }; return a;",
            "The script return value is nested too deeply.",
        ),
    ] {
        let outcome = outcome(&pool, code).await;
        assert!(matches!(&outcome, Outcome::Type { message: m } if m == message), "{code}: {outcome:?}");
        assert!(outcome.is_script_fault());
    }
    assert_eq!(value(&pool, "return { big: 'x'.repeat(40_000) };").await["big"].as_str().unwrap().len(), 40_000);
}

#[tokio::test]
async fn a_denial_is_final() {
    let pool = pool();
    for (code, message) in [
        ("api.denyAccess('final');", "final"),
        ("return api.denyAccess();", "Access denied"),
        ("api.denyAccess('first'); throw new Error('second');", "first"),
        ("try { api.denyAccess('final'); } catch {} return { got: 'through' };", "final"),
        (
            "await Promise.resolve().then(() => api.denyAccess('final')).catch(() => {}); return { got: 'through' };",
            "final",
        ),
        ("try { api.denyAccess('final'); } finally { return { got: 'through' }; }", "final"),
        ("try { api.denyAccess('final'); } catch { throw new Error('other'); }", "final"),
        ("try { api.denyAccess('final'); } catch { while (true) {} }", "final"),
        ("try { api.denyAccess = () => {}; } catch {} api.denyAccess('still here'); return {};", "still here"),
        ("setTimeout(() => api.denyAccess('later'), 1); await new Promise(() => {});", "later"),
        ("api.denyAccess({ toString() { throw new Error('unreadable'); } });", "Access denied"),
        ("api.denyAccess(Symbol('x'));", "Access denied"),
    ] {
        let outcome = outcome(&pool, code).await;
        assert!(matches!(&outcome, Outcome::Denied { message: m } if m == message), "{code}: {outcome:?}");
        assert_eq!(outcome.message(), message);
        assert!(!outcome.is_script_fault());
    }
}

#[tokio::test]
async fn failures_are_told_with_their_place() {
    let pool = pool();
    let syntax = Script::new("const main = async () => {\n  const a = ;\n  return {};\n};", "main");
    assert!(matches!(run(&pool, &syntax).await.outcome, Outcome::Syntax { line: Some(2), column: Some(_), .. }));
    let open = Script::new("const main = async () => {", "main");
    assert!(matches!(run(&pool, &open).await.outcome, Outcome::Syntax { line: Some(1), .. }));
    let export = Script::new("export const main = async () => ({});", "main");
    assert!(matches!(run(&pool, &export).await.outcome, Outcome::Syntax { .. }));

    let thrown = outcome(&pool, "\n  missing.member;").await;
    let Outcome::Runtime { name, message, stack, line, .. } = thrown else { panic!("{thrown:?}") };
    assert_eq!((name.as_str(), line), ("ReferenceError", Some(3)));
    assert!(message.contains("missing") && stack.unwrap().contains("script.js:3:"));

    let top_level = Script::new("\n\nnull.x;\nconst main = () => ({});", "main");
    assert!(matches!(run(&pool, &top_level).await.outcome, Outcome::Runtime { line: Some(3), .. }));
    let type_error = outcome(&pool, "return context.user.profile.name;").await;
    assert!(type_error.message().contains("undefined"), "{type_error:?}");
    assert_eq!(outcome(&pool, "throw new Error('boom');").await.message(), "boom");
    assert_eq!(outcome(&pool, "await Promise.reject(new Error('late boom'));").await.message(), "late boom");
}

#[tokio::test]
async fn a_missing_function_is_named() {
    let pool = pool();
    for source in ["const other = async () => ({});", "const main = 5;", ""] {
        let outcome = run(&pool, &Script::new(source, "main")).await.outcome;
        assert!(matches!(outcome, Outcome::MissingFunction { .. }), "{source}: {outcome:?}");
        assert_eq!(outcome.message(), "The script does not have a function named `main`");
    }
    let odd = run(&pool, &Script::new("const main = () => ({});", "main) || (() => ({})")).await.outcome;
    assert!(matches!(odd, Outcome::MissingFunction { .. }));
}

#[tokio::test]
async fn console_lines_are_kept_with_their_levels() {
    let pool = pool();
    let script = body(
        "console.log('a %s %d', 'b', 1, { c: 1 }); console.warn(); console.error(new Error('x')); console.debug([1]); return {};",
    );
    let logs = run(&pool, &script).await.logs;
    let lines: Vec<_> = logs.iter().map(|line| (line.level, line.text.as_str())).collect();
    assert_eq!(lines[0], (LogLevel::Log, r#"a b 1 {"c":1}"#));
    assert_eq!(lines[1], (LogLevel::Warn, ""));
    assert!(lines[2].0 == LogLevel::Error && lines[2].1.starts_with("Error: x\n"), "{lines:?}");
    assert_eq!(lines[3], (LogLevel::Debug, "[1]"));

    let flood = run(&pool, &body("for (let i = 0; i < 5_000; i++) console.log('x'.repeat(100)); return {};")).await;
    assert!(matches!(flood.outcome, Outcome::Returned(_)));
    assert!(flood.logs.iter().map(|line| line.text.len()).sum::<usize>() <= limits().log_bytes);
    let failed = run(&pool, &body("console.log('before'); throw new Error('x');")).await;
    assert_eq!(failed.logs[0].text, "before", "a failed run keeps its lines");
}
