//! What a request of one tenant may use. Each tenant has a router of its own with a state of its own, so no handler
//! ever asks which tenant it serves.

use crate::console::ConsolePlace;
use crate::cookies::CookieKeys;
use serde_json::Value;
use signet_core::id::TenantId;
use signet_core::random::Rng;
use signet_core::resource::management_api_indicator;
use signet_core::secret::Hashed;
use signet_core::time::Clock;
use signet_identity::identity::Identity;
use signet_identity::password::Passwords;
use signet_oidc::error::OAuthError;
use signet_oidc::provider::Provider;
use signet_sandbox::{Limits, Pool};
use signet_storage::{Cached, StoreError, TenantStore, Topic};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

/// Cheap to clone: axum does so for every request.
#[derive(Clone)]
pub struct TenantState(Arc<Held>);

struct Held {
    context: TenantContext,
    cookie_keys: Cached<(), Arc<CookieKeys>>,
    own_phrases: Cached<(), OwnPhrases>,
}

/// A tenant's own phrases for its pages, by language.
pub(crate) type OwnPhrases = Arc<Vec<(String, Value)>>;

/// See [`TenantState`].
pub struct TenantContext {
    /// Public base URL without a trailing slash.
    pub endpoint: String,
    pub provider: Arc<Provider>,
    /// Whose access tokens the Management API accepts: this tenant's, and for others than `admin` the `admin` tenant's.
    pub trusted: Vec<Arc<Provider>>,
    pub store: TenantStore,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    pub pool: Arc<Pool>,
    /// Where passwords are hashed, for all tenants.
    pub passwords: Arc<Passwords>,
    /// What the sign-in of this tenant uses.
    pub identity: Arc<Identity>,
    pub script_limits: Limits,
    pub settings: Arc<HttpSettings>,
    pub console: ConsolePlace,
}

/// Settings that all tenants share.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// How many proxies in front of us append to `X-Forwarded-For`. `None`: none is believed.
    pub trusted_proxies: Option<usize>,
    /// Origins that may call `/api` from a browser.
    pub api_origins: Vec<String>,
    /// Answers `GET /api/status` with the tenant id when the caller knows it.
    pub status_api_key: Option<Hashed>,
    /// Grace period of key rotations that name none.
    pub rotation_grace: Duration,
}

impl TenantState {
    pub fn new(context: TenantContext) -> Self {
        let cookie_keys = context.store.store().cached(Topic::Keys, 1);
        let own_phrases = context.store.store().cached(Topic::Configs, 1);
        Self(Arc::new(Held { context, cookie_keys, own_phrases }))
    }

    pub(crate) async fn cookie_keys(&self) -> Result<Arc<CookieKeys>, OAuthError> {
        let load = async |(): &()| CookieKeys::load(&self.store).await.map(Arc::new);
        self.0.cookie_keys.get_or_load((), load).await
    }

    pub(crate) async fn own_phrases(&self) -> Result<OwnPhrases, StoreError> {
        let load = async |(): &()| {
            let all = self.store.read().await?.all_custom_phrases().await?;
            let all = all.into_iter().map(|phrases| (phrases.language_tag, Value::Object(phrases.translation)));
            Ok::<_, StoreError>(Arc::new(all.collect()))
        };
        self.0.own_phrases.get_or_load((), load).await
    }

    /// The path of the endpoint, without a slash at its end: everything is below it.
    pub(crate) fn base_path(&self) -> &str {
        let after_scheme = self.endpoint.split_once("://").map_or("", |(_, after)| after);
        after_scheme.find('/').and_then(|slash| after_scheme.get(slash..)).unwrap_or_default()
    }

    pub fn tenant(&self) -> &TenantId {
        self.store.id()
    }

    /// The audience of this tenant's Management API.
    pub fn management_audience(&self) -> String {
        management_api_indicator(self.tenant())
    }
}

impl Deref for TenantState {
    type Target = TenantContext;

    fn deref(&self) -> &TenantContext {
        &self.0.context
    }
}
