//! The first data of a tenant: keys, the Management API with its roles, and the first application. Each tenant is
//! seeded in one transaction that begins by claiming it, so two starting nodes seed it once, and a killed one leaves
//! nothing half done.

use crate::config::SeedArgs;
use crate::deps::Deps;
use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value, json};
use signet_core::application::{Application, ApplicationSecret, ApplicationType, DEFAULT_SECRET_NAME};
use signet_core::id::{ApplicationId, ResourceId, RoleId, ScopeId, TenantId};
use signet_core::organization::{Organization, OrganizationRole};
use signet_core::resource::{ApiResource, ApiScope, DEFAULT_ACCESS_TOKEN_TTL, management_api_indicator};
use signet_core::role::{MANAGEMENT_ROLE_NAME, Role, RoleType};
use signet_core::signing_key::{KeyFamily, KeyStatus, KeyUse, StoredKey};
use signet_core::time::Timestamp;
use signet_oidc::jose::key::PrivateKey;
use signet_storage::{Store, Tx};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Id of the seeded Management API resource, and of its one scope.
pub const MANAGEMENT_API_ID: &str = "management-api";
const MANAGEMENT_SCOPE_ID: &str = "management-api-all";
/// The scope that everything at the Management API asks for.
const MANAGEMENT_SCOPE: &str = "all";

/// What became of a seed.
#[derive(Debug, PartialEq, Eq)]
pub enum Seeded {
    /// There was data already.
    Before,
    /// The database is new. The file holds the credentials of the first application, unless the operator chose them.
    Now { credentials: Option<PathBuf> },
}

/// The name of the file with the first application's credentials, in the data directory.
pub const CREDENTIALS_FILE: &str = "management.env";

/// Seeds the tenants that are missing. Without a bootstrap application in the configuration, one with a random secret
/// is made and its credentials are written to a file of `credentials_dir` that only its owner can read.
pub async fn seed(store: &Store, settings: &SeedArgs, deps: &Deps, credentials_dir: Option<&Path>) -> Result<Seeded> {
    let missing = missing_tenants(store).await?;
    if missing.is_empty() {
        return Ok(Seeded::Before);
    }
    let bootstrap = bootstrap(settings, deps);
    let mut credentials = None;
    for tenant in missing {
        let keys = new_keys(settings).await?;
        let mut tx = store.tenant(tenant.clone()).write().await?;
        let now = deps.clock.now();
        if !tx.insert_tenant(now).await? {
            continue;
        }
        seed_keys(&mut tx, keys, settings, deps).await?;
        if tenant == TenantId::admin() {
            seed_admin(&mut tx, deps).await?;
        } else {
            seed_default(&mut tx, &bootstrap, deps).await?;
            // Before the commit: a program that ends in between seeds again and writes the file anew, but credentials
            // that were committed and never written down would be lost.
            let directory = credentials_dir.filter(|_| settings.bootstrap_app_id.is_none());
            credentials = directory.map(|directory| write_credentials(directory, &bootstrap)).transpose()?;
        }
        tx.commit().await?;
        tracing::info!(tenant.id = %tenant, "the tenant was created");
    }
    Ok(Seeded::Now { credentials })
}

async fn missing_tenants(store: &Store) -> Result<Vec<TenantId>> {
    let mut missing = Vec::new();
    for tenant in [TenantId::default_tenant(), TenantId::admin()] {
        if store.tenant(tenant.clone()).read().await?.tenant_created_at().await?.is_none() {
            missing.push(tenant);
        }
    }
    Ok(missing)
}

struct Bootstrap {
    id: String,
    secret: String,
}

fn bootstrap(settings: &SeedArgs, deps: &Deps) -> Bootstrap {
    match (&settings.bootstrap_app_id, &settings.bootstrap_app_secret) {
        (Some(id), Some(secret)) => Bootstrap { id: id.clone(), secret: secret.clone() },
        _ => Bootstrap { id: deps.rng.id(21), secret: deps.rng.secret() },
    }
}

/// Keys of a new tenant. Made before the transaction begins: an RSA key takes its time.
struct NewKeys {
    private: Vec<PrivateKey>,
    companion: Option<PrivateKey>,
}

