//! Codes and tokens that are kept: authorization codes, refresh tokens, opaque access tokens. Each is found by the
//! digest of its value and hangs on a grant.

use crate::id::{ApplicationId, GrantId, SessionUid, UserId};
use crate::scope::Scope;
use crate::secret::ValueHash;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A minute, in seconds (RFC 9700 §2.1.1: as short as practical).
pub const CODE_TTL: i64 = 60;
/// An hour, in seconds: opaque access tokens, and JWTs for organizations.
pub const OPAQUE_TOKEN_TTL: i64 = 3600;

/// Length of codes, refresh tokens and opaque access tokens, in URL-safe characters: 258 bits.
pub const OPAQUE_LENGTH: usize = 43;

/// What a sign-in fixed for all tokens that come of it, from the code through every refresh.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInFacts {
    /// Everything that was granted: scopes of OpenID Connect and of resources.
    pub scope: Scope,
    /// Resource indicators that were asked for.
    #[serde(default)]
    pub resources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Seconds. When the person proved who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// Whether ID tokens say `auth_time`: after `prompt=login` or `max_age` (OIDC Core §2).
    #[serde(default)]
    pub says_auth_time: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Grant types so far, separated by spaces: `authorization_code refresh_token`.
    pub gty: String,
}

#[derive(Debug, Clone)]
pub struct AuthorizationCode {
    pub hash: ValueHash,
    pub grant_id: GrantId,
    pub user_id: UserId,
    pub client_id: ApplicationId,
    pub session_uid: Option<SessionUid>,
    /// As it was sent, which the token request must repeat (RFC 6749 §4.1.3). `None`: it was left out.
    pub redirect_uri: Option<String>,
    /// PKCE with S256 (RFC 7636 §4.2).
    pub code_challenge: Option<String>,
    pub facts: SignInFacts,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub consumed_at: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub struct RefreshToken {
    pub hash: ValueHash,
    pub grant_id: GrantId,
    pub user_id: UserId,
    pub client_id: ApplicationId,
    pub session_uid: Option<SessionUid>,
    /// It dies with the browser session: `offline_access` was not granted.
    pub expires_with_session: bool,
    pub facts: SignInFacts,
    pub rotations: i64,
    /// When the first token of this chain was issued.
    pub chain_started_at: Timestamp,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub consumed_at: Option<Timestamp>,
}

/// An access token for this server itself: userinfo and account routes.
#[derive(Debug, Clone)]
pub struct OpaqueToken {
    pub hash: ValueHash,
    pub grant_id: GrantId,
    pub user_id: UserId,
    pub client_id: ApplicationId,
    pub session_uid: Option<SessionUid>,
    pub expires_with_session: bool,
    pub scope: Scope,
    /// What introspection says beside the protocol's members: claims of a script, `act` of an exchange.
    pub claims: Map<String, Value>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A code or token with what it hangs on, read at once.
#[derive(Debug, Clone)]
pub struct Backed<T> {
    pub token: T,
    pub grant: BackingGrant,
    /// The browser session, unless it has ended.
    pub session: Option<BackingSession>,
}

/// What a grant says about tokens.
#[derive(Debug, Clone)]
pub struct BackingGrant {
    pub openid: Scope,
    /// API scopes by resource indicator.
    pub resources: BTreeMap<String, Scope>,
    pub expires_at: Timestamp,
}

/// A live browser session behind a token.
#[derive(Debug, Clone)]
pub struct BackingSession {
    pub user_id: UserId,
    /// JSON without secrets: `context.interaction` of scripts.
    pub last_submission: Option<String>,
}
