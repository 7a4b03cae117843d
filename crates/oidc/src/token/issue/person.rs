//! A person's tokens: all of them signed first, then what was presented is consumed and what can be revoked is stored,
//! in one transaction. Of two requests that present the same code one gets tokens.

use super::successor::{self, Successor};
use super::{Draft, id_token, sign};
use crate::error::{InvalidGrant, OAuthError};
use crate::provider::{Client, Provider};
use crate::token::grants::{GRACE, Holding, PersonGrant};
use crate::token::trail::{Issued, Trail};
use serde_json::{Map, Value};
use signet_core::scope::Scope;
use signet_core::secret::ValueHash;
use signet_core::token::OpaqueToken;
use signet_storage::{StoreError, Tx};
use std::time::Duration;

/// What a granted request is answered with.
pub(crate) struct PersonTokens {
    pub(crate) access: String,
    pub(crate) id: Option<String>,
    pub(crate) refresh: Option<String>,
}

pub(crate) async fn issue(
    provider: &Provider,
    client: &Client,
    (grant, draft): (&PersonGrant, &Draft<'_>),
    trail: &mut Trail<'_>,
) -> Result<PersonTokens, OAuthError> {
    let id = id_token::sign(provider, client, grant).await?;
    let successor = successor::of(provider, client, grant);
    let extra = trail.script_claims();
    let (access, opaque) = match draft.audience {
        Some(audience) => (sign(provider, (draft, audience), extra).await?, None),
        None => (draft.jti.clone(), Some(opaque(provider, client, (grant, draft), extra))),
    };
    let kept = Kept { opaque, successor: successor.as_ref() };
    trail.issued = Issued::of_person(successor.is_some(), id.is_some());
    if !store(provider, grant, &kept).await? {
        // Somebody else was faster with the same code or token, or it is revoked: RFC 6749 §4.1.2, RFC 9700 §4.14.2.
        if !matches!(grant.holding, Holding::Impersonation(_)) {
            provider.revoke_grant(&grant.grant_id).await?;
        }
        return Err(InvalidGrant::Replayed.into());
    }
    Ok(PersonTokens { access, id, refresh: successor.map(|successor| successor.value) })
}

fn opaque(
    provider: &Provider,
    client: &Client,
    (grant, draft): (&PersonGrant, &Draft<'_>),
    extra: Option<&Map<String, Value>>,
) -> OpaqueToken {
    let now = provider.now();
    let mut claims = extra.cloned().unwrap_or_default();
    claims.extend(draft.act.map(|act| ("act".to_owned(), act.clone())));
    OpaqueToken {
        hash: ValueHash::of(&draft.jti),
        grant_id: grant.grant_id.clone(),
        user_id: grant.person.user.id.clone(),
        client_id: client.application.id.clone(),
        session_uid: grant.session_uid.clone(),
        expires_with_session: grant.expires_with_session.unwrap_or(false),
        scope: draft.scope.as_deref().map(Scope::parse).unwrap_or_default(),
        claims,
        created_at: now,
        expires_at: now.plus(Duration::from_secs(draft.lifetime.unsigned_abs())),
    }
}

/// What is written of an answer.
struct Kept<'k> {
    opaque: Option<OpaqueToken>,
    successor: Option<&'k Successor>,
}

/// `false`: what was presented does not hold any more.
async fn store(provider: &Provider, grant: &PersonGrant, kept: &Kept<'_>) -> Result<bool, OAuthError> {
    let rotates = match &grant.holding {
        Holding::RefreshToken { rotates, .. } => *rotates,
        Holding::Code(_) | Holding::DeviceCode(_) | Holding::Impersonation(_) | Holding::Lasting => true,
    };
    if !rotates && kept.opaque.is_none() {
        return Ok(true);
    }
    let tx = provider.store.write().await?;
    match write(provider, &tx, grant, kept).await {
        Ok(true) => {}
        // The grant, and with it everything that hangs on it, is gone since it was read.
        Ok(false) | Err(StoreError::MissingReference) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    match tx.commit().await {
        Ok(()) => Ok(true),
        Err(StoreError::MissingReference) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn write(provider: &Provider, tx: &Tx, grant: &PersonGrant, kept: &Kept<'_>) -> Result<bool, StoreError> {
    let now = provider.now();
    let consumed = match &grant.holding {
        Holding::Code(hash) => tx.consume_authorization_code(hash, now).await?,
        Holding::DeviceCode(hash) => tx.consume_device_code(hash).await?,
        Holding::RefreshToken { token, rotates: true, .. } => {
            tx.consume_refresh_token(&token.hash, now, now.minus(GRACE)).await?
        }
        Holding::Impersonation(hash) => tx.consume_subject_token(hash, now).await?,
        Holding::RefreshToken { rotates: false, .. } | Holding::Lasting => true,
    };
    if !consumed {
        return Ok(false);
    }
    if let Some(exchanged) = &grant.exchanged {
        tx.insert_grant(&exchanged.grant).await?;
    }
    if let Some(opaque) = &kept.opaque {
        tx.insert_access_token(opaque).await?;
    }
    if let Some(stored) = kept.successor.and_then(|successor| successor.stored.as_ref()) {
        tx.insert_refresh_token(stored).await?;
        if stored.expires_at > grant.agreed.expires_at {
            tx.extend_grant(&grant.grant_id, stored.expires_at).await?;
        }
    }
    Ok(true)
}
