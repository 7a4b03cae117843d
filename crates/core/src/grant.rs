//! Grants: what a person allowed a client. Codes and tokens hang on one and go with it.

use crate::id::{ApplicationId, GrantId, UserId};
use crate::scope::Scope;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// 180 days, in seconds.
pub const GRANT_TTL: i64 = 15_552_000;

#[derive(Debug, Clone)]
pub struct Grant {
    pub id: GrantId,
    pub user_id: UserId,
    pub client_id: ApplicationId,
    /// Scopes of OpenID Connect, `openid` and `offline_access` among them.
    pub openid: Scope,
    /// API scopes by resource indicator.
    pub resources: BTreeMap<String, Scope>,
    /// What was asked for and not given, so that it is not asked for again at once.
    pub rejected: Rejected,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Scopes that a consent left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    #[serde(default)]
    pub openid: Scope,
    #[serde(default)]
    pub resources: BTreeMap<String, Scope>,
}
