//! What people change of their own account while they are signed in. A changed password or address takes the account
//! over for good, so for these somebody proves first, once more, that they have the old password or read the address.

use crate::experience::identifier::{Identifier, IdentifierType, Recipient};
use crate::experience::refusal::{ExperienceError, Refusal};
use crate::identifier::Email;
use crate::identity::Identity;
use crate::password::Checked;
use crate::policy::password::UserInfo;
use crate::sentinel::Action;
use serde_json::{Map, Value};
use signet_core::id::UserId;
use signet_core::secret::Plain;
use signet_core::user::{PasswordHash, User};
use signet_storage::{OwnProof, ProofKind, Reader, StoreError, Tx};
use std::time::Duration;

/// How long a proof is good for, and it is good for one change.
pub const PROOF_LIFETIME: Duration = Duration::from_mins(10);

/// What somebody changes of themselves. Outside is whether, inside what to; a name or picture may be taken away.
#[derive(Debug, Default)]
pub struct OwnChanges {
    pub username: Option<String>,
    pub primary_email: Option<Email>,
    pub name: Option<Option<String>>,
    pub avatar: Option<Option<String>>,
}

impl Identity {
    /// Somebody who may still act. Suspension counts at once, although their token lives on.
    pub async fn own_account(&self, id: &UserId) -> Result<User, ExperienceError> {
        let user = self.store.read().await?.user(id).await?.ok_or(Refusal::NotIdentified)?;
        if user.is_suspended { Err(Refusal::Suspended.into()) } else { Ok(user) }
    }

    /// Checks somebody's password, and lets them choose another for a while.
    pub async fn prove_own_password(&self, id: &UserId, password: Plain) -> Result<(), ExperienceError> {
        self.own_account(id).await?;
        let settings = self.settings().await?;
        let attempt = self.begin_attempt(id.as_str(), Action::Password, &settings.rules).await?;
        let stored = self.store.read().await?.user_password(id).await?;
        let checked = match self.passwords().check(password, stored.clone()).await {
            Ok(checked) => checked,
            Err(error) => {
                self.withdraw(&attempt).await?;
                return Err(error.into());
            }
        };
        let Checked::Right { upgraded } = checked else {
            let refusal = self.fail(&attempt, &settings.rules).await?;
            return Err(refusal.unwrap_or(Refusal::InvalidCredentials).into());
        };
        let mut tx = self.store.write().await?;
        attempt.succeed(&tx).await?;
        if let (Some(old), Some(new)) = (&stored, &upgraded) {
            tx.upgrade_user_password(id, old, new).await?;
        }
        tx.put_own_proof(id, ProofKind::Password, &self.proof_of("")).await?;
        Ok(tx.commit().await?)
    }

    /// Gives somebody the password that they chose.
    pub async fn change_own_password(&self, id: &UserId, password: Plain) -> Result<(), ExperienceError> {
        let user = self.own_account(id).await?;
        if user.has_password {
            // Before the hash is computed, and again in the transaction that uses it up.
            self.proved(&self.store.read().await?, (id, ProofKind::Password), "").await?;
        }
        let settings = self.settings().await?;
        let hash = self.new_password(password, &info(&user), &settings.rules).await?;
        let mut tx = self.store.write().await?;
        if user.has_password && !tx.use_own_proof(id, ProofKind::Password).await? {
            return Err(Refusal::UnknownVerification.into());
        }
        self.store_password(&mut tx, id, &hash).await?;
        Ok(tx.commit().await?)
    }

    async fn store_password(&self, tx: &mut Tx, id: &UserId, hash: &PasswordHash) -> Result<(), StoreError> {
        tx.set_user_password(id, hash, self.now()).await.map(drop)
    }

    /// Sends a code to an address that somebody wants to have as theirs.
    pub async fn send_own_email_code(&self, id: &UserId, email: Email) -> Result<(), ExperienceError> {
        self.own_account(id).await?;
        self.send_generic_code(Recipient::Email(email)).await
    }

