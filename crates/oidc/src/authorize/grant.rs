//! Allowing a client what it wants, and no more.

use super::checks::Wanted;
use super::session::ActiveSession;
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use signet_core::grant::{GRANT_TTL, Grant, Rejected};
use signet_core::id::{ApplicationId, GrantId};
use signet_core::scope::Scope;
use signet_storage::{Reader, Tx};
use std::collections::BTreeMap;
use std::time::Duration;

/// The grant that a client has in this session.
pub(crate) async fn of_session(
    provider: &Provider,
    reader: &Reader,
    active: &ActiveSession,
    client: &ApplicationId,
) -> Result<Option<Grant>, OAuthError> {
    let Some(id) = active.client(client).and_then(|client| client.grant_id.as_ref()) else { return Ok(None) };
    let found = reader.grant(id, provider.now()).await?;
    Ok(found.filter(|grant| grant.user_id == active.user.id && grant.client_id == *client))
}

/// Writes that `allowed` was agreed to and `rejected` was not: into the client's grant of this session, or a new one.
pub(crate) async fn allow(
    provider: &Provider,
    tx: &Tx,
    (active, client): (&ActiveSession, &ApplicationId),
    (allowed, rejected): (&Wanted, &Wanted),
) -> Result<Grant, OAuthError> {
    let now = provider.now();
    let expires_at = now.plus(Duration::from_secs(GRANT_TTL.unsigned_abs()));
    let existing = of_session(provider, tx, active, client).await?;
    let is_new = existing.is_none();
    let mut grant = existing.unwrap_or_else(|| Grant {
        id: GrantId::random(&*provider.deps.rng),
        user_id: active.user.id.clone(),
        client_id: client.clone(),
        openid: Scope::default(),
        resources: BTreeMap::new(),
        rejected: Rejected::default(),
        created_at: now,
        expires_at,
    });
    // A refresh token that lives longer may hang on it already.
    grant.expires_at = grant.expires_at.max(expires_at);
    grant.openid = grant.openid.union(&allowed.openid);
    grant.rejected.openid = grant.rejected.openid.union(&rejected.openid).without(&grant.openid);
    for (indicator, scope) in &allowed.resources {
        let held = grant.resources.entry(indicator.clone()).or_default();
        *held = held.union(scope);
    }
    for (indicator, scope) in &rejected.resources {
        let held = grant.rejected.resources.entry(indicator.clone()).or_default();
        *held = held.union(scope);
    }
    for (indicator, scope) in &mut grant.rejected.resources {
        *scope = scope.without(grant.resources.get(indicator).unwrap_or(&Scope::default()));
    }
    if is_new {
        tx.insert_grant(&grant).await?;
    } else if !tx.update_grant(&grant).await? {
        return Err(AuthorizeError::InteractionNotFound.into());
    }
    Ok(grant)
}

/// What of the request a code may stand for: all names in one scope, those of OpenID Connect first.
pub(crate) fn granted_scope(grant: &Grant, wanted: &Wanted) -> Scope {
    let openid = wanted.openid.intersect(&grant.openid);
    wanted.resources.iter().fold(openid, |scope, (indicator, asked)| {
        scope.union(&grant.resources.get(indicator).map(|held| asked.intersect(held)).unwrap_or_default())
    })
}
