//! The console as a client of the tenant `admin`. Where its answers go is computed from the endpoint that it is served
//! at, so that an installation that moves needs no new registration.

use crate::application::Application;
use crate::id::TenantId;
use serde_json::Value;

/// Id of the console's application.
pub const CLIENT_ID: &str = "admin-console";

/// Gives the console's application its addresses; any other application stays as it is registered.
#[must_use]
pub fn placed(mut application: Application, tenant: &TenantId, endpoint: &str) -> Application {
    if *tenant != TenantId::admin() || application.id.as_str() != CLIENT_ID {
        return application;
    }
    let at = |paths: &[&str]| paths.iter().map(|path| Value::from(format!("{endpoint}/console{path}"))).collect();
    for (name, paths) in [("redirectUris", &["/callback"][..]), ("postLogoutRedirectUris", &["", "/", "/welcome"])] {
        application.oidc_client_metadata.insert(name.to_owned(), Value::Array(at(paths)));
    }
    application
}
