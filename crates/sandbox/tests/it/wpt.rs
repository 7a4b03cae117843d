//! Files of web-platform-tests, run in the sandbox as they are. What fails is written down in `wpt/expectations.json`
//! with its reason; a test that fails without being there, or passes although it is there, fails here.

use crate::support::{pool_fetching, run_as};
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use signet_sandbox::{FetchRequest, FetchResponse, Fetcher, Limits, Outcome, Script};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

/// By file: patterns of names, in which `*` stands for anything, and why these tests fail.
type Expectations = BTreeMap<String, Vec<(String, String)>>;

/// What the harness returns: name, whether it failed, and the message of each test.
#[derive(Deserialize)]
struct Results {
    tests: Vec<(String, bool, Option<String>)>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wpt")
}

fn read(path: &str) -> Option<String> {
    fs::read_to_string(root().join("data").join(path)).ok()
}

/// Answers requests of test files from the folder.
struct Files;

impl Fetcher for Files {
    fn fetch(&self, request: FetchRequest) -> Pin<Box<dyn Future<Output = Result<FetchResponse, String>> + Send>> {
        let path = request.url.strip_prefix("https://web-platform.test/");
        let body = path.and_then(read);
        let response = FetchResponse {
            status: if body.is_some() { 200 } else { 404 },
            status_text: String::new(),
            headers: Vec::new(),
            url: request.url,
            redirected: false,
            body: body.unwrap_or_default().into_bytes(),
        };
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// The test files below a folder, in order.
fn test_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(test_files(&entry));
        } else if entry.to_string_lossy().ends_with(".any.js") {
            let path = entry.strip_prefix(root().join("data")).unwrap();
            found.push(path.to_str().unwrap().to_owned());
        }
    }
    found.sort();
    found
}

/// The harness, the scripts that a test file names, and the file, as one script.
fn assembled(path: &str) -> Script {
    let text = read(path).unwrap();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let harness = fs::read_to_string(root().join("harness.js")).unwrap();
    let mut source = format!("const wptPath = {path:?};\n{harness}\n");
    for script in text.lines().filter_map(|line| line.strip_prefix("// META: script=")) {
        let script = script.strip_prefix('/').map_or_else(|| beside(folder, script), str::to_owned);
        source += &read(&script).unwrap_or_else(|| panic!("{path} needs {script}"));
        source.push('\n');
    }
    Script::new(source + &text, "main")
}

fn beside(folder: &str, script: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in script.split('/').filter(|part| *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(name) = name.strip_prefix(first) else { return false };
    rest.is_empty()
        || name
            .char_indices()
            .map(|(at, _)| at)
            .chain([name.len()])
            .any(|at| name.get(at..).is_some_and(|name| matches(rest, name)))
}

/// What differs from what is expected of a file, a line each.
fn surprises(path: &str, outcome: &Outcome, expected: &[(String, String)]) -> (usize, Vec<String>) {
    let Outcome::Returned(json) = outcome else { return (0, vec![format!("{path}: {outcome:?}")]) };
    let Results { tests } = serde_json::from_str(json.get()).unwrap();
    let mut surprises = Vec::new();
    let mut used = BTreeSet::new();
    for (name, failed, message) in &tests {
        let known = expected.iter().find(|(pattern, _)| matches(pattern, name));
        used.extend(known.map(|(pattern, _)| pattern));
        if *failed != known.is_some() {
            let how = if *failed { "fails" } else { "passes" };
            surprises.push(format!("{path}: {name:?} {how}: {message:?}"));
        }
    }
    for (pattern, _) in expected.iter().filter(|(pattern, _)| !used.contains(pattern)) {
        surprises.push(format!("{path}: no test is named {pattern:?}"));
    }
    if tests.is_empty() {
        surprises.push(format!("{path}: no test ran"));
    }
    (tests.len(), surprises)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_web_platform_tests_pass_except_where_it_is_written_down() {
    let expectations = fs::read_to_string(root().join("expectations.json")).unwrap();
    let expectations: Expectations = serde_json::from_str(&expectations).unwrap();
    let limits = Limits {
        wall: Duration::from_secs(20),
        cpu: Duration::from_secs(20),
        output_bytes: 4 << 20,
        ..Limits::default()
    };
    let pool = pool_fetching(Files);
    let runs = test_files(&root().join("data")).into_iter().map(async |path| {
        let run = run_as(&pool, "wpt", &assembled(&path), "{}", &limits).await;
        let expected = expectations.get(&path).map(Vec::as_slice).unwrap_or_default();
        surprises(&path, &run.outcome, expected)
    });
    let results: Vec<_> = stream::iter(runs).buffered(8).collect().await;
    let count: usize = results.iter().map(|(count, _)| count).sum();
    let report: Vec<_> = results.into_iter().flat_map(|(_, surprises)| surprises).collect();
    assert!(report.is_empty(), "of {count} tests:\n{}", report.join("\n"));
    assert!(count > 15_000, "{count}");
}
