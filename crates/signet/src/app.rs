//! The only wiring: configuration and dependencies become two routers over one store and one script pool.

use crate::config::{Settings, vault_key};
use crate::deps::Deps;
use crate::egress;
use crate::people;
use crate::script_fetch::ScriptFetch;
use crate::seed;
use crate::worker;
use anyhow::{Context as _, Result, bail};
use axum::Router;
use signet_core::id::TenantId;
use signet_core::secret::Hashed;
use signet_egress::Egress;
use signet_http::{Console, ConsoleFacts, ConsolePlace, HttpSettings, TenantContext, TenantState};
use signet_identity::password::Passwords;
use signet_identity::password::queue::QueueSettings;
use signet_oidc::provider::{Provider, ProviderDeps};
use signet_sandbox::{CircuitConfig, Fetcher, Limits, Pool, PoolConfig};
use signet_storage::{MigrationState, Store, StoreDeps, StoreSettings};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// A server without its listeners.
pub struct App {
    pub store: Store,
    pub pool: Arc<Pool>,
    /// Routes of the `default` tenant.
    pub core: Router,
    /// Routes of the `admin` tenant.
    pub admin: Router,
    tasks: Vec<JoinHandle<()>>,
}

impl App {
    /// Opens the database, seeds it when it is empty, and puts the parts together. Must run inside a tokio runtime.
    pub async fn build(settings: &Settings, deps: &Deps) -> Result<Self> {
        settings.not_built.refuse()?;
        let store = open_store(settings, deps).await?;
        prepare(&store).await?;
        seed::seed(&store, &settings.seed, deps, Some(&settings.storage.data_dir)).await?;
        let egress = Arc::new(egress::guard(settings, deps)?);
        let pool = Arc::new(Self::pool(settings, deps, Arc::new(ScriptFetch(egress.clone()))));
        let (core, admin) = routers(settings, deps, &store, (&pool, &egress))?;
        let tasks = vec![
            store.maintain(),
            worker::start(&store, deps, settings.storage.audit_retention_days),
            worker::start_statistics(&store),
        ];
        Ok(Self { store, pool, core, admin, tasks })
    }

    /// The script pool of a configuration.
    pub fn pool(settings: &Settings, deps: &Deps, fetcher: Arc<dyn Fetcher>) -> Pool {
        Pool::new(pool_config(settings, deps), fetcher)
    }

    /// Ends the work beside requests.
    pub async fn stop(self) {
        for task in &self.tasks {
            task.abort();
        }
        if let Err(error) = self.store.store_statistics().await {
            tracing::warn!(?error, "the last statistics could not be stored");
        }
        self.pool.shutdown().await;
    }
}

/// The store of a configuration, its vault key checked against the database.
pub async fn open_store(settings: &Settings, deps: &Deps) -> Result<Store> {
    let data_dir = &settings.storage.data_dir;
    std::fs::create_dir_all(data_dir)
        .with_context(|| format!("cannot make the data directory `{}`", data_dir.display()))?;
    let vault = vault_key::open(&settings.storage, deps.rng.clone())?;
    let store_settings = StoreSettings { database: settings.storage.database(), pool: settings.storage.pool() };
    let store = Store::open(&store_settings, StoreDeps { clock: deps.clock.clone(), vault }).await;
    store.with_context(|| format!("cannot open the database `{:?}`", store_settings.database))
}

/// Brings an empty database, or an embedded one, up to date. Several nodes may share a PostgreSQL database, so there an
/// operator says when: `signet migrate`.
async fn prepare(store: &Store) -> Result<()> {
    match store.migration_state().await.context("cannot read the database schema")? {
        MigrationState::UpToDate => {}
        MigrationState::Empty => store.migrate().await.context("cannot create the database schema")?,
        MigrationState::Behind { .. } if !store.is_postgres() => {
            store.migrate().await.context("cannot migrate the database schema")?;
        }
        MigrationState::Behind { pending } => {
            bail!("the database schema is behind ({}); run `signet migrate`", pending.join(", "));
        }
        MigrationState::Ahead { version } => {
            bail!("the database schema is of a later Signet (migration {version}); update this one");
        }
    }
    store.check_vault_key().await.context("the vault key does not open this database's secrets")
}