    /// Checks the code, and lets somebody take the address for a while.
    pub async fn prove_own_email(&self, id: &UserId, email: Email, code: &Plain) -> Result<(), ExperienceError> {
        self.own_account(id).await?;
        let address = email.as_str().to_owned();
        self.verify_generic_code(&Recipient::Email(email), code).await?;
        let tx = self.store.write().await?;
        tx.put_own_proof(id, ProofKind::Email, &self.proof_of(&address)).await?;
        Ok(tx.commit().await?)
    }

    /// Changes what may be changed, all or nothing.
    pub async fn change_own_account(&self, id: &UserId, changes: OwnChanges) -> Result<User, ExperienceError> {
        self.own_account(id).await?;
        let settings = self.settings().await?;
        let mut tx = self.store.write().await?;
        let mut user = tx.take_user(id, self.now()).await?.ok_or(Refusal::NotIdentified)?;
        if let Some(name) = changes.username.filter(|name| user.username.as_ref() != Some(name)) {
            let name = settings.rules.username_policy.check(&name).map_err(Refusal::Username)?;
            if !settings.rules.username_policy.case_sensitive {
                tx.lock_tenant().await?;
                let other = tx.user_by_username_any_case(name.as_str()).await?;
                if other.is_some_and(|other| other.id != *id) {
                    return Err(Refusal::InUse(IdentifierType::Username).into());
                }
            }
            user.username = Some(name.into());
        }
        if let Some(email) = changes.primary_email.filter(|email| user.primary_email.as_deref() != Some(email.as_str()))
        {
            self.proved(&tx, (id, ProofKind::Email), email.as_str()).await?;
            tx.use_own_proof(id, ProofKind::Email).await?;
            let is_own =
                user.primary_email.as_ref().is_some_and(|own| own.to_lowercase() == email.as_str().to_lowercase());
            if !is_own {
                settings.rules.is_free(&tx, &Identifier::Email(email.clone())).await?;
            }
            user.primary_email = Some(email.into());
        }
        if let Some(name) = changes.name {
            user.name = name;
        }
        if let Some(avatar) = changes.avatar {
            user.avatar = avatar;
        }
        tx.update_user(&user).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Members that are given replace those of the same name.
    pub async fn change_own_custom_data(
        &self,
        id: &UserId,
        changes: Map<String, Value>,
    ) -> Result<Map<String, Value>, ExperienceError> {
        self.own_account(id).await?;
        let mut tx = self.store.write().await?;
        let mut user = tx.take_user(id, self.now()).await?.ok_or(Refusal::NotIdentified)?;
        user.custom_data.extend(changes);
        tx.update_user(&user).await?;
        tx.commit().await?;
        Ok(user.custom_data)
    }

    fn proof_of(&self, subject: &str) -> OwnProof {
        OwnProof { subject: subject.to_owned(), proved_at: self.now() }
    }

    /// Whether something was proved a moment ago. Whoever has a transaction open asks within it: a second connection of
    /// the same request may never come when many wait for one.
    async fn proved(
        &self,
        reader: &Reader,
        (id, kind): (&UserId, ProofKind),
        subject: &str,
    ) -> Result<(), ExperienceError> {
        let proof = reader.own_proof(id, kind).await?.ok_or(Refusal::UnknownVerification)?;
        let is_fresh = proof.proved_at.plus(PROOF_LIFETIME) > self.now();
        if is_fresh && proof.subject == subject { Ok(()) } else { Err(Refusal::NotVerified.into()) }
    }
}

/// What a password must not be made of.
fn info(user: &User) -> UserInfo<'_> {
    UserInfo {
        name: user.name.as_deref(),
        username: user.username.as_deref(),
        email: user.primary_email.as_deref(),
        phone: user.primary_phone.as_deref(),
    }
}
