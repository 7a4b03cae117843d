//! A device's request on its way through a browser (RFC 8628 §3.3): who the person is and what they allow are asked as for
//! any client. What was allowed then goes to the waiting code instead of back to a client.

use super::checks::{self, Offline, Wanted};
use super::finish::session_client;
use super::interaction::{self, Waiting};
use super::request::AuthorizeRequest;
use super::session::{self, ActiveSession, SessionKey};
use super::{Outcome, Step, grant, record};
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::{Client, Provider, internal};
use crate::token::request::GrantType;
use signet_core::device::{DeviceApproval, DeviceCode, DeviceStatus};
use signet_core::grant::Grant;
use signet_core::id::InteractionUid;
use signet_core::interaction::{INTERACTION_TTL, Interaction, LoginResult, PendingPrompt};
use signet_core::secret::ValueHash;
use signet_core::token::SignInFacts;
use std::time::Duration;

/// What a device wants. Nobody has to say that they want to be asked: a device has no other way to get a person's leave.
pub(crate) async fn wanted_by_device(
    provider: &Provider,
    client: &Client,
    request: &AuthorizeRequest,
) -> Result<Wanted, OAuthError> {
    checks::wanted(provider, &client.application, request, Offline::Asked).await
}

/// Somebody has said that they mean this device.
pub(crate) async fn begin_for_device(
    provider: &Provider,
    code: &DeviceCode,
    value: Option<&str>,
) -> Result<Outcome, OAuthError> {
    let active = session::open(provider, value).await?;
    let waiting = open(provider, code, active.as_ref(), None).await?;
    let kept = match (active, value) {
        (Some(_), Some(value)) => Some(key(provider, value.to_owned()).await?),
        _ => None,
    };
    Ok(Outcome { step: Step::Ask(waiting), session: kept })
}

/// `GET /device/:uid`. The caller has made sure that this is the browser that left.
pub async fn resume_for_device(
    provider: &Provider,
    uid: &str,
    value: Option<&str>,
) -> Result<DeviceOutcome, OAuthError> {
    let interaction = interaction::find(provider, uid).await?;
    let hash = interaction.device.clone().ok_or(AuthorizeError::InteractionNotFound)?;
    let code = waiting_code(provider, &hash).await?;
    let before = session::open(provider, value).await?;
    match (interaction.prompt, interaction.login.clone()) {
        (PendingPrompt::Login, Some(login)) => signed_in(provider, (code, interaction), login, before).await,
        (PendingPrompt::Consent, _) => consented(provider, (code, interaction), (before, value)).await,
        (PendingPrompt::Login, None) => again(interaction),
    }
}

/// What a browser does next.
#[derive(Debug)]
pub struct DeviceOutcome {
    /// `None`: the device has what it wanted.
    pub waiting: Option<Waiting>,
    /// What the browser shall keep from now on, when that changed.
    pub session: Option<SessionKey>,
}

/// Back to the page.
fn again(interaction: Interaction) -> Result<DeviceOutcome, OAuthError> {
    Ok(DeviceOutcome { waiting: Some(waiting(interaction)?), session: None })
}

/// Whoever was slower than the code is told so, and the device with them.
async fn waiting_code(provider: &Provider, hash: &ValueHash) -> Result<DeviceCode, OAuthError> {
    let found = provider.store.read().await?.device_code(hash).await?;
    let waits = |code: &DeviceCode| code.status == DeviceStatus::Pending && code.expires_at > provider.now();
    found.filter(waits).ok_or_else(|| AuthorizeError::InteractionExpired.into())
}

async fn signed_in(
    provider: &Provider,
    (code, interaction): (DeviceCode, Interaction),
    login: LoginResult,
    before: Option<ActiveSession>,
) -> Result<DeviceOutcome, OAuthError> {
    let begun = session::begin(provider, (&interaction, &login), before).await?;
    let (active, key) = begun.unzip();
    let login = active.is_some().then_some(login);
    let waiting = open(provider, &code, active.as_ref(), login).await?;
    Ok(DeviceOutcome { waiting: Some(waiting), session: key })
}

