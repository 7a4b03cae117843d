//! Where the answer goes: a place that the client registered (RFC 6749 §3.1.2.3, RFC 9700 §2.1), so that nobody else
//! can have a code sent to them.

use crate::error::{AuthorizeError, OAuthError};
use signet_core::application::Application;
use signet_core::redirect_uri::{LoopbackPort, RedirectUri};

pub(super) fn check(application: &Application, requested: Option<&str>) -> Result<RedirectUri, OAuthError> {
    let not_registered = || OAuthError::from(AuthorizeError::RedirectUriNotRegistered);
    let Some(requested) = requested else {
        // RFC 6749 §3.1.2.3: it may be left out when there is no choice.
        let mut registered = application.redirect_uris();
        let (Some(only), None) = (registered.next(), registered.next()) else {
            return Err(OAuthError::MissingParameter("redirect_uri"));
        };
        return only.parse().map_err(|_| not_registered());
    };
    let ports = if application.is_native() { LoopbackPort::Any } else { LoopbackPort::AsRegistered };
    let uri: RedirectUri = requested.parse().map_err(|_| not_registered())?;
    let is_registered = application.redirect_uris().any(|registered| uri.is_registered_as(registered, ports));
    if is_registered { Ok(uri) } else { Err(not_registered()) }
}
