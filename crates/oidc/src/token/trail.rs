//! What the audit log learns of a token request, whatever becomes of it.

use crate::audit::{ERROR, ExchangePayload, Origin, Params, SUCCESS, ScriptFields, ScriptInputView, ScriptPayload};
use crate::error::OAuthError;
use crate::mask::MASK;
use crate::provider::{Provider, internal};
use crate::token::claims::script::{Ran, Verdict};
use crate::token::request::GrantType;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::audit::{AuditContext, AuditEntry, LogKey};
use signet_core::id::{ApplicationId, SessionUid, UserId};
use signet_core::script::TokenType;
use signet_core::statistics::{Counter, Series};
use signet_storage::Announced;
use std::sync::Arc;

/// What is known of a request so far. A failure keeps what was learned before it.
pub(crate) struct Trail<'r> {
    params: Params<'r>,
    origin: &'r Origin,
    pub(crate) application: Option<ApplicationId>,
    pub(crate) user: Option<UserId>,
    pub(crate) session: Option<SessionUid>,
    pub(crate) scope: Option<String>,
    /// A token that its script has seen, and may have said again.
    pub(crate) opaque: Option<String>,
    pub(crate) issued: Issued,
    verdict: Option<Verdict>,
    script: Option<ScriptFields>,
    /// Of what was done on the way.
    entries: Vec<AuditEntry>,
}

/// Kinds of tokens, as the audit log names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Issued(&'static [&'static str]);

impl Issued {
    pub(crate) const NOTHING: Self = Self(&[]);
    pub(crate) const ACCESS_TOKEN: Self = Self(&["AccessToken"]);

    /// Of a person.
    pub(crate) fn of_person(has_refresh_token: bool, has_id_token: bool) -> Self {
        match (has_refresh_token, has_id_token) {
            (false, false) => Self::ACCESS_TOKEN,
            (true, false) => Self(&["AccessToken", "RefreshToken"]),
            (false, true) => Self(&["AccessToken", "IdToken"]),
            (true, true) => Self(&["AccessToken", "RefreshToken", "IdToken"]),
        }
    }
}

impl<'r> Trail<'r> {
    pub(crate) fn new(params: Params<'r>, origin: &'r Origin) -> Self {
        Self {
            params,
            origin,
            application: None,
            user: None,
            session: None,
            scope: None,
            opaque: None,
            issued: Issued::NOTHING,
            verdict: None,
            script: None,
            entries: Vec::new(),
        }
    }

    /// Whether a claims script sent the request.
    pub(crate) fn is_from_script(&self) -> bool {
        self.origin.is_script
    }

    /// What the script added, if there is one.
    pub(crate) fn script_claims(&self) -> Option<&Map<String, Value>> {
        self.verdict.as_ref().and_then(Verdict::claims)
    }

    /// A script has run. `context` is what it was given, as the log keeps it.
    pub(crate) fn script_ran(
        &mut self,
        provider: &Provider,
        (kind, context): (TokenType, Arc<AuditContext>),
        Ran { verdict, logs }: Ran,
    ) -> Result<&Verdict, OAuthError> {
        let key = match kind {
            TokenType::AccessToken => LogKey::ScriptAccessToken,
            TokenType::ClientCredentials => LogKey::ScriptClientCredentials,
        };
        let script = ScriptFields::of(&verdict).map_err(internal)?;
        let payload = ScriptPayload {
            result: verdict.result(),
            origin: self.origin.into(),
            session_id: self.session.as_ref(),
            tenant_id: provider.tenant(),
            payload: ScriptInputView::of(kind),
            script: &script,
            ignored_claims: verdict.ignored(),
            logs: &logs,
        };
        let entry = self.entry(provider, key, &payload)?;
        self.entries.push(AuditEntry { context: Some(context), ..entry });
        self.script = Some(script);
        Ok(self.verdict.insert(verdict))
    }

    /// Stores the entries. Called whatever became of the request; `error` is why it is refused.
    pub(crate) async fn end(
        mut self,
        provider: &Provider,
        announced: Announced,
        error: Option<&OAuthError>,
    ) -> Result<(), OAuthError> {
        self.count(provider, error.is_none());
        let entry = self.of_request(provider, error)?;
        self.entries.push(entry);
        Ok(announced.append(provider.tenant(), self.entries).await?)
    }

    /// For the plots of administrators.
    fn count(&self, provider: &Provider, is_answered: bool) {
        let now = provider.now();
        let counter = match (is_answered, &self.user) {
            (false, _) => Counter::RefusedTokens,
            (true, None) => Counter::MachineTokens,
            (true, Some(user)) => {
                provider.store.count_active(user, now);
                Counter::UserTokens
            }
        };
        provider.store.count(Series::Tokens, counter, now);
    }

    fn of_request(&self, provider: &Provider, error: Option<&OAuthError>) -> Result<AuditEntry, OAuthError> {
        let key = log_key(self.params.grant());
        let payload = ExchangePayload {
            result: if error.is_none() { SUCCESS } else { ERROR },
            origin: self.origin.into(),
            session_id: self.session.as_ref(),
            params: &self.params,
            token_types: error.is_none().then_some(self.issued.0),
            scope: self.scope.as_deref(),
            error: error.map(why),
            script: self.script.as_ref(),
        };
        self.entry(provider, key, &payload)
    }

    fn entry(&self, provider: &Provider, key: LogKey, payload: &impl Serialize) -> Result<AuditEntry, OAuthError> {
        let now = provider.now();
        let mut payload = serde_json::to_string(payload).map_err(internal)?;
        // A script that was given the token may say it in claims, in messages or to its console.
        if let Some(opaque) = &self.opaque
            && payload.contains(opaque.as_str())
        {
            payload = payload.replace(opaque.as_str(), MASK);
        }
        Ok(AuditEntry {
            id: provider.deps.rng.log_id(now),
            key,
            application_id: self.application.clone(),
            user_id: self.user.clone(),
            payload,
            context: None,
            created_at: now,
        })
    }
}

/// What the client was told, and the reason that it was not.
fn why(error: &OAuthError) -> String {
    let told = format!("{}: {}", error.wire().error, error.description());
    match error.reason() {
        Some(reason) => format!("{told} ({reason})"),
        None => told,
    }
}

fn log_key(grant: Option<GrantType>) -> LogKey {
    match grant {
        Some(GrantType::AuthorizationCode) => LogKey::ExchangeAuthorizationCode,
        Some(GrantType::RefreshToken) => LogKey::ExchangeRefreshToken,
        Some(GrantType::ClientCredentials) => LogKey::ExchangeClientCredentials,
        Some(GrantType::DeviceCode) => LogKey::ExchangeDeviceCode,
        Some(GrantType::TokenExchange) => LogKey::ExchangeTokenExchange,
        Some(GrantType::Implicit) | None => LogKey::ExchangeUnknown,
    }
}
