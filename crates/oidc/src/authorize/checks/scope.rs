//! Which scopes of OpenID Connect are asked for. Unknown names are ignored (OIDC Core §3.1.2.1).

use crate::authorize::request::AuthorizeRequest;
use signet_core::application::Application;
use signet_core::scope::{SUPPORTED_SCOPES, Scope};

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
/// left out, not refused.
pub(super) fn check(application: &Application, request: &AuthorizeRequest, offline: Offline) -> Scope {
    let may_be_offline = offline == Offline::Asked && application.may_refresh();
    let known = |name: &&str| SUPPORTED_SCOPES.contains(name) && (*name != "offline_access" || may_be_offline);
    request.scope.iter().filter(known).collect()
}
