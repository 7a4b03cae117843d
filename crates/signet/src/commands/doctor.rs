//! `signet doctor`: what this machine protects scripts with, and whether the configuration works.

use super::say;
use crate::app::{App, open_store};
use crate::config::Settings;
use crate::deps::Deps;
use anyhow::Result;
use std::process::ExitCode;
use std::time::Duration;

pub(super) async fn run(settings: &Settings, deps: &Deps) -> Result<ExitCode> {
    settings.not_built.refuse()?;
    let store = open_store(settings, deps).await?;
    say(format_args!("database   {:?}: {:?}", settings.storage.database(), store.migration_state().await?))?;
    let pool = App::pool(settings, deps);
    let protection = pool.ready(Duration::from_secs(10)).await;
    pool.shutdown().await;
    let Some(protection) = protection else {
        say("sandbox    no script worker could be started")?;
        return Ok(ExitCode::FAILURE);
    };
    say(format_args!("sandbox    {protection}"))?;
    Ok(ExitCode::SUCCESS)
}
