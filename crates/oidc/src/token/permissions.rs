//! Step 3: what they may do. Loads what the subject holds and counts; `signet_core::rbac` decides.

use crate::error::OAuthError;
use crate::provider::{Client, Provider};
use crate::token::client_auth::AuthenticatedClient;
use crate::token::grants::{MachineGrant, PersonGrant, Recipient, Target};
use signet_core::rbac::{Ceiling, Held, Holder, Limits, Organizations, Rule};
use signet_core::scope::Scope;

pub(crate) async fn of_machine(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &MachineGrant,
) -> Result<Scope, OAuthError> {
    if redeemed.requested.is_empty() {
        return Ok(Scope::default());
    }
    let recipient = &redeemed.recipient;
    let rule = rule(provider, Holder::Machine, recipient).await?;
    let global = match recipient.resource().filter(|_| rule.sources().global) {
        Some(resource) => (*provider.machine_scope(&client.application.id, &resource.id).await?).clone(),
        None => Scope::default(),
    };
    let held = Held { global, organizations: recipient.held_in_organization() };
    Ok(rule.scope(&held, &Limits { requested: &redeemed.requested, agreed: None, ceiling: &Ceiling::Open }))
}

/// The scopes of a person's access token. For this server itself: what was agreed to. Else: what the person holds now of
/// what was agreed to then.
pub(crate) async fn of_person(provider: &Provider, client: &Client, grant: &PersonGrant) -> Result<Scope, OAuthError> {
    let recipient = match &grant.target {
        Target::OwnApi => return Ok(grant.requested.intersect(&grant.agreed.openid)),
        Target::Recipient(recipient) => recipient,
    };
    let rule = rule(provider, Holder::Person, recipient).await?;
    let held = held(provider, (rule, recipient), grant).await?;
    let ceiling = ceiling(provider, client, recipient).await?;
    let agreed = grant.agreed.resources.get(recipient.agreed_as()).cloned().unwrap_or_default();
    Ok(rule.scope(&held, &Limits { requested: &grant.requested, agreed: Some(&agreed), ceiling: &ceiling }))
}

async fn rule(provider: &Provider, holder: Holder, recipient: &Recipient) -> Result<Rule, OAuthError> {
    Ok(Rule { holder, about: recipient.about(), mode: provider.permission_mode().await? })
}

/// Only what counts is loaded.
async fn held(
    provider: &Provider,
    (rule, recipient): (Rule, &Recipient),
    grant: &PersonGrant,
) -> Result<Held, OAuthError> {
    let (sources, person) = (rule.sources(), &grant.person);
    let of_resource = recipient.resource().filter(|_| sources.global);
    let global = of_resource.map(|resource| person.scopes_of(&resource.id)).unwrap_or_default();
    let organizations = match (sources.organizations, recipient.resource()) {
        (Organizations::None, _) => Scope::default(),
        (Organizations::OfToken, _) | (Organizations::All, None) => recipient.held_in_organization(),
        (Organizations::All, Some(resource)) => {
            (*provider.scopes_in_organizations(&person.user.id, &resource.id).await?).clone()
        }
    };
    Ok(Held { global, organizations })
}

/// What the application may have of anybody.
async fn ceiling(_provider: &Provider, _client: &Client, _recipient: &Recipient) -> Result<Ceiling, OAuthError> {
    Ok(Ceiling::Open)
}
