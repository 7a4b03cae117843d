//! Who it is: by something proved, or a new account.

use super::Visit;
use super::identifier::Identifier;
use super::password::find_user;
use super::refusal::{ExperienceError, Refusal};
use super::state::{Experience, Proof, Record};
use crate::message::Senders;
use crate::settings::Rules;
use serde_json::json;
use signet_core::audit::InteractionStep;
use signet_core::interaction::InteractionEvent;
use signet_core::user::User;

impl Visit {
    /// Says who it is by what was proved under `verification`; somebody who registers gets an account. Returns what
    /// they came for.
    pub async fn identify(&mut self, verification: Option<&str>) -> Result<InteractionEvent, ExperienceError> {
        let state = self.state()?;
        let event = state.event;
        self.begin_step(event, InteractionStep::Identify, json!({"verificationId": verification}));
        let outcome = match event {
            InteractionEvent::Register => self.register(state, verification).await,
            InteractionEvent::SignIn | InteractionEvent::ForgotPassword => self.find(state, verification).await,
        };
        self.told(outcome).await?;
        Ok(event)
    }

    /// Finds the account of somebody who has one.
    async fn find(&mut self, mut state: Experience, verification: Option<&str>) -> Result<(), ExperienceError> {
        let identity = self.identity.clone();
        let settings = identity.settings().await?;
        if !settings.rules.sign_in_mode.allows(state.event) {
            return Err(Refusal::EventNotAllowed.into());
        }
        let record = verified(&state, verification)?;
        settings.rules.accepts(&record.proof, state.event, identity.senders())?;
        let reader = identity.store.read().await?;
        let found = match &record.proof {
            Proof::Password { user_id, .. } => reader.user(user_id).await?,
            proof => find_user(&reader, proof.identifier(), &settings.rules).await?,
        };
        drop(reader);
        let user = found.ok_or_else(|| Refusal::UnknownUser(record.proof.identifier().clone()))?;
        admit(&user)?;
        state.attach(&user.id)?;
        let tx = identity.store.write().await?;
        self.save(&state, tx).await
    }
}

/// What was proved under an id.
pub(super) fn verified<'s>(state: &'s Experience, id: Option<&str>) -> Result<&'s Record, Refusal> {
    let record = state.record(id.ok_or(Refusal::MissingVerification)?).ok_or(Refusal::UnknownVerification)?;
    if record.proof.is_verified() { Ok(record) } else { Err(Refusal::NotVerified) }
}

/// Suspended people do not come in, whatever they prove.
pub(super) fn admit(user: &User) -> Result<(), Refusal> {
    if user.is_suspended { Err(Refusal::Suspended) } else { Ok(()) }
}

impl Rules {
    /// Whether a proof is good for finding an account.
    fn accepts(&self, proof: &Proof, event: InteractionEvent, senders: &Senders) -> Result<(), Refusal> {
        let method = self.method(proof.identifier().kind());
        let is_enabled = match (proof, event) {
            (Proof::Password { .. }, InteractionEvent::SignIn) => method.is_some_and(|method| method.password),
            (Proof::EmailVerificationCode { .. } | Proof::PhoneVerificationCode { .. }, InteractionEvent::SignIn) => {
                method.is_some_and(|method| method.verification_code)
            }
            (
                Proof::EmailVerificationCode { identifier, .. } | Proof::PhoneVerificationCode { identifier, .. },
                InteractionEvent::ForgotPassword,
            ) => self.resets_by(identifier, senders),
            (Proof::OneTimeToken { .. }, InteractionEvent::SignIn) => true,
            _ => return Err(Refusal::WrongVerification),
        };
        if is_enabled { Ok(()) } else { Err(Refusal::MethodNotEnabled) }
    }

    fn resets_by(&self, identifier: &Identifier, senders: &Senders) -> bool {
        identifier.recipient().is_some_and(|recipient| self.resets_passwords_by(recipient.channel(), senders))
    }
}
