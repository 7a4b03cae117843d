//! Making keys.

use crate::error::ApiError;
use crate::state::TenantState;
use signet_core::error_code::ErrorCode;
use signet_core::secret::Plain;
use signet_core::signing_key::{KeyFamily, KeyStatus, KeyUse, SigningAlgorithm, StoredKey};
use signet_core::time::Timestamp;
use signet_oidc::jose::key::PrivateKey;
use signet_storage::{Reader, StoreError};

const ID_LENGTH: usize = 21;

/// A key that was made but has no place yet.
pub(super) struct NewKey {
    id: String,
    material: Plain,
    algorithm: Option<SigningAlgorithm>,
}

impl NewKey {
    /// Made before the transaction: an RSA key takes a processor for up to a second.
    pub(super) async fn make(state: &TenantState, usage: KeyUse, family: Option<KeyFamily>) -> Result<Self, ApiError> {
        let family = match (usage, family) {
            (KeyUse::Private, family) => family.unwrap_or(KeyFamily::Ec),
            (KeyUse::Companion, Some(KeyFamily::Ec)) => {
                let details = "companion keys are RSA keys".to_owned();
                return Err(ApiError::new(ErrorCode::OidcInvalidRequest).details(details));
            }
            (KeyUse::Companion, _) => KeyFamily::Rsa,
            (KeyUse::Cookie, _) => {
                let material = Plain::new(state.rng.secret());
                return Ok(Self { id: state.rng.id(ID_LENGTH), material, algorithm: None });
            }
        };
        let made = tokio::task::spawn_blocking(move || {
            let key = PrivateKey::generate(family)?;
            key.to_pem().map(|material| (material, key.algorithm()))
        });
        let (material, algorithm) = made.await.map_err(ApiError::internal)?.map_err(ApiError::internal)?;
        Ok(Self { id: state.rng.id(ID_LENGTH), material, algorithm: Some(algorithm) })
    }

    pub(super) fn sealed(self, reader: &Reader, status: KeyStatus, now: Timestamp) -> Result<StoredKey, StoreError> {
        let material = reader.seal_key(&self.id, self.material.expose())?;
        Ok(StoredKey { id: self.id, material, algorithm: self.algorithm, status, created_at: now })
    }
}
