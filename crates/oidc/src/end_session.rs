//! RP-initiated logout (OIDC RP-Initiated Logout 1.0): a client sends the browser here, the person agrees, and the
//! browser goes where the client registered.

use crate::authorize::session;
use crate::error::{AuthorizeError, OAuthError};
use crate::form::Form;
use crate::provider::{Client, Provider};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use signet_core::redirect_uri::{LoopbackPort, RedirectUri};
use std::sync::Arc;

/// The endpoint's path below `/oidc`, and where the person's answer goes.
pub const END_SESSION_PATH: &str = "/session/end";
pub const CONFIRM_PATH: &str = "/session/end/confirm";

/// A logout that was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Logout {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Where the browser goes afterwards: registered by the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
}

impl Logout {
    /// Checks a request. A place to go to counts only for a client that is known (§3: no open redirector).
    pub async fn check(provider: &Provider, form: &Form) -> Result<Self, OAuthError> {
        let client = client(provider, form).await?;
        let redirect_uri = match (form.get("post_logout_redirect_uri"), &client) {
            (Some(uri), Some(client)) => Some(registered(client, uri)?.to_string()),
            (_, None) | (None, _) => None,
        };
        let state = form.get("state").map(str::to_owned);
        Ok(Self { client_id: client.map(|client| client.application.id.to_string()), redirect_uri, state })
    }

    /// The client's place with its `state`, when it named one.
    pub fn destination(&self) -> Option<String> {
        let uri: RedirectUri = self.redirect_uri.as_deref()?.parse().ok()?;
        let mut url = uri.url().clone();
        if let Some(state) = &self.state {
            url.query_pairs_mut().append_pair("state", state);
        }
        Some(url.into())
    }
}

/// Who asks: the audience of the hint, or who says so. Both must agree.
async fn client(provider: &Provider, form: &Form) -> Result<Option<Arc<Client>>, OAuthError> {
    let hinted = match form.get("id_token_hint") {
        Some(hint) => Some(audience(provider, hint).await?),
        None => None,
    };
    let named = form.get("client_id");
    if let (Some(hinted), Some(named)) = (hinted.as_deref(), named)
        && hinted != named
    {
        return Err(OAuthError::ClientIdMismatch);
    }
    let Some(id) = hinted.as_deref().or(named) else { return Ok(None) };
    let found = provider.client(id).await?;
    found.map(Some).ok_or_else(|| OAuthError::UnknownClient(id.to_owned()))
}

/// An ID token of ours, expired or not: people come back after a long time. Anything else names nobody (§4).
async fn audience(provider: &Provider, hint: &str) -> Result<String, OAuthError> {
    let undecodable = || OAuthError::from(AuthorizeError::UndecodableHint);
    let ring = provider.key_ring().await?;
    let claims = ring.verification().verify_id_token_hint(hint, provider.issuer()).map_err(|_| undecodable())?;
    claims.get("aud").and_then(Value::as_str).map(str::to_owned).ok_or_else(undecodable)
}

fn registered(client: &Client, uri: &str) -> Result<RedirectUri, OAuthError> {
    let not_registered = || OAuthError::from(AuthorizeError::PostLogoutUriNotRegistered);
    let uri: RedirectUri = uri.parse().map_err(|_| not_registered())?;
    let mut all = client.application.post_logout_redirect_uris();
    let is_registered = all.any(|registered| uri.is_registered_as(registered, LoopbackPort::AsRegistered));
    if is_registered { Ok(uri) } else { Err(not_registered()) }
}

/// Ends the browser's session, with what hangs on it, and tells its clients.
pub async fn end(provider: &Provider, session: Option<&str>) -> Result<(), OAuthError> {
    match session::open(provider, session).await? {
        Some(ended) => session::end_and_tell(provider, &ended).await,
        None => Ok(()),
    }
}
