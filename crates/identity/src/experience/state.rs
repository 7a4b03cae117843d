//! How far somebody has come: what they came for, what they proved, who they turned out to be, and what a new account
//! will have. Kept in the interaction's row between two requests.

use super::identifier::Identifier;
use super::kept::KeptPassword;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use signet_core::id::UserId;
use signet_core::interaction::InteractionEvent;
use signet_core::one_time_token::OneTimeTokenContext;
use signet_core::verification::{TemplateType, VerificationType};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Experience {
    pub event: InteractionEvent,
    /// Who it is, once something proved says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    #[serde(default)]
    pub records: Vec<Record>,
    #[serde(default)]
    pub profile: Profile,
}

/// Something proved, or begun to be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    pub id: String,
    #[serde(flatten)]
    pub proof: Proof,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum Proof {
    /// The password was right.
    Password {
        identifier: Identifier,
        user_id: UserId,
    },
    EmailVerificationCode {
        identifier: Identifier,
        template_type: TemplateType,
        verified: bool,
    },
    PhoneVerificationCode {
        identifier: Identifier,
        template_type: TemplateType,
        verified: bool,
    },
    /// Nobody has the name, and the password may be used.
    NewPasswordIdentity {
        identifier: Identifier,
        password: KeptPassword,
    },
    /// The token was good, and is used up.
    OneTimeToken {
        identifier: Identifier,
        context: OneTimeTokenContext,
    },
}

/// What a new account will have, or what one that exists will get.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<KeptPassword>,
    /// What people say about themselves, as in `NewProfile::Extra`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

impl Profile {
    pub(crate) fn is_empty(&self) -> bool {
        !self.has_identifier() && self.password.is_none() && self.extra.is_empty()
    }

    pub(crate) fn has_identifier(&self) -> bool {
        self.username.is_some() || self.email.is_some() || self.phone.is_some()
    }

    /// As others may see it: without the hash.
    fn shown(&self) -> Value {
        let mut shown = self.extra.clone();
        for (name, value) in
            [("username", &self.username), ("primaryEmail", &self.email), ("primaryPhone", &self.phone)]
        {
            if let Some(value) = value {
                shown.insert(name.to_owned(), value.as_str().into());
            }
        }
        shown.into()
    }
}

impl Proof {
    pub fn kind(&self) -> VerificationType {
        match self {
            Self::Password { .. } => VerificationType::Password,
            Self::EmailVerificationCode { .. } => VerificationType::EmailVerificationCode,
            Self::PhoneVerificationCode { .. } => VerificationType::PhoneVerificationCode,
            Self::NewPasswordIdentity { .. } => VerificationType::NewPasswordIdentity,
            Self::OneTimeToken { .. } => VerificationType::OneTimeToken,
        }
    }

    pub fn identifier(&self) -> &Identifier {
        match self {
            Self::Password { identifier, .. }
            | Self::EmailVerificationCode { identifier, .. }
            | Self::PhoneVerificationCode { identifier, .. }
            | Self::NewPasswordIdentity { identifier, .. }
            | Self::OneTimeToken { identifier, .. } => identifier,
        }
    }

    /// Whether it proves anything yet.
    pub fn is_verified(&self) -> bool {
        match self {
            Self::EmailVerificationCode { verified, .. } | Self::PhoneVerificationCode { verified, .. } => *verified,
            Self::Password { .. } | Self::NewPasswordIdentity { .. } | Self::OneTimeToken { .. } => true,
        }
    }
}

impl Record {
    /// As scripts, the audit log and the browser may see it.
    fn shown(&self) -> Value {
        let mut shown = json!({"type": self.proof.kind(), "id": self.id, "identifier": self.proof.identifier()});
        let mut set = |name: &str, value: Value| {
            if let Some(members) = shown.as_object_mut() {
                members.insert(name.to_owned(), value);
            }
        };
        match &self.proof {
            Proof::EmailVerificationCode { template_type, .. } | Proof::PhoneVerificationCode { template_type, .. } => {
                set("templateType", json!(template_type));
                set("verified", self.proof.is_verified().into());
            }
            Proof::Password { .. } => set("verified", true.into()),
            Proof::OneTimeToken { context, .. } => {
                set("verified", true.into());
                set("oneTimeTokenContext", json!(context));
            }
            Proof::NewPasswordIdentity { .. } => {}
        }
        shown
    }
}

impl Experience {
    pub fn new(event: InteractionEvent) -> Self {
        Self { event, user_id: None, records: Vec::new(), profile: Profile::default() }
    }

    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    /// Adds a record. Of each kind there is one, the newest.
    pub(crate) fn put(&mut self, record: Record) {
        self.records.retain(|other| other.proof.kind() != record.proof.kind());
        self.records.push(record);
    }

    /// Everything but secrets: what `GET /experience/interaction` shows.
    pub fn shown(&self) -> Value {
        let mut shown = json!({
            "interactionEvent": self.event,
            "profile": self.profile.shown(),
            "verificationRecords": self.records.iter().map(Record::shown).collect::<Vec<_>>(),
        });
        if let (Some(user), Some(members)) = (&self.user_id, shown.as_object_mut()) {
            members.insert("userId".to_owned(), user.as_str().into());
        }
        shown
    }

    /// What becomes `context.interaction` of scripts.
    pub(crate) fn last_submission(&self, user: &UserId, sign_in_context: &Value) -> Value {
        json!({
            "interactionEvent": self.event,
            "userId": user,
            "verificationRecords": self.records.iter().map(Record::shown).collect::<Vec<_>>(),
            "signInContext": sign_in_context,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::identifier::IdentifierType;
    use super::*;
    use signet_core::user::{PasswordHash, PasswordMethod};

    fn state() -> Experience {
        let mut state = Experience::new(InteractionEvent::Register);
        let identifier = Identifier::parse(IdentifierType::Username, "alice").unwrap();
        let hash = PasswordHash { method: PasswordMethod::Argon2id, digest: "$argon2id$secret".to_owned() };
        let password = KeptPassword::from(hash);
        state.profile.password = Some(password.clone());
        state.profile.username = Some("alice".to_owned());
        state.put(Record { id: "r".to_owned(), proof: Proof::NewPasswordIdentity { identifier, password } });
        state
    }

    #[test]
    fn what_is_shown_holds_no_secret() {
        let state = state();
        let user = "u1".parse().unwrap();
        for shown in [state.shown(), state.last_submission(&user, &json!({}))] {
            assert!(!shown.to_string().contains("argon2"), "{shown}");
        }
        assert!(!format!("{state:?}").contains("$argon2id$secret"));
    }

    #[test]
    fn a_state_is_the_same_after_a_rest_in_the_database() {
        let kept = serde_json::to_value(state()).unwrap();
        let read: Experience = serde_json::from_value(kept.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), kept);
    }

    #[test]
    fn of_each_kind_of_proof_the_newest_is_kept() {
        let mut state = state();
        let mut again = state.records[0].clone();
        again.id = "s".to_owned();
        state.put(again);
        assert!(state.record("r").is_none() && state.record("s").is_some() && state.records.len() == 1);
    }
}