/// Whoever agreed must still be the one who is signed in.
async fn consented(
    provider: &Provider,
    (code, interaction): (DeviceCode, Interaction),
    (before, value): (Option<ActiveSession>, Option<&str>),
) -> Result<DeviceOutcome, OAuthError> {
    let same = |active: &ActiveSession| {
        interaction.user_id.as_ref() == Some(&active.user.id)
            && interaction.session_uid.as_ref() == Some(&active.session.uid)
    };
    let active = before.filter(same).ok_or(AuthorizeError::SessionMismatch)?;
    let Some(id) = interaction.grant_id.clone() else { return again(interaction) };
    let grant = provider.store.read().await?.grant(&id, provider.now()).await?;
    let of_both = |grant: &Grant| grant.user_id == active.user.id && grant.client_id == interaction.client_id;
    let grant = grant.filter(of_both).ok_or(AuthorizeError::InteractionNotFound)?;
    approve(provider, &code, (&active, &grant), &interaction.uid).await?;
    let session = match value {
        Some(value) => Some(key(provider, value.to_owned()).await?),
        None => None,
    };
    Ok(DeviceOutcome { waiting: None, session })
}

/// Leaves with the code what its device will be given. The interaction goes with it: a browser that comes back twice
/// approves once.
async fn approve(
    provider: &Provider,
    code: &DeviceCode,
    (active, grant): (&ActiveSession, &Grant),
    interaction: &InteractionUid,
) -> Result<(), OAuthError> {
    let (now, lifetime) = (provider.now(), provider.session_lifetime().await?);
    let client = provider.client(code.client_id.as_str()).await?.ok_or(AuthorizeError::InteractionNotFound)?;
    let wanted = wanted_by_device(provider, &client, &request(&code.params)?).await?;
    let scope = grant::granted_scope(grant, &wanted);
    let known = session_client(provider, active, (grant, &scope));
    let facts = SignInFacts {
        scope,
        resources: wanted.resources.keys().cloned().collect(),
        auth_time: Some(active.session.login_at.seconds()),
        sid: Some(known.sid.clone()),
        gty: GrantType::DeviceCode.as_str().to_owned(),
        ..SignInFacts::default()
    };
    let approval = DeviceApproval {
        grant_id: &grant.id,
        user_id: &active.user.id,
        session_uid: Some(&active.session.uid),
        facts: &facts,
    };
    let mut tx = provider.store.write().await?;
    if !tx.delete_interaction(interaction).await?
        || !tx.extend_session(&active.session, now.plus(lifetime)).await?
        || tx.grant(&grant.id, now).await?.is_none()
    {
        return Err(AuthorizeError::SessionMismatch.into());
    }
    if !tx.approve_device_code(&code.hash, &approval, now).await? {
        return Err(AuthorizeError::InteractionExpired.into());
    }
    tx.put_session_client(&active.session.uid, &known).await?;
    record::interaction_ended((provider, &mut tx), &grant.client_id, interaction, &grant.user_id).await?;
    Ok(tx.commit().await?)
}

/// Lets the request wait for the next answer: who it is, when nobody is signed in, else what they allow.
async fn open(
    provider: &Provider,
    code: &DeviceCode,
    active: Option<&ActiveSession>,
    login: Option<LoginResult>,
) -> Result<Waiting, OAuthError> {
    let now = provider.now();
    let interaction = Interaction {
        uid: InteractionUid::random(&*provider.deps.rng),
        client_id: code.client_id.clone(),
        params: code.params.clone(),
        prompt: if active.is_some() { PendingPrompt::Consent } else { PendingPrompt::Login },
        session_uid: active.map(|active| active.session.uid.clone()),
        user_id: active.map(|active| active.user.id.clone()),
        device: Some(code.hash.clone()),
        experience: None,
        login: login.filter(|_| active.is_some()),
        grant_id: None,
        version: 0,
        created_at: now,
        expires_at: now.plus(Duration::from_secs(INTERACTION_TTL.unsigned_abs())),
    };
    let mut tx = provider.store.write().await?;
    tx.insert_interaction(&interaction).await?;
    record::interaction_created((provider, &mut tx), &interaction).await?;
    tx.commit().await?;
    waiting(interaction)
}

fn waiting(interaction: Interaction) -> Result<Waiting, OAuthError> {
    let request = request(&interaction.params)?;
    Ok(interaction::waiting_for(&request.extra, interaction))
}

fn request(params: &serde_json::Map<String, serde_json::Value>) -> Result<AuthorizeRequest, OAuthError> {
    AuthorizeRequest::from_kept(params).ok_or_else(|| internal("the stored request of a device cannot be read"))
}

async fn key(provider: &Provider, value: String) -> Result<SessionKey, OAuthError> {
    Ok(SessionKey { value, lifetime: provider.session_lifetime().await? })
}
