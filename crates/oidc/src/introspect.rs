//! Token introspection (RFC 7662) and revocation (RFC 7009), for what is stored: opaque access tokens and refresh tokens.
//! A JWT access token can be neither. Anything else is unknown.

use crate::audit::{Origin, OriginFields, RevokePayload, SUCCESS};
use crate::error::OAuthError;
use crate::form::Form;
use crate::provider::{Provider, internal};
use crate::token::client_auth::{self, AuthenticatedClient};
use crate::token::credentials::ClientCredential;
use crate::userinfo;
use serde_json::{Map, Value, json};
use signet_core::audit::{AuditEntry, LogKey};
use signet_core::id::{ApplicationId, GrantId, UserId};
use signet_core::secret::ValueHash;
use signet_core::token::{OpaqueToken, RefreshToken};

/// The paths below `/oidc`.
pub const INTROSPECTION_PATH: &str = "/token/introspection";
pub const REVOCATION_PATH: &str = "/token/revocation";

/// A token that exists.
enum Known {
    Access(OpaqueToken),
    Refresh(RefreshToken),
}

impl Known {
    fn client_id(&self) -> &ApplicationId {
        match self {
            Self::Access(token) => &token.client_id,
            Self::Refresh(token) => &token.client_id,
        }
    }

    fn grant(&self) -> (&GrantId, &UserId, &'static str) {
        match self {
            Self::Access(token) => (&token.grant_id, &token.user_id, "AccessToken"),
            Self::Refresh(token) => (&token.grant_id, &token.user_id, "RefreshToken"),
        }
    }
}

/// `POST /oidc/token/introspection`.
pub async fn introspect(
    provider: &Provider,
    authorization: Option<&[u8]>,
    form: &Form,
) -> Result<Map<String, Value>, OAuthError> {
    let (client, token) = presented(provider, authorization, form).await?;
    if is_structured(token) {
        return Err(OAuthError::JwtNotIntrospectable);
    }
    // A client that cannot prove who it is learns of no other's tokens (RFC 7662 §4).
    let visible = |found: &Found| {
        let is_own = *found.known.client_id() == client.application.id;
        found.is_good && (is_own || client.application.kind.is_confidential())
    };
    let found = find(provider, token).await?.filter(visible);
    Ok(found.map_or_else(inactive, |found| described(provider, found.known)))
}

/// About a token that is unknown, expired or not the caller's business (RFC 7662 §2.2).
fn inactive() -> Map<String, Value> {
    Map::from_iter([("active".to_owned(), Value::from(false))])
}

/// RFC 7662 §2.2. What a script said stands first: it has no member of these names, and could not replace one.
fn described(provider: &Provider, known: Known) -> Map<String, Value> {
    let (mut members, protocol) = match known {
        Known::Access(token) => {
            let protocol = json!({
                "active": true,
                "client_id": token.client_id,
                "exp": token.expires_at.seconds(),
                "iat": token.created_at.seconds(),
                "iss": provider.issuer(),
                "scope": token.scope,
                "sub": token.user_id,
                "token_type": "Bearer",
            });
            (token.claims, protocol)
        }
        Known::Refresh(token) => {
            let protocol = json!({
                "active": true,
                "client_id": token.client_id,
                "exp": token.expires_at.seconds(),
                "iat": token.created_at.seconds(),
                "iss": provider.issuer(),
                "scope": token.facts.scope,
                "sub": token.user_id,
            });
            (Map::new(), protocol)
        }
    };
    if let Value::Object(protocol) = protocol {
        members.extend(protocol);
    }
    members
}

/// `POST /oidc/token/revocation`. An unknown token is revoked already (RFC 7009 §2.2). Any token takes its whole grant
/// with it, a used refresh token too: what a thief of one made of it is gone (§2.1).
pub async fn revoke(
    provider: &Provider,
    authorization: Option<&[u8]>,
    (form, origin): (&Form, &Origin),
) -> Result<(), OAuthError> {
    let (client, token) = presented(provider, authorization, form).await?;
    if is_structured(token) {
        return Err(OAuthError::JwtNotRevocable);
    }
    let Some(Found { known, .. }) = find(provider, token).await? else { return Ok(()) };
    if *known.client_id() != client.application.id {
        // A public client learns nothing of other clients' tokens, not even that they exist.
        return if client.application.kind.is_confidential() { Err(OAuthError::NotAuthorizedToRevoke) } else { Ok(()) };
    }
    let (grant, user, kind) = known.grant();
    provider.revoke_grant(grant).await?;
    let now = provider.now();
    let payload =
        RevokePayload { result: SUCCESS, origin: OriginFields::from(origin), grant_id: grant, token_types: [kind] };
    let entry = AuditEntry {
        id: provider.deps.rng.log_id(now),
        key: LogKey::RevokeToken,
        application_id: Some(client.application.id.clone()),
        user_id: Some(user.clone()),
        payload: serde_json::to_string(&payload).map_err(internal)?,
        context: None,
        created_at: now,
    };
    Ok(provider.store.store().audit().append(provider.tenant(), vec![entry]).await?)
}

/// The presenter, authenticated (RFC 7662 §2.1), and what it presents.
async fn presented<'f>(
    provider: &Provider,
    authorization: Option<&[u8]>,
    form: &'f Form,
) -> Result<(AuthenticatedClient, &'f str), OAuthError> {
    let credential = ClientCredential::parse(authorization, form)?;
    let client = client_auth::authenticate(provider, &credential).await?;
    Ok((client, form.required("token")?))
}

struct Found {
    known: Known,
    /// It would be accepted now.
    is_good: bool,
}

/// Values are long and random, so a token is found by its value whatever the hint says (RFC 7009 §2.1).
async fn find(provider: &Provider, value: &str) -> Result<Option<Found>, OAuthError> {
    if let Some(token) = userinfo::live_token(provider, value).await? {
        return Ok(Some(Found { known: Known::Access(token), is_good: true }));
    }
    let (hash, now) = (ValueHash::of(value), provider.now());
    let Some(backed) = provider.store.read().await?.backed_refresh_token(&hash, now).await? else { return Ok(None) };
    let token = backed.token;
    let has_session = backed.session.is_some_and(|session| session.user_id == token.user_id);
    let is_good = token.expires_at > now
        && backed.grant.expires_at > now
        && token.consumed_at.is_none()
        && (has_session || !token.expires_with_session)
        && provider.active_person(&token.user_id).await?.is_some();
    Ok(Some(Found { known: Known::Refresh(token), is_good }))
}

/// Three parts of base64url: a JWS in compact form (RFC 7515 §7.1). Opaque tokens hold no dot.
fn is_structured(token: &str) -> bool {
    let parts: Vec<&str> = token.split('.').collect();
    let letters = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    parts.len() == 3 && parts.iter().all(letters) && !token.starts_with('.')
}