fn pool_config(settings: &Settings, deps: &Deps) -> PoolConfig {
    let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    PoolConfig {
        running: settings.scripts.script_workers.unwrap_or_else(|| processors.max(2)),
        kept: settings.scripts.script_workers_kept,
        queue: settings.scripts.script_queue,
        queue_timeout: Duration::from_secs(5),
        command: deps.worker.clone(),
        max_runs_per_worker: 1_000_000,
        circuit: CircuitConfig {
            failures: settings.scripts.script_circuit_failures,
            cooldown: settings.scripts.script_circuit_cooldown,
        },
    }
}

fn script_limits(settings: &Settings) -> Limits {
    Limits {
        wall: settings.scripts.script_timeout,
        cpu: settings.scripts.script_timeout,
        memory_bytes: settings.scripts.script_memory_mb << 20,
        output_bytes: settings.scripts.script_output_kb << 10,
        ..Limits::default()
    }
}

fn routers(
    settings: &Settings,
    deps: &Deps,
    store: &Store,
    (pool, egress): (&Arc<Pool>, &Arc<Egress>),
) -> Result<(Router, Router)> {
    let server = &settings.server;
    let (core_endpoint, admin_endpoint) = (server.endpoint(), server.admin_endpoint());
    let script_limits = script_limits(settings);
    let provider = |endpoint: &str, tenant: TenantId| {
        let (clock, rng, pool) = (deps.clock.clone(), deps.rng.clone(), pool.clone());
        let deps = ProviderDeps { clock, rng, pool, egress: egress.clone(), script_limits: script_limits.clone() };
        Arc::new(Provider::new(format!("{endpoint}/oidc"), store.tenant(tenant), deps))
    };
    let core = provider(&core_endpoint, TenantId::default_tenant());
    let admin = provider(&admin_endpoint, TenantId::admin());
    let http = Arc::new(HttpSettings {
        trusted_proxies: server.trust_proxy_header.then_some(server.trusted_proxies),
        api_origins: vec![origin(&admin_endpoint)?],
        status_api_key: server.status_api_key.as_deref().map(Hashed::of),
        rotation_grace: server.private_key_rotation_grace_period,
    });
    let passwords = Arc::new(Passwords::new(QueueSettings::for_this_machine(), deps.rng.clone()));
    let breached = people::breached_passwords(settings, egress);
    let router = |endpoint: &str, (provider, trusted): (Arc<Provider>, Vec<Arc<Provider>>), console: ConsolePlace| {
        let context = TenantContext {
            endpoint: endpoint.to_owned(),
            identity: people::identity(
                settings,
                deps,
                store.tenant(provider.tenant().clone()),
                (endpoint, &passwords, &breached),
            ),
            store: store.tenant(provider.tenant().clone()),
            provider,
            trusted,
            clock: deps.clock.clone(),
            rng: deps.rng.clone(),
            pool: pool.clone(),
            passwords: passwords.clone(),
            script_limits: script_limits.clone(),
            settings: http.clone(),
            console,
        };
        under_prefix(endpoint, signet_http::tenant_router(TenantState::new(context)))
    };
    let elsewhere = ConsolePlace::At(admin_endpoint.clone());
    let core_router = router(&core_endpoint, (core.clone(), vec![core, admin.clone()]), elsewhere)?;
    let here = ConsolePlace::Here(console(settings, deps));
    let admin_router = router(&admin_endpoint, (admin.clone(), vec![admin]), here)?;
    Ok((core_router, admin_router))
}

fn console(settings: &Settings, deps: &Deps) -> Arc<Console> {
    let (endpoint, admin_endpoint) = (settings.server.endpoint(), settings.server.admin_endpoint());
    let is_development = people::is_development(settings, &endpoint);
    let version = env!("CARGO_PKG_VERSION");
    Arc::new(Console::new((deps.console)(), &ConsoleFacts { endpoint, admin_endpoint, version, is_development }))
}

/// An endpoint may have a path; everything then lives below it.
fn under_prefix(endpoint: &str, router: Router) -> Result<Router> {
    let path = url::Url::parse(endpoint)?.path().trim_end_matches('/').to_owned();
    Ok(if path.is_empty() { router } else { Router::new().nest(&path, router) })
}

fn origin(endpoint: &str) -> Result<String> {
    Ok(url::Url::parse(endpoint)?.origin().ascii_serialization())
}
