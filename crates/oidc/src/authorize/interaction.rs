//! A request that waits for a person, and the page where they are asked.

use super::checks::Checked;
use super::extra::ExtraParameters;
use super::record;
use super::session::ActiveSession;
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use signet_core::id::{ApplicationId, InteractionUid};
use signet_core::interaction::{INTERACTION_TTL, Interaction, LoginResult, PendingPrompt};
use std::time::Duration;
use url::form_urlencoded;

/// Where a browser goes, and what it must keep to come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub uid: InteractionUid,
    pub client_id: ApplicationId,
    /// Path and query of the page, below the tenant's endpoint.
    pub page: String,
    /// For the looks of the pages.
    pub organization_id: Option<String>,
    pub ui_locales: Option<String>,
    /// Whether the browser comes back to the device flow.
    pub is_device: bool,
}

/// Lets a request wait. `login`: somebody has signed in for it already.
pub(super) async fn open(
    provider: &Provider,
    checked: &Checked,
    (prompt, active): (PendingPrompt, Option<&ActiveSession>),
    login: Option<LoginResult>,
) -> Result<Waiting, OAuthError> {
    let now = provider.now();
    let interaction = Interaction {
        uid: InteractionUid::random(&*provider.deps.rng),
        client_id: checked.trusted.client.application.id.clone(),
        params: checked.request.kept(),
        prompt,
        session_uid: active.map(|active| active.session.uid.clone()),
        user_id: active.map(|active| active.user.id.clone()),
        device: None,
        experience: None,
        login: login.filter(|_| prompt == PendingPrompt::Consent),
        grant_id: None,
        version: 0,
        created_at: now,
        expires_at: now.plus(Duration::from_secs(INTERACTION_TTL.unsigned_abs())),
    };
    let mut tx = provider.store.write().await?;
    tx.insert_interaction(&interaction).await?;
    record::interaction_created((provider, &mut tx), &interaction).await?;
    tx.commit().await?;
    Ok(waiting(checked, interaction))
}

/// The page of an interaction, again for whoever comes back before they are done.
pub(super) fn waiting(checked: &Checked, interaction: Interaction) -> Waiting {
    waiting_for(&checked.request.extra, interaction)
}

pub(super) fn waiting_for(extra: &ExtraParameters, interaction: Interaction) -> Waiting {
    let client_id = interaction.client_id;
    let page = match interaction.prompt {
        PendingPrompt::Login => extra.sign_in_page(client_id.as_str()),
        PendingPrompt::Consent => consent_page(&client_id),
    };
    Waiting {
        uid: interaction.uid,
        client_id,
        page,
        organization_id: extra.organization_id.clone(),
        ui_locales: extra.ui_locales.clone(),
        is_device: interaction.device.is_some(),
    }
}

pub fn consent_page(client: &ApplicationId) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("app_id", client.as_str()).finish();
    format!("/consent?{query}")
}

/// An interaction that still waits.
pub async fn find(provider: &Provider, uid: &str) -> Result<Interaction, OAuthError> {
    let uid: InteractionUid = uid.parse().map_err(|_| AuthorizeError::InteractionNotFound)?;
    let found = provider.store.read().await?.interaction(&uid, provider.now()).await?;
    found.ok_or_else(|| AuthorizeError::InteractionNotFound.into())
}

/// Where the browser goes when a page has its result.
pub fn resume_url(provider: &Provider, interaction: &Interaction) -> String {
    let flow = if interaction.device.is_some() { "device" } else { "auth" };
    format!("{}/{flow}/{}", provider.issuer(), interaction.uid)
}
