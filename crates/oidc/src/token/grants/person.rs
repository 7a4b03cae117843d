//! A grant of a person: whoever signed in, or is stood for, and what of that this request uses.

use super::Target;
use crate::access;
use crate::error::{InvalidGrant, OAuthError};
use crate::person::Person;
use crate::provider::Provider;
use serde_json::{Map, Value};
use signet_core::application::Application;
use signet_core::grant::Grant;
use signet_core::id::{GrantId, SessionUid, UserId};
use signet_core::scope::Scope;
use signet_core::secret::{Plain, ValueHash};
use signet_core::time::Timestamp;
use signet_core::token::{Backed, BackingGrant, BackingSession, RefreshToken, SignInFacts};
use std::sync::Arc;

pub(crate) struct PersonGrant {
    pub(crate) person: Arc<Person>,
    pub(crate) grant_id: GrantId,
    /// What was agreed to.
    pub(crate) agreed: BackingGrant,
    pub(crate) session_uid: Option<SessionUid>,
    /// What was submitted at the sign-in of the session, when it is still this person's.
    pub(crate) last_submission: Option<String>,
    /// `None` where no browser was involved.
    pub(crate) expires_with_session: Option<bool>,
    pub(crate) facts: SignInFacts,
    /// Grant types from the sign-in to this request.
    pub(crate) gty: String,
    /// What of the sign-in's scope this request uses.
    pub(crate) requested: Scope,
    pub(crate) target: Target,
    pub(crate) holding: Holding,
    pub(crate) exchanged: Option<Exchanged>,
}

/// What was presented, and what becomes of it when tokens are issued.
pub(crate) enum Holding {
    /// Consumed.
    Code(ValueHash),
    /// Consumed.
    DeviceCode(ValueHash),
    /// Replaced by another, or kept.
    RefreshToken { presented: Plain, token: Box<RefreshToken>, rotates: bool },
    /// Consumed.
    Impersonation(ValueHash),
    /// Can be presented again.
    Lasting,
}

/// What an exchange adds.
pub(crate) struct Exchanged {
    /// Stored with the token: exchanges are grants of their own.
    pub(crate) grant: Grant,
    /// Who acts (RFC 8693 §4.1).
    pub(crate) act: Option<Value>,
    pub(crate) impersonation: Option<Impersonation>,
}

/// The token that let somebody be impersonated.
pub(crate) struct Impersonation {
    pub(crate) id: String,
    pub(crate) hash: ValueHash,
    pub(crate) context: Map<String, Value>,
}

/// What a code or token must still stand on.
pub(super) struct Footing<'f> {
    pub(super) user_id: &'f UserId,
    pub(super) agreed: &'f BackingGrant,
    pub(super) session: Option<&'f BackingSession>,
    pub(super) needs_session: bool,
}

impl<'f> Footing<'f> {
    pub(super) fn of<T>(backed: &'f Backed<T>, user_id: &'f UserId, needs_session: bool) -> Self {
        Self { user_id, agreed: &backed.grant, session: backed.session.as_ref(), needs_session }
    }

    /// The session, when it is this person's: another may have signed in to the same browser.
    pub(super) fn own_session(&self) -> Option<&'f BackingSession> {
        self.session.filter(|session| session.user_id == *self.user_id)
    }

    /// The person, unless the grant, the session or they themselves are gone, or they may not use the application any
    /// more: asked again at every issuance, and before anything is consumed.
    pub(super) async fn person(
        &self,
        provider: &Provider,
        application: &Application,
    ) -> Result<Arc<Person>, OAuthError> {
        if self.agreed.expires_at <= provider.now() {
            return Err(InvalidGrant::Revoked.into());
        }
        if self.needs_session && self.own_session().is_none() {
            return Err(InvalidGrant::SessionEnded.into());
        }
        let person = provider.active_person(self.user_id).await?.ok_or(InvalidGrant::User)?;
        access::check(provider, application, self.user_id).await?;
        Ok(person)
    }
}

pub(super) fn is_over(expires_at: Timestamp, now: Timestamp) -> bool {
    expires_at <= now
}
