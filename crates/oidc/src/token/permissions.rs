//! Step 3: what they may do. Loads what the subject holds; `signet_core::rbac` decides.

use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use crate::token::grants::{MachineGrant, PersonGrant, Target};
use signet_core::rbac::{About, Ceiling, Held, Holder, Limits, Mode, Rule};
use signet_core::scope::Scope;

pub(crate) async fn of_machine(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &MachineGrant,
) -> Result<Scope, OAuthError> {
    if redeemed.requested.is_empty() {
        return Ok(Scope::default());
    }
    let global = provider.machine_scope(&client.application.id, &redeemed.resource.id).await?;
    let rule = Rule { holder: Holder::Machine, about: About::Resource, mode: Mode::Compatible };
    let held = Held { global: (*global).clone(), organizations: Scope::default() };
    Ok(rule.scope(&held, &Limits { requested: &redeemed.requested, agreed: None, ceiling: &Ceiling::Open }))
}

/// The scopes of a person's access token. For this server itself: what was agreed to. For a resource: what the person
/// holds now of what was agreed to then.
pub(crate) fn of_person(grant: &PersonGrant) -> Scope {
    match &grant.target {
        Target::OwnApi => grant.requested.intersect(&grant.agreed.openid),
        Target::Resource(resource) => {
            let held = Held { global: grant.person.scopes_of(&resource.id), organizations: Scope::default() };
            let agreed = grant.agreed.resources.get(&resource.indicator).cloned().unwrap_or_default();
            let rule = Rule { holder: Holder::Person, about: About::Resource, mode: Mode::Compatible };
            let limits = Limits { requested: &grant.requested, agreed: Some(&agreed), ceiling: &Ceiling::Open };
            rule.scope(&held, &limits)
        }
    }
}
