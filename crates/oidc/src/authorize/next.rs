//! What a request still needs: somebody who signs in, somebody who agrees, or nothing. Decided from what is stored,
//! here and nowhere else; pages and APIs only leave results.

use super::checks::{Checked, Wanted};
use super::session::ActiveSession;
use crate::error::AuthorizeError;
use signet_core::grant::Grant;
use signet_core::interaction::PendingPrompt;
use signet_core::scope::Scope;
use signet_core::time::Timestamp;

/// What was asked for on the way of this very request, and answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) login: bool,
    pub(crate) consent: bool,
}

/// A question, and what a client that wanted none to be asked is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) prompt: PendingPrompt,
    pub(crate) refusal: AuthorizeError,
}

/// The next question. `None`: the client gets its code.
///
/// `possible` is what of the wanted scopes the person can allow now.
pub(crate) fn question(
    (checked, possible): (&Checked, &Wanted),
    session: Option<&ActiveSession>,
    grant: Option<&Grant>,
    (answered, now): (Answered, Timestamp),
) -> Option<Question> {
    let login = |refusal| Some(Question { prompt: PendingPrompt::Login, refusal });
    let consent = |refusal| Some(Question { prompt: PendingPrompt::Consent, refusal });
    let Some(active) = session else { return login(AuthorizeError::LoginRequired) };
    // Who brings a link came to use it, also when somebody, perhaps else, is signed in.
    let brings_link = checked.brings_link && !checked.prompts.none;
    if !answered.login && (checked.prompts.login || brings_link || is_too_old(active, checked.max_age, now)) {
        return login(AuthorizeError::LoginRequired);
    }
    // OIDC Core §3.1.2.1: the client must not get somebody else than it asked for. Whoever has just signed in is asked
    // again, because they may hold several accounts.
    if checked.expected_user.as_deref().is_some_and(|expected| expected != active.user.id.as_str()) {
        return login(AuthorizeError::HintOfAnother);
    }
    if answered.consent {
        return None;
    }
    if checked.prompts.consent {
        return consent(AuthorizeError::ConsentRequired);
    }
    if !grant.is_some_and(|grant| covers(grant, possible)) {
        // RFC 8252 §8.6: anybody can pretend to be a native application, so it is never answered silently.
        let native = checked.trusted.client.application.is_native();
        return consent(if native { AuthorizeError::InteractionRequired } else { AuthorizeError::ConsentRequired });
    }
    if checked.trusted.client.application.is_native() {
        return consent(AuthorizeError::InteractionRequired);
    }
    None
}

/// OIDC Core §3.1.2.1, `max_age`.
fn is_too_old(active: &ActiveSession, max_age: Option<i64>, now: Timestamp) -> bool {
    max_age.is_some_and(|most| now.seconds() - active.session.login_at.seconds() > most || most == 0)
}

/// Whether everything was decided before. A scope of an API that was out of reach then and is held now was not.
fn covers(grant: &Grant, possible: &Wanted) -> bool {
    let openid = grant.openid.union(&grant.rejected.openid);
    let has = |indicator: &str, scope: &Scope| {
        let held = grant.resources.get(indicator).cloned().unwrap_or_default();
        scope.without(&held).is_empty()
    };
    possible.openid.without(&openid).is_empty()
        && possible.resources.iter().all(|(indicator, scope)| has(indicator, scope))
}
