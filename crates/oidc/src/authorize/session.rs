//! Browser sessions: whose one is, beginning one, and ending one with what hangs on it.
//!
//! What opens a session is a value that the browser keeps. A sign-in always makes a new one, so that nobody can plant a
//! value in a browser and wait for somebody to sign in with it.

use super::{backchannel, record};
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use signet_core::id::{ApplicationId, SessionUid, UserId};
use signet_core::interaction::{Interaction, LoginResult};
use signet_core::secret::ValueHash;
use signet_core::session::{Session, SessionClient};
use signet_core::time::Timestamp;
use signet_core::token::OPAQUE_LENGTH;
use signet_core::user::User;
use signet_storage::{Reader, StoreError, Tx};
use std::fmt;
use std::time::Duration;

/// What a browser keeps to be known again. `Debug` does not show the value, which opens the session.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey {
    pub value: String,
    /// It need not be kept longer.
    pub lifetime: Duration,
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionKey").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

/// A session whose person may sign in.
#[derive(Debug, Clone)]
pub struct ActiveSession {
    pub session: Session,
    pub clients: Vec<SessionClient>,
    pub user: User,
}

impl ActiveSession {
    pub(crate) fn client(&self, id: &ApplicationId) -> Option<&SessionClient> {
        self.clients.iter().find(|client| client.client_id == *id)
    }
}

/// The session that a value opens. Suspended people have none, whatever is left of it.
pub async fn open(provider: &Provider, value: Option<&str>) -> Result<Option<ActiveSession>, OAuthError> {
    let Some(value) = value else { return Ok(None) };
    let reader = provider.store.read().await?;
    let found = reader.session_by_cookie(&ValueHash::of(value), provider.now()).await?;
    Ok(match found {
        Some(session) => activate(&reader, session).await?,
        None => None,
    })
}

async fn activate(reader: &Reader, session: Session) -> Result<Option<ActiveSession>, StoreError> {
    let user = reader.user(&session.user_id).await?.filter(|user| !user.is_suspended);
    let Some(user) = user else { return Ok(None) };
    let clients = reader.session_clients(&session.uid).await?;
    Ok(Some(ActiveSession { session, clients, user }))
}

/// Begins a session for whoever has signed in for an interaction, in the place of the browser's earlier one. `None`:
/// they may no longer sign in.
///
/// The interaction goes in the same transaction: a browser that comes back twice signs in once. The same person keeps
/// their session, under a new value; anybody else's ends, and its clients are told.
pub(super) async fn begin(
    provider: &Provider,
    (interaction, login): (&Interaction, &LoginResult),
    before: Option<ActiveSession>,
) -> Result<Option<(ActiveSession, SessionKey)>, OAuthError> {
    let lifetime = provider.session_lifetime().await?;
    let mut tx = provider.store.write().await?;
    if !tx.delete_interaction(&interaction.uid).await? {
        return Err(AuthorizeError::InteractionNotFound.into());
    }
    let begun = replace(provider, &mut tx, before.as_ref(), (login, &interaction.client_id, lifetime)).await?;
    record::interaction_ended((provider, &mut tx), &interaction.client_id, &interaction.uid, &login.user_id).await?;
    tx.commit().await?;
    if let Some(before) = before.filter(|before| begun.is_some() && before.user.id != login.user_id) {
        backchannel::tell(provider, &before.session, &before.clients).await?;
    }
    Ok(begun)
}

async fn replace(
    provider: &Provider,
    tx: &mut Tx,
    before: Option<&ActiveSession>,
    (login, client, lifetime): (&LoginResult, &ApplicationId, Duration),
) -> Result<Option<(ActiveSession, SessionKey)>, OAuthError> {
    let user = tx.user(&login.user_id).await?.filter(|user| !user.is_suspended);
    let Some(user) = user else { return Ok(None) };
    let value = provider.deps.rng.opaque(OPAQUE_LENGTH);
    let now = provider.now();
    let fresh = Session {
        uid: SessionUid::random(&*provider.deps.rng),
        cookie: ValueHash::of(&value),
        user_id: login.user_id.clone(),
        login_at: login.at,
        client_id: Some(client.clone()),
        last_submission: login.last_submission.clone(),
        created_at: now,
        expires_at: now.plus(lifetime),
    };
    let same = before.filter(|before| before.session.user_id == login.user_id);
    let kept = match same {
        Some(same) => renewed(tx, same, &fresh).await?,
        None => None,
    };
    let is_kept = kept.is_some();
    let session = kept.unwrap_or(fresh);
    if !is_kept {
        if let Some(before) = before {
            end(tx, &before.session.uid).await?;
        }
        tx.insert_session(&session).await?;
    }
    let clients = same.filter(|_| is_kept).map(|same| same.clients.clone()).unwrap_or_default();
    Ok(Some((ActiveSession { session, clients, user }, SessionKey { value, lifetime })))
}

