//! What the sign-in of one tenant may use: its store, the clock and the generator, passwords, senders of messages, and
//! the tenant's settings as they are kept in memory.

use crate::message::{Mailbox, Senders};
use crate::password::Passwords;
use crate::policy::breach::BreachedPasswords;
use crate::settings::{CONFIG_KEY, SignInMode, SignInSettings};
use signet_core::id::TenantId;
use signet_core::random::Rng;
use signet_core::time::{Clock, Timestamp};
use signet_storage::{Cached, Reader, StoreError, TenantStore, Topic};
use std::sync::Arc;

/// What every tenant's sign-in shares, and what sends its messages.
#[derive(Clone)]
pub struct IdentityDeps {
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    pub passwords: Arc<Passwords>,
    pub breached: Arc<dyn BreachedPasswords>,
    pub senders: Senders,
    /// What sends messages that programs ask for, over the Management API.
    pub for_programs: Senders,
    /// Where messages are kept for a developer to look at, when they are.
    pub mailbox: Option<Arc<Mailbox>>,
}

/// See the module.
pub struct Identity {
    pub(crate) store: TenantStore,
    pub(crate) deps: IdentityDeps,
    settings: Cached<(), Arc<SignInSettings>>,
}

impl Identity {
    pub fn new(store: TenantStore, deps: IdentityDeps) -> Self {
        let settings = store.store().cached(Topic::Configs, 1);
        Self { store, deps, settings }
    }

    pub fn senders(&self) -> &Senders {
        &self.deps.senders
    }

    pub fn mailbox(&self) -> Option<&Mailbox> {
        self.deps.mailbox.as_deref()
    }

    pub fn passwords(&self) -> &Passwords {
        &self.deps.passwords
    }

    pub fn breached(&self) -> &dyn BreachedPasswords {
        &*self.deps.breached
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.deps.clock.now()
    }

    /// The tenant's sign-in experience.
    pub async fn settings(&self) -> Result<Arc<SignInSettings>, StoreError> {
        let load = async |(): &()| {
            let stored = self.store.read().await?.config(CONFIG_KEY).await?;
            parse(self.store.id(), stored.as_ref()).map(Arc::new)
        };
        let settings = self.settings.get_or_load((), load).await?;
        if !self.asks_who_is_there(&settings) {
            return Ok(settings);
        }
        let mode = self.mode_by_people(&self.store.read().await?).await?;
        Ok(Arc::new(settings.in_mode(mode)))
    }

    /// In the tenant `admin` the first person registers and the others are let in by them, unless an administrator
    /// decided otherwise.
    pub(crate) fn asks_who_is_there(&self, settings: &SignInSettings) -> bool {
        *self.store.id() == TenantId::admin() && !settings.has_own_mode
    }

    pub(crate) async fn mode_by_people(&self, reader: &Reader) -> Result<SignInMode, StoreError> {
        Ok(if reader.has_users().await? { SignInMode::SignIn } else { SignInMode::Register })
    }
}

/// Settings that do not parse were not written by us.
pub(crate) fn parse(tenant: &TenantId, stored: Option<&serde_json::Value>) -> Result<SignInSettings, StoreError> {
    SignInSettings::new(tenant, stored)
        .map_err(|error| StoreError::Corrupt { table: "configs", reason: format!("`{CONFIG_KEY}`: {error}") })
}
