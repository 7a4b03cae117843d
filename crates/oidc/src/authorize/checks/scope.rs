//! Which scopes of OpenID Connect are asked for. Unknown names are ignored (OIDC Core §3.1.2.1).

use crate::authorize::request::AuthorizeRequest;
use crate::error::AuthorizeError;
use signet_core::application::Application;
use signet_core::scope::{SUPPORTED_SCOPES, Scope};
use signet_core::third_party::Reach;

/// Whether somebody is asked about access that outlasts their session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offline {
    Asked,
    NotAsked,
}

impl Offline {
    pub(crate) fn when(asked: bool) -> Self {
        if asked { Self::Asked } else { Self::NotAsked }
    }
}

/// `offline_access` needs somebody who agrees to it, whatever they agreed to before (OIDC Core §11). Without, it is
/// left out, not refused. What a third-party application may not ask people for is refused: it would not know what to
/// do without.
pub(super) fn check(
    (application, reach): (&Application, Option<&Reach>),
    request: &AuthorizeRequest,
    offline: Offline,
) -> Result<Scope, AuthorizeError> {
    let may_be_offline = offline == Offline::Asked && application.may_refresh();
    let known: Scope = request.scope.iter().filter(|name| SUPPORTED_SCOPES.contains(name)).collect();
    if let Some(reach) = reach
        && let Some(beyond) = known.without(&reach.openid()).iter().next()
    {
        return Err(AuthorizeError::ScopeNotAllowed(beyond.to_owned()));
    }
    Ok(known.iter().filter(|name| *name != "offline_access" || may_be_offline).collect())
}
