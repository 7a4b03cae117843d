//! Which refresh token goes with new tokens (OIDC Core §11, RFC 9700 §4.14.2): a first one, a successor, or the same.

use crate::provider::{Client, Provider};
use crate::token::grants::{Holding, PersonGrant};
use signet_core::application::ApplicationType;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_core::token::{OPAQUE_LENGTH, RefreshToken};
use signet_core::token_settings::MAX_CHAIN;

/// A refresh token for the answer.
pub(super) struct Successor {
    pub(super) value: String,
    /// What is to be stored. `None`: it is the presented one.
    pub(super) stored: Option<RefreshToken>,
}

pub(super) fn of(provider: &Provider, client: &Client, grant: &PersonGrant) -> Option<Successor> {
    let application = &client.application;
    match &grant.holding {
        Holding::Code(_) | Holding::DeviceCode(_) => {
            let is_offline = grant.requested.contains("offline_access");
            let wanted = is_offline || application.always_issues_refresh_token();
            (wanted && application.may_refresh()).then(|| first(provider, client, grant))
        }
        Holding::RefreshToken { presented, rotates: false, .. } => {
            Some(Successor { value: presented.expose().to_owned(), stored: None })
        }
        Holding::RefreshToken { token, rotates: true, .. } => Some(next(provider, client, token)),
        Holding::Impersonation(_) | Holding::Lasting => None,
    }
}

fn first(provider: &Provider, client: &Client, grant: &PersonGrant) -> Successor {
    let (value, now) = (provider.deps.rng.opaque(OPAQUE_LENGTH), provider.now());
    let stored = RefreshToken {
        hash: ValueHash::of(&value),
        grant_id: grant.grant_id.clone(),
        user_id: grant.person.user.id.clone(),
        client_id: client.application.id.clone(),
        session_uid: grant.session_uid.clone(),
        expires_with_session: grant.expires_with_session.unwrap_or(false),
        facts: grant.facts.clone(),
        rotations: 0,
        chain_started_at: now,
        created_at: now,
        expires_at: now.plus(client.application.refresh_token_ttl()),
        consumed_at: None,
    };
    Successor { value, stored: Some(stored) }
}

fn next(provider: &Provider, client: &Client, before: &RefreshToken) -> Successor {
    let (value, now) = (provider.deps.rng.opaque(OPAQUE_LENGTH), provider.now());
    let stored = RefreshToken {
        hash: ValueHash::of(&value),
        rotations: before.rotations.saturating_add(1),
        created_at: now,
        expires_at: expiry(client, before, now),
        consumed_at: None,
        ..before.clone()
    };
    Successor { value, stored: Some(stored) }
}

/// A page in a browser keeps nothing safe, so its tokens end when the first one would have; others begin anew, within the
/// longest life of a chain (ASVS 10.4.8).
fn expiry(client: &Client, before: &RefreshToken, now: Timestamp) -> Timestamp {
    if client.application.kind == ApplicationType::Spa {
        return before.expires_at;
    }
    now.plus(client.application.refresh_token_ttl()).min(before.chain_started_at.plus(MAX_CHAIN))
}
