//! What is added to an account on the way: a username, a password, an address that was verified, and what people say
//! about themselves.

use super::Visit;
use super::identifier::{Identifier, IdentifierType};
use super::identify::verified;
use super::refusal::{ExperienceError, ProfileMember, Refusal};
use super::state::{Experience, Proof};
use crate::password::Checked;
use crate::policy::password::UserInfo;
use serde_json::{Map, Value, json};
use signet_core::audit::InteractionStep;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_core::user::User;

/// One thing to add.
pub enum NewProfile {
    Username(String),
    Password(Plain),
    /// The address that was verified under this id.
    Email(String),
    Phone(String),
    /// Standard claims under their camelCase names, `name` and `avatar`. Nothing else: custom data is what programs
    /// believe about somebody, so nobody writes their own.
    Extra(Map<String, Value>),
}

impl NewProfile {
    /// What a person has one of, and this would be.
    fn member(&self) -> Option<ProfileMember> {
        match self {
            Self::Username(_) => Some(ProfileMember::Username),
            Self::Password(_) => Some(ProfileMember::Password),
            Self::Email(_) => Some(ProfileMember::Email),
            Self::Phone(_) => Some(ProfileMember::Phone),
            Self::Extra(_) => None,
        }
    }
}

impl ProfileMember {
    fn as_str(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Password => "password",
        }
    }

    fn is_had_by(self, user: &User) -> bool {
        match self {
            Self::Username => user.username.is_some(),
            Self::Email => user.primary_email.is_some(),
            Self::Phone => user.primary_phone.is_some(),
            Self::Password => user.has_password,
        }
    }
}

impl Visit {
    /// Adds to the account that is being made, or to the one that somebody signs in to. What an account has already
    /// does not change here.
    pub async fn add_profile(&mut self, new: NewProfile) -> Result<(), ExperienceError> {
        let state = self.state()?;
        self.begin_step(
            state.event,
            InteractionStep::UpdateProfile,
            json!({"type": new.member().map_or("extraProfile", ProfileMember::as_str)}),
        );
        let outcome = self.collect(state, new).await;
        self.told(outcome).await
    }

    async fn collect(&mut self, mut state: Experience, new: NewProfile) -> Result<(), ExperienceError> {
        let user = self.may_collect(&state).await?;
        if let (Some(user), Some(member)) = (&user, new.member())
            && member.is_had_by(user)
        {
            return Err(Refusal::HasAlready(member).into());
        }
        let identity = self.identity.clone();
        let settings = identity.settings().await?;
        let identifier = match new {
            NewProfile::Username(name) => {
                Identifier::Username(settings.rules.username_policy.check(&name).map_err(Refusal::Username)?)
            }
            NewProfile::Email(id) => address(&state, &id, IdentifierType::Email)?,
            NewProfile::Phone(id) => address(&state, &id, IdentifierType::Phone)?,
            NewProfile::Password(password) => {
                let hash = identity.new_password(password, &info(&state, user.as_ref()), &settings.rules).await?;
                state.profile.password = Some(hash.into());
                let tx = identity.store.write().await?;
                return self.save(&state, tx).await;
            }
            NewProfile::Extra(extra) => {
                state.profile.extra.extend(extra);
                let tx = identity.store.write().await?;
                return self.save(&state, tx).await;
            }
        };
        let reader = identity.store.read().await?;
        settings.rules.is_free(&reader, &identifier).await?;
        drop(reader);
        state.profile.set(&identifier);
        let tx = identity.store.write().await?;
        self.save(&state, tx).await
    }

    /// Whose account it is, when there is one.
    async fn may_collect(&self, state: &Experience) -> Result<Option<User>, ExperienceError> {
        let settings = self.identity.settings().await?;
        match (state.event, &state.user_id) {
            (InteractionEvent::ForgotPassword, _) => Err(Refusal::NotForForgotPassword.into()),
            (InteractionEvent::SignIn, None) => Err(Refusal::NotIdentified.into()),
            (InteractionEvent::Register, None) => {
                let may = state.may_come_for(InteractionEvent::Register, settings.rules.sign_in_mode);
                if may { Ok(None) } else { Err(Refusal::EventNotAllowed.into()) }
            }
            (InteractionEvent::SignIn | InteractionEvent::Register, Some(user)) => {
                let found = self.identity.store.read().await?.user(user).await?;
                found.map(Some).ok_or_else(|| Refusal::NotIdentified.into())
            }
        }
    }

    /// Chooses another password for somebody who forgot theirs. It is theirs once they submit.
    pub async fn reset_password(&mut self, password: Plain) -> Result<(), ExperienceError> {
        let state = self.state()?;
        self.begin_step(state.event, InteractionStep::UpdateProfile, json!({"type": "password"}));
        let outcome = self.keep_password(state, password).await;
        self.told(outcome).await
    }

    async fn keep_password(&mut self, mut state: Experience, password: Plain) -> Result<(), ExperienceError> {
        if state.event != InteractionEvent::ForgotPassword {
            return Err(Refusal::OnlyForForgotPassword.into());
        }
        let identity = self.identity.clone();
        let id = state.user_id.clone().ok_or(Refusal::NotIdentified)?;
        let reader = identity.store.read().await?;
        let user = reader.user(&id).await?.ok_or(Refusal::NotIdentified)?;
        let current = reader.user_password(&id).await?;
        drop(reader);
        let settings = identity.settings().await?;
        let hash = identity.new_password(password.clone(), &info(&state, Some(&user)), &settings.rules).await?;
        if current.is_some() && identity.passwords().check(password, current).await? != Checked::Wrong {
            return Err(Refusal::SamePassword.into());
        }
        state.profile.password = Some(hash.into());
        let tx = identity.store.write().await?;
        self.save(&state, tx).await
    }
}

/// The address that was verified under an id.
fn address(state: &Experience, id: &str, kind: IdentifierType) -> Result<Identifier, Refusal> {
    match &verified(state, Some(id))?.proof {
        Proof::EmailVerificationCode { identifier, .. }
        | Proof::PhoneVerificationCode { identifier, .. }
        | Proof::OneTimeToken { identifier, .. }
            if identifier.kind() == kind =>
        {
            Ok(identifier.clone())
        }
        _ => Err(Refusal::WrongVerification),
    }
}

/// What a password must not be made of.
fn info<'s>(state: &'s Experience, user: Option<&'s User>) -> UserInfo<'s> {
    let profile = &state.profile;
    let of = |own: &'s Option<String>, had: Option<&'s Option<String>>| {
        own.as_deref().or_else(|| had.and_then(Option::as_deref))
    };
    UserInfo {
        name: user.and_then(|user| user.name.as_deref()),
        username: of(&profile.username, user.map(|user| &user.username)),
        email: of(&profile.email, user.map(|user| &user.primary_email)),
        phone: of(&profile.phone, user.map(|user| &user.primary_phone)),
    }
}
