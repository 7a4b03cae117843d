//! Step 3: what they may do. Loads what the subject holds; `signet_core::rbac` decides.

use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use crate::token::grants::Redeemed;
use signet_core::rbac;
use signet_core::scope::Scope;

pub(crate) async fn resolve(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &Redeemed,
) -> Result<Scope, OAuthError> {
    if redeemed.requested.is_empty() {
        return Ok(Scope::default());
    }
    let held = provider.machine_scope(&client.application.id, &redeemed.resource.id).await?;
    Ok(rbac::machine_scope(&redeemed.requested, &held))
}
