//! What the audit log says about a step: who, where, how it ended. Never a password, a code or a token.

use super::Visit;
use super::refusal::ExperienceError;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use signet_core::audit::{AuditEntry, InteractionStep, LogKey};
use signet_core::id::UserId;
use signet_core::interaction::InteractionEvent;
use signet_core::statistics::{Counter, Series};
use std::sync::Arc;

/// Where a request of a browser comes from.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    pub ip: Option<String>,
    pub user_agent: Option<Arc<str>>,
    /// What was read from it.
    pub user_agent_parsed: Option<Arc<RawValue>>,
    /// Languages that the person reads, best first.
    pub locales: Option<String>,
}

impl Visitor {
    /// `signInContext` of scripts: text by name.
    pub(super) fn sign_in_context(&self) -> Value {
        let mut context = serde_json::Map::new();
        if let Some(ip) = &self.ip {
            context.insert("ip".to_owned(), ip.as_str().into());
        }
        if let Some(agent) = &self.user_agent {
            context.insert("userAgent".to_owned(), (**agent).into());
        }
        context.into()
    }
}

/// Key, user and application are columns of the log, which puts them in when it is read.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'r> {
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent_parsed: Option<&'r RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<&'r str>,
    interaction_id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
    #[serde(flatten)]
    facts: &'r Value,
}

/// A step under way.
pub(super) struct Step {
    key: LogKey,
    /// An object of what is known besides.
    facts: Value,
}

impl Visit {
    /// Begins a step. If it goes well and changes anything, [`Visit::save`] writes that down with the change.
    pub(super) fn begin_step(&mut self, event: InteractionEvent, step: InteractionStep, facts: Value) {
        self.step = Some(Step { key: LogKey::Interaction(event, step), facts });
    }

    /// Writes down how the step ended, unless that is done, and hands its outcome on. An answer that cannot be written
    /// down is not given.
    pub(super) async fn told<T>(&mut self, outcome: Result<T, ExperienceError>) -> Result<T, ExperienceError> {
        let Some(step) = self.step.take() else { return outcome };
        let error = match &outcome {
            Ok(_) => None,
            Err(ExperienceError::Refused(refusal)) => {
                Some(json!({"code": refusal.code().as_str(), "message": refusal.to_string()}))
            }
            // A fault of ours is in the server's log.
            Err(ExperienceError::Store(_) | ExperienceError::Hashing(_)) => return outcome,
        };
        self.count(&step, error.is_none());
        let user = self.state().ok().and_then(|state| state.user_id);
        let entry = self.entry(&step, user.as_ref(), error);
        let log = self.identity.store.store().audit();
        log.append(self.identity.store.id(), vec![entry]).await?;
        outcome
    }

    /// For the plots of administrators.
    pub(super) fn count(&self, step: &Step, is_right: bool) {
        let LogKey::Interaction(event, step) = step.key else { return };
        let counter = match (step, event, is_right) {
            (InteractionStep::Submit, InteractionEvent::SignIn, true) => Counter::SignIns,
            (InteractionStep::Submit, InteractionEvent::Register, true) => Counter::Registrations,
            (
                InteractionStep::SubmitVerification(_) | InteractionStep::SubmitPassword | InteractionStep::SubmitCode,
                _,
                false,
            ) => Counter::FailedProofs,
            _ => return,
        };
        self.identity.store.count(Series::SignIns, counter, self.identity.now());
    }

    pub(super) fn entry(&self, step: &Step, user: Option<&UserId>, error: Option<Value>) -> AuditEntry {
        let Step { key, facts } = step;
        let (now, interaction) = (self.identity.now(), &self.interaction);
        let payload = Payload {
            result: if error.is_none() { "Success" } else { "Error" },
            ip: self.visitor.ip.as_deref(),
            user_agent: self.visitor.user_agent.as_deref(),
            user_agent_parsed: self.visitor.user_agent_parsed.as_deref(),
            session_id: interaction.session_uid.as_ref().map(signet_core::id::SessionUid::as_str),
            interaction_id: interaction.uid.as_str(),
            error,
            facts,
        };
        AuditEntry {
            id: self.identity.deps.rng.log_id(now),
            key: *key,
            application_id: Some(interaction.client_id.clone()),
            user_id: user.cloned(),
            // Text and checked JSON always serialize.
            payload: serde_json::to_string(&payload).unwrap_or_else(|_| "{}".to_owned()),
            context: None,
            created_at: now,
        }
    }
}