/// Imported keys are used as they are, without a companion beside them.
async fn new_keys(settings: &SeedArgs) -> Result<NewKeys> {
    let mut texts = settings.oidc_private_keys.clone();
    texts.retain(|text| !text.trim().is_empty());
    for path in &settings.oidc_private_key_paths {
        let text = std::fs::read_to_string(path);
        texts.push(text.with_context(|| format!("cannot read the signing key `{}`", path.display()))?);
    }
    ensure!(texts.len() <= 2, "at most two signing keys can be imported: the current one and the previous one");
    let private = texts
        .iter()
        .map(|text| PrivateKey::import(text.trim()).context("a configured signing key"))
        .collect::<Result<Vec<_>>>()?;
    if !private.is_empty() {
        return Ok(NewKeys { private, companion: None });
    }
    let made = tokio::task::spawn_blocking(|| {
        Ok::<_, anyhow::Error>((PrivateKey::generate(KeyFamily::Ec)?, PrivateKey::generate(KeyFamily::Rsa)?))
    });
    let (ec, rsa) = made.await??;
    Ok(NewKeys { private: vec![ec], companion: Some(rsa) })
}

async fn seed_keys(tx: &mut Tx, keys: NewKeys, settings: &SeedArgs, deps: &Deps) -> Result<()> {
    let now = deps.clock.now();
    for (position, key) in keys.private.iter().enumerate() {
        insert_key(tx, KeyUse::Private, key, (position, now), deps).await?;
    }
    if let Some(companion) = &keys.companion {
        insert_key(tx, KeyUse::Companion, companion, (0, now), deps).await?;
    }
    let mut cookies = settings.oidc_cookie_keys.clone();
    cookies.retain(|key| !key.trim().is_empty());
    if cookies.is_empty() {
        cookies.push(deps.rng.secret());
    }
    for (position, text) in cookies.iter().take(2).enumerate() {
        let id = deps.rng.id(21);
        let material = tx.seal_key(&id, text.trim())?;
        let stored = StoredKey { id, material, algorithm: None, status: status(position), created_at: now };
        tx.insert_signing_key(KeyUse::Cookie, &stored).await?;
    }
    Ok(())
}

fn status(position: usize) -> KeyStatus {
    if position == 0 { KeyStatus::Current } else { KeyStatus::Previous }
}

async fn insert_key(
    tx: &mut Tx,
    usage: KeyUse,
    key: &PrivateKey,
    (position, created_at): (usize, Timestamp),
    deps: &Deps,
) -> Result<()> {
    let id = deps.rng.id(21);
    let material = tx.seal_key(&id, key.to_pem()?.expose())?;
    let stored = StoredKey { id, material, algorithm: Some(key.algorithm()), status: status(position), created_at };
    Ok(tx.insert_signing_key(usage, &stored).await?)
}

async fn seed_default(tx: &mut Tx, bootstrap: &Bootstrap, deps: &Deps) -> Result<()> {
    let tenant = TenantId::default_tenant();
    let scope = seed_api(
        tx,
        &management_api_indicator(&tenant),
        "Logto Management API",
        Some((MANAGEMENT_API_ID, MANAGEMENT_SCOPE_ID)),
        deps,
    )
    .await?;
    let internal = Role {
        id: "admin-role".parse()?,
        name: "#internal:admin".to_owned(),
        description: format!("Internal admin role for Logto tenant {tenant}."),
        kind: RoleType::MachineToMachine,
        is_default: false,
    };
    let access = Role {
        id: RoleId::random(&*deps.rng),
        name: MANAGEMENT_ROLE_NAME.to_owned(),
        description: "This default role grants access to the Logto management API.".to_owned(),
        kind: RoleType::MachineToMachine,
        is_default: false,
    };
    for role in [&internal, &access] {
        tx.insert_role(role).await?;
        tx.add_scope_to_role(&role.id, &scope).await?;
    }
    tx.put_config("adminConsole", &json!({"signInExperienceCustomized": false, "organizationCreated": false})).await?;
    tx.put_config("idToken", &json!({"enabledExtendedClaims": ["roles", "organizations", "organization_roles"]}))
        .await?;
    seed_application(tx, bootstrap, &access.id, deps).await
}

/// The machine-to-machine application that opens the Management API.
async fn seed_application(tx: &mut Tx, bootstrap: &Bootstrap, role: &RoleId, deps: &Deps) -> Result<()> {
    let id: ApplicationId = bootstrap.id.parse().context("SIGNET_BOOTSTRAP_APP_ID")?;
    let mut application = application(id.clone(), "Management API access", ApplicationType::MachineToMachine, deps);
    application.description = Some("Made with the database, to call the Management API.".to_owned());
    tx.insert_application(&application).await?;
    let value = tx.seal_application_secret(&id, DEFAULT_SECRET_NAME, &bootstrap.secret)?;
    let name = DEFAULT_SECRET_NAME.to_owned();
    let created_at = application.created_at;
    tx.insert_application_secret(&ApplicationSecret {
        application_id: id.clone(),
        name,
        value,
        created_at,
        expires_at: None,
    })
    .await?;
    tx.assign_role_to_application(&id, role).await?;
    Ok(())
}

