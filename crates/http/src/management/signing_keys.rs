//! The keys of a tenant: what signs tokens and cookies, and when another key takes over.

use super::caller::ManagementCaller;
use super::new_key::NewKey;
use super::openapi::{NotFound, Refused, Unprocessable};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::{Param, Path, PathParam};
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{integer, one_of};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::signing_key::{KeyFamily, KeyStatus, KeyUse, StoredKey};
use signet_core::time::Timestamp;
use signet_oidc::rotation::{Changes, RotationRefused, delete, rotate, settled};
use signet_storage::{Reader, StoreError, Tx};
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_signing_keys))
        .routes(routes!(rotate_signing_keys))
        .routes(routes!(delete_signing_key))
}

impl PathParam for KeyUse {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        param.one_of(&[Self::Private, Self::Companion, Self::Cookie], Self::as_str)
    }
}

/// A key without what it is made of. Cookie keys have no algorithm and no status.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct KeyResponse {
    id: String,
    /// Seconds since the epoch.
    created_at: i64,
    /// `EC` or `RSA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    signing_key_algorithm: Option<&'static str>,
    /// `Next`, `Current` or `Previous`.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    /// When a `Next` key takes over, in milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_at: Option<i64>,
}

impl KeyResponse {
    fn new(usage: KeyUse, key: StoredKey) -> Self {
        let (status, effective_at) = match key.status {
            KeyStatus::Next { effective_at } => ("Next", Some(effective_at.0)),
            KeyStatus::Current => ("Current", None),
            KeyStatus::Previous => ("Previous", None),
        };
        Self {
            id: key.id,
            created_at: key.created_at.seconds(),
            signing_key_algorithm: key.algorithm.map(|algorithm| algorithm.family().as_str()),
            status: (usage != KeyUse::Cookie).then_some(status),
            effective_at,
        }
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct RotateKeys {
    /// `EC` or `RSA`. Companion keys are always `RSA`.
    #[schema(value_type = Option<String>)]
    signing_key_algorithm: Option<KeyFamily>,
    /// Seconds until the new key signs. Not for cookie keys.
    rotation_grace_period: Option<i64>,
}

impl FromFields for RotateKeys {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let families = one_of(&[KeyFamily::Rsa, KeyFamily::Ec], KeyFamily::as_str);
        let signing_key_algorithm = fields.optional("signingKeyAlgorithm", families);
        // No longer than dates can be written.
        let rotation_grace_period = fields.optional("rotationGracePeriod", integer().min(0).max(1 << 32));
        Ok(Self { signing_key_algorithm: signing_key_algorithm?, rotation_grace_period: rotation_grace_period? })
    }
}

/// List signing keys
///
/// Current, Next, Previous; cookie keys newest first. What they are made of is never shown.
#[utoipa::path(get, path = "/configs/oidc/{keyType}", tag = "Signing keys", params(("keyType" = String, Path)),
    responses((status = 200, body = Vec<KeyResponse>), Refused))]
async fn list_signing_keys(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(usage): Path<KeyUse>,
) -> Result<Json<Vec<KeyResponse>>, ApiError> {
    let reader = state.store.read().await?;
    Ok(Json(keys(&reader, usage, state.clock.now()).await?))
}

/// Rotate signing keys
///
/// Without a grace period the new key signs at once, and the one before it only verifies. With one the new key is
/// published now and signs when the period ends.
#[utoipa::path(post, path = "/configs/oidc/{keyType}/rotate", tag = "Signing keys",
    params(("keyType" = String, Path)), request_body = RotateKeys,
    responses((status = 200, body = Vec<KeyResponse>), Refused, Unprocessable))]
async fn rotate_signing_keys(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(usage): Path<KeyUse>,
    Json(request): Json<RotateKeys>,
) -> Result<Json<Vec<KeyResponse>>, ApiError> {
    let grace = grace(&state, usage, request.rotation_grace_period);
    let new = NewKey::make(&state, usage, request.signing_key_algorithm).await?;
    let now = state.clock.now();
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let changes = rotate(usage, tx.signing_keys(usage).await?, grace, now).map_err(|refused| refusal(refused, ""))?;
    apply(&mut tx, &changes).await?;
    if let Some(status) = changes.add {
        tx.insert_signing_key(usage, &new.sealed(&tx, status, now)?).await?;
    }
    let keys = keys(&tx, usage, now).await?;
    tx.commit().await?;
    Ok(Json(keys))
}

