//! Step 3: what they may do. Loads what the subject holds and counts; `signet_core::rbac` decides.

use crate::error::OAuthError;
use crate::provider::{Client, Provider};
use crate::token::client_auth::AuthenticatedClient;
use crate::token::grants::{MachineGrant, PersonGrant, Recipient, Target};
use signet_core::id::{ResourceId, UserId};
use signet_core::rbac::{Ceiling, Held, Holder, Limits, Organizations, Rule};
use signet_core::scope::Scope;
use signet_core::third_party::Level;

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
        Target::OwnApi => return of_own_api(provider, client, grant).await,
        Target::Recipient(recipient) => recipient,
    };
    let rule = rule(provider, Holder::Person, recipient).await?;
    let held = held(provider, client, (rule, recipient), grant).await?;
    let ceiling = ceiling(provider, client, recipient).await?;
    let agreed = grant.agreed.resources.get(recipient.agreed_as()).cloned().unwrap_or_default();
    Ok(rule.scope(&held, &Limits { requested: &grant.requested, agreed: Some(&agreed), ceiling: &ceiling }))
}

/// What the person agreed to, as far as the application may still have it.
pub(crate) async fn of_own_api(provider: &Provider, client: &Client, grant: &PersonGrant) -> Result<Scope, OAuthError> {
    let agreed = grant.requested.intersect(&grant.agreed.openid);
    Ok(match provider.reach(&client.application).await? {
        Some(reach) => agreed.intersect(&reach.openid()),
        None => agreed,
    })
}

async fn rule(provider: &Provider, holder: Holder, recipient: &Recipient) -> Result<Rule, OAuthError> {
    Ok(Rule { holder, about: recipient.about(), mode: provider.permission_mode().await? })
}

/// Only what counts is loaded.
async fn held(
    provider: &Provider,
    client: &Client,
    (rule, recipient): (Rule, &Recipient),
    grant: &PersonGrant,
) -> Result<Held, OAuthError> {
    let (sources, person) = (rule.sources(), &grant.person);
    let of_resource = recipient.resource().filter(|_| sources.global);
    let global = of_resource.map(|resource| person.scopes_of(&resource.id)).unwrap_or_default();
    let organizations = match (sources.organizations, recipient.resource()) {
        (Organizations::None, _) => Scope::default(),
        (Organizations::OfToken, _) | (Organizations::All, None) => recipient.held_in_organization(),
        (Organizations::All, Some(resource)) => in_all(provider, client, (&person.user.id, &resource.id)).await?,
    };
    Ok(Held { global, organizations })
}

/// What the roles in all organizations of a person give of an API. Of a third party's: in those that it was let into,
/// asked for anew each time, because a consent can be withdrawn.
async fn in_all(
    provider: &Provider,
    client: &Client,
    (user, resource): (&UserId, &ResourceId),
) -> Result<Scope, OAuthError> {
    let application = &client.application;
    if !application.is_third_party {
        return Ok((*provider.scopes_in_organizations(user, resource).await?).clone());
    }
    let reader = provider.store.read().await?;
    let held = reader.scopes_in_consented_organizations((&application.id, user), resource).await?;
    Ok(held.iter().map(String::as_str).collect())
}

/// What the application may have of anybody.
async fn ceiling(provider: &Provider, client: &Client, recipient: &Recipient) -> Result<Ceiling, OAuthError> {
    let Some(reach) = provider.reach(&client.application).await? else { return Ok(Ceiling::Open) };
    Ok(Ceiling::Configured(match recipient.resource() {
        Some(resource) => Held {
            global: reach.api(Level::Person, &resource.id),
            organizations: reach.api(Level::Organization, &resource.id),
        },
        None => Held { global: Scope::default(), organizations: reach.organization().clone() },
    }))
}
