//! What of a request its person can allow at all: API scopes that they hold now, through global roles or in any of their
//! organizations. Which of them a token carries is decided when it is issued.

use super::checks::Wanted;
use crate::error::{AuthorizeError, OAuthError};
use crate::provider::Provider;
use signet_core::id::UserId;
use signet_core::scope::Scope;
use std::collections::BTreeMap;

/// What somebody gets later is not part of it: the client has to ask again. Permissions of organizations differ from one
/// to the next and are not cut here.
pub(crate) async fn by_person(provider: &Provider, user: &UserId, wanted: &Wanted) -> Result<Wanted, OAuthError> {
    let person = provider.active_person(user).await?.ok_or(AuthorizeError::SessionMismatch)?;
    let mut resources = BTreeMap::new();
    for (indicator, asked) in &wanted.resources {
        let scope = match provider.resource(indicator).await? {
            Some(resource) if !asked.is_empty() => {
                let anywhere = provider.scopes_in_organizations(user, &resource.id).await?;
                asked.intersect(&person.scopes_of(&resource.id).union(&anywhere))
            }
            Some(_) | None => Scope::clone(asked),
        };
        resources.insert(indicator.clone(), scope);
    }
    Ok(Wanted { openid: wanted.openid.clone(), resources })
}
