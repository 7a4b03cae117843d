//! Step 4 for people: what the script of user access tokens may see, put together from texts that were serialized once.
//!
//! The members of `token` and `context` are a promise to authors of scripts.

use super::context::{Input, ROOM};
use crate::error::OAuthError;
use crate::provider::{Client, Provider, internal};
use crate::token::grants::PersonGrant;
use crate::token::issue::Draft;
use crate::token::request::GrantType;
use serde::Serialize;
use serde_json::{Value, json};
use signet_core::secret::Plain;

/// `token` of a script.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonToken<'t> {
    /// Of an opaque token, the token itself.
    jti: &'t str,
    kind: &'static str,
    client_id: &'t str,
    account_id: &'t str,
    grant_id: &'t str,
    gty: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_uid: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_with_session: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'t str>,
    /// What the client asked to know of the sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<Value>,
}

impl<'t> PersonToken<'t> {
    pub(crate) fn of(client: &'t Client, grant: &'t PersonGrant, draft: &'t Draft<'_>) -> Self {
        let facts = &grant.facts;
        let essential = || json!({"id_token": {"auth_time": {"essential": true}}});
        Self {
            jti: &draft.jti,
            kind: "AccessToken",
            client_id: draft.client_id,
            account_id: draft.subject,
            grant_id: grant.grant_id.as_str(),
            gty: &grant.gty,
            session_uid: grant.session_uid.as_ref().map(signet_core::id::SessionUid::as_str),
            sid: facts.sid.as_deref().filter(|_| client.application.wants_sid()),
            expires_with_session: grant.expires_with_session,
            aud: draft.audience,
            scope: draft.scope.as_deref(),
            claims: facts.says_auth_time.then(essential),
            extra: extra(grant),
        }
    }
}

/// Of an exchange: how somebody came to be acted for.
fn extra(grant: &PersonGrant) -> Option<Value> {
    let exchanged = grant.exchanged.as_ref()?;
    let id = exchanged.impersonation.as_ref().map(|used| ("subjectTokenId".to_owned(), used.id.as_str().into()));
    let act = exchanged.act.as_ref().map(|act| ("act".to_owned(), act.clone()));
    Some(Value::Object(id.into_iter().chain(act).collect()))
}

/// What stands in `context`, as JSON texts.
pub(crate) struct Seen<'p> {
    pub(crate) user: &'p str,
    pub(crate) grant: Option<&'p str>,
    pub(crate) interaction: Option<&'p str>,
    pub(crate) application: Option<&'p str>,
    /// `"organization":…,"organizationRoles":…`.
    pub(crate) organization: Option<&'p str>,
}

/// Writes `context`: `{user, grant?, interaction?, application?, organization?, organizationRoles?}`.
pub(crate) fn assemble(text: &mut Vec<u8>, seen: &Seen<'_>) {
    let named = [("grant", seen.grant), ("interaction", seen.interaction), ("application", seen.application)];
    let length: usize = named.iter().filter_map(|(_, text)| *text).chain(seen.organization).map(str::len).sum();
    text.reserve(ROOM + seen.user.len() + length);
    text.extend_from_slice(b"{\"user\":");
    text.extend_from_slice(seen.user.as_bytes());
    for (name, member) in named {
        let Some(member) = member else { continue };
        text.extend_from_slice(b",\"");
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(b"\":");
        text.extend_from_slice(member.as_bytes());
    }
    if let Some(organization) = seen.organization {
        text.push(b',');
        text.extend_from_slice(organization.as_bytes());
    }
    text.push(b'}');
}

/// A script's argument for a person's token.
pub(crate) async fn input(
    provider: &Provider,
    client: &Client,
    (grant, token): (&PersonGrant, &PersonToken<'_>),
    environment: Option<&Plain>,
) -> Result<Input, OAuthError> {
    let user = provider.person_view(&grant.person.user.id).await?;
    let impersonation = grant.exchanged.as_ref().and_then(|exchanged| exchanged.impersonation.as_ref());
    let exchanged = impersonation.map(|used| {
        let kind = GrantType::TokenExchange.as_str();
        json!({"type": kind, "subjectTokenContext": used.context}).to_string()
    });
    let seen = Seen {
        user: &user,
        grant: exchanged.as_deref(),
        interaction: grant.last_submission.as_deref(),
        application: Some(client.script_view(provider.tenant())),
        organization: grant.target.member().map(|member| &**member.script_view(provider.tenant())),
    };
    Input::new(token, |text| assemble(text, &seen), environment).map_err(internal)
}
