//! A tenant for tests: an SQLite database with a signing key and one application that may call the Management API.

use crate::state::{HttpSettings, TenantContext, TenantState};
use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use serde_json::{Map, Value, json};
use signet_core::application::{Application, ApplicationSecret, ApplicationType};
use signet_core::id::TenantId;
use signet_core::random::{Rng, SystemRng};
use signet_core::resource::{ApiResource, ApiScope, management_api_indicator};
use signet_core::role::{Role, RoleType};
use signet_core::signing_key::{KeyFamily, KeyStatus, KeyUse, StoredKey};
use signet_core::time::{Clock, FrozenClock, Timestamp};
use signet_egress::{Egress, EgressConfig, Network};
use signet_identity::identity::{Identity, IdentityDeps};
use signet_identity::message::{Mailbox, Senders};
use signet_identity::password::Passwords;
use signet_identity::password::queue::QueueSettings;
use signet_identity::policy::breach::NoBreachedPasswords;
use signet_oidc::jose::key::PrivateKey;
use signet_oidc::provider::{Provider, ProviderDeps};
use signet_sandbox::{Limits, NoNetwork, Pool, PoolConfig, WorkerCommand};
use signet_storage::{PoolSettings, Store, StoreDeps, StoreSettings, TenantStore, Tx, Vault};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tower::ServiceExt;

pub(super) const NOW: Timestamp = Timestamp(1_800_000_000_000);

pub(super) struct TestTenant {
    pub(super) clock: Arc<FrozenClock>,
    router: Router,
    token: String,
    _directory: TempDir,
}

/// An answer. The body is `null` when there is none, and a string when it is not JSON.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Answer {
    /// Status and code, in short.
    pub(super) fn refusal(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or_default())
    }

    pub(super) fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }
}

async fn new_store(directory: &TempDir, clock: &Arc<dyn Clock>, rng: &Arc<dyn Rng>) -> TenantStore {
    let vault = Vault::new(&[7; 32], rng.clone()).unwrap();
    let database = format!("sqlite:{}", directory.path().join("test.db").display()).parse().unwrap();
    let settings = StoreSettings { database, pool: PoolSettings::default() };
    let store = Store::open(&settings, StoreDeps { clock: clock.clone(), vault }).await.unwrap();
    store.migrate().await.unwrap();
    store.tenant(TenantId::default_tenant())
}

/// Nothing here runs a script.
fn no_pool() -> Pool {
    let config = PoolConfig {
        running: 1,
        kept: 1,
        queue: 1,
        queue_timeout: Duration::ZERO,
        command: WorkerCommand { program: "/bin/false".into(), args: Vec::new() },
        max_runs_per_worker: 1,
        circuit: signet_sandbox::CircuitConfig::default(),
    };
    Pool::new(config, Arc::new(NoNetwork))
}

