//! `signet migrate`.

use super::say;
use crate::app::open_store;
use crate::config::Settings;
use crate::deps::Deps;
use anyhow::{Result, bail};
use signet_storage::MigrationState;
use std::process::ExitCode;

pub(super) async fn run(settings: &Settings, deps: &Deps, check: bool) -> Result<ExitCode> {
    settings.not_built.refuse()?;
    let store = open_store(settings, deps).await?;
    let state = store.migration_state().await?;
    match (state, check) {
        (MigrationState::UpToDate, _) => say("the database schema is up to date")?,
        (MigrationState::Ahead { version }, _) => {
            bail!("the database schema is of a later Signet (migration {version})")
        }
        (MigrationState::Empty, true) => {
            say("the database has no schema yet")?;
            return Ok(ExitCode::FAILURE);
        }
        (MigrationState::Behind { pending }, true) => {
            say(format_args!("migrations are waiting: {}", pending.join(", ")))?;
            return Ok(ExitCode::FAILURE);
        }
        (MigrationState::Empty | MigrationState::Behind { .. }, false) => {
            store.migrate().await?;
            say("the database schema is up to date")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
