//! The code (RFC 6749 §4.1.2), stored with everything that the token endpoint will need to know.

use super::checks::Checked;
use super::respond::AuthorizeResponse;
use super::session::{ActiveSession, SessionKey};
use super::{Outcome, Step, grant, record};
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use signet_core::grant::Grant;
use signet_core::id::{GrantId, InteractionUid};
use signet_core::scope::Scope;
use signet_core::secret::ValueHash;
use signet_core::session::SessionClient;
use signet_core::time::Timestamp;
use signet_core::token::{AuthorizationCode, CODE_TTL, OPAQUE_LENGTH, SignInFacts};
use signet_storage::Tx;
use std::time::Duration;

/// Length of the name that a session has for one client.
const SID_LENGTH: usize = 21;

/// What goes when the code comes, so that a browser which comes back twice gets one code.
#[derive(Clone, Copy)]
pub(super) enum Consumed<'i> {
    Nothing,
    Interaction(&'i InteractionUid),
}

pub(super) async fn issue(
    provider: &Provider,
    checked: &Checked,
    (active, value): (&ActiveSession, Option<String>),
    (grant, consumed): (&Grant, Consumed<'_>),
) -> Result<Outcome, OAuthError> {
    let (now, lifetime) = (provider.now(), provider.session_lifetime().await?);
    let scope = grant::granted_scope(grant, &checked.wanted);
    let client = session_client(provider, active, (grant, &scope));
    let code = provider.deps.rng.opaque(OPAQUE_LENGTH);
    let record = AuthorizationCode {
        hash: ValueHash::of(&code),
        grant_id: grant.id.clone(),
        user_id: active.user.id.clone(),
        client_id: grant.client_id.clone(),
        session_uid: Some(active.session.uid.clone()),
        redirect_uri: checked.request.redirect_uri.clone(),
        code_challenge: checked.challenge.as_ref().map(ToString::to_string),
        facts: facts(checked, active, (scope, client.sid.clone())),
        created_at: now,
        expires_at: now.plus(Duration::from_secs(CODE_TTL.unsigned_abs())),
        consumed_at: None,
    };
    let mut tx = provider.store.write().await?;
    if let Consumed::Interaction(uid) = consumed
        && !tx.delete_interaction(uid).await?
    {
        return Err(AuthorizeError::InteractionNotFound.into());
    }
    let session = &active.session;
    // Ended in this moment, by an administrator or in another tab.
    if !tx.extend_session(session, now.plus(lifetime)).await? || tx.grant(&grant.id, now).await?.is_none() {
        return Err(AuthorizeError::SessionMismatch.into());
    }
    tx.put_session_client(&session.uid, &client).await?;
    tx.insert_authorization_code(&record).await?;
    let revoked = keep_allowed_grants(&tx, checked, grant, now).await?;
    if let Consumed::Interaction(uid) = consumed {
        record::interaction_ended((provider, &mut tx), &grant.client_id, uid, &grant.user_id).await?;
    }
    if !revoked.is_empty() {
        record::revoked_grants((provider, &mut tx), grant, &revoked).await?;
    }
    tx.commit().await?;
    let response = AuthorizeResponse::code(&checked.trusted, code, provider.issuer());
    Ok(Outcome { step: Step::Respond(response), session: value.map(|value| SessionKey { value, lifetime }) })
}

/// What the session knows of the client from now on.
pub(super) fn session_client(
    provider: &Provider,
    active: &ActiveSession,
    (grant, scope): (&Grant, &Scope),
) -> SessionClient {
    let before = active.client(&grant.client_id);
    SessionClient {
        client_id: grant.client_id.clone(),
        sid: before.map_or_else(|| provider.deps.rng.id(SID_LENGTH), |before| before.sid.clone()),
        grant_id: Some(grant.id.clone()),
        persists_logout: scope.contains("offline_access") || before.is_some_and(|before| before.persists_logout),
    }
}

fn facts(checked: &Checked, active: &ActiveSession, (scope, sid): (Scope, String)) -> SignInFacts {
    SignInFacts {
        scope,
        resources: checked.wanted.resources.keys().cloned().collect(),
        nonce: checked.request.nonce.clone(),
        auth_time: Some(active.session.login_at.seconds()),
        says_auth_time: checked.prompts.login || checked.max_age.is_some(),
        acr: None,
        sid: Some(sid),
        gty: "authorization_code".to_owned(),
    }
}

/// Revokes the oldest grants beyond what the application may have of one person.
async fn keep_allowed_grants(
    tx: &Tx,
    checked: &Checked,
    current: &Grant,
    now: Timestamp,
) -> Result<Vec<GrantId>, OAuthError> {
    let Some(most) = checked.trusted.client.application.max_allowed_grants() else { return Ok(Vec::new()) };
    let all = tx.grants_of_user_to(&current.user_id, &current.client_id, now).await?;
    let others = all.into_iter().filter(|grant| grant.id != current.id);
    let mut revoked = Vec::new();
    for grant in others.skip(most.saturating_sub(1)) {
        tx.delete_grant(&grant.id).await?;
        revoked.push(grant.id);
    }
    Ok(revoked)
}
