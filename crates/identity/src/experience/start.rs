//! What somebody came for, and changes of mind about it.

use super::Visit;
use super::refusal::{ExperienceError, Refusal};
use super::state::{Experience, Profile, Proof};
use crate::settings::SignInMode;
use serde_json::json;
use signet_core::audit::InteractionStep;
use signet_core::interaction::InteractionEvent;

impl Visit {
    /// Begins, or begins anew: whatever was proved before is forgotten.
    pub async fn start(&mut self, event: InteractionEvent) -> Result<(), ExperienceError> {
        self.begin_step(event, InteractionStep::Create, json!({}));
        let outcome = self.begin(event).await;
        self.told(outcome).await
    }

    async fn begin(&mut self, event: InteractionEvent) -> Result<(), ExperienceError> {
        let settings = self.identity.settings().await?;
        if !settings.rules.sign_in_mode.allows(event) {
            return Err(Refusal::EventNotAllowed.into());
        }
        self.interaction.login = None;
        let tx = self.identity.store.write().await?;
        self.save(&Experience::new(event), tx).await
    }

    /// Goes on with another event. What was collected for the first one is forgotten, what was proved is not.
    pub async fn switch_event(&mut self, event: InteractionEvent) -> Result<(), ExperienceError> {
        let before = self.state()?.event;
        self.begin_step(before, InteractionStep::Update, json!({"interactionEvent": event}));
        let outcome = self.change_event(event).await;
        self.told(outcome).await
    }

    async fn change_event(&mut self, event: InteractionEvent) -> Result<(), ExperienceError> {
        let mut state = self.state()?;
        let settings = self.identity.settings().await?;
        if !state.may_come_for(event, settings.rules.sign_in_mode) {
            return Err(Refusal::EventNotAllowed.into());
        }
        if event == state.event {
            return Ok(());
        }
        if [event, state.event].contains(&InteractionEvent::ForgotPassword) {
            return Err(Refusal::NotForForgotPassword.into());
        }
        state.event = event;
        state.profile = Profile::default();
        state.user_id = None;
        self.interaction.login = None;
        let tx = self.identity.store.write().await?;
        self.save(&state, tx).await
    }
}

impl Experience {
    /// A one-time token lets its holder register where nobody else may.
    pub(super) fn may_come_for(&self, event: InteractionEvent, mode: SignInMode) -> bool {
        let has_token = self.records.iter().any(|record| matches!(record.proof, Proof::OneTimeToken { .. }));
        mode.allows(event) || (event == InteractionEvent::Register && has_token)
    }
}
