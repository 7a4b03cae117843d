//! Whether somebody may use an application at all, when its access is controlled.
//!
//! Asked wherever an application gets something new of a person: at consent, for a grant that is used again, for each
//! code that is redeemed, at each refresh and exchange. Applications that the server has itself are open to everybody.

use crate::error::OAuthError;
use crate::provider::Provider;
use signet_core::application::Application;
use signet_core::id::UserId;

/// Never from memory: who loses a role or leaves an organization is out with the next request.
pub(crate) async fn check(provider: &Provider, application: &Application, user: &UserId) -> Result<(), OAuthError> {
    if !application.app_level_access_control_enabled {
        return Ok(());
    }
    let is_let_in = provider.store.read().await?.access_rules_match(&application.id, user).await?;
    if is_let_in { Ok(()) } else { Err(OAuthError::NotLetIn) }
}
