//! What the audit log learns of authorizations.

use crate::error::OAuthError;
use crate::provider::{Provider, internal};
use serde::Serialize;
use signet_core::audit::{AuditEntry, LogKey};
use signet_core::grant::Grant;
use signet_core::id::{ApplicationId, GrantId, UserId};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RevokedGrants<'r> {
    key: &'static str,
    result: &'static str,
    application_id: &'r ApplicationId,
    user_id: &'r UserId,
    grant_ids: &'r [GrantId],
}

/// Grants that had to go because their application had too many of one person.
pub(super) async fn revoked_grants(
    provider: &Provider,
    current: &Grant,
    revoked: &[GrantId],
) -> Result<(), OAuthError> {
    let key = LogKey::RevokeGrants;
    let payload = RevokedGrants {
        key: key.as_str(),
        result: "Success",
        application_id: &current.client_id,
        user_id: &current.user_id,
        grant_ids: revoked,
    };
    let now = provider.now();
    let entry = AuditEntry {
        id: provider.deps.rng.log_id(now),
        key,
        application_id: Some(current.client_id.clone()),
        user_id: Some(current.user_id.clone()),
        payload: serde_json::to_string(&payload).map_err(internal)?,
        context: None,
        created_at: now,
    };
    let announced = provider.store.store().audit().announce();
    Ok(announced.append(provider.tenant(), vec![entry]).await?)
}
