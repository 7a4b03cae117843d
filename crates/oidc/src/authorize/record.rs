//! What the audit log learns of authorizations, in the transaction that makes it so.

use crate::audit::shorten;
use crate::error::OAuthError;
use crate::mask::mask;
use crate::provider::{Provider, internal};
use serde::Serialize;
use serde_json::{Value, json};
use signet_core::audit::{AuditEntry, LogKey};
use signet_core::grant::Grant;
use signet_core::id::{ApplicationId, GrantId, InteractionUid, UserId};
use signet_core::interaction::Interaction;
use signet_storage::Tx;

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
    (provider, tx): (&Provider, &mut Tx),
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
    Ok(tx.append_audit(&[&entry]).await?)
}

/// A request begins to wait for a person.
pub(super) async fn interaction_created(
    (provider, tx): (&Provider, &mut Tx),
    interaction: &Interaction,
) -> Result<(), OAuthError> {
    let mut params = Value::Object(interaction.params.clone());
    mask(&mut params);
    shorten(&mut params);
    let payload = json!({
        "key": LogKey::InteractionCreate.as_str(),
        "result": "Success",
        "applicationId": interaction.client_id,
        "interactionId": interaction.uid,
        "prompt": {"name": interaction.prompt.as_str()},
        "params": params,
    });
    let of = (&interaction.client_id, interaction.user_id.as_ref());
    append((provider, tx), LogKey::InteractionCreate, of, &payload).await
}

/// A person has done what a request waited for.
pub(super) async fn interaction_ended(
    (provider, tx): (&Provider, &mut Tx),
    client: &ApplicationId,
    uid: &InteractionUid,
    user: &UserId,
) -> Result<(), OAuthError> {
    let payload = json!({
        "key": LogKey::InteractionEnd.as_str(),
        "result": "Success",
        "applicationId": client,
        "interactionId": uid,
        "userId": user,
    });
    append((provider, tx), LogKey::InteractionEnd, (client, Some(user)), &payload).await
}

async fn append(
    (provider, tx): (&Provider, &mut Tx),
    key: LogKey,
    (client, user): (&ApplicationId, Option<&UserId>),
    payload: &Value,
) -> Result<(), OAuthError> {
    let now = provider.now();
    let entry = AuditEntry {
        id: provider.deps.rng.log_id(now),
        key,
        application_id: Some(client.clone()),
        user_id: user.cloned(),
        payload: payload.to_string(),
        context: None,
        created_at: now,
    };
    Ok(tx.append_audit(&[&entry]).await?)
}