/// Delete a signing key
///
/// Tokens that it signed are no longer accepted.
#[utoipa::path(delete, path = "/configs/oidc/{keyType}/{keyId}", tag = "Signing keys",
    params(("keyType" = String, Path), ("keyId" = String, Path)),
    responses((status = 204), Refused, NotFound, Unprocessable))]
async fn delete_signing_key(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((usage, id)): Path<(KeyUse, String)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let keys = tx.signing_keys(usage).await?;
    let changes = delete(usage, keys, &id, state.clock.now()).map_err(|refused| refusal(refused, &id))?;
    apply(&mut tx, &changes).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn keys(reader: &Reader, usage: KeyUse, now: Timestamp) -> Result<Vec<KeyResponse>, StoreError> {
    let keys = settled(reader.signing_keys(usage).await?, now);
    Ok(keys.into_iter().map(|key| KeyResponse::new(usage, key)).collect())
}

fn grace(state: &TenantState, usage: KeyUse, asked: Option<i64>) -> Duration {
    match (asked.map(u64::try_from), usage) {
        (Some(seconds), _) => Duration::from_secs(seconds.unwrap_or(0)),
        (None, KeyUse::Private) => state.settings.rotation_grace,
        (None, KeyUse::Companion | KeyUse::Cookie) => Duration::ZERO,
    }
}

async fn apply(tx: &mut Tx, changes: &Changes) -> Result<(), StoreError> {
    for id in &changes.delete {
        tx.delete_signing_key(id).await?;
    }
    for (id, status) in &changes.set_status {
        tx.set_key_status(id, *status).await?;
    }
    Ok(())
}

fn refusal(refused: RotationRefused, id: &str) -> ApiError {
    let code = match refused {
        RotationRefused::NextExists | RotationRefused::CookieKeysCannotBeStaged => ErrorCode::OidcInvalidRequest,
        RotationRefused::UnknownKey => ErrorCode::OidcKeyNotFound,
        RotationRefused::LastKey => ErrorCode::OidcKeyRequired,
        RotationRefused::NotPrevious => ErrorCode::OidcOnlyPreviousKeyDeletable,
    };
    ApiError::new(code).with("id", id).details(refused.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::refusal_of;
    use serde_json::json;
    use signet_core::secret::Sealed;
    use signet_core::signing_key::SigningAlgorithm;

    fn key(status: KeyStatus, algorithm: Option<SigningAlgorithm>) -> StoredKey {
        let material = Sealed::from_stored("secret".to_owned());
        StoredKey { id: "k".to_owned(), material, algorithm, status, created_at: Timestamp(1_500) }
    }

    #[test]
    fn keys_are_shown_without_their_material() {
        let shown = |usage, key| serde_json::to_value(KeyResponse::new(usage, key)).unwrap();
        let next = key(KeyStatus::Next { effective_at: Timestamp(9_000) }, Some(SigningAlgorithm::Es384));
        assert_eq!(
            shown(KeyUse::Private, next),
            json!({"id": "k", "createdAt": 1, "signingKeyAlgorithm": "EC", "status": "Next", "effectiveAt": 9_000})
        );
        assert_eq!(
            shown(KeyUse::Companion, key(KeyStatus::Previous, Some(SigningAlgorithm::Rs256))),
            json!({"id": "k", "createdAt": 1, "signingKeyAlgorithm": "RSA", "status": "Previous"})
        );
        assert_eq!(shown(KeyUse::Cookie, key(KeyStatus::Current, None)), json!({"id": "k", "createdAt": 1}));
    }

    #[test]
    fn each_refusal_has_its_code() {
        for (refused, code) in [
            (RotationRefused::NextExists, "oidc.invalid_request"),
            (RotationRefused::CookieKeysCannotBeStaged, "oidc.invalid_request"),
            (RotationRefused::UnknownKey, "oidc.key_not_found"),
            (RotationRefused::LastKey, "oidc.key_required"),
            (RotationRefused::NotPrevious, "oidc.only_previous_key_can_be_deleted"),
        ] {
            assert_eq!(refusal_of(refusal(refused, "k"))["code"], code, "{refused:?}");
        }
    }
}
