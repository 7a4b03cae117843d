//! The authorization endpoint (RFC 6749 §3.1, OIDC Core §3.1.2) and its continuations.
//!
//! ```text
//! request.rs, extra.rs      what was sent               → AuthorizeRequest
//! push.rs                   what was sent before        RFC 9126
//! checks/                   what is wrong with it       → Checked
//! session.rs                whose browser it is         → ActiveSession
//! next.rs                   what is still needed        → a Question, or none
//! interaction.rs            a question waits            → a row, and a page to go to
//! consent/, grant.rs        what was agreed to          → Grant
//! finish.rs                 the code
//! respond.rs                the way back                → AuthorizeResponse
//! device.rs                 the same for a device       RFC 8628
//! ```
//!
//! [`begin`] and [`resume`] are the two ways in. Pages never lead to each other: each leaves its result with the
//! interaction and sends the browser to [`resume`], which decides what comes next.

mod backchannel;
mod checks;
pub mod consent;
mod device;
mod extra;
mod finish;
mod grant;
pub mod interaction;
mod next;
pub mod push;
mod record;
pub mod request;
pub mod respond;
mod resume;
pub mod session;

use crate::access;
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use checks::{Checked, Trusted, Wanted};
use consent::holdings;
use finish::Consumed;
use interaction::Waiting;
use next::Answered;
use request::AuthorizeRequest;
use respond::AuthorizeResponse;
pub use resume::resume;
use session::{ActiveSession, SessionKey};
use signet_core::grant::Grant;
use signet_core::interaction::LoginResult;

pub use checks::response::RESPONSE_TYPES;
pub use device::{DeviceOutcome, resume_for_device};
pub(crate) use device::{begin_for_device, wanted_by_device};

/// What a browser does next.
#[derive(Debug)]
pub enum Step {
    /// Show the person a page.
    Ask(Waiting),
    /// Take this back to the client.
    Respond(AuthorizeResponse),
}

/// An answer to a browser.
#[derive(Debug)]
pub struct Outcome {
    pub step: Step,
    /// What the browser shall keep from now on, when that changed.
    pub session: Option<SessionKey>,
}

/// A refusal that no client may be sent: it is shown to whoever holds the browser.
#[derive(Debug)]
pub struct Refused {
    pub error: OAuthError,
    pub state: Option<String>,
}

impl<E: Into<OAuthError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self { error: error.into(), state: None }
    }
}

/// Who is at the browser, as far as that is known by now.
struct Visit {
    active: Option<ActiveSession>,
    /// What opens the session.
    value: Option<String>,
    /// A sign-in on the way of this request.
    login: Option<LoginResult>,
    /// What was agreed to on the way of this request.
    consented: Option<Grant>,
}

/// A new request. `session` is what the browser kept.
pub async fn begin(provider: &Provider, request: AuthorizeRequest, session: Option<&str>) -> Result<Outcome, Refused> {
    let request = push::resolve(provider, request).await?;
    let trusted = match checks::trusted(provider, &request).await {
        Ok(trusted) => trusted,
        Err(error) => return Err(Refused { error, state: request.state }),
    };
    let outcome = async {
        let checked = checks::all(provider, trusted.clone(), request).await?;
        let active = session::open(provider, session).await?;
        let visit = Visit { active, value: session.map(str::to_owned), login: None, consented: None };
        go_on(provider, checked, visit, Consumed::Nothing).await
    };
    Ok(to_client(provider, &trusted, (outcome.await, None))?)
}

/// The next question, or the code.
async fn go_on(
    provider: &Provider,
    checked: Checked,
    visit: Visit,
    consumed: Consumed<'_>,
) -> Result<Outcome, OAuthError> {
    let answered = Answered { login: visit.login.is_some(), consent: visit.consented.is_some() };
    let grant = match (&visit.consented, &visit.active) {
        (Some(grant), _) => Some(grant.clone()),
        (None, Some(active)) => {
            let reader = provider.store.read().await?;
            grant::of_session(provider, &reader, active, &checked.trusted.client.application.id).await?
        }
        (None, None) => None,
    };
    let possible = possible(provider, &checked, (visit.active.as_ref(), answered)).await?;
    let (active, now) = (visit.active.as_ref(), provider.now());
    let question = next::question((&checked, &possible), active, grant.as_ref(), (answered, now));
    match (question, visit.active, grant) {
        (None, Some(active), Some(grant)) => {
            access::check(provider, &checked.trusted.client.application, &active.user.id).await?;
            finish::issue(provider, &checked, (&active, visit.value), (&grant, consumed)).await
        }
        (Some(question), ..) if checked.prompts.none => Err(question.refusal.into()),
        (Some(question), active, _) => {
            let waiting =
                interaction::open(provider, &checked, (question.prompt, active.as_ref()), visit.login).await?;
            let session = match (active, visit.value) {
                (Some(_), Some(value)) => Some(SessionKey { value, lifetime: provider.session_lifetime().await? }),
                _ => None,
            };
            Ok(Outcome { step: Step::Ask(waiting), session })
        }
        // Nothing is left to ask, and yet nobody signed in or agreed: what was decided has gone in this moment.
        (None, ..) => Err(AuthorizeError::SessionMismatch.into()),
    }
}

/// What of the wanted scopes the person could allow. Not looked at where nobody is asked.
async fn possible(
    provider: &Provider,
    checked: &Checked,
    (active, answered): (Option<&ActiveSession>, Answered),
) -> Result<Wanted, OAuthError> {
    let Some(active) = active.filter(|_| !answered.consent) else { return Ok(checked.wanted.clone()) };
    let application = &checked.trusted.client.application;
    let held = holdings::of(provider, (&active.user.id, application), &checked.wanted).await?;
    let reader = provider.store.read().await?;
    let counted = holdings::organizations(&reader, (&application.id, &active.user.id), application).await?;
    Ok(held.allowed(&checked.wanted, &counted))
}

/// Sends the client what it may know, and lets the browser keep `session`, which this very request may have begun.
fn to_client(
    provider: &Provider,
    trusted: &Trusted,
    (outcome, session): (Result<Outcome, OAuthError>, Option<SessionKey>),
) -> Result<Outcome, OAuthError> {
    match outcome {
        Err(error) if is_for_client(&error) => {
            let response = AuthorizeResponse::refusal(trusted, &error, provider.issuer());
            Ok(Outcome { step: Step::Respond(response), session })
        }
        outcome => outcome,
    }
}

/// Failures of ours, and what only the person can mend, stay here.
fn is_for_client(error: &OAuthError) -> bool {
    error.status() < 500 && !error.is_lost_session()
}
