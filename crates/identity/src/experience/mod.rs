//! The way of a person through a sign-in, a registration or a forgotten password.
//!
//! A [`Visit`] is one browser at one interaction. Each of its steps checks that it may be taken now, changes the state
//! in the interaction's row by compare-and-swap, and says so in the audit log, in the same transaction. Nothing is decided by whoever calls: the
//! Experience API, the deprecated interaction routes and the hosted pages take the same steps.

pub mod identifier;
mod identify;
mod kept;
mod legacy;
mod new_account;
mod password;
mod profile;
pub mod refusal;
mod start;
pub mod state;
mod submit;
mod token;
mod trail;
mod verification_code;

pub use legacy::{LegacyIdentifier, LegacyProfile};
pub use profile::NewProfile;
pub use submit::Submitted;
pub use trail::Visitor;

use crate::identity::Identity;
use refusal::{ExperienceError, Refusal};
use signet_core::id::UserId;
use signet_core::interaction::Interaction;
use signet_storage::{StoreError, Tx};
use state::Experience;
use std::sync::Arc;
use trail::Step;

/// See the module. Whoever makes one has seen the interaction's cookie.
pub struct Visit {
    identity: Arc<Identity>,
    visitor: Visitor,
    interaction: Interaction,
    /// The step under way, until it is written down how it ended.
    step: Option<Step>,
}

/// Length of ids of what is begun to be proved.
const RECORD_ID: usize = 21;

impl Visit {
    pub fn new(identity: Arc<Identity>, visitor: Visitor, interaction: Interaction) -> Self {
        Self { identity, visitor, interaction, step: None }
    }

    pub fn interaction(&self) -> &Interaction {
        &self.interaction
    }

    /// How far it has come.
    pub fn state(&self) -> Result<Experience, Refusal> {
        let kept = self.interaction.experience.clone().ok_or(Refusal::NotStarted)?;
        // A state of another version of this program is begun anew.
        serde_json::from_value(kept).map_err(|_| Refusal::NotStarted)
    }

    fn new_record_id(&self) -> String {
        self.identity.deps.rng.id(RECORD_ID)
    }

    /// Ends a step that went well: writes the state with whatever else is in the transaction, and commits.
    async fn save(&mut self, state: &Experience, tx: Tx) -> Result<(), ExperienceError> {
        self.keep(state)?;
        self.save_row(tx, state.user_id.as_ref()).await
    }

    /// Writes the state though the step will be refused.
    async fn save_refused(&mut self, state: &Experience, tx: Tx) -> Result<(), ExperienceError> {
        let step = self.step.take();
        let saved = self.save(state, tx).await;
        self.step = step;
        saved
    }

    fn keep(&mut self, state: &Experience) -> Result<(), StoreError> {
        let kept = serde_json::to_value(state)
            .map_err(|error| StoreError::Corrupt { table: "interactions", reason: error.to_string() })?;
        self.interaction.experience = Some(kept);
        Ok(())
    }

    async fn save_row(&mut self, mut tx: Tx, user: Option<&UserId>) -> Result<(), ExperienceError> {
        if !tx.update_interaction(&self.interaction).await? {
            return Err(Refusal::Overtaken.into());
        }
        if let Some(step) = &self.step {
            tx.append_audit(&[&self.entry(step, user, None)]).await?;
        }
        tx.commit().await?;
        if let Some(step) = self.step.take() {
            self.count(&step, true);
        }
        self.interaction.version += 1;
        Ok(())
    }
}

impl Experience {
    /// Somebody turned out to be `user`: nobody else may have before.
    fn attach(&mut self, user: &UserId) -> Result<(), Refusal> {
        match &self.user_id {
            Some(other) if other != user => Err(Refusal::IdentityConflict),
            _ => {
                self.user_id = Some(user.clone());
                Ok(())
            }
        }
    }
}
