//! `signet serve`.

use super::say;
use crate::app::App;
use crate::config::Settings;
use crate::deps::Deps;
use crate::memory;
use crate::seed::CREDENTIALS_FILE;
use crate::server::Server;
use crate::telemetry;
use anyhow::Result;
use signet_sandbox::Pool;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

pub(super) async fn run(settings: &Settings, deps: &Deps) -> Result<ExitCode> {
    memory::keep_no_large_blocks();
    if settings.server.metrics_listen.is_some() {
        telemetry::metrics()?;
    }
    // Before anything is built, so that an early signal still ends the program in order.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let app = App::build(settings, deps).await?;
    let mut server = Server::start(&settings.server, &app).await?;
    memory::give_back();
    welcome(settings)?;
    let protection = tokio::spawn(report_protection(app.pool.clone()));
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        failed = server.failed() => failed?,
    }
    tracing::info!("stopping; running requests may finish");
    protection.abort();
    server.drain().await;
    app.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Says what stands between scripts and the server, as soon as a worker has told.
async fn report_protection(pool: Arc<Pool>) {
    match pool.ready(Duration::from_secs(10)).await {
        Some(protection) if protection.is_complete() => tracing::info!(sandbox = %protection, "scripts are confined"),
        Some(protection) => tracing::warn!(sandbox = %protection, "scripts are confined, but not by every wall"),
        None => tracing::error!("no script worker could be started; tokens with claims scripts will be refused"),
    }
}

fn welcome(settings: &Settings) -> Result<()> {
    tracing::info!(
        endpoint = settings.server.endpoint(),
        admin_endpoint = settings.server.admin_endpoint(),
        database = ?settings.storage.database(),
        "Signet is ready"
    );
    let credentials = settings.storage.data_dir.join(CREDENTIALS_FILE);
    say(format_args!("Signet is ready at {}", settings.server.endpoint()))?;
    say(format_args!("  issuer      {}/oidc", settings.server.endpoint()))?;
    say(format_args!("  admin       {}", settings.server.admin_endpoint()))?;
    if credentials.exists() {
        say(format_args!("  management  client id and secret are in {}", credentials.display()))?;
    }
    Ok(())
}
