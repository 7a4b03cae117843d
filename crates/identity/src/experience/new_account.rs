//! New accounts: what they begin with, what they must have, and who makes the first one of all.

use super::Visit;
use super::identifier::{Identifier, IdentifierType};
use super::identify::verified;
use super::password::find_user;
use super::refusal::{ExperienceError, Refusal};
use super::state::{Experience, Profile, Proof};
use crate::identifier::Email;
use crate::policy::password::UserInfo;
use crate::settings::{CONFIG_KEY, Rules, SignInMode, SignInSettings, SignUpIdentifier};
use crate::users;
use serde_json::{Map, Value, json};
use signet_core::audit::InteractionStep;
use signet_core::id::UserId;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_core::user::User;
use signet_core::verification::VerificationType;
use signet_storage::{Constraint, Reader, StoreError, Tx};

/// What the first person of the tenant `admin` may do.
const FIRST_ROLES: [&str; 2] = ["user", "default:admin"];
/// Where they belong, and as what.
const FIRST_ORGANIZATION: (&str, &str) = ("t-default", "admin");

impl Visit {
    /// Chooses a username and a password for a new account. Returns what they are kept under.
    pub async fn propose_identity(&mut self, username: &str, password: Plain) -> Result<String, ExperienceError> {
        let state = self.state()?;
        let step = InteractionStep::SubmitVerification(VerificationType::NewPasswordIdentity);
        self.begin_step(state.event, step, json!({"identifier": {"type": "username", "value": username}}));
        let outcome = self.keep_identity(state, username, password).await;
        self.told(outcome).await
    }

    async fn keep_identity(
        &mut self,
        mut state: Experience,
        username: &str,
        password: Plain,
    ) -> Result<String, ExperienceError> {
        if state.event != InteractionEvent::Register {
            return Err(Refusal::WrongVerification.into());
        }
        let identity = self.identity.clone();
        let settings = identity.settings().await?;
        let name = settings.rules.username_policy.check(username).map_err(Refusal::Username)?;
        let identifier = Identifier::Username(name);
        let reader = identity.store.read().await?;
        unused(&reader, &identifier, &settings.rules).await?;
        drop(reader);
        let info = UserInfo { username: Some(username), ..UserInfo::default() };
        let password = identity.new_password(password, &info, &settings.rules).await?;
        let id = self.new_record_id();
        let proof = Proof::NewPasswordIdentity { identifier, password: password.into() };
        state.put(super::state::Record { id: id.clone(), proof });
        let tx = identity.store.write().await?;
        self.save(&state, tx).await?;
        Ok(id)
    }

    /// Makes an account of what was proved and collected, once it has all it must have.
    pub(super) async fn register(
        &mut self,
        mut state: Experience,
        verification: Option<&str>,
    ) -> Result<(), ExperienceError> {
        let identity = self.identity.clone();
        let settings = identity.settings().await?;
        if !state.may_come_for(InteractionEvent::Register, settings.rules.sign_in_mode) {
            return Err(Refusal::EventNotAllowed.into());
        }
        if state.user_id.is_some() {
            // Asked for again: the account is there.
            return Ok(());
        }
        let proof = match verification {
            Some(id) => Some(verified(&state, Some(id))?.proof.clone()),
            None if state.profile.has_identifier() => None,
            None => return Err(Refusal::MissingVerification.into()),
        };
        if let Some(proof) = proof {
            settings.rules.accepts_new(&proof)?;
            let reader = identity.store.read().await?;
            settings.rules.is_free(&reader, proof.identifier()).await?;
            state.profile.take(&proof);
        }
        let missing = settings.rules.missing(&state.profile, None);
        if !missing.is_empty() {
            // What was proved stays, so that the rest can be added.
            let tx = identity.store.write().await?;
            self.save_refused(&state, tx).await?;
            return Err(Refusal::MissingProfile(missing).into());
        }
        self.create(state, &settings).await
    }

    async fn create(&mut self, mut state: Experience, settings: &SignInSettings) -> Result<(), ExperienceError> {
        let (identity, now) = (self.identity.clone(), self.identity.now());
        let mut tx = identity.store.write().await?;
        let is_first = identity.asks_who_is_there(settings);
        if is_first {
            // One after the other: of two who register at once, one is the first.
            tx.lock_tenant().await?;
            if identity.mode_by_people(&tx).await? != SignInMode::Register {
                return Err(Refusal::EventNotAllowed.into());
            }
        }
        let mut user = User::new(users::new_id(&tx, &*identity.deps.rng).await?, now);
        let profile = std::mem::take(&mut state.profile);
        profile.fill(&mut user);
        user.application_id = Some(self.interaction.client_id.clone());
        let password = profile.password.as_ref().map(super::kept::KeptPassword::hash);
        users::create(&mut tx, &mut user, password).await.map_err(taken)?;
        users::join_by_email(&mut tx, &user).await?;
        if is_first {
            install_administrator(&mut tx, &user.id).await?;
        }
        state.attach(&user.id)?;
        self.save(&state, tx).await
    }
}

/// The first person of the tenant `admin` administers, and lets the others in.
async fn install_administrator(tx: &mut Tx, user: &UserId) -> Result<(), StoreError> {
    for name in FIRST_ROLES {
        if let Some(role) = tx.role_by_name(name).await? {
            tx.assign_role_to_user(user, &role.id).await?;
        }
    }
    let (organization, role) = FIRST_ORGANIZATION;
    if let Ok(organization) = organization.parse()
        && tx.organization(&organization).await?.is_some()
    {
        tx.add_organization_user(&organization, user).await?;
        for role in tx.organization_roles_by_names(&[role.to_owned()]).await? {
            tx.assign_role_to_organization_user(&organization, user, &role.id).await?;
        }
    }
    let stored = tx.config(CONFIG_KEY).await?;
    let mut members = stored.and_then(|stored| stored.as_object().cloned()).unwrap_or_else(Map::new);
    members.insert("signInMode".to_owned(), json!(SignInMode::SignIn));
    tx.put_config(CONFIG_KEY, &Value::Object(members)).await
}

