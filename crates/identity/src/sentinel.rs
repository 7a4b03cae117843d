//! The sentinel: who fails too often under one name is not let try for a while, right or wrong.
//!
//! An attempt is written down before it is looked at, so that a thousand at once are not a thousand free ones.

use crate::experience::refusal::{ExperienceError, Refusal};
use crate::identity::Identity;
use crate::settings::Rules;
use signet_core::random::Rng;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_storage::{SentinelActivity, StoreError, Tx};
use std::time::Duration;

/// Failures count this long.
const WINDOW: Duration = Duration::from_hours(1);
/// After this, an attempt that nobody brought to an end counts as failed.
const LONGEST_ATTEMPT: Duration = Duration::from_mins(1);

/// What was tried. All of these count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Password,
    VerificationCode,
    OneTimeToken,
}

impl Action {
    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "Password",
            Self::VerificationCode => "VerificationCode",
            Self::OneTimeToken => "OneTimeToken",
        }
    }
}

/// An attempt under way.
pub(crate) struct Attempt {
    id: String,
    /// Of the decision that no more are allowed, should it come to that.
    decision_id: String,
    target: ValueHash,
    action: Action,
}

/// What a name is counted under. Upper and lower case are one, or every spelling of an address would be a hundred more
/// attempts.
fn target(name: &str) -> ValueHash {
    ValueHash::of(&name.to_lowercase())
}

impl Attempt {
    pub(crate) fn new(name: &str, action: Action, rng: &dyn Rng) -> Self {
        Self { id: rng.id(21), decision_id: rng.id(21), target: target(name), action }
    }

    /// Refuses the attempt, or writes down that it is under way.
    pub(crate) async fn begin(&self, tx: &Tx, rules: &Rules, now: Timestamp) -> Result<Option<Refusal>, StoreError> {
        tx.lock_name(self.target.as_str()).await?;
        let tally = tx.sentinel_tally(&self.target, now.minus(WINDOW), now).await?;
        if tally.blocked_until > now {
            return Ok(Some(Refusal::Blocked { until: tally.blocked_until, now }));
        }
        let most = rules.sentinel_policy.max_attempts();
        // Once somebody was blocked and waited, they may try one at a time.
        let has_place = tally.failed + tally.under_way < most || tally.under_way == 0;
        if !has_place {
            return Ok(Some(Refusal::Blocked { until: now.plus(LONGEST_ATTEMPT), now }));
        }
        tx.insert_sentinel_activity(&self.activity(now, now.plus(LONGEST_ATTEMPT))).await?;
        Ok(None)
    }

    /// The attempt was wrong. Says so when it was the last for a while.
    pub(crate) async fn fail(&self, tx: &Tx, rules: &Rules, now: Timestamp) -> Result<Option<Refusal>, StoreError> {
        tx.settle_sentinel_activity(&self.id).await?;
        let tally = tx.sentinel_tally(&self.target, now.minus(WINDOW), now).await?;
        if tally.failed < rules.sentinel_policy.max_attempts() {
            return Ok(None);
        }
        let until = now.plus(rules.sentinel_policy.lockout());
        let id = self.decision_id.clone();
        tx.insert_sentinel_activity(&SentinelActivity { id, is_blocked: true, ..self.activity(now, until) }).await?;
        Ok(Some(Refusal::Blocked { until, now }))
    }

    /// The attempt was right, or came to nothing.
    pub(crate) async fn succeed(&self, tx: &Tx) -> Result<(), StoreError> {
        tx.delete_sentinel_activity(&self.id).await
    }

    fn activity(&self, created_at: Timestamp, decision_expires_at: Timestamp) -> SentinelActivity {
        SentinelActivity {
            id: self.id.clone(),
            target: self.target.clone(),
            action: self.action.as_str(),
            is_blocked: false,
            created_at,
            decision_expires_at,
        }
    }
}

impl Identity {
    /// For attempts that take a while: nothing is open meanwhile.
    pub(crate) async fn begin_attempt(
        &self,
        name: &str,
        action: Action,
        rules: &Rules,
    ) -> Result<Attempt, ExperienceError> {
        let attempt = Attempt::new(name, action, &*self.deps.rng);
        let tx = self.store.write().await?;
        if let Some(refusal) = attempt.begin(&tx, rules, self.now()).await? {
            return Err(refusal.into());
        }
        tx.commit().await?;
        Ok(attempt)
    }

    pub(crate) async fn fail(&self, attempt: &Attempt, rules: &Rules) -> Result<Option<Refusal>, StoreError> {
        let tx = self.store.write().await?;
        let refusal = attempt.fail(&tx, rules, self.now()).await?;
        tx.commit().await?;
        Ok(refusal)
    }

    /// The attempt was not looked at, or does not count.
    pub(crate) async fn withdraw(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let tx = self.store.write().await?;
        attempt.succeed(&tx).await?;
        tx.commit().await
    }

    /// Forgets what failed under these names, and lets them try again.
    pub async fn unblock(&self, names: &[String]) -> Result<(), StoreError> {
        let tx = self.store.write().await?;
        for name in names {
            tx.delete_sentinel_activities_of(&target(name)).await?;
        }
        tx.commit().await
    }
}
