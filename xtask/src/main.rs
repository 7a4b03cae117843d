//! Chores of the repository: `cargo xtask`. What takes more than three lines of a Makefile is here, in Rust.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is for the person at the terminal")]

mod acceptance;
mod generated;
mod race;
mod server;
mod smoke;
mod tap;
mod tidy;

use anyhow::{Context as _, Result, bail};
use generated::Mode;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask tidy
       cargo xtask codegen [--check]
       cargo xtask openapi [--check]
       cargo xtask smoke BINARY
       cargo xtask acceptance BINARY SUITE AREAS
       cargo xtask race BINARY [ROUNDS]

  tidy        checks what no compiler checks: layers, SQL's place, module docs, links
  codegen     writes what the console's editor knows of scripts; with --check, only says whether it is stale
  openapi     writes the OpenAPI document that the console's client is made from; likewise
  smoke       starts a release binary on an empty database and asks it for a token
  acceptance  runs the listed areas of an acceptance suite against a release binary
  race        redeems one code many times at once, and counts; on PostgreSQL too beside scripts/with-postgres";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["tidy"] => tidy::run(&root()?),
        ["codegen"] => generated::declarations(&root()?, Mode::Write),
        ["codegen", "--check"] => generated::declarations(&root()?, Mode::Check),
        ["openapi"] => generated::openapi(&root()?, Mode::Write),
        ["openapi", "--check"] => generated::openapi(&root()?, Mode::Check),
        ["smoke", binary] => smoke::run(Path::new(binary)),
        ["acceptance", binary, suite, areas] => {
            acceptance::run(&root()?, Path::new(binary), [suite, areas].map(Path::new))
        }
        ["race", binary] => race::run(Path::new(binary), None),
        ["race", binary, rounds] => race::run(Path::new(binary), Some(rounds.parse()?)),
        [acceptance::ISOLATED, binary, suite, areas] => {
            acceptance::run_isolated(Path::new(binary), Path::new(suite), Path::new(areas))
        }
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("{USAGE}"),
    }
}

/// The repository.
fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Path::to_owned).context("xtask has no parent directory")
}
