//! What a person is asked to allow, and their answer.
//!
//! First-party applications belong to the tenant itself, so there is nobody to ask about them: they are allowed
//! everything that they want and that exists. Others are shown what is missing and get no more than that.

use super::checks::{self, Offline, Wanted};
use super::grant;
use super::held;
use super::interaction;
use super::request::AuthorizeRequest;
use super::session::{self, ActiveSession};
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::{Client, Provider};
use signet_core::grant::Grant;
use signet_core::interaction::{Interaction, PendingPrompt};
use signet_core::resource::{ApiResource, ApiScope};
use signet_core::scope::Scope;
use signet_core::user::User;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A consent that waits for its answer.
pub struct Consent {
    pub client: Arc<Client>,
    active: ActiveSession,
    interaction: Interaction,
    wanted: Wanted,
    /// What the client has of this person already.
    before: Option<Grant>,
    redirect_uri: Option<String>,
}

/// Scopes of one resource that a person holds and the client has not got.
#[derive(Debug)]
pub struct MissingScopes {
    pub resource: Arc<ApiResource>,
    pub scopes: Vec<ApiScope>,
}

/// The consent that an interaction waits for. Only in the browser of the person who signed in for it.
pub async fn open(provider: &Provider, interaction: Interaction, session: Option<&str>) -> Result<Consent, OAuthError> {
    let not_found = || OAuthError::from(AuthorizeError::InteractionNotFound);
    if interaction.prompt != PendingPrompt::Consent {
        return Err(not_found());
    }
    let active = session::open(provider, session).await?.ok_or_else(not_found)?;
    if interaction.user_id.as_ref() != Some(&active.user.id)
        || interaction.session_uid.as_ref() != Some(&active.session.uid)
    {
        return Err(AuthorizeError::SessionMismatch.into());
    }
    let request = AuthorizeRequest::from_kept(&interaction.params).ok_or_else(not_found)?;
    let (client, redirect_uri, offline) = if interaction.device.is_some() {
        let client = provider.client(interaction.client_id.as_str()).await?.ok_or_else(not_found)?;
        (client, None, Offline::Asked)
    } else {
        let trusted = checks::trusted(provider, &request).await?;
        let asked = request.prompts().any(|prompt| prompt == "consent");
        (trusted.client, Some(trusted.redirect_uri.to_string()), Offline::when(asked))
    };
    let wanted = checks::wanted(provider, &client.application, &request, offline).await?;
    let reader = provider.store.read().await?;
    let before = grant::of_session(provider, &reader, &active, &client.application.id).await?;
    Ok(Consent { client, active, interaction, wanted, before, redirect_uri })
}

impl Consent {
    /// Whether there is nobody to ask.
    pub fn is_silent(&self) -> bool {
        !self.client.application.is_third_party
    }

    pub fn user(&self) -> &User {
        &self.active.user
    }

    /// Where the browser goes afterwards. A device has no such place.
    pub fn redirect_uri(&self) -> Option<&str> {
        self.redirect_uri.as_deref()
    }

    /// Scopes of OpenID Connect that the client has not got. `openid` and `offline_access` are not shown.
    pub fn missing_openid(&self) -> Scope {
        let held = self.before.as_ref().map(|grant| grant.openid.clone()).unwrap_or_default();
        let shown = |name: &&str| !matches!(*name, "openid" | "offline_access");
        self.wanted.openid.without(&held).iter().filter(shown).collect()
    }

    /// Scopes of APIs that the person holds and the client has not got.
    pub async fn missing_resources(&self, provider: &Provider) -> Result<Vec<MissingScopes>, OAuthError> {
        let mut missing = Vec::new();
        for (indicator, scopes) in self.held(provider).await?.resources {
            let had = self.before.as_ref().and_then(|grant| grant.resources.get(&indicator).cloned());
            let names = scopes.without(&had.unwrap_or_default());
            if let Some(resource) = provider.resource(&indicator).await?.filter(|_| !names.is_empty()) {
                let reader = provider.store.read().await?;
                let mut scopes = reader.scopes_of_resources(std::slice::from_ref(&resource.id)).await?;
                scopes.retain(|scope| names.contains(&scope.name));
                missing.push(MissingScopes { resource, scopes });
            }
        }
        Ok(missing)
    }

    /// What is wanted, cut down to what the person can allow.
    async fn held(&self, provider: &Provider) -> Result<Wanted, OAuthError> {
        let mut resources = BTreeMap::new();
        for (indicator, asked) in &self.wanted.resources {
            let held = match provider.resource(indicator).await? {
                Some(resource) => {
                    let reader = provider.store.read().await?;
                    reader.scopes_held_by_user(&self.active.user.id, &resource.id).await?
                }
                None => Vec::new(),
            };
            let held: Scope = held.iter().map(String::as_str).collect();
            resources.insert(indicator.clone(), asked.intersect(&held));
        }
        Ok(Wanted { openid: self.wanted.openid.clone(), resources })
    }

    /// Writes that the person agreed, and returns where the browser goes next.
    ///
    /// What is allowed is computed here again: whoever asks cannot choose it.
    pub async fn allow(mut self, provider: &Provider) -> Result<String, OAuthError> {
        let (allowed, rejected) = if self.is_silent() {
            (held::by_person(provider, &self.active.user.id, &self.wanted).await?, Wanted::default())
        } else {
            let allowed = self.held(provider).await?;
            let rejected = self.wanted.without(&allowed);
            (allowed, rejected)
        };
        let client = self.client.application.id.clone();
        let mut tx = provider.store.write().await?;
        let grant = grant::allow(provider, &tx, (&self.active, &client), (&allowed, &rejected)).await?;
        tx.set_user_first_application(&self.active.user.id, &client).await?;
        self.interaction.grant_id = Some(grant.id);
        if !tx.update_interaction(&self.interaction).await? {
            return Err(AuthorizeError::InteractionNotFound.into());
        }
        tx.commit().await?;
        Ok(interaction::resume_url(provider, &self.interaction))
    }
}
