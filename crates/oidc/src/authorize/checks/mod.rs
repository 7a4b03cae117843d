//! What an authorization request must be, one check per file, in the order in which they are made.
//!
//! Until [`trusted`] has passed, nobody says that the place of the answer is the client's: a refusal goes to the person
//! (RFC 6749 §4.1.2.1). After it, refusals go to the client.

mod client;
mod link;
mod openid;
mod pkce;
mod prompt;
mod redirect_uri;
mod request_object;
mod resource;
pub(super) mod response;
mod scope;

use super::request::AuthorizeRequest;
use super::respond::ResponseMode;
use crate::error::OAuthError;
use crate::provider::{Client, Provider};
pub(crate) use prompt::Prompts;
pub(crate) use scope::Offline;
use signet_core::application::Application;
use signet_core::pkce::CodeChallenge;
use signet_core::redirect_uri::RedirectUri;
use signet_core::scope::Scope;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A request whose answer has a place to go to.
#[derive(Clone)]
pub(crate) struct Trusted {
    pub(crate) client: Arc<Client>,
    pub(crate) redirect_uri: RedirectUri,
    /// How the answer travels; the default when the request asks for something that we do not know.
    pub(crate) mode: ResponseMode,
    pub(crate) state: Option<String>,
}

/// A request that asks for nothing wrong.
pub(crate) struct Checked {
    pub(crate) trusted: Trusted,
    pub(crate) prompts: Prompts,
    /// Seconds since the person proved who they are (OIDC Core §3.1.2.1).
    pub(crate) max_age: Option<i64>,
    /// Whom the client expects.
    pub(crate) expected_user: Option<String>,
    pub(crate) challenge: Option<CodeChallenge>,
    pub(crate) wanted: Wanted,
    /// Whether it brings a one-time token that can still be used. Whoever has a session is asked to use it, too.
    pub(crate) brings_link: bool,
    pub(crate) request: AuthorizeRequest,
}

/// What the client wants to be allowed. Names that mean nothing are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Scopes of OpenID Connect.
    pub(crate) openid: Scope,
    /// Indicators of the resources, with the scopes of each that exist.
    pub(crate) resources: BTreeMap<String, Scope>,
}

impl Wanted {
    /// What of this `other` lacks.
    pub(crate) fn without(&self, other: &Self) -> Self {
        let rest = |(indicator, scope): (&String, &Scope)| {
            let held = other.resources.get(indicator).cloned().unwrap_or_default();
            (indicator.clone(), scope.without(&held))
        };
        Self { openid: self.openid.without(&other.openid), resources: self.resources.iter().map(rest).collect() }
    }
}

/// Who asks, and where the answer goes.
pub(crate) async fn trusted(provider: &Provider, request: &AuthorizeRequest) -> Result<Trusted, OAuthError> {
    let client = client::check(provider, request).await?;
    let redirect_uri = redirect_uri::check(&client.application, request.redirect_uri.as_deref())?;
    let mode = response::mode_of(request);
    Ok(Trusted { client, redirect_uri, mode, state: request.state.clone() })
}

/// Everything else.
pub(crate) async fn all(
    provider: &Provider,
    trusted: Trusted,
    request: AuthorizeRequest,
) -> Result<Checked, OAuthError> {
    let application = &trusted.client.application;
    request_object::check(&request)?;
    response::check(application, &request)?;
    let prompts = prompt::check(&request)?;
    let wanted = wanted(provider, application, &request, Offline::when(prompts.consent)).await?;
    let challenge = pkce::check(application, &request)?;
    let max_age = openid::max_age(&request, &wanted.openid)?;
    let expected_user = openid::expected_user(provider, application, &request, &wanted.openid).await?;
    let brings_link = link::is_usable(provider, &request).await?;
    Ok(Checked { trusted, prompts, max_age, expected_user, challenge, wanted, brings_link, request })
}

/// What is wanted: also of a request that a device sent, which has no way back.
pub(crate) async fn wanted(
    provider: &Provider,
    application: &Application,
    request: &AuthorizeRequest,
    offline: Offline,
) -> Result<Wanted, OAuthError> {
    let reach = provider.reach(application).await?;
    let openid = scope::check((application, reach.as_deref()), request, offline)?;
    let resources = resource::check(provider, reach.as_deref(), request).await?;
    Ok(Wanted { openid, resources })
}
