//! The end of the way: somebody is signed in, or has a new password.

use super::Visit;
use super::identify::admit;
use super::new_account::taken;
use super::refusal::{ExperienceError, Refusal};
use super::state::{Experience, Profile, Proof};
use crate::users;
use serde_json::json;
use signet_core::audit::InteractionStep;
use signet_core::id::UserId;
use signet_core::interaction::{InteractionEvent, LoginResult};
use signet_core::one_time_token::OneTimeTokenContext;
use signet_core::user::User;
use signet_storage::Tx;

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// The browser goes on to the authorization endpoint.
    SignedIn,
    /// The password is another one; the person signs in with it now.
    PasswordReset,
}

impl Visit {
    /// Ends the sign-in, the registration or the reset, if nothing is missing.
    pub async fn submit(&mut self) -> Result<Submitted, ExperienceError> {
        let state = self.state()?;
        let event = state.event;
        self.begin_step(event, InteractionStep::Submit, json!({"interaction": state.shown()}));
        let outcome = match event {
            InteractionEvent::ForgotPassword => self.end_reset(state).await,
            InteractionEvent::SignIn | InteractionEvent::Register => self.end_sign_in(state).await,
        };
        self.told(outcome).await
    }

    async fn end_sign_in(&mut self, mut state: Experience) -> Result<Submitted, ExperienceError> {
        let identity = self.identity.clone();
        let id = state.user_id.clone().ok_or(Refusal::NotIdentified)?;
        if self.interaction.login.as_ref().is_some_and(|login| login.user_id == id) {
            // A second click on the same button.
            return Ok(Submitted::SignedIn);
        }
        let settings = identity.settings().await?;
        let user = identity.store.read().await?.user(&id).await?.ok_or(Refusal::NotIdentified)?;
        admit(&user)?;
        let missing = settings.rules.missing(&state.profile, Some(&user));
        if !missing.is_empty() {
            return Err(Refusal::MissingProfile(missing).into());
        }
        let now = identity.now();
        let mut tx = identity.store.write().await?;
        let profile = std::mem::take(&mut state.profile);
        complete(&mut tx, &id, profile, now).await?;
        for context in state.tokens_of(&user) {
            users::join_by_token(&mut tx, &id, context).await?;
        }
        tx.set_user_signed_in(&id, now).await?;
        let last_submission = Some(state.last_submission(&id, &self.visitor.sign_in_context()));
        self.interaction.login = Some(LoginResult { user_id: id, at: now, last_submission });
        self.save(&state, tx).await?;
        Ok(Submitted::SignedIn)
    }

    async fn end_reset(&mut self, state: Experience) -> Result<Submitted, ExperienceError> {
        let identity = self.identity.clone();
        let id = state.user_id.as_ref().ok_or(Refusal::NotIdentified)?;
        let password = state.profile.password.as_ref().ok_or(Refusal::NewPasswordRequired)?;
        let user = identity.store.read().await?.user(id).await?.ok_or(Refusal::NotIdentified)?;
        admit(&user)?;
        let mut tx = identity.store.write().await?;
        tx.set_user_password(id, password.hash(), identity.now()).await?;
        // What was proved has done its work: another reset needs another proof.
        self.interaction.experience = None;
        self.interaction.login = None;
        self.save_row(tx, Some(id)).await?;
        Ok(Submitted::PasswordReset)
    }
}

impl Experience {
    /// What the one-time tokens that were shown are for. One that was sent to somebody else's address counts for nothing,
    /// whoever shows it (attack: joining as oneself with the link of another).
    fn tokens_of(&self, user: &User) -> impl Iterator<Item = &OneTimeTokenContext> {
        let own = user.primary_email.as_deref().map(str::to_lowercase);
        self.records.iter().filter_map(move |record| match &record.proof {
            Proof::OneTimeToken { identifier, context } => {
                (own.as_deref() == Some(&identifier.as_str().to_lowercase())).then_some(context)
            }
            _ => None,
        })
    }
}

/// Gives an account what was collected for it. A name, an address or a password that it got elsewhere meanwhile stays.
async fn complete(
    tx: &mut Tx,
    id: &UserId,
    profile: Profile,
    now: signet_core::time::Timestamp,
) -> Result<(), ExperienceError> {
    if profile.is_empty() {
        return Ok(());
    }
    // Taken: a suspension or another change that came between reading and writing would be undone.
    let mut user: User = tx.take_user(id, now).await?.ok_or(Refusal::NotIdentified)?;
    admit(&user)?;
    if let Some(password) = profile.password.as_ref().filter(|_| !user.has_password) {
        tx.set_user_password(id, password.hash(), now).await?;
    }
    if profile.has_identifier() || !profile.extra.is_empty() {
        profile.fill(&mut user);
        tx.update_user(&user).await.map_err(taken)?;
    }
    Ok(())
}
