//! What the flows of one tenant may use: its store with what is kept of it in memory, its keys, the script pool,
//! the clock and the generator.

use crate::device::Attempts;
use crate::error::{BoxError, OAuthError};
use crate::key_sets::KeySets;
use crate::keys::KeyRing;
use crate::organizations::Organizations;
use crate::person::Person;
use crate::token::claims::audited::AuditContexts;
use crate::token::claims::script::LoadedScript;
use serde_json::Value;
use signet_core::application::{Application, SecretDigest};
use signet_core::audit::AuditContext;
use signet_core::claims::standard::ExtendedClaim;
use signet_core::console;
use signet_core::id::{ApplicationId, GrantId, ResourceId, TenantId, UserId};
use signet_core::random::Rng;
use signet_core::resource::ApiResource;
use signet_core::scope::Scope;
use signet_core::script::TokenType;
use signet_core::third_party::Reach;
use signet_core::time::{Clock, Timestamp};
use signet_egress::Egress;
use signet_sandbox::{Limits, Pool};
use signet_storage::{Cached, StoreError, TenantStore, Topic};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The key of the switches of extended claims.
pub const ID_TOKEN_CONFIG: &str = "idToken";

/// Entries that a cache of one tenant holds. Each is a few hundred bytes.
pub(crate) const CAPACITY: u64 = 10_000;

/// People that one tenant keeps in memory. Each may be some kilobytes.
pub(crate) const PEOPLE: u64 = 2_000;

/// What every tenant's provider shares.
#[derive(Clone)]
pub struct ProviderDeps {
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    pub pool: Arc<Pool>,
    pub egress: Arc<Egress>,
    pub script_limits: Limits,
}

/// The OAuth side of one tenant.
pub struct Provider {
    pub(crate) issuer: String,
    pub(crate) store: TenantStore,
    pub(crate) deps: ProviderDeps,
    clients: Cached<ApplicationId, Arc<Client>>,
    resources: Cached<String, Arc<ApiResource>>,
    default_resource: Cached<(), Option<Arc<ApiResource>>>,
    machine_scopes: Cached<(ApplicationId, ResourceId), Arc<Scope>>,
    scripts: Cached<TokenType, Option<Arc<LoadedScript>>>,
    keys: Cached<(), Arc<KeyRing>>,
    people: Cached<UserId, Arc<Person>>,
    id_token_claims: Cached<(), Arc<[ExtendedClaim]>>,
    pub(crate) audit_contexts: AuditContexts,
    pub(crate) device_attempts: Attempts,
    resource_scopes: Cached<ResourceId, Arc<Scope>>,
    pub(crate) organizations: Organizations,
    session_lifetime: Cached<(), Duration>,
    reaches: Cached<ApplicationId, Arc<Reach>>,
    pub(crate) key_sets: KeySets,
}

/// An application as the token endpoint needs it.
pub struct Client {
    pub application: Application,
    pub(crate) secrets: Vec<SecretDigest>,
    /// What scripts see of it, serialized once.
    pub(crate) script_view: OnceLock<Arc<str>>,
    /// The context of its scripts with what looks like a secret masked, for the audit log.
    pub(crate) audit_context: OnceLock<Arc<AuditContext>>,
}

/// A missing row, which is not cached: strangers could fill the cache with names that do not exist.
pub(crate) enum Lookup {
    Missing,
    Failed(StoreError),
}

impl From<StoreError> for Lookup {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

pub(crate) fn found<V>(outcome: Result<V, Lookup>) -> Result<Option<V>, OAuthError> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(Lookup::Missing) => Ok(None),
        Err(Lookup::Failed(error)) => Err(error.into()),
    }
}

impl From<StoreError> for OAuthError {
    /// An absent database is expected back; anything else is ours to mend.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::TemporarilyUnavailable(Box::new(error)),
            _ => Self::Internal(Box::new(error)),
        }
    }
}

pub(crate) fn internal(error: impl Into<BoxError>) -> OAuthError {
    OAuthError::Internal(error.into())
}

