//! What the audit log costs. The server has no switch to turn it off, so its part is timed alone: the same entries, in
//! groups of the size and at the rate that the server was seen to commit, through the same storage code, on a database
//! of the same kind.
//!
//! Left out is what stands around it in the server: writing the payload's JSON, and waking the requests that waited.

use crate::database::{Database, Kind};
use crate::numbers::micros;
use crate::process;
use crate::workload::{Scenario, Workload};
use anyhow::Result;
use serde_json::Value as Json;
use signet_core::audit::{AuditContext, AuditEntry, LogKey};
use signet_core::id::TenantId;
use signet_core::random::{Rng as _, SystemRng};
use signet_core::time::{Clock as _, SystemClock};
use signet_storage::{PoolSettings, Store, StoreDeps, StoreSettings, Vault};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How often the rate is looked at.
const STEP: Duration = Duration::from_millis(5);

/// CPU microseconds of one request's entries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) here: f64,
    pub(crate) database_server: f64,
}

/// Entries that one request leaves.
pub(crate) struct Entries(Vec<(LogKey, String, Option<Arc<AuditContext>>)>);

impl Entries {
    /// As the server stored them for its last request.
    pub(crate) fn of(workload: &Workload, scenario: Scenario) -> Result<Self> {
        let payloads = scenario.audit_keys().iter().map(|&key| {
            let mut payload = workload.audit_payload(scenario, key.as_str())?;
            // The server stores it apart.
            let context =
                payload.get_mut("payload").and_then(Json::as_object_mut).and_then(|input| input.remove("context"));
            let context = context.map(|context| Arc::new(AuditContext::new(context.to_string())));
            Ok((key, payload.to_string(), context))
        });
        Ok(Self(payloads.collect::<Result<_>>()?))
    }

    fn make(&self) -> impl Iterator<Item = AuditEntry> {
        let now = SystemClock.now();
        let application = "8f4nq2b6s0d1k7x3v9c5m".parse().ok();
        self.0.iter().map(move |(key, payload, context)| AuditEntry {
            id: SystemRng.log_id(now),
            key: *key,
            application_id: application.clone(),
            user_id: None,
            payload: payload.clone(),
            context: context.clone(),
            created_at: now,
        })
    }
}

/// An audit log of its own.
pub(crate) struct Auditing {
    store: Store,
    database: Database,
    maintenance: tokio::task::JoinHandle<()>,
    _directory: TempDir,
}

impl Auditing {
    pub(crate) async fn new(kind: Kind) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("signet-bench.").tempdir()?;
        let database = Database::create(kind, directory.path(), "audit").await?;
        let settings = StoreSettings { database: database.address(), pool: PoolSettings::default() };
        let vault = Vault::new(&[7; 32], Arc::new(SystemRng))?;
        let store = Store::open(&settings, StoreDeps { clock: Arc::new(SystemClock), vault }).await?;
        store.migrate().await?;
        let maintenance = store.maintain();
        Ok(Self { store, database, maintenance, _directory: directory })
    }

    /// `group` is the mean number of requests in a commit, `rate` how many come in a second.
    pub(crate) async fn measure(
        &self,
        entries: &Entries,
        (group, rate): (f64, f64),
        duration: Duration,
    ) -> Result<Cost> {
        let (mut making, mut requests, mut owed) = (Duration::ZERO, 0_u32, 0.0_f64);
        let (begun, before, server) = (Instant::now(), process::own_cpu(), self.database.server_cpu()?);
        while begun.elapsed() < duration {
            let due = begun.elapsed().as_secs_f64() * rate;
            if f64::from(requests) >= due {
                tokio::time::sleep(STEP).await;
                continue;
            }
            let thread = process::own_thread_cpu();
            owed += group.max(1.0);
            let mut made = Vec::new();
            while owed >= 1.0 {
                made.extend(entries.make());
                owed -= 1.0;
                requests += 1;
            }
            making += process::own_thread_cpu().saturating_sub(thread);
            self.store.audit().append(&TenantId::default_tenant(), made).await?;
        }
        let here = process::own_cpu().saturating_sub(before + making);
        let server = self.database.server_cpu()?.saturating_sub(server);
        let each = |spent: Duration| micros(spent) / f64::from(requests.max(1));
        Ok(Cost { here: each(here), database_server: each(server) })
    }

    pub(crate) async fn remove(self) -> Result<()> {
        self.maintenance.abort();
        drop(self.store);
        self.database.remove().await
    }
}
