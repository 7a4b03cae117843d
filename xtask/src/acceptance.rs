//! Runs the listed areas of an acceptance suite against a release binary, each on a database of its own. Everything
//! optional is switched on, and a listed test that is skipped is as bad as one that fails. Server and suite share a
//! network namespace without routes, because the suite asks the server for addresses that it must not reach.

use crate::server::{APP_ID, Server, free_port};
use crate::tap::{self, Summary};
use anyhow::{Context as _, Result, bail, ensure};
use std::path::Path;
use std::process::{Command, Stdio};

/// The command of the part that runs inside the namespace.
pub(crate) const ISOLATED: &str = "acceptance-isolated";

/// Prepares the suite, which needs the network, and runs it without one.
pub(crate) fn run(root: &Path, binary: &Path, [suite, areas]: [&Path; 2]) -> Result<()> {
    let (binary, areas) = (std::path::absolute(binary)?, std::path::absolute(areas)?);
    // The suite may be read-only, and its packages must not be installed into it.
    let copy = tempfile::tempdir()?;
    copy_tree(suite, copy.path())?;
    let installed = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(copy.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .context("npm does not start")?;
    ensure!(installed.success(), "npm ci failed for the acceptance suite");
    let passed = Command::new(root.join("scripts/without-network"))
        .arg(std::env::current_exe()?)
        .arg(ISOLATED)
        .args([binary.as_path(), copy.path(), areas.as_path()])
        .stdin(Stdio::null())
        .status()
        .context("scripts/without-network does not start")?;
    ensure!(passed.success(), "the acceptance suite does not pass");
    Ok(())
}

/// Runs the areas where it is.
pub(crate) fn run_isolated(binary: &Path, suite: &Path, areas: &Path) -> Result<()> {
    let list = std::fs::read_to_string(areas).with_context(|| format!("cannot read {}", areas.display()))?;
    let mut total = Summary::default();
    for area in &parse(&list)? {
        let found = run_area(binary, suite, area)?;
        total.passed += found.passed;
        total.failed.extend(found.failed);
        total.skipped.extend(found.skipped);
    }
    println!("acceptance: {} passed, {} failed, {} skipped", total.passed, total.failed.len(), total.skipped.len());
    ensure!(total.failed.is_empty() && total.skipped.is_empty(), "the acceptance suite does not pass");
    Ok(())
}

/// How many times slower than on an idle machine a request beside a greedy script may be, in the middle and at worst.
///
/// The suite's own client is a part of what it measures. On two processors, one request beside a script that returns
/// at once takes up to seven times as long as on an idle server, and a collection of the client's garbage beside any busy
/// process 35 ms. How much slower scripts make other scripts is a figure of the benchmark.
const SLOWER: u32 = 15;
const SLOWEST: u32 = 100;

/// Marks a test that needs what is not built yet.
const EXCEPT: &str = "except=";

/// A line of the list.
#[derive(Debug, PartialEq, Eq)]
struct Area {
    name: String,
    /// For the test runner, such as a name pattern.
    arguments: Vec<String>,
    /// Names of tests that need what is not built yet. One that passes has to leave the list.
    except: Vec<String>,
}

/// One area per line: its name, then arguments that each begin with `--` and may hold spaces, of which `--except=` is
/// ours. `#` begins a comment.
fn parse(list: &str) -> Result<Vec<Area>> {
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let areas: Vec<Area> = lines
        .map(|line| {
            let mut parts = line.split(" --").map(str::trim);
            let name = parts.next().unwrap_or_default().to_owned();
            let (except, arguments): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.starts_with(EXCEPT));
            let except = except.iter().filter_map(|part| part.strip_prefix(EXCEPT)).map(str::to_owned).collect();
            Area { name, arguments: arguments.iter().map(|part| format!("--{part}")).collect(), except }
        })
        .collect();
    ensure!(!areas.is_empty(), "no area is listed");
    match areas.iter().find(|area| area.name.contains(char::is_whitespace)) {
        Some(area) => bail!("`{}` is not the name of an area", area.name),
        None => Ok(areas),
    }
}

