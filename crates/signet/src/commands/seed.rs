//! `signet db seed`.

use super::say;
use crate::app::open_store;
use crate::config::Settings;
use crate::deps::Deps;
use crate::seed::{self, Seeded};
use anyhow::{Context as _, Result, bail};
use std::process::ExitCode;

pub(super) async fn run(settings: &Settings, deps: &Deps, skip_when_exists: bool) -> Result<ExitCode> {
    settings.not_built.refuse()?;
    let store = open_store(settings, deps).await?;
    store.migrate().await.context("cannot create the database schema")?;
    store.check_vault_key().await.context("the vault key does not open this database's secrets")?;
    match seed::seed(&store, &settings.seed, deps, Some(&settings.storage.data_dir)).await? {
        Seeded::Before if skip_when_exists => say("the database is seeded already")?,
        Seeded::Before => bail!("the database is seeded already; `--skip-when-exists` makes this no error"),
        Seeded::Now { credentials: Some(path) } => {
            say(format_args!("seeded; the client id and secret for the Management API are in {}", path.display()))?;
        }
        Seeded::Now { credentials: None } => say("seeded")?,
    }
    Ok(ExitCode::SUCCESS)
}
