//! ID tokens (OIDC Core §2, §3.1.3.6): who signed in, for the client itself.

use crate::error::OAuthError;
use crate::provider::{Client, Provider, internal};
use crate::token::grants::PersonGrant;
use crate::token::permissions;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::claims::standard::Audience;

/// In the order in which they are written. No `at_hash`: the token endpoint's answer came over TLS from us.
#[derive(Serialize)]
struct IdTokenClaims<'t> {
    /// `sub` is the first of them.
    #[serde(flatten)]
    about: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'t str>,
    aud: &'t str,
    exp: i64,
    iat: i64,
    iss: &'t str,
}

/// The ID token of a grant. `None`: `openid` was not asked for, or what is issued stands for no sign-in.
pub(super) async fn sign(
    provider: &Provider,
    client: &Client,
    grant: &PersonGrant,
) -> Result<Option<String>, OAuthError> {
    let scope = permissions::of_own_api(provider, client, grant).await?;
    if grant.exchanged.is_some() || !scope.contains("openid") {
        return Ok(None);
    }
    let (now, facts, application) = (provider.now(), &grant.facts, &client.application);
    let switched_on = provider.id_token_claims().await?;
    let iat = now.seconds();
    let claims = IdTokenClaims {
        about: grant.person.claims((provider, application), &scope, Audience::IdToken(&switched_on)).await?,
        sid: facts.sid.as_deref().filter(|_| application.wants_sid()),
        auth_time: facts.auth_time.filter(|_| facts.says_auth_time),
        acr: facts.acr.as_deref(),
        nonce: facts.nonce.as_deref(),
        aud: application.id.as_str(),
        exp: iat.saturating_add(application.id_token_ttl()),
        iat,
        iss: provider.issuer(),
    };
    let json = serde_json::to_vec(&claims).map_err(internal)?;
    let ring = provider.key_ring().await?;
    let key = ring.for_id_token(application.id_token_algorithm(), now).ok_or_else(|| internal("no key signs now"))?;
    key.sign_jwt(None, &json).map(Some).map_err(internal)
}
