//! One-time tokens as a proof: whoever shows one got it by email.

use super::Visit;
use super::identifier::Identifier;
use super::refusal::{ExperienceError, Refusal, TokenRefusal};
use super::state::{Experience, Proof, Record};
use crate::identifier::Email;
use crate::one_time_token::consume;
use crate::sentinel::{Action, Attempt};
use serde_json::json;
use signet_core::audit::InteractionStep;
use signet_core::secret::Plain;
use signet_core::verification::VerificationType;

impl Visit {
    /// Uses up a one-time token for its address. Returns what it is proved under.
    pub async fn verify_one_time_token(&mut self, email: Email, token: Plain) -> Result<String, ExperienceError> {
        let state = self.state()?;
        let step = InteractionStep::SubmitVerification(VerificationType::OneTimeToken);
        self.begin_step(state.event, step, json!({"identifier": Identifier::Email(email.clone())}));
        let outcome = self.check_token(state, email, &token).await;
        self.told(outcome).await
    }

    async fn check_token(
        &mut self,
        mut state: Experience,
        email: Email,
        value: &Plain,
    ) -> Result<String, ExperienceError> {
        let identity = self.identity.clone();
        let (settings, now) = (identity.settings().await?, identity.now());
        let attempt = Attempt::new(email.as_str(), Action::OneTimeToken, &*identity.deps.rng);
        let tx = identity.store.write().await?;
        if let Some(refusal) = attempt.begin(&tx, &settings.rules, now).await? {
            return Err(refusal.into());
        }
        let token = match consume(&tx, value, &email, now).await? {
            Ok(token) => token,
            Err(refusal) => {
                let blocked = attempt.fail(&tx, &settings.rules, now).await?;
                tx.commit().await?;
                return Err(blocked.unwrap_or(Refusal::Token(refusal)).into());
            }
        };
        // The transaction ends with the refusal, so that the token can still be used for what it is for.
        if token.context.interaction_event.is_some_and(|event| event != state.event) {
            return Err(Refusal::from(TokenRefusal::OtherEvent).into());
        }
        attempt.succeed(&tx).await?;
        let id = self.new_record_id();
        let proof = Proof::OneTimeToken { identifier: Identifier::Email(email), context: token.context };
        state.put(Record { id: id.clone(), proof });
        self.save(&state, tx).await?;
        Ok(id)
    }
}