/// Somebody was faster.
pub(super) fn taken(error: StoreError) -> ExperienceError {
    let kind = match error {
        StoreError::Conflict(Constraint::UserUsername) => IdentifierType::Username,
        StoreError::Conflict(Constraint::UserEmail) => IdentifierType::Email,
        StoreError::Conflict(Constraint::UserPhone) => IdentifierType::Phone,
        other => return other.into(),
    };
    Refusal::InUse(kind).into()
}

/// Refuses an identifier that somebody has.
pub(super) async fn unused(reader: &Reader, identifier: &Identifier, rules: &Rules) -> Result<(), ExperienceError> {
    match find_user(reader, identifier, rules).await? {
        Some(_) => Err(Refusal::InUse(identifier.kind()).into()),
        None => Ok(()),
    }
}

impl Rules {
    /// Whether a proof is good for a new account.
    fn accepts_new(&self, proof: &Proof) -> Result<(), Refusal> {
        let is_enabled = match proof {
            Proof::Password { .. } => return Err(Refusal::WrongVerification),
            Proof::NewPasswordIdentity { identifier, .. } => {
                self.signs_up_with(identifier.kind()) && self.sign_up.password
            }
            Proof::EmailVerificationCode { identifier, .. } | Proof::PhoneVerificationCode { identifier, .. } => {
                self.signs_up_with(identifier.kind())
            }
            Proof::OneTimeToken { .. } => true,
        };
        if is_enabled { Ok(()) } else { Err(Refusal::MethodNotEnabled) }
    }

    /// Refuses an identifier that no account may get.
    pub(crate) async fn is_free(&self, reader: &Reader, identifier: &Identifier) -> Result<(), ExperienceError> {
        if let Identifier::Email(email) = identifier {
            self.lets_in(email)?;
        }
        unused(reader, identifier, self).await
    }

    fn lets_in(&self, email: &Email) -> Result<(), Refusal> {
        Ok(self.email_blocklist_policy.check(email)?)
    }

    /// What an account must have and has neither in `profile` nor already, as clients name it.
    pub(super) fn missing(&self, profile: &Profile, user: Option<&User>) -> Vec<&'static str> {
        let username = profile.username.is_some() || user.is_some_and(|user| user.username.is_some());
        let email = profile.email.is_some() || user.is_some_and(|user| user.primary_email.is_some());
        let phone = profile.phone.is_some() || user.is_some_and(|user| user.primary_phone.is_some());
        let password = profile.password.is_some() || user.is_some_and(|user| user.has_password);
        let has = |identifier: SignUpIdentifier| match identifier {
            SignUpIdentifier::Username => username,
            SignUpIdentifier::Email => email,
            SignUpIdentifier::Phone => phone,
            SignUpIdentifier::EmailOrPhone => email || phone,
        };
        let mut missing: Vec<&'static str> = Vec::new();
        for identifier in self.sign_up.demands() {
            if !has(identifier) && !missing.contains(&identifier.name()) {
                missing.push(identifier.name());
            }
        }
        if self.sign_up.password && !password {
            missing.push("password");
        }
        missing
    }
}

impl SignUpIdentifier {
    fn name(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::EmailOrPhone => "emailOrPhone",
        }
    }
}

impl crate::settings::SignUp {
    /// Every identifier that an account must have. Email and phone together mean one of them.
    fn demands(&self) -> Vec<SignUpIdentifier> {
        let has = |kind| self.identifiers.contains(&kind);
        let mut demands = Vec::new();
        if has(IdentifierType::Username) {
            demands.push(SignUpIdentifier::Username);
        }
        match (has(IdentifierType::Email), has(IdentifierType::Phone)) {
            (true, true) => demands.push(SignUpIdentifier::EmailOrPhone),
            (true, false) => demands.push(SignUpIdentifier::Email),
            (false, true) => demands.push(SignUpIdentifier::Phone),
            (false, false) => {}
        }
        demands.extend(self.secondary_identifiers.iter().map(|secondary| secondary.identifier));
        demands
    }
}

impl Profile {
    /// Adds what a proof says about somebody.
    pub(super) fn take(&mut self, proof: &Proof) {
        if let Proof::NewPasswordIdentity { password, .. } = proof {
            self.password = Some(password.clone());
        }
        self.set(proof.identifier());
    }

    pub(super) fn set(&mut self, identifier: &Identifier) {
        let value = Some(identifier.as_str().to_owned());
        match identifier {
            Identifier::Username(_) => self.username = value,
            Identifier::Email(_) => self.email = value,
            Identifier::Phone(_) => self.phone = value,
        }
    }

    /// Gives somebody what was collected, but for the password. What they have one of stays as it is.
    pub(super) fn fill(&self, user: &mut User) {
        for (from, to) in [
            (&self.username, &mut user.username),
            (&self.email, &mut user.primary_email),
            (&self.phone, &mut user.primary_phone),
        ] {
            if to.is_none() {
                to.clone_from(from);
            }
        }
        for (name, value) in &self.extra {
            match (name.as_str(), value.as_str()) {
                ("name", Some(text)) => user.name = Some(text.to_owned()),
                ("avatar", Some(text)) => user.avatar = Some(text.to_owned()),
                _ => drop(user.profile.insert(name.clone(), value.clone())),
            }
        }
    }
}
