//! Step 3: what they may do. Loads what the subject holds; `signet_core::rbac` decides.

use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use crate::token::grants::{MachineGrant, PersonGrant, Target};
use signet_core::rbac;
use signet_core::scope::Scope;

pub(crate) async fn of_machine(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &MachineGrant,
) -> Result<Scope, OAuthError> {
    if redeemed.requested.is_empty() {
        return Ok(Scope::default());
    }
    let held = provider.machine_scope(&client.application.id, &redeemed.resource.id).await?;
    Ok(rbac::machine_scope(&redeemed.requested, &held))
}

/// The scopes of a person's access token. For this server itself: what was agreed to. For a resource: what the person
/// holds now of what was agreed to then.
pub(crate) fn of_person(grant: &PersonGrant) -> Scope {
    match &grant.target {
        Target::OwnApi => grant.requested.intersect(&grant.agreed.openid),
        Target::Resource(resource) => {
            let held = grant.person.scopes_of(&resource.id);
            let agreed = grant.agreed.resources.get(&resource.indicator).cloned().unwrap_or_default();
            rbac::person_scope(&grant.requested, &held, &agreed)
        }
    }
}