impl TestTenant {
    pub(super) async fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let clock = Arc::new(FrozenClock::at(NOW));
        let (rng, clock_dep): (Arc<dyn Rng>, Arc<dyn Clock>) = (Arc::new(SystemRng), clock.clone());
        let store = new_store(&directory, &clock_dep, &rng).await;
        let pool = Arc::new(no_pool());
        let script_limits = Limits::default();
        let egress = Arc::new(Egress::new(EgressConfig::default(), &Network::system()).unwrap());
        let (clock_of, rng_of, pool_of) = (clock_dep.clone(), rng.clone(), pool.clone());
        let deps = ProviderDeps { clock: clock_of, rng: rng_of, pool: pool_of, egress, script_limits };
        let passwords = Passwords::new(QueueSettings { running: 1, waiting: 10 }, rng.clone());
        let passwords = Arc::new(passwords);
        let endpoint = "https://id.example".to_owned();
        let provider = Arc::new(Provider::new(format!("{endpoint}/oidc"), store.clone(), deps));
        let mailbox = Arc::new(Mailbox::new(clock_dep.clone()));
        let identity = IdentityDeps {
            clock: clock_dep.clone(),
            rng: rng.clone(),
            passwords: passwords.clone(),
            breached: Arc::new(NoBreachedPasswords),
            senders: Senders { email: Some(mailbox.clone()), sms: Some(mailbox.clone()) },
            for_programs: Senders { email: Some(mailbox.clone()), sms: Some(mailbox.clone()) },
            mailbox: Some(mailbox),
        };
        let identity = Arc::new(Identity::new(store.clone(), identity));
        let settings = HttpSettings {
            trusted_proxies: None,
            api_origins: Vec::new(),
            status_api_key: None,
            rotation_grace: Duration::ZERO,
        };
        let state = TenantState::new(TenantContext {
            endpoint,
            trusted: vec![provider.clone()],
            provider,
            store,
            clock: clock_dep,
            rng,
            pool,
            identity,
            passwords,
            script_limits: Limits::default(),
            settings: Arc::new(settings),
            console: crate::console::ConsolePlace::At("https://admin.example".to_owned()),
        });
        let mut tx = state.store.write().await.unwrap();
        tx.insert_tenant(NOW).await.unwrap();
        seed(&mut tx).await;
        tx.commit().await.unwrap();
        let router = crate::tenant_router(state);
        let mut tenant = Self { clock, router, token: String::new(), _directory: directory };
        tenant.sign_in().await;
        tenant
    }

    /// Gets another token, for when time has passed.
    pub(super) async fn sign_in(&mut self) {
        let form = "grant_type=client_credentials&client_id=caller&client_secret=hunter2&scope=all\
            &resource=https%3A%2F%2Fdefault.logto.app%2Fapi";
        let request = Request::post("/oidc/token").header("content-type", "application/x-www-form-urlencoded");
        let answer = self.send(request.body(form.into()).unwrap()).await;
        self.token = answer.ok(200)["access_token"].as_str().unwrap().to_owned();
    }

    pub(super) async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let request = Request::builder().method(method).uri(format!("/api{path}"));
        let request = request.header("authorization", format!("Bearer {}", self.token));
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string().into()),
            None => request.body(Body::empty()),
        };
        self.send(request.unwrap()).await
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body)).await
    }

    /// Without a token. The path starts with `/api`.
    pub(super) async fn anonymous(&self, method: &str, path: &str) -> Answer {
        self.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let body = match text.as_str() {
            "" => Value::Null,
            json => serde_json::from_str(json).unwrap_or_else(|_| text.clone().into()),
        };
        assert_ne!(parts.status, StatusCode::INTERNAL_SERVER_ERROR, "{body}");
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

async fn seed(tx: &mut Tx) {
    let key = PrivateKey::generate(KeyFamily::Ec).unwrap();
    for (id, usage, material, algorithm) in [
        ("private", KeyUse::Private, key.to_pem().unwrap().expose().to_owned(), Some(key.algorithm())),
        ("cookie", KeyUse::Cookie, "cookie".to_owned(), None),
    ] {
        let material = tx.seal_key(id, &material).unwrap();
        let stored = StoredKey { id: id.to_owned(), material, algorithm, status: KeyStatus::Current, created_at: NOW };
        tx.insert_signing_key(usage, &stored).await.unwrap();
    }
    let resource = ApiResource {
        id: "management-api".parse().unwrap(),
        name: "Management API".to_owned(),
        indicator: management_api_indicator(&TenantId::default_tenant()),
        is_default: false,
        access_token_ttl: 3600,
    };
    tx.insert_resource(&resource).await.unwrap();
    let scope = ApiScope {
        id: "management-api-all".parse().unwrap(),
        resource_id: resource.id,
        name: "all".to_owned(),
        description: None,
        created_at: NOW,
    };
    tx.insert_scope(&scope).await.unwrap();
    let caller = application();
    tx.insert_application(&caller).await.unwrap();
    let value = tx.seal_application_secret(&caller.id, "secret", "hunter2").unwrap();
    let secret = ApplicationSecret {
        application_id: caller.id.clone(),
        name: "secret".to_owned(),
        value,
        created_at: NOW,
        expires_at: None,
    };
    tx.insert_application_secret(&secret).await.unwrap();
    for (id, name, kind) in [
        ("admin-role", "#internal:admin", RoleType::MachineToMachine),
        ("machine-role", "Machines", RoleType::MachineToMachine),
        ("user-role", "People", RoleType::User),
    ] {
        let description = "A role".to_owned();
        let role = Role { id: id.parse().unwrap(), name: name.to_owned(), description, kind, is_default: false };
        tx.insert_role(&role).await.unwrap();
    }
    let admin = "admin-role".parse().unwrap();
    tx.add_scope_to_role(&admin, &scope.id).await.unwrap();
    tx.assign_role_to_application(&caller.id, &admin).await.unwrap();
}

fn application() -> Application {
    Application {
        id: "caller".parse().unwrap(),
        name: "Caller".to_owned(),
        description: None,
        kind: ApplicationType::MachineToMachine,
        oidc_client_metadata: Map::from_iter([
            ("redirectUris".to_owned(), json!([])),
            ("postLogoutRedirectUris".to_owned(), json!([])),
        ]),
        custom_client_metadata: Map::new(),
        protected_app_metadata: None,
        custom_data: Map::new(),
        is_third_party: false,
        app_level_access_control_enabled: false,
        created_at: NOW,
    }
}
