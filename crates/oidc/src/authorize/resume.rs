//! `GET /auth/:uid`: a browser comes back from a page. What the page left is read, and the request goes on from there.
//!
//! The caller has made sure that this is the browser that left: who only knows the uid cannot come back with it.

use super::checks::{self, Checked};
use super::finish::Consumed;
use super::request::AuthorizeRequest;
use super::session::{self, ActiveSession};
use super::{Outcome, Refused, Step, Visit, go_on, interaction, to_client};
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::{Provider, internal};
use signet_core::interaction::{Interaction, LoginResult, PendingPrompt};

#[derive(Debug, thiserror::Error)]
#[error("the stored request of an interaction cannot be read")]
struct UnreadableRequest;

/// Goes on with the request of an interaction. `session` is what the browser kept.
pub async fn resume(provider: &Provider, uid: &str, session: Option<&str>) -> Result<Outcome, Refused> {
    let interaction = interaction::find(provider, uid).await?;
    if interaction.device.is_some() {
        return Err(AuthorizeError::InteractionNotFound.into());
    }
    let request = AuthorizeRequest::from_kept(&interaction.params).ok_or_else(|| internal(UnreadableRequest))?;
    // Checked again: the application may have changed since.
    let trusted = match checks::trusted(provider, &request).await {
        Ok(trusted) => trusted,
        Err(error) => return Err(Refused { error, state: request.state }),
    };
    let outcome = async {
        let checked = checks::all(provider, trusted.clone(), request).await?;
        let before = session::open(provider, session).await?;
        match (interaction.prompt, interaction.login.clone()) {
            (PendingPrompt::Login, Some(login)) => signed_in(provider, checked, (interaction, login), before).await,
            (PendingPrompt::Consent, _) => consented(provider, checked, interaction, (before, session)).await,
            (PendingPrompt::Login, None) => Ok(not_done(&checked, interaction)),
        }
    };
    Ok(to_client(provider, &trusted, (outcome.await, None))?)
}

/// Back to the page.
fn not_done(checked: &Checked, interaction: Interaction) -> Outcome {
    Outcome { step: Step::Ask(interaction::waiting(checked, interaction)), session: None }
}

async fn signed_in(
    provider: &Provider,
    checked: Checked,
    (interaction, login): (Interaction, LoginResult),
    before: Option<ActiveSession>,
) -> Result<Outcome, OAuthError> {
    let begun = session::begin(provider, (&interaction, &login), before).await?;
    let (active, key) = begun.unzip();
    let value = key.as_ref().map(|key| key.value.clone());
    let login = active.is_some().then_some(login);
    let (visit, trusted) = (Visit { active, value, login, consented: None }, checked.trusted.clone());
    let outcome = go_on(provider, checked, visit, Consumed::Nothing).await;
    // Whatever the client is told, whoever signed in has done so: without the new value their session would be lost.
    to_client(provider, &trusted, (outcome, key))
}

/// Whoever agreed must still be the one who is signed in.
async fn consented(
    provider: &Provider,
    checked: Checked,
    interaction: Interaction,
    (before, value): (Option<ActiveSession>, Option<&str>),
) -> Result<Outcome, OAuthError> {
    let same = |active: &ActiveSession| {
        interaction.user_id.as_ref() == Some(&active.user.id)
            && interaction.session_uid.as_ref() == Some(&active.session.uid)
    };
    let active = before.filter(same).ok_or(AuthorizeError::SessionMismatch)?;
    let Some(id) = &interaction.grant_id else { return Ok(not_done(&checked, interaction)) };
    let grant = provider.store.read().await?.grant(id, provider.now()).await?;
    let of_both =
        |grant: &signet_core::grant::Grant| grant.user_id == active.user.id && grant.client_id == interaction.client_id;
    let consented = grant.filter(of_both).ok_or(AuthorizeError::InteractionNotFound)?;
    let visit = Visit {
        active: Some(active),
        value: value.map(str::to_owned),
        login: interaction.login.clone(),
        consented: Some(consented),
    };
    go_on(provider, checked, visit, Consumed::Interaction(&interaction.uid)).await
}
