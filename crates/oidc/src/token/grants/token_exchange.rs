//! Token exchange (RFC 8693): a client with the permission acts for somebody whose token it holds.
//!
//! The subject token stands for a person and gives no rights of its own: the person's permissions decide, cut down to
//! what was asked. Where the new token is for what the old one was for already, it gets no more than that one had.

use super::organization;
use super::person::{Exchanged, Holding, PersonGrant};
use super::target::{self, Target};
use crate::access;
use crate::error::{InvalidGrant, OAuthError, TokenError};
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use crate::token::request::{ExchangeRequest, GrantType};
use crate::token::subject::{self, Subject};
use serde_json::{Value, json};
use signet_core::grant::{Grant, Rejected};
use signet_core::id::{ApplicationId, GrantId, UserId};
use signet_core::scope::{SUPPORTED_SCOPES, Scope};
use signet_core::token::{BackingGrant, OPAQUE_TOKEN_TTL, SignInFacts};
use std::collections::BTreeMap;
use std::time::Duration;

pub(super) async fn redeem(
    provider: &Provider,
    client: &AuthenticatedClient,
    asked: &ExchangeRequest,
) -> Result<PersonGrant, OAuthError> {
    let (Some(subject_token), Some(kind)) = (&asked.subject_token, asked.subject_token_type.as_deref()) else {
        return Err(missing(asked));
    };
    let subject = subject::of(provider, (subject_token, kind)).await?;
    let person = provider.active_person(&subject.user_id).await?.ok_or(InvalidGrant::User)?;
    access::check(provider, &client.application, &subject.user_id).await?;
    let actor = match (&asked.actor_token, asked.actor_token_type.as_deref()) {
        (None, None) => None,
        (Some(token), Some(kind)) => Some(subject::actor(provider, (token, kind)).await?),
        (Some(_), None) | (None, Some(_)) => return Err(InvalidGrant::ActorToken.into()),
    };
    let in_organization =
        organization::Asked { organization_id: asked.organization_id.as_deref(), asked_for_organizations: None };
    let organization = organization::admitted(provider, client, &subject.user_id, in_organization).await?;
    let target = target::of_exchange(provider, &asked.resources, organization).await?;
    let requested = limited(asked.scope.clone().unwrap_or_default(), &target, &subject);
    let grant = grant(provider, (&client.application.id, &subject.user_id), (&target, &requested));
    let agreed =
        BackingGrant { openid: grant.openid.clone(), resources: grant.resources.clone(), expires_at: grant.expires_at };
    let gty = GrantType::TokenExchange.as_str().to_owned();
    Ok(PersonGrant {
        person,
        grant_id: grant.id.clone(),
        agreed,
        session_uid: None,
        last_submission: None,
        expires_with_session: None,
        facts: SignInFacts { scope: requested.clone(), gty: gty.clone(), ..SignInFacts::default() },
        gty,
        requested,
        target,
        holding: match &subject.impersonation {
            Some(used) => Holding::Impersonation(used.hash.clone()),
            None => Holding::Lasting,
        },
        exchanged: Some(Exchanged { grant, act: act(actor, subject.act), impersonation: subject.impersonation }),
    })
}

fn missing(asked: &ExchangeRequest) -> OAuthError {
    match (asked.subject_token.is_some(), asked.subject_token_type.is_some()) {
        (true, _) => OAuthError::MissingParameter("subject_token_type"),
        (false, true) => OAuthError::MissingParameter("subject_token"),
        (false, false) => TokenError::MissingParameters("'subject_token' and 'subject_token_type'".to_owned()).into(),
    }
}

/// A token for the same audience as the subject token must not be worth more than it (RFC 8693 §5).
fn limited(asked: Scope, target: &Target, subject: &Subject) -> Scope {
    match &subject.limit {
        Some(limit) if limit.audience.as_deref() == target.audience() => asked.intersect(&limit.scope),
        Some(_) | None => asked,
    }
}

/// Each exchange is a grant of its own, as long as its token: what hangs on it can be seen and revoked.
fn grant(
    provider: &Provider,
    (client, user): (&ApplicationId, &UserId),
    (target, requested): (&Target, &Scope),
) -> Grant {
    let now = provider.now();
    let (openid, resources, lifetime) = match target {
        Target::OwnApi => (SUPPORTED_SCOPES.into_iter().collect(), BTreeMap::new(), OPAQUE_TOKEN_TTL),
        Target::Recipient(recipient) => {
            let resources = BTreeMap::from([(recipient.agreed_as().to_owned(), requested.clone())]);
            (Scope::default(), resources, recipient.lifetime())
        }
    };
    Grant {
        id: GrantId::random(&*provider.deps.rng),
        user_id: user.clone(),
        client_id: client.clone(),
        openid: requested.intersect(&openid),
        resources,
        rejected: Rejected::default(),
        created_at: now,
        expires_at: now.plus(Duration::from_secs(lifetime.unsigned_abs())),
    }
}

/// The current actor, with those before it inside (RFC 8693 §4.1).
fn act(actor: Option<UserId>, before: Option<Value>) -> Option<Value> {
    match (actor, before) {
        (Some(actor), Some(before)) => Some(json!({"sub": actor, "act": before})),
        (Some(actor), None) => Some(json!({"sub": actor})),
        (None, before) => before,
    }
}