fn run_area(binary: &Path, suite: &Path, area: &Area) -> Result<Summary> {
    let fetch_allow = format!("127.0.0.1:{}", free_port()?);
    let server = Server::start(binary, &[("SIGNET_SCRIPT_FETCH_ALLOW", fetch_allow.clone())])?;
    let output = Command::new("node")
        .args(["run.mjs", "area", &area.name, "--test-reporter=tap"])
        .args(&area.arguments)
        .current_dir(suite)
        .env("ENDPOINT", format!("http://127.0.0.1:{}", server.port))
        .env("MANAGEMENT_APP_ID", APP_ID)
        .env("MANAGEMENT_APP_SECRET", &server.app_secret)
        .env("ACCEPT_DEV_FEATURES", "1")
        .env("ACCEPT_FRESH_TENANT", "1")
        .env("ACCEPT_FETCH_ALLOW", fetch_allow)
        .env("ACCEPT_PRIVATE_TARGETS", "1")
        .env("ACCEPT_UPSTREAM_RECEIVER", format!("127.0.0.1:{}", free_port()?))
        .env("ACCEPT_UPSTREAM_REROUTED", "1")
        .env("ACCEPT_LATENCY_MEDIAN_RATIO", SLOWER.to_string())
        .env("ACCEPT_LATENCY_WORST_RATIO", SLOWEST.to_string())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("node does not start")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut summary = tap::summary(&text);
    leave_out(&mut summary, &area.except);
    if !output.status.success() && summary.failed.is_empty() && area.except.is_empty() {
        summary.failed.push(format!("the runner of `{}` ended with {}", area.name, output.status));
    }
    if summary.passed == 0 && summary.failed.is_empty() {
        summary.failed.push(format!("no test of `{}` ran", area.name));
    }
    if !(summary.failed.is_empty() && summary.skipped.is_empty()) {
        println!("{text}\n{}", server.log());
        for name in &summary.failed {
            println!("failed: {name}");
        }
        for name in &summary.skipped {
            println!("skipped: {name}");
        }
    }
    println!("{} {}: {} passed", area.name, area.arguments.join(" "), summary.passed);
    let status = server.stop()?;
    ensure!(status.success(), "the server stopped with {status}");
    Ok(summary)
}

/// Takes the failures of excepted tests out, with those of the suites around them. An exception that did not fail is
/// itself a failure: the list only grows.
fn leave_out(summary: &mut Summary, except: &[String]) {
    for name in except {
        let before = summary.failed.len();
        summary.failed.retain(|failed| failed != name);
        if summary.failed.len() == before {
            summary.failed.push(format!("`{name}` passes; take its exception off the list"));
        }
    }
    if !except.is_empty() && summary.failed_suites == summary.failed.len() {
        summary.failed.clear();
    }
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            if entry.file_name() != "node_modules" {
                std::fs::create_dir(&target)?;
                copy_tree(&entry.path(), &target)?;
            }
        } else {
            std::fs::copy(entry.path(), &target).with_context(|| format!("cannot copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(name: &str, arguments: &[&str]) -> Area {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Area { name: name.into(), arguments, except: Vec::new() }
    }

    #[test]
    fn an_area_may_have_a_pattern_with_spaces() {
        let list = "# comment\n\nclient-credentials\ncustom-jwt --test-name-pattern=a (b|c) d --test-only\n";

        assert_eq!(
            parse(list).unwrap(),
            [area("client-credentials", &[]), area("custom-jwt", &["--test-name-pattern=a (b|c) d", "--test-only"]),]
        );
    }

    #[test]
    fn an_excepted_test_must_fail_and_nothing_else_may() {
        let area = &parse("a --except=one two\n").unwrap()[0];
        assert_eq!(area.except, ["one two"]);
        let run = |failed: &[&str], failed_suites| {
            let failed = failed.iter().map(|&name| name.to_owned()).collect();
            let mut summary = Summary { failed, failed_suites, ..Summary::default() };
            leave_out(&mut summary, &area.except);
            summary.failed.len()
        };
        assert_eq!(run(&["one two", "suite"], 1), 0);
        assert_eq!(run(&["one two", "other", "suite"], 1), 2);
        assert_eq!(run(&[], 0), 1);
    }

    #[test]
    fn a_list_that_would_run_nothing_is_refused() {
        assert!(parse("# nothing\n").is_err());
        assert!(parse("two words\n").is_err());
    }
}