/// The same session under a new value. `None`: it has ended meanwhile.
async fn renewed(tx: &Tx, same: &ActiveSession, fresh: &Session) -> Result<Option<Session>, StoreError> {
    let ActiveSession { session: before, .. } = same;
    let session = Session {
        uid: before.uid.clone(),
        client_id: before.client_id.clone().or_else(|| fresh.client_id.clone()),
        created_at: before.created_at,
        ..fresh.clone()
    };
    Ok(tx.update_session(&session).await?.then_some(session))
}

/// Ends a session and revokes the grants that were made for it alone: those without `offline_access`.
pub(crate) async fn end(tx: &mut Tx, uid: &SessionUid) -> Result<(), StoreError> {
    for client in tx.session_clients(uid).await? {
        if let Some(grant) = client.grant_id.filter(|_| !client.persists_logout) {
            tx.delete_grant(&grant).await?;
        }
    }
    tx.delete_session(uid).await.map(drop)
}

/// Which grants an administrator revokes together with a session, beside those that were made for it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlsoRevoke {
    Nothing,
    FirstParty,
    All,
}

/// Ends a session for an administrator: its clients hear of it too.
pub async fn terminate(provider: &Provider, session: &Session, also: AlsoRevoke) -> Result<(), OAuthError> {
    let clients = provider.store.read().await?.session_clients(&session.uid).await?;
    let mut revoked = Vec::new();
    for client in &clients {
        let known = provider.client(client.client_id.as_str()).await?;
        let is_first_party = known.is_some_and(|known| !known.application.is_third_party);
        if also == AlsoRevoke::All || also == AlsoRevoke::FirstParty && is_first_party {
            revoked.extend(client.grant_id.clone());
        }
    }
    let mut tx = provider.store.write().await?;
    for grant in &revoked {
        tx.delete_grant(grant).await?;
    }
    end(&mut tx, &session.uid).await?;
    tx.commit().await?;
    backchannel::tell(provider, session, &clients).await
}

/// Whom to tell when all sessions of a person end at once, with the person.
#[derive(Debug, Default)]
pub struct Farewell(Vec<(Session, Vec<SessionClient>)>);

impl Farewell {
    /// Looked up before the sessions are gone.
    pub async fn of(reader: &Reader, user: &UserId, now: Timestamp) -> Result<Self, StoreError> {
        let mut ending = Vec::new();
        for session in reader.sessions_of_user(user, now).await? {
            let clients = reader.session_clients(&session.uid).await?;
            ending.push((session, clients));
        }
        Ok(Self(ending))
    }

    /// Said once they are.
    pub async fn say(&self, provider: &Provider) -> Result<(), OAuthError> {
        for (session, clients) in &self.0 {
            backchannel::tell(provider, session, clients).await?;
        }
        Ok(())
    }
}

/// Ends a session and tells its clients (OIDC Back-Channel Logout §2.5).
pub async fn end_and_tell(provider: &Provider, ended: &ActiveSession) -> Result<(), OAuthError> {
    let mut tx = provider.store.write().await?;
    end(&mut tx, &ended.session.uid).await?;
    tx.commit().await?;
    backchannel::tell(provider, &ended.session, &ended.clients).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_that_opens_a_session() {
        let key = SessionKey { value: "hunter2".to_owned(), lifetime: Duration::from_secs(7) };
        assert_eq!(format!("{key:?}"), "SessionKey { lifetime: 7s, .. }");
    }
}
