//! What a person is asked to allow, and their answer.
//!
//! First-party applications belong to the tenant itself, so there is nobody to ask about them: they are allowed
//! everything that they want and the person holds. Others are shown what is missing and get no more than that.
//!
//! ```text
//! holdings.rs    what the person can allow of what is wanted
//! missing.rs     what of it the client has not got
//! ```

pub(super) mod holdings;
pub mod missing;

use super::checks::{self, Offline, Wanted};
use super::grant;
use super::interaction;
use super::request::AuthorizeRequest;
use super::session::{self, ActiveSession};
use crate::access;
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::{Client, Provider};
use holdings::{Holdings, Organizations};
use signet_core::grant::Grant;
use signet_core::id::OrganizationId;
use signet_core::interaction::{Interaction, PendingPrompt};
use signet_core::third_party::Appearance;
use signet_core::user::User;
use signet_storage::{StoreError, Tx};
use std::sync::Arc;

/// A consent that waits for its answer.
pub struct Consent {
    pub client: Arc<Client>,
    /// How the client looks, where it differs from the tenant.
    pub appearance: Appearance,
    active: ActiveSession,
    interaction: Interaction,
    wanted: Wanted,
    holdings: Holdings,
    /// What the client has of this person already.
    before: Option<Grant>,
    redirect_uri: Option<String>,
}

/// Why an answer does not count.
#[derive(Debug)]
pub enum NotAllowed {
    /// Of one of the organizations that were chosen.
    NotAMember,
    Failed(OAuthError),
}

impl<E: Into<OAuthError>> From<E> for NotAllowed {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The consent that an interaction waits for. Only in the browser of the person who signed in for it, and only if they
/// may use the application at all.
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
    access::check(provider, &client.application, &active.user.id).await?;
    let wanted = checks::wanted(provider, &client.application, &request, offline).await?;
    let holdings = holdings::of(provider, (&active.user.id, &client.application), &wanted).await?;
    let reader = provider.store.read().await?;
    let before = grant::of_session(provider, &reader, &active, &client.application.id).await?;
    let appearance = reader.appearance(&client.application.id).await?.unwrap_or_default();
    Ok(Consent { client, appearance, active, interaction, wanted, holdings, before, redirect_uri })
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

    /// Writes that the person agreed, and lets the client into `organizations`. Returns where the browser goes next.
    ///
    /// What is allowed is computed here again: whoever asks cannot choose it.
    pub async fn allow(mut self, provider: &Provider, organizations: &[OrganizationId]) -> Result<String, NotAllowed> {
        let client = self.client.application.id.clone();
        let mut tx = provider.store.write().await?;
        let consented = self.let_into(&tx, organizations).await?;
        let allowed = self.holdings.allowed(&self.wanted, &consented);
        // Of a first party nothing is rejected: nobody decided anything.
        let rejected = if self.is_silent() { Wanted::default() } else { self.wanted.without(&allowed) };
        let grant = grant::allow(provider, &tx, (&self.active, &client), (&allowed, &rejected)).await?;
        tx.set_user_first_application(&self.active.user.id, &client).await?;
        self.interaction.grant_id = Some(grant.id);
        if !tx.update_interaction(&self.interaction).await? {
            return Err(AuthorizeError::InteractionNotFound.into());
        }
        tx.commit().await?;
        Ok(interaction::resume_url(provider, &self.interaction))
    }

    /// The organizations whose roles count from now on. Those that a third party was let into before still do.
    async fn let_into(&self, tx: &Tx, chosen: &[OrganizationId]) -> Result<Organizations, NotAllowed> {
        let of = (&self.client.application.id, &self.active.user.id);
        for organization in chosen {
            if self.is_silent() {
                // The tenant's own application is in every organization; nothing is kept.
                let is_member = tx.is_organization_user(organization, of.1).await?;
                is_member.then_some(()).ok_or(NotAllowed::NotAMember)?;
                continue;
            }
            tx.consent_to_organization(of, organization).await.map_err(|error| match error {
                StoreError::MissingReference => NotAllowed::NotAMember,
                error => error.into(),
            })?;
        }
        Ok(holdings::organizations(tx, of, &self.client.application).await?)
    }
}
