//! The private listener: metrics for Prometheus, `/live` for the process, `/ready` for its database.

use crate::telemetry;
use anyhow::Result;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use signet_sandbox::Pool;
use signet_storage::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Whether the server wants requests. It says no while it drains.
#[derive(Clone, Default)]
pub(super) struct Readiness(Arc<AtomicBool>);

impl Readiness {
    pub(super) fn not_ready(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_draining(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Clone)]
struct Private {
    store: Store,
    pool: Arc<Pool>,
    readiness: Readiness,
    metrics: &'static PrometheusHandle,
}

pub(super) fn router(store: Store, pool: Arc<Pool>, readiness: Readiness) -> Result<Router> {
    let state = Private { store, pool, readiness, metrics: telemetry::metrics()? };
    let router = Router::new().route("/metrics", get(metrics)).route("/ready", get(ready));
    Ok(router.route("/live", get(async || StatusCode::NO_CONTENT)).with_state(state))
}

async fn metrics(State(state): State<Private>) -> String {
    let pool = state.pool.stats();
    for (name, value) in [
        ("signet_script_workers_idle", pool.idle),
        ("signet_script_workers_busy", pool.busy),
        ("signet_script_workers_starting", pool.starting),
        ("signet_script_queue", pool.queued),
        ("signet_script_circuits_open", pool.circuits_open),
    ] {
        metrics::gauge!(name).set(f64::from(u32::try_from(value).unwrap_or(u32::MAX)));
    }
    for (name, value) in [
        ("signet_script_runs_total", pool.runs),
        ("signet_script_shed_total", pool.shed),
        ("signet_script_circuit_refused_total", pool.circuit_refused),
        ("signet_script_crashed_total", pool.crashed),
        ("signet_script_killed_total", pool.killed),
        ("signet_script_workers_started_total", pool.started),
    ] {
        metrics::counter!(name).absolute(value);
    }
    state.metrics.run_upkeep();
    state.metrics.render()
}

/// 204 while the database answers within two seconds.
async fn ready(State(state): State<Private>) -> StatusCode {
    if state.readiness.is_draining() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match tokio::time::timeout(Duration::from_secs(2), state.store.ping()).await {
        Ok(Ok(())) => StatusCode::NO_CONTENT,
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
