//! Passwords: the one that somebody has, and new ones.

use super::Visit;
use super::identifier::Identifier;
use super::refusal::{ExperienceError, Refusal};
use super::state::{Experience, Proof, Record};
use crate::identity::Identity;
use crate::password::Checked;
use crate::policy::password::UserInfo;
use crate::sentinel::{Action, Attempt};
use crate::settings::Rules;
use serde_json::json;
use signet_core::audit::InteractionStep;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_core::user::{PasswordHash, User};
use signet_core::verification::VerificationType;
use signet_storage::{Reader, StoreError};

impl Visit {
    /// Checks the password of whoever has this identifier. The answer is the same, and takes the same, whether the
    /// password is wrong or nobody has the identifier. Returns what it is proved under.
    pub async fn verify_password(
        &mut self,
        identifier: Identifier,
        password: Plain,
    ) -> Result<String, ExperienceError> {
        let state = self.state()?;
        let step = InteractionStep::SubmitVerification(VerificationType::Password);
        self.begin_step(state.event, step, json!({"identifier": identifier}));
        let outcome = self.check_password(state, identifier, password).await;
        self.told(outcome).await
    }

    async fn check_password(
        &mut self,
        mut state: Experience,
        identifier: Identifier,
        password: Plain,
    ) -> Result<String, ExperienceError> {
        if state.event != InteractionEvent::SignIn {
            return Err(Refusal::WrongVerification.into());
        }
        let identity = self.identity.clone();
        let settings = identity.settings().await?;
        let attempt = identity.begin_attempt(identifier.as_str(), Action::Password, &settings.rules).await?;
        let (user, hash) = identity.with_password(&identifier, &settings.rules).await?;
        let checked = match identity.passwords().check(password, hash.clone()).await {
            Ok(checked) => checked,
            Err(error) => {
                identity.withdraw(&attempt).await?;
                return Err(error.into());
            }
        };
        let (Checked::Right { upgraded }, Some(user)) = (checked, user) else {
            let refusal = identity.fail(&attempt, &settings.rules).await?;
            return Err(refusal.unwrap_or(Refusal::InvalidCredentials).into());
        };
        if let Err(refusal) = may_sign_in(&state, &user, &settings.rules, identity.now()) {
            identity.withdraw(&attempt).await?;
            return Err(refusal.into());
        }
        let id = self.new_record_id();
        state.put(Record { id: id.clone(), proof: Proof::Password { identifier, user_id: user.id.clone() } });
        self.save_right_password(&state, &attempt, (&user, hash, upgraded)).await?;
        Ok(id)
    }

    async fn save_right_password(
        &mut self,
        state: &Experience,
        attempt: &Attempt,
        (user, from, to): (&User, Option<PasswordHash>, Option<PasswordHash>),
    ) -> Result<(), ExperienceError> {
        let mut tx = self.identity.store.write().await?;
        attempt.succeed(&tx).await?;
        if let (Some(from), Some(to)) = (&from, &to) {
            tx.upgrade_user_password(&user.id, from, to).await?;
        }
        self.save(state, tx).await
    }
}

/// What keeps somebody with the right password out. Nobody else hears of it.
fn may_sign_in(
    state: &Experience,
    user: &User,
    rules: &Rules,
    now: signet_core::time::Timestamp,
) -> Result<(), Refusal> {
    if user.is_suspended {
        return Err(Refusal::Suspended);
    }
    if state.user_id.as_ref().is_some_and(|other| *other != user.id) {
        return Err(Refusal::IdentityConflict);
    }
    if user.is_password_expired || rules.password_expiration.has_expired(user.password_updated_at, now) {
        return Err(Refusal::PasswordExpired);
    }
    Ok(())
}

impl Identity {
    /// Whoever has this identifier, with the hash of their password.
    async fn with_password(
        &self,
        identifier: &Identifier,
        rules: &Rules,
    ) -> Result<(Option<User>, Option<PasswordHash>), StoreError> {
        let reader = self.store.read().await?;
        let user = find_user(&reader, identifier, rules).await?;
        let hash = match &user {
            Some(user) => reader.user_password(&user.id).await?,
            None => None,
        };
        Ok((user, hash))
    }

    /// Hashes a new password that keeps the tenant's rules.
    pub(crate) async fn new_password(
        &self,
        password: Plain,
        info: &UserInfo<'_>,
        rules: &Rules,
    ) -> Result<PasswordHash, ExperienceError> {
        let policy = &rules.password_policy;
        let issues = policy.check(password.expose(), info, self.breached()).await;
        if !issues.is_empty() {
            return Err(Refusal::PasswordRejected(policy.describe(&issues)).into());
        }
        Ok(self.passwords().hash(password).await?)
    }
}

/// Whoever has this identifier.
pub(super) async fn find_user(
    reader: &Reader,
    identifier: &Identifier,
    rules: &Rules,
) -> Result<Option<User>, StoreError> {
    match identifier {
        Identifier::Username(name) if rules.username_policy.case_sensitive => {
            reader.user_by_username(name.as_str()).await
        }
        Identifier::Username(name) => reader.user_by_username_any_case(name.as_str()).await,
        Identifier::Email(email) => reader.user_by_email(email.as_str()).await,
        Identifier::Phone(phone) => reader.user_by_phone(phone.as_str()).await,
    }
}