fn application(id: ApplicationId, name: &str, kind: ApplicationType, deps: &Deps) -> Application {
    let empty = || Value::Array(Vec::new());
    Application {
        id,
        name: name.to_owned(),
        description: None,
        kind,
        oidc_client_metadata: Map::from_iter([
            ("redirectUris".to_owned(), empty()),
            ("postLogoutRedirectUris".to_owned(), empty()),
        ]),
        custom_client_metadata: Map::new(),
        protected_app_metadata: None,
        custom_data: Map::new(),
        is_third_party: false,
        app_level_access_control_enabled: false,
        created_at: deps.clock.now(),
    }
}

/// The tenant of administrators: the APIs that its people call, and the roles that open them.
async fn seed_admin(tx: &mut Tx, deps: &Deps) -> Result<()> {
    let default_api = management_api_indicator(&TenantId::default_tenant());
    let admin_api = management_api_indicator(&TenantId::admin());
    let default_scope = seed_api(tx, &default_api, "Logto Management API for tenant default", None, deps).await?;
    seed_api(
        tx,
        &admin_api,
        "Logto Management API for tenant admin",
        Some((MANAGEMENT_API_ID, MANAGEMENT_SCOPE_ID)),
        deps,
    )
    .await?;
    let me_scope = seed_api(tx, "https://admin.logto.app/me", "Logto Me API", None, deps).await?;
    for (name, description, scope) in [
        ("user", "Default role for admin tenant.", &me_scope),
        ("default:admin", "Legacy user role for accessing default Management API. Used in OSS only.", &default_scope),
    ] {
        let id = RoleId::random(&*deps.rng);
        let (name, description) = (name.to_owned(), description.to_owned());
        let role = Role { id, name, description, kind: RoleType::User, is_default: false };
        tx.insert_role(&role).await?;
        tx.add_scope_to_role(&role.id, scope).await?;
    }
    seed_organizations(tx, deps).await?;
    let console = application("admin-console".parse()?, "Admin Console", ApplicationType::Spa, deps);
    tx.insert_application(&console).await?;
    Ok(())
}

/// For each tenant an organization of those who administer it, and what they may be there.
async fn seed_organizations(tx: &mut Tx, deps: &Deps) -> Result<()> {
    for (name, description) in
        [("admin", "Administers the tenant and those who work on it."), ("collaborator", "Works on the tenant.")]
    {
        let (id, description) = (name.parse()?, Some(description.to_owned()));
        let role = OrganizationRole { id, name: name.to_owned(), description, kind: RoleType::User };
        tx.insert_organization_role(&role).await?;
    }
    for tenant in [TenantId::default_tenant(), TenantId::admin()] {
        let organization = Organization {
            id: format!("t-{tenant}").parse()?,
            name: format!("Tenant {tenant}"),
            description: None,
            custom_data: Map::new(),
            is_mfa_required: false,
            color: Map::new(),
            branding: Map::new(),
            custom_css: None,
            created_at: deps.clock.now(),
        };
        tx.insert_organization(&organization).await?;
    }
    Ok(())
}

/// A resource with scope `all`.
async fn seed_api(tx: &mut Tx, indicator: &str, name: &str, ids: Option<(&str, &str)>, deps: &Deps) -> Result<ScopeId> {
    let (resource_id, scope_id) = match ids {
        Some((resource, scope)) => (resource.parse()?, scope.parse()?),
        None => (ResourceId::random(&*deps.rng), ScopeId::random(&*deps.rng)),
    };
    let resource = ApiResource {
        id: resource_id,
        name: name.to_owned(),
        indicator: indicator.to_owned(),
        is_default: false,
        access_token_ttl: DEFAULT_ACCESS_TOKEN_TTL,
    };
    tx.insert_resource(&resource).await?;
    let scope = ApiScope {
        id: scope_id,
        resource_id: resource.id,
        name: MANAGEMENT_SCOPE.to_owned(),
        description: Some("Default scope for Management API, allows all permissions.".to_owned()),
        created_at: deps.clock.now(),
    };
    tx.insert_scope(&scope).await?;
    Ok(scope.id)
}

/// Shell variables, for `. ./data/management.env`.
fn write_credentials(directory: &Path, bootstrap: &Bootstrap) -> Result<PathBuf> {
    let path = directory.join(CREDENTIALS_FILE);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    writeln!(file, "MANAGEMENT_APP_ID={}\nMANAGEMENT_APP_SECRET={}", bootstrap.id, bootstrap.secret)?;
    Ok(path)
}
