//! The refresh token grant (RFC 6749 §6, OIDC Core §12, RFC 9700 §4.14).
//!
//! A token that rotates is consumed in the transaction that stores its successor. A retry within three seconds gets
//! another successor of the same family: the first answer may have been lost on its way.

use super::organization;
use super::person::{Footing, Holding, PersonGrant, is_over};
use super::target;
use crate::error::{InvalidGrant, OAuthError, TokenError};
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use signet_core::application::Application;
use signet_core::scope::{ORGANIZATIONS_SCOPE, Scope};
use signet_core::secret::{Plain, ValueHash};
use signet_core::time::Timestamp;
use signet_core::token::{Backed, RefreshToken};
use signet_core::token_settings::MAX_CHAIN;
use std::time::Duration;

/// How long a used token may be used again.
pub(crate) const GRACE: Duration = Duration::from_secs(3);
/// A confidential client's token is replaced when this much of its life is over, in percent.
const OLD: i64 = 70;

/// The parameters, as they were sent.
pub(super) struct Asked<'r> {
    pub(super) token: Option<&'r Plain>,
    pub(super) scope: Option<&'r Scope>,
    pub(super) resources: &'r [String],
    pub(super) organization_id: Option<&'r str>,
}

pub(super) async fn redeem(
    provider: &Provider,
    client: &AuthenticatedClient,
    asked: Asked<'_>,
) -> Result<PersonGrant, OAuthError> {
    let presented = asked.token.ok_or(OAuthError::MissingParameter("refresh_token"))?;
    let now = provider.now();
    let found = provider.store.read().await?.backed_refresh_token(&ValueHash::of(presented.expose()), now).await?;
    let backed = found.ok_or(InvalidGrant::Unknown)?;
    let token = &backed.token;
    if token.client_id != client.application.id {
        return Err(InvalidGrant::OtherClient.into());
    }
    // RFC 9700 §4.14.2: either the client or a thief holds the successor, and nobody can say who.
    if token.consumed_at.is_some_and(|at| at <= now.minus(GRACE)) {
        provider.revoke_grant(&token.grant_id).await?;
        return Err(InvalidGrant::Replayed.into());
    }
    if is_over(token.expires_at, now) {
        return Err(InvalidGrant::Expired.into());
    }
    let footing = Footing::of(&backed, &token.user_id, token.expires_with_session);
    let person = footing.person(provider, &client.application).await?;
    let requested = narrowed(asked.scope, &token.facts.scope)?;
    let in_organization = organization::Asked {
        organization_id: asked.organization_id,
        asked_for_organizations: Some(token.facts.scope.contains(ORGANIZATIONS_SCOPE)),
    };
    let organization = organization::admitted(provider, client, &token.user_id, in_organization).await?;
    let granted = (token.facts.resources.as_slice(), &requested);
    let target = target::of_sign_in(provider, asked.resources, granted, organization).await?;
    let last_submission = footing.own_session().and_then(|session| session.last_submission.clone());
    let rotates = rotates(&client.application, token, now);
    let Backed { token, grant: agreed, .. } = backed;
    Ok(PersonGrant {
        person,
        grant_id: token.grant_id.clone(),
        agreed,
        session_uid: token.session_uid.clone(),
        last_submission,
        expires_with_session: Some(token.expires_with_session),
        gty: refreshed(&token.facts.gty),
        facts: token.facts.clone(),
        requested,
        target,
        holding: Holding::RefreshToken { presented: presented.clone(), token: Box::new(token), rotates },
        exchanged: None,
    })
}

/// RFC 6749 §6: no more than the token has.
fn narrowed(asked: Option<&Scope>, held: &Scope) -> Result<Scope, TokenError> {
    let Some(asked) = asked else { return Ok(held.clone()) };
    let beyond = asked.without(held);
    if beyond.is_empty() { Ok(asked.clone()) } else { Err(TokenError::ScopeBeyondRefreshToken(beyond)) }
}

fn refreshed(gty: &str) -> String {
    const REFRESH: &str = "refresh_token";
    if gty.split(' ').any(|grant| grant == REFRESH) { gty.to_owned() } else { format!("{gty} {REFRESH}") }
}

/// A public client's token at every use: nothing else shows that it was copied (RFC 9700 §2.2.2). A confidential
/// client's when it is old, so that who stays gets on.
fn rotates(application: &Application, token: &RefreshToken, now: Timestamp) -> bool {
    if !application.rotates_refresh_tokens() || token.chain_started_at.plus(MAX_CHAIN) <= now {
        return false;
    }
    let (lived, whole) = (now.0 - token.created_at.0, token.expires_at.0 - token.created_at.0);
    !application.kind.is_confidential() || lived.saturating_mul(100) >= whole.saturating_mul(OLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_narrowed_and_never_widened() {
        let held = Scope::parse("openid email read");
        assert_eq!(narrowed(None, &held).unwrap(), held);
        assert_eq!(narrowed(Some(&Scope::parse("email")), &held).unwrap().to_string(), "email");
        for (asked, description) in [
            ("openid phone", "refresh token missing requested scope"),
            ("phone write", "refresh token missing requested scopes"),
        ] {
            assert_eq!(narrowed(Some(&Scope::parse(asked)), &held).unwrap_err().to_string(), description);
        }
    }

    #[test]
    fn a_refresh_is_noted_once() {
        assert_eq!(refreshed("authorization_code"), "authorization_code refresh_token");
        assert_eq!(refreshed(&refreshed("authorization_code")), "authorization_code refresh_token");
    }
}