impl Provider {
    /// `issuer` is the tenant's endpoint with `/oidc`.
    pub fn new(issuer: String, store: TenantStore, deps: ProviderDeps) -> Self {
        let all = store.store().clone();
        Self {
            issuer,
            clients: all.cached(Topic::Applications, CAPACITY),
            resources: all.cached(Topic::Resources, CAPACITY),
            default_resource: all.cached(Topic::Resources, 1),
            machine_scopes: all.cached(Topic::Roles, CAPACITY),
            scripts: all.cached(Topic::Scripts, 8),
            keys: all.cached(Topic::Keys, 1),
            people: all.cached_over(&[Topic::Users, Topic::Roles, Topic::Resources], PEOPLE),
            id_token_claims: all.cached(Topic::Configs, 1),
            audit_contexts: AuditContexts::new(PEOPLE),
            device_attempts: Attempts::default(),
            resource_scopes: all.cached(Topic::Roles, CAPACITY),
            organizations: Organizations::new(&all),
            session_lifetime: all.cached(Topic::Configs, 1),
            reaches: all.cached_over(&[Topic::Applications, Topic::Roles, Topic::Organizations], CAPACITY),
            key_sets: KeySets::new(deps.egress.clone(), deps.clock.clone()),
            store,
            deps,
        }
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    pub fn tenant(&self) -> &TenantId {
        self.store.id()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.deps.clock.now()
    }

    pub async fn client(&self, id: &str) -> Result<Option<Arc<Client>>, OAuthError> {
        // An id that breaks the grammar belongs to nobody.
        let Ok(id) = id.parse::<ApplicationId>() else { return Ok(None) };
        found(self.clients.get_or_load(id, async |id| self.load_client(id).await).await)
    }

    async fn load_client(&self, id: &ApplicationId) -> Result<Arc<Client>, Lookup> {
        let reader = self.store.read().await?;
        let application = reader.application(id).await?.ok_or(Lookup::Missing)?;
        let endpoint = self.issuer.strip_suffix("/oidc").unwrap_or(&self.issuer);
        let application = console::placed(application, self.tenant(), endpoint);
        let secrets = reader.secret_digests(id).await?;
        let client = Client { application, secrets, script_view: OnceLock::new(), audit_context: OnceLock::new() };
        Ok(Arc::new(client))
    }

    /// Whether a client may publish its keys under this URL; if not, why.
    pub fn accepts_key_set_url(&self, url: &str) -> Result<(), String> {
        self.key_sets.accepts(url)
    }

    pub(crate) async fn resource(&self, indicator: &str) -> Result<Option<Arc<ApiResource>>, OAuthError> {
        let load = async |indicator: &String| {
            let found = self.store.read().await?.resource_by_indicator(indicator).await?;
            found.map(Arc::new).ok_or(Lookup::Missing)
        };
        found(self.resources.get_or_load(indicator.to_owned(), load).await)
    }

    /// The resource of requests that name none.
    pub(crate) async fn default_resource(&self) -> Result<Option<Arc<ApiResource>>, OAuthError> {
        let load = async |(): &()| {
            let found = self.store.read().await?.default_resource().await?;
            Ok::<_, StoreError>(found.map(Arc::new))
        };
        Ok(self.default_resource.get_or_load((), load).await?)
    }

    /// The scopes of a resource that a machine holds through its global roles.
    pub(crate) async fn machine_scope(
        &self,
        application: &ApplicationId,
        resource: &ResourceId,
    ) -> Result<Arc<Scope>, OAuthError> {
        let load = async |(application, resource): &(ApplicationId, ResourceId)| {
            let held = self.store.read().await?.scopes_held_by_application(application, resource).await?;
            Ok::<_, StoreError>(Arc::new(held.iter().map(String::as_str).collect::<Scope>()))
        };
        Ok(self.machine_scopes.get_or_load((application.clone(), resource.clone()), load).await?)
    }

    /// Somebody with what they hold. `None`: they do not exist, or are suspended and get nothing.
    ///
    /// What is kept is forgotten with every write of a person, so a suspension counts from the next request on.
    pub(crate) async fn active_person(&self, id: &UserId) -> Result<Option<Arc<Person>>, OAuthError> {
        Ok(self.person(id).await?.filter(|person| !person.user.is_suspended))
    }

    /// Somebody with what they hold, also when they are suspended.
    pub(crate) async fn person(&self, id: &UserId) -> Result<Option<Arc<Person>>, OAuthError> {
        let load = async |id: &UserId| {
            let reader = self.store.read().await?;
            // Both are asked before either is answered, which to PostgreSQL is one round trip.
            let (user, roles) = tokio::try_join!(reader.user(id), reader.held_roles(id))?;
            Ok(Arc::new(Person::new(user.ok_or(Lookup::Missing)?, roles)))
        };
        found(self.people.get_or_load(id.clone(), load).await)
    }

    /// The extended claims that ID tokens of this tenant have.
    pub(crate) async fn id_token_claims(&self) -> Result<Arc<[ExtendedClaim]>, OAuthError> {
        let load = async |(): &()| {
            let stored = self.store.read().await?.config(ID_TOKEN_CONFIG).await?.unwrap_or_default();
            let names = stored.get("enabledExtendedClaims").and_then(Value::as_array).into_iter().flatten();
            let claims = names.filter_map(|name| ExtendedClaim::parse(name.as_str()?));
            Ok::<_, StoreError>(claims.collect::<Arc<[ExtendedClaim]>>())
        };
        Ok(self.id_token_claims.get_or_load((), load).await?)
    }

    /// Ends a grant with its codes and tokens.
    pub(crate) async fn revoke_grant(&self, id: &GrantId) -> Result<(), OAuthError> {
        let tx = self.store.write().await?;
        tx.delete_grant(id).await?;
        Ok(tx.commit().await?)
    }

    /// All scopes of a resource.
    pub(crate) async fn scopes_of_resource(&self, resource: &ResourceId) -> Result<Arc<Scope>, OAuthError> {
        let load = async |resource: &ResourceId| {
            let scopes = self.store.read().await?.scopes_of_resources(std::slice::from_ref(resource)).await?;
            Ok::<_, StoreError>(Arc::new(scopes.iter().map(|scope| scope.name.as_str()).collect::<Scope>()))
        };
        Ok(self.resource_scopes.get_or_load(resource.clone(), load).await?)
    }

    /// How far an application may reach. `None`: it belongs to the tenant, and may have whatever its people hold.
    pub(crate) async fn reach(&self, application: &Application) -> Result<Option<Arc<Reach>>, OAuthError> {
        if !application.is_third_party {
            return Ok(None);
        }
        let load = async |id: &ApplicationId| {
            let scopes = self.store.read().await?.consent_scopes(id).await?;
            Ok::<_, StoreError>(Arc::new(Reach::from(&scopes)))
        };
        Ok(Some(self.reaches.get_or_load(application.id.clone(), load).await?))
    }

    /// How long a browser session lasts from its last use.
    pub(crate) async fn session_lifetime(&self) -> Result<Duration, OAuthError> {
        let load = async |(): &()| self.store.read().await?.session_ttl().await;
        Ok(self.session_lifetime.get_or_load((), load).await?)
    }

    pub(crate) async fn script(&self, kind: TokenType) -> Result<Option<Arc<LoadedScript>>, OAuthError> {
        let load = async |kind: &TokenType| {
            let stored = self.store.read().await?.claims_script(*kind).await?;
            Ok::<_, StoreError>(stored.map(|stored| Arc::new(LoadedScript::new(*kind, stored))))
        };
        Ok(self.scripts.get_or_load(kind, load).await?)
    }

    /// The keys that sign and verify this tenant's tokens.
    pub async fn key_ring(&self) -> Result<Arc<KeyRing>, OAuthError> {
        self.keys.get_or_load((), async |(): &()| KeyRing::load(&self.store).await.map(Arc::new)).await
    }
}
