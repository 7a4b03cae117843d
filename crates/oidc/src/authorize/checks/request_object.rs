//! Ways to send a request that we do not support. They are refused and never ignored: what a signed request says may
//! differ from what stands beside it (RFC 9101 §6.3, OIDC Core §6).

use crate::authorize::request::AuthorizeRequest;
use crate::error::AuthorizeError;

pub(super) fn check(request: &AuthorizeRequest) -> Result<(), AuthorizeError> {
    if request.request.is_some() {
        return Err(AuthorizeError::RequestObject);
    }
    // A pushed request was looked up before and its reference is gone; what is left refers to somewhere else.
    if request.request_uri.is_some() {
        return Err(AuthorizeError::ForeignRequestUri);
    }
    if request.registration.is_some() {
        return Err(AuthorizeError::Registration);
    }
    Ok(())
}
