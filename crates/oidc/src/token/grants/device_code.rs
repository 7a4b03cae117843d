//! The device code grant (RFC 8628 §3.4, §3.5): a device asks until somebody has answered elsewhere.

use super::person::{Footing, Holding, PersonGrant, is_over};
use super::target;
use crate::error::{InvalidGrant, OAuthError, TokenError};
use crate::provider::{Provider, internal};
use crate::token::client_auth::AuthenticatedClient;
use signet_core::device::{DeviceCode, DeviceStatus, MIN_POLL_GAP};
use signet_core::secret::{Plain, ValueHash};
use signet_core::token::Backed;

pub(super) async fn redeem(
    provider: &Provider,
    client: &AuthenticatedClient,
    (device_code, resources): (Option<&Plain>, &[String]),
) -> Result<PersonGrant, OAuthError> {
    let value = device_code.ok_or(OAuthError::MissingParameter("device_code"))?;
    let (hash, now) = (ValueHash::of(value.expose()), provider.now());
    let found = provider.store.read().await?.device_code(&hash).await?.ok_or(InvalidGrant::Unknown)?;
    if found.client_id != client.application.id {
        return Err(InvalidGrant::OtherClient.into());
    }
    check_status(provider, &found).await?;
    let backed = provider.store.read().await?.backed_device_code(&hash, now).await?;
    let backed = backed.ok_or(InvalidGrant::Revoked)?;
    let Backed { token: code, .. } = &backed;
    let (Some(user_id), Some(grant_id), Some(facts)) = (&code.user_id, &code.grant_id, &code.facts) else {
        return Err(internal("an approved device code says not by whom"));
    };
    let requested = facts.scope.clone();
    let target = target::of_sign_in(provider, resources, (&facts.resources, &requested), None).await?;
    let needs_session = !requested.contains("offline_access");
    let footing = Footing::of(&backed, user_id, needs_session);
    Ok(PersonGrant {
        person: footing.person(provider, &client.application).await?,
        grant_id: grant_id.clone(),
        agreed: backed.grant.clone(),
        session_uid: code.session_uid.clone(),
        last_submission: footing.own_session().and_then(|session| session.last_submission.clone()),
        expires_with_session: Some(needs_session),
        gty: facts.gty.clone(),
        facts: facts.clone(),
        requested,
        target,
        holding: Holding::DeviceCode(hash),
        exchanged: None,
    })
}

/// Only an approved code goes on.
async fn check_status(provider: &Provider, code: &DeviceCode) -> Result<(), OAuthError> {
    let now = provider.now();
    match code.status {
        DeviceStatus::Consumed => {
            if let Some(grant) = &code.grant_id {
                provider.revoke_grant(grant).await?;
            }
            Err(InvalidGrant::Replayed.into())
        }
        DeviceStatus::Pending | DeviceStatus::Approved | DeviceStatus::Denied if is_over(code.expires_at, now) => {
            Err(TokenError::DeviceCodeExpired.into())
        }
        DeviceStatus::Denied => Err(TokenError::DeniedOnDevice.into()),
        DeviceStatus::Pending => {
            let tx = provider.store.write().await?;
            let in_time = tx.poll_device_code(&code.hash, now, now.minus(MIN_POLL_GAP)).await?;
            tx.commit().await?;
            Err(if in_time { TokenError::AuthorizationPending } else { TokenError::SlowDown }.into())
        }
        DeviceStatus::Approved => Ok(()),
    }
}
