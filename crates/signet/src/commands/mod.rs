//! Commands of the `signet` program.

mod backup;
mod doctor;
mod migrate;
mod script;
mod seed;
mod serve;

use crate::config::{Cli, Command, DbCommand, ScriptCommand};
use crate::deps::Deps;
use crate::telemetry;
use anyhow::Result;
use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

/// Parses the command line and runs the command.
pub fn main() -> ExitCode {
    // What the server writes is for its own user: the database holds the audit log in clear.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let cli = match Cli::load() {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match run(&cli) {
        Ok(code) => code,
        Err(error) => {
            // Nothing to be done when even standard error is closed.
            writeln!(std::io::stderr(), "signet: {error:#}").ok();
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<ExitCode> {
    telemetry::start_logs(&cli.settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .on_thread_start(signet_sandbox::thread_started)
        .build()?;
    runtime.block_on(async {
        let (settings, deps) = (&cli.settings, Deps::production());
        match &cli.command {
            Command::Serve => serve::run(settings, &deps).await,
            Command::Db { command: DbCommand::Seed { skip_when_exists } } => {
                seed::run(settings, &deps, *skip_when_exists).await
            }
            Command::Migrate { check } => migrate::run(settings, &deps, *check).await,
            Command::Backup { target } => backup::backup(settings, &deps, target).await,
            Command::Restore { source, force } => backup::restore(settings, source, *force),
            Command::Script { command: ScriptCommand::Remove { token_type } } => {
                script::remove(settings, &deps, *token_type).await
            }
            Command::Openapi => openapi(),
            Command::Script { command: ScriptCommand::Types { token_type } } => script::types(*token_type),
            Command::Doctor => doctor::run(settings, &deps).await,
        }
    })
}

fn openapi() -> Result<ExitCode> {
    say(serde_json::to_string_pretty(&signet_http::openapi())?)?;
    Ok(ExitCode::SUCCESS)
}

/// A line for the person at the terminal.
fn say(text: impl Display) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
