//! Tokens that stand for somebody in an exchange (RFC 8693 §2.1): whose they are, and what they are worth.

use crate::error::{InvalidGrant, OAuthError};
use crate::provider::Provider;
use crate::token::grants::Impersonation;
use crate::userinfo;
use serde_json::{Map, Value};
use signet_core::id::UserId;
use signet_core::scope::Scope;
use signet_core::secret::{Plain, ValueHash};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const IMPERSONATION: &str = "urn:logto:token-type:impersonation_token";
const PERSONAL: &str = "urn:logto:token-type:personal_access_token";
/// How impersonation tokens begin.
const IMPERSONATION_PREFIX: &str = "sub_";

/// Whom a subject token stands for.
pub(super) struct Subject {
    pub(super) user_id: UserId,
    /// Who acted already.
    pub(super) act: Option<Value>,
    /// What an access token was good for.
    pub(super) limit: Option<Limit>,
    pub(super) impersonation: Option<Impersonation>,
}

/// See [`Subject::limit`].
pub(super) struct Limit {
    /// `None`: this server itself.
    pub(super) audience: Option<String>,
    pub(super) scope: Scope,
}

pub(super) async fn of(provider: &Provider, (token, kind): (&Plain, &str)) -> Result<Subject, OAuthError> {
    let text = token.expose();
    match kind {
        ACCESS_TOKEN | IMPERSONATION if text.starts_with(IMPERSONATION_PREFIX) => impersonated(provider, text).await,
        ACCESS_TOKEN if text.contains('.') => of_jwt(provider, text).await,
        ACCESS_TOKEN => of_opaque(provider, text).await,
        PERSONAL => {
            let (hash, now) = (ValueHash::of(text), provider.now());
            let found = provider.store.read().await?.personal_access_token(&hash).await?;
            let token = found.ok_or(InvalidGrant::Unknown)?;
            if token.expires_at.is_some_and(|at| at <= now) {
                return Err(InvalidGrant::Expired.into());
            }
            Ok(Subject { user_id: token.user_id, act: None, limit: None, impersonation: None })
        }
        _ => Err(InvalidGrant::SubjectToken.into()),
    }
}

async fn impersonated(provider: &Provider, text: &str) -> Result<Subject, OAuthError> {
    let (hash, now) = (ValueHash::of(text), provider.now());
    let token = provider.store.read().await?.subject_token(&hash).await?.ok_or(InvalidGrant::Unknown)?;
    if token.consumed_at.is_some() {
        return Err(InvalidGrant::Replayed.into());
    }
    if token.expires_at <= now {
        return Err(InvalidGrant::Expired.into());
    }
    let impersonation = Some(Impersonation { id: token.id, hash, context: token.context });
    Ok(Subject { user_id: token.user_id, act: None, limit: None, impersonation })
}

async fn of_opaque(provider: &Provider, text: &str) -> Result<Subject, OAuthError> {
    let token = userinfo::live_token(provider, text).await?.ok_or(InvalidGrant::Unknown)?;
    let act = token.claims.get("act").cloned();
    first_party(provider, token.client_id.as_str()).await?;
    let limit = Some(Limit { audience: None, scope: token.scope });
    Ok(Subject { user_id: token.user_id, act, limit, impersonation: None })
}

/// Any access token of ours, whatever it is for. Its `typ` tells it from an ID token, which stands for a sign-in and not
/// for a permission.
async fn of_jwt(provider: &Provider, text: &str) -> Result<Subject, OAuthError> {
    let ring = provider.key_ring().await?;
    let verified = ring.verification().verify_access_token(text, provider.issuer(), provider.now());
    let claims = verified.map_err(|_| InvalidGrant::SubjectToken)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let client = text("client_id").ok_or(InvalidGrant::SubjectToken)?;
    first_party(provider, client).await?;
    // A machine's token is about itself (RFC 9068 §2.2), and its name must never pass for a person's (RFC 9700 §4.15).
    if text("sub") == Some(client) {
        return Err(InvalidGrant::SubjectToken.into());
    }
    let user_id = text("sub").and_then(|sub| sub.parse().ok()).ok_or(InvalidGrant::SubjectToken)?;
    let limit = limit_of(&claims);
    Ok(Subject { user_id, act: claims.get("act").cloned(), limit, impersonation: None })
}

fn limit_of(claims: &Map<String, Value>) -> Option<Limit> {
    let audience = claims.get("aud").and_then(Value::as_str)?.to_owned();
    let scope = Scope::parse(claims.get("scope").and_then(Value::as_str).unwrap_or_default());
    Some(Limit { audience: Some(audience), scope })
}

/// A token that a third party got must not become one of a first party.
async fn first_party(provider: &Provider, client_id: &str) -> Result<(), OAuthError> {
    match provider.client(client_id).await? {
        Some(client) if !client.application.is_third_party => Ok(()),
        Some(_) | None => Err(InvalidGrant::SubjectToken.into()),
    }
}

/// Who acts: an opaque access token that can open userinfo, so that it proves a sign-in.
pub(super) async fn actor(provider: &Provider, (token, kind): (&Plain, &str)) -> Result<UserId, OAuthError> {
    let refused = || OAuthError::from(InvalidGrant::ActorToken);
    if kind != ACCESS_TOKEN {
        return Err(refused());
    }
    let token = userinfo::live_token(provider, token.expose()).await?.ok_or_else(refused)?;
    if !token.scope.contains("openid") {
        return Err(refused());
    }
    let person = provider.active_person(&token.user_id).await?.ok_or_else(refused)?;
    Ok(person.user.id.clone())
}
