//! The answer to an authorization request, on its way back to the client (RFC 6749 §4.1.2, RFC 9207 §2).

use super::checks::Trusted;
use crate::error::{AuthorizeError, OAuthError};
use signet_core::redirect_uri::RedirectUri;
use std::fmt;
use url::form_urlencoded;

/// How an answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

impl ResponseMode {
    /// In the order of discovery.
    pub const ALL: [Self; 3] = [Self::FormPost, Self::Fragment, Self::Query];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

/// What the browser takes back to the client. `Debug` shows names only: one of the values is a code.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizeResponse {
    redirect_uri: RedirectUri,
    mode: ResponseMode,
    parameters: Vec<(&'static str, String)>,
}

/// How to send it.
#[derive(Clone, PartialEq, Eq)]
pub enum Delivery<'r> {
    /// To this URL.
    Redirect(String),
    /// A form that is posted there (Form Post Response Mode §2).
    Form { action: &'r str, fields: &'r [(&'static str, String)] },
}

impl fmt::Debug for AuthorizeResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.parameters.iter().map(|(name, _)| name)).finish()
    }
}

impl AuthorizeResponse {
    pub(crate) fn code(trusted: &Trusted, code: String, issuer: &str) -> Self {
        Self::new(trusted, vec![("code", code)], issuer)
    }

    /// A refusal that the client may know of. `None`: a failure of ours that it may not.
    pub(crate) fn refusal(trusted: &Trusted, error: &OAuthError, issuer: &str) -> Self {
        let mut parameters = vec![("error", error.wire().error.to_owned())];
        let description = error.description();
        if !description.is_empty() {
            parameters.push(("error_description", description));
        }
        if let OAuthError::Authorize(AuthorizeError::ScopeNotAllowed(scope)) = error {
            parameters.push(("scope", scope.clone()));
        }
        Self::new(trusted, parameters, issuer)
    }

    /// `state` proves to the client that it asked (RFC 6749 §10.12), `iss` who answers (RFC 9207: mix-up).
    fn new(trusted: &Trusted, mut parameters: Vec<(&'static str, String)>, issuer: &str) -> Self {
        parameters.extend(trusted.state.clone().map(|state| ("state", state)));
        parameters.push(("iss", issuer.to_owned()));
        Self { redirect_uri: trusted.redirect_uri.clone(), mode: trusted.mode, parameters }
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    pub fn delivery(&self) -> Delivery<'_> {
        let mut url = self.redirect_uri.url().clone();
        match self.mode {
            ResponseMode::Query => {
                url.query_pairs_mut().extend_pairs(&self.parameters);
                Delivery::Redirect(url.into())
            }
            ResponseMode::Fragment => {
                let mut fragment = form_urlencoded::Serializer::new(String::new());
                fragment.extend_pairs(&self.parameters);
                url.set_fragment(Some(&fragment.finish()));
                Delivery::Redirect(url.into())
            }
            ResponseMode::FormPost => Delivery::Form { action: self.redirect_uri.as_str(), fields: &self.parameters },
        }
    }
}
