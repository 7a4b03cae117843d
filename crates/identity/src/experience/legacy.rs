//! The deprecated interaction routes, as the same steps in other words: an identifier is given together with its proof,
//! and a profile at once.

use super::Visit;
use super::identifier::{Identifier, Recipient};
use super::profile::NewProfile;
use super::refusal::{CodeRefusal, ExperienceError, Refusal};
use super::state::{Experience, Profile, Proof};
use serde_json::json;
use signet_core::audit::InteractionStep;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;

/// An identifier with what proves it.
pub enum LegacyIdentifier {
    Password(Identifier, Plain),
    Code(Recipient, Plain),
}

/// What a new account is asked to have. Addresses must have been proved by a code before.
#[derive(Default)]
pub struct LegacyProfile {
    pub username: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub password: Option<Plain>,
}

impl Visit {
    /// Sends a code for whatever the person came for.
    pub async fn send_legacy_code(&mut self, recipient: Recipient) -> Result<(), ExperienceError> {
        let event = self.state()?.event;
        self.send_code(recipient, event).await.map(drop)
    }

    /// Proves an identifier. Who signs in or forgot a password is identified by it.
    pub async fn prove_legacy(&mut self, identifier: LegacyIdentifier) -> Result<(), ExperienceError> {
        let event = self.state()?.event;
        let id = match identifier {
            LegacyIdentifier::Password(identifier, password) => self.verify_password(identifier, password).await?,
            LegacyIdentifier::Code(recipient, code) => {
                let id = self.state()?.code_for(&recipient)?;
                self.verify_code(&recipient, &id, code).await?;
                id
            }
        };
        if event == InteractionEvent::Register {
            return Ok(());
        }
        self.identify(Some(&id)).await.map(drop)
    }

    /// Collects what a new account will have.
    pub async fn add_legacy_profile(&mut self, profile: LegacyProfile) -> Result<(), ExperienceError> {
        let state = self.state()?;
        if let Some(username) = profile.username {
            self.add_profile(NewProfile::Username(username)).await?;
        }
        for (address, kind) in [(profile.email, true), (profile.phone, false)] {
            let Some(address) = address else { continue };
            let record = state.proof_of(&address)?;
            let new = if kind { NewProfile::Email(record) } else { NewProfile::Phone(record) };
            self.add_profile(new).await?;
        }
        let Some(password) = profile.password else { return Ok(()) };
        if state.event == InteractionEvent::ForgotPassword {
            self.reset_password(password).await
        } else {
            self.add_profile(NewProfile::Password(password)).await
        }
    }

    /// Forgets what was collected.
    pub async fn clear_profile(&mut self) -> Result<(), ExperienceError> {
        let mut state = self.state()?;
        let event = state.event;
        state.profile = Profile::default();
        self.begin_step(event, InteractionStep::DeleteProfile, json!({}));
        let tx = self.identity.store.write().await?;
        let outcome = self.save(&state, tx).await;
        self.told(outcome).await
    }

    /// Makes the account of somebody who registers, then ends as usual.
    pub async fn submit_legacy(&mut self) -> Result<super::Submitted, ExperienceError> {
        if self.state()?.event == InteractionEvent::Register {
            self.identify(None).await?;
        }
        self.submit().await
    }

    /// Forgets everything: the person begins anew, or goes.
    pub async fn abandon(&mut self) -> Result<(), ExperienceError> {
        self.interaction.experience = None;
        self.interaction.login = None;
        let tx = self.identity.store.write().await?;
        self.save_row(tx, None).await
    }
}

impl Experience {
    /// The code that was last sent to a recipient.
    fn code_for(&self, recipient: &Recipient) -> Result<String, Refusal> {
        let kind = recipient.verification_type();
        let record = self.records.iter().find(|record| record.proof.kind() == kind);
        record.map(|record| record.id.clone()).ok_or(Refusal::Code(CodeRefusal::NotFound))
    }

    fn proof_of(&self, address: &str) -> Result<String, Refusal> {
        let is_proof = |proof: &Proof| proof.is_verified() && proof.identifier().as_str() == address;
        let record = self.records.iter().find(|record| is_proof(&record.proof));
        record.map(|record| record.id.clone()).ok_or(Refusal::NotVerified)
    }
}
