//! The keys of a tenant: which signs now, and which are published.
//!
//! A staged key takes effect by the clock, not by a job: `Next` signs from its time on, whatever the database says.

use crate::error::OAuthError;
use crate::jose::jwk::PublicJwk;
use crate::jose::sign::SigningKey;
use crate::jose::verify::VerificationKeys;
use crate::provider::internal;
use signet_core::signing_key::{KeyStatus, KeyUse, SigningAlgorithm, StoredKey};
use signet_core::time::Timestamp;
use signet_storage::TenantStore;

struct Held {
    key: SigningKey,
    status: KeyStatus,
}

/// Parsed private keys.
pub struct KeyRing {
    /// In JWKS order: Current, Next, Previous, then the companions in the same order.
    keys: Vec<Held>,
    /// How many of `keys` are not companions.
    main: usize,
    verification: VerificationKeys,
}

#[derive(Debug, thiserror::Error)]
#[error("tenant `{0}` has no current signing key")]
struct NoCurrentKey(String);

impl KeyRing {
    pub(crate) async fn load(store: &TenantStore) -> Result<Self, OAuthError> {
        let reader = store.read().await?;
        let mut keys = parse(store, reader.signing_keys(KeyUse::Private).await?)?;
        if !keys.iter().any(|held| held.status == KeyStatus::Current) {
            return Err(internal(NoCurrentKey(store.id().to_string())));
        }
        let main = keys.len();
        keys.append(&mut parse(store, reader.signing_keys(KeyUse::Companion).await?)?);
        let verification = VerificationKeys::new(keys.iter().map(|held| held.key.public_jwk()));
        Ok(Self { keys, main, verification })
    }

    /// The key that signs at `now`.
    pub(crate) fn current(&self, now: Timestamp) -> Option<&SigningKey> {
        signing(self.keys.get(..self.main).unwrap_or_default(), now)
    }

    /// The key that signs a client's ID tokens: one of the algorithm that the client is registered for, else the current
    /// one. The companions are there for clients that know RS256 only (OIDC Core §15.1).
    pub(crate) fn for_id_token(&self, algorithm: Option<&str>, now: Timestamp) -> Option<&SigningKey> {
        let current = self.current(now);
        let Some(wanted) = algorithm else { return current };
        if current.is_some_and(|key| key.algorithm().as_str() == wanted) {
            return current;
        }
        let companions = self.keys.get(self.main..).unwrap_or_default();
        let fitting = signing(companions, now).filter(|key| key.algorithm().as_str() == wanted);
        if fitting.is_none() {
            tracing::warn!(algorithm = wanted, "no key signs with the algorithm of a client; using the current one");
        }
        fitting.or(current)
    }

    /// Public halves of all keys, in JWKS order. Each verifies.
    pub fn public(&self) -> impl Iterator<Item = &PublicJwk> {
        self.keys.iter().map(|held| held.key.public_jwk())
    }

    /// The public halves, ready to verify.
    pub fn verification(&self) -> &VerificationKeys {
        &self.verification
    }

    /// The algorithms of all keys, without repetitions.
    pub fn algorithms(&self) -> Vec<SigningAlgorithm> {
        let mut algorithms = Vec::new();
        for held in &self.keys {
            if !algorithms.contains(&held.key.algorithm()) {
                algorithms.push(held.key.algorithm());
            }
        }
        algorithms
    }
}

/// The one of several keys that signs at `now`.
fn signing(keys: &[Held], now: Timestamp) -> Option<&SigningKey> {
    let due = |held: &&Held| matches!(held.status, KeyStatus::Next { effective_at } if effective_at <= now);
    let current = |held: &&Held| held.status == KeyStatus::Current;
    keys.iter().find(due).or_else(|| keys.iter().find(current)).map(|held| &held.key)
}

fn parse(store: &TenantStore, stored: Vec<StoredKey>) -> Result<Vec<Held>, OAuthError> {
    let mut keys = Vec::with_capacity(stored.len());
    for stored in stored {
        let material = store.open_key(&stored)?;
        keys.push(Held { key: SigningKey::from_pem(&material).map_err(internal)?, status: stored.status });
    }
    keys.sort_by_key(|held| order(held.status));
    Ok(keys)
}

/// Current, Next, Previous.
pub(crate) fn order(status: KeyStatus) -> u8 {
    match status {
        KeyStatus::Current => 0,
        KeyStatus::Next { .. } => 1,
        KeyStatus::Previous => 2,
    }
}
