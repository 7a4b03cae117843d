//! The authorization code grant (RFC 6749 §4.1.3, OIDC Core §3.1.3.2, RFC 7636 §4.6).
//!
//! A code is looked at here and consumed in the transaction that stores its tokens.

use super::person::{Footing, Holding, PersonGrant, is_over};
use super::target;
use crate::error::{InvalidGrant, OAuthError};
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use signet_core::application::Application;
use signet_core::pkce::CodeChallenge;
use signet_core::secret::{Plain, ValueHash};
use signet_core::token::{AuthorizationCode, Backed};

/// The parameters, as they were sent.
pub(super) struct Asked<'r> {
    pub(super) code: Option<&'r Plain>,
    pub(super) redirect_uri: Option<&'r str>,
    pub(super) verifier: Option<&'r Plain>,
    pub(super) resources: &'r [String],
}

pub(super) async fn redeem(
    provider: &Provider,
    client: &AuthenticatedClient,
    asked: Asked<'_>,
) -> Result<PersonGrant, OAuthError> {
    let value = asked.code.ok_or(OAuthError::MissingParameter("code"))?;
    let now = provider.now();
    let found = provider.store.read().await?.backed_code(&ValueHash::of(value.expose()), now).await?;
    let backed = found.ok_or(InvalidGrant::Unknown)?;
    let code = &backed.token;
    // RFC 6749 §4.1.2: whoever has a used code may have stolen it before its first use.
    if code.consumed_at.is_some() {
        provider.revoke_grant(&code.grant_id).await?;
        return Err(InvalidGrant::Replayed.into());
    }
    if code.client_id != client.application.id {
        return Err(InvalidGrant::OtherClient.into());
    }
    if is_over(code.expires_at, now) {
        return Err(InvalidGrant::Expired.into());
    }
    check_redirect_uri(&client.application, code, asked.redirect_uri)?;
    check_verifier(&client.application, code, asked.verifier)?;
    let requested = code.facts.scope.clone();
    let target = target::of_sign_in(provider, asked.resources, (&code.facts.resources, &requested), None).await?;
    // Without offline access everything that comes of a code is gone when the person signs out.
    let needs_session = !requested.contains("offline_access");
    let footing = Footing::of(&backed, &code.user_id, needs_session);
    let person = footing.person(provider, &client.application).await?;
    let last_submission = footing.own_session().and_then(|session| session.last_submission.clone());
    let Backed { token: code, grant: agreed, .. } = backed;
    Ok(PersonGrant {
        person,
        grant_id: code.grant_id,
        agreed,
        session_uid: code.session_uid,
        last_submission,
        expires_with_session: Some(needs_session),
        gty: code.facts.gty.clone(),
        facts: code.facts,
        requested,
        target,
        holding: Holding::Code(code.hash),
        exchanged: None,
    })
}

/// RFC 6749 §4.1.3: the value of the authorization request, so that a code that was sent to one place cannot be redeemed
/// in the name of another. A client with one registered place may leave it out, as it may in the authorization request.
fn check_redirect_uri(
    application: &Application,
    code: &AuthorizationCode,
    sent: Option<&str>,
) -> Result<(), InvalidGrant> {
    let mut registered = application.redirect_uris();
    let only = registered.next().filter(|_| registered.next().is_none());
    match (code.redirect_uri.as_deref(), sent) {
        (Some(then), Some(now)) if then == now => Ok(()),
        (Some(then), None) | (None, Some(then)) if only == Some(then) => Ok(()),
        (None, None) => Ok(()),
        (Some(_) | None, Some(_) | None) => Err(InvalidGrant::RedirectUri),
    }
}

/// RFC 7636 §4.6, RFC 9700 §2.1.1: a challenge needs its verifier, and a verifier without a challenge is a downgrade.
fn check_verifier(
    application: &Application,
    code: &AuthorizationCode,
    verifier: Option<&Plain>,
) -> Result<(), InvalidGrant> {
    let proved = match (code.code_challenge.as_deref(), verifier) {
        (Some(challenge), Some(verifier)) => {
            challenge.parse::<CodeChallenge>().is_ok_and(|challenge| challenge.is_of(verifier.expose()))
        }
        // A public client proves itself with nothing else.
        (None, None) => application.kind.is_confidential(),
        (Some(_), None) | (None, Some(_)) => false,
    };
    if proved { Ok(()) } else { Err(InvalidGrant::Verifier) }
}
