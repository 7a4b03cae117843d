//! `signet doctor`: what this machine protects scripts with, and whether the configuration works.

use super::say;
use crate::app::{App, open_store};
use crate::config::Settings;
use crate::deps::Deps;
use anyhow::{Context as _, Result};
use signet_sandbox::NoNetwork;
use signet_storage::MigrationState;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

pub(super) async fn run(settings: &Settings, deps: &Deps) -> Result<ExitCode> {
    settings.not_built.refuse()?;
    let store = open_store(settings, deps).await?;
    let state = store.migration_state().await?;
    say(format_args!("database   {:?}, {}", settings.storage.database(), schema(&state)))?;
    if state == MigrationState::UpToDate {
        store.check_vault_key().await.context("the vault key does not open this database's secrets")?;
        say("vault key  opens the secrets of this database")?;
    }
    let pool = App::pool(settings, deps, Arc::new(NoNetwork));
    let protection = pool.ready(Duration::from_secs(10)).await;
    pool.shutdown().await;
    let Some(protection) = protection else {
        say("sandbox    no script worker could be started")?;
        return Ok(ExitCode::FAILURE);
    };
    say(format_args!("sandbox    {protection}"))?;
    Ok(ExitCode::SUCCESS)
}

fn schema(state: &MigrationState) -> String {
    match state {
        MigrationState::Empty => "no schema yet".to_owned(),
        MigrationState::Behind { pending } => format!("migrations are waiting: {}", pending.join(", ")),
        MigrationState::UpToDate => "schema up to date".to_owned(),
        MigrationState::Ahead { version } => format!("schema of a later Signet (migration {version})"),
    }
}
