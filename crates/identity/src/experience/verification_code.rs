//! Codes by email and text message: asked for, and shown.

use super::Visit;
use super::identifier::{Identifier, Recipient};
use super::password::find_user;
use super::refusal::{CodeRefusal, ExperienceError, Refusal};
use super::state::{Experience, Proof, Record};
use crate::code::{CodeRequest, Guess};
use serde_json::json;
use signet_core::audit::InteractionStep;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_core::verification::TemplateType;
use signet_storage::StoreError;

impl Visit {
    /// Sends a code. The answer is the same, and takes the same work, when nobody has the address and so nothing is
    /// sent. `event` is what the code is for. Returns what will be proved under.
    pub async fn send_code(
        &mut self,
        recipient: Recipient,
        event: InteractionEvent,
    ) -> Result<String, ExperienceError> {
        let state = self.state()?;
        let step = InteractionStep::CreateVerification(recipient.verification_type());
        self.begin_step(state.event, step, json!({"identifier": Identifier::from(recipient.clone())}));
        let outcome = self.begin_code(state, recipient, event).await;
        self.told(outcome).await
    }

    async fn begin_code(
        &mut self,
        mut state: Experience,
        recipient: Recipient,
        event: InteractionEvent,
    ) -> Result<String, ExperienceError> {
        let template_type = TemplateType::from(event);
        let request = CodeRequest {
            interaction: Some(self.interaction.uid.clone()),
            purpose: template_type,
            recipient: recipient.clone(),
            locales: self.visitor.locales.clone(),
            is_sent: self.reaches_somebody(&recipient, event).await?,
        };
        let id = self.identity.issue_code(request).await?;
        let identifier = Identifier::from(recipient.clone());
        let verified = false;
        let proof = match recipient {
            Recipient::Email(_) => Proof::EmailVerificationCode { identifier, template_type, verified },
            Recipient::Phone(_) => Proof::PhoneVerificationCode { identifier, template_type, verified },
        };
        state.put(Record { id: id.clone(), proof });
        let tx = self.identity.store.write().await?;
        self.save(&state, tx).await?;
        Ok(id)
    }

    /// Whether a message makes sense. A stranger's address gets one only where strangers may register.
    async fn reaches_somebody(&self, recipient: &Recipient, event: InteractionEvent) -> Result<bool, StoreError> {
        let settings = self.identity.settings().await?;
        let reader = self.identity.store.read().await?;
        let is_known = find_user(&reader, &recipient.clone().into(), &settings.rules).await?.is_some();
        let may_register = settings.rules.sign_in_mode.allows(InteractionEvent::Register);
        Ok(is_known || (may_register && event != InteractionEvent::ForgotPassword))
    }

    /// Checks a code that was sent to `recipient` under `id`.
    pub async fn verify_code(&mut self, recipient: &Recipient, id: &str, code: Plain) -> Result<(), ExperienceError> {
        let state = self.state()?;
        let step = InteractionStep::SubmitVerification(recipient.verification_type());
        let facts = json!({"identifier": Identifier::from(recipient.clone()), "verificationId": id});
        self.begin_step(state.event, step, facts);
        let outcome = self.check_code(state, recipient, id, code).await;
        self.told(outcome).await
    }

    pub(super) async fn check_code(
        &mut self,
        mut state: Experience,
        recipient: &Recipient,
        id: &str,
        code: Plain,
    ) -> Result<(), ExperienceError> {
        let kind = recipient.verification_type();
        let record = state.records.iter_mut().find(|record| record.id == id && record.proof.kind() == kind);
        let record = record.ok_or(Refusal::UnknownVerification)?;
        let is_theirs = record.proof.identifier().recipient().is_some_and(|other| other.key() == recipient.key());
        if !is_theirs {
            return Err(Refusal::from(CodeRefusal::OtherRecipient(recipient.channel())).into());
        }
        let identity = self.identity.clone();
        let settings = identity.settings().await?;
        let stored = identity.store.read().await?.verification_code(id).await?;
        let guess = Guess { name: recipient.as_str(), stored, code: &code };
        match &mut record.proof {
            Proof::EmailVerificationCode { verified, .. } | Proof::PhoneVerificationCode { verified, .. } => {
                *verified = true;
            }
            Proof::Password { .. } | Proof::NewPasswordIdentity { .. } | Proof::OneTimeToken { .. } => {}
        }
        let tx = identity.right_code(guess, &settings.rules).await?;
        self.save(&state, tx).await
    }
}
