//! One token request from end to end, with what the audit log learns on the way.

use crate::audit::{ERROR, ExchangePayload, Origin, Params, SUCCESS, ScriptFields, ScriptInputView, ScriptPayload};
use crate::error::OAuthError;
use crate::provider::{Client, Provider, internal};
use crate::token::claims::context::{self, MachineToken};
use crate::token::claims::script::{self, Ran, Verdict};
use crate::token::client_auth::{self, AuthenticatedClient};
use crate::token::credentials::ClientCredential;
use crate::token::grants::{self, Redeemed};
use crate::token::issue::{self, Draft};
use crate::token::permissions;
use crate::token::request::{GrantRequest, GrantType};
use crate::token::response::TokenResponse;
use serde::Serialize;
use signet_core::audit::{AuditEntry, LogKey};
use signet_core::id::ApplicationId;
use signet_core::scope::Scope;
use signet_core::script::TokenType;
use signet_storage::Announced;

/// What is known of a request so far. A failure keeps what was learned before it.
#[derive(Default)]
pub(crate) struct Trail {
    application: Option<ApplicationId>,
    scope: Option<String>,
    verdict: Option<Verdict>,
    entries: Vec<AuditEntry>,
}

/// The steps, in their order. None can be left out or moved by a grant.
pub(crate) async fn run(
    provider: &Provider,
    credential: &ClientCredential,
    grant: Result<&GrantRequest, OAuthError>,
    (origin, trail): (&Origin, &mut Trail),
) -> Result<TokenResponse, OAuthError> {
    let client = client_auth::authenticate(provider, credential).await?;
    trail.application = Some(client.application.id.clone());
    let redeemed = grants::redeem(provider, &client, grant?).await?;
    let scope = permissions::resolve(provider, &client, &redeemed).await?;
    let draft = draft(provider, &client, &redeemed, &scope);
    trail.scope.clone_from(&draft.scope);
    ask_script(provider, &client, &draft, (origin, trail)).await?;
    let extra = trail.verdict.as_ref().and_then(Verdict::claims);
    let access_token = issue::sign(provider, &draft, extra).await?;
    Ok(TokenResponse::bearer(access_token, draft.lifetime, draft.scope))
}

fn draft<'r>(provider: &Provider, client: &'r AuthenticatedClient, redeemed: &'r Redeemed, scope: &Scope) -> Draft<'r> {
    Draft {
        jti: provider.deps.rng.opaque(21),
        client_id: client.application.id.as_str(),
        audience: &redeemed.resource.indicator,
        scope: (!scope.is_empty()).then(|| scope.to_string()),
        lifetime: redeemed.resource.access_token_ttl,
    }
}

/// Runs the tenant's script, if it has one, and leaves what it said and the entry about it in the trail.
async fn ask_script(
    provider: &Provider,
    client: &Client,
    draft: &Draft<'_>,
    (origin, trail): (&Origin, &mut Trail),
) -> Result<(), OAuthError> {
    let Some(loaded) = provider.script(TokenType::ClientCredentials).await? else { return Ok(()) };
    if origin.is_script {
        return Err(OAuthError::ScriptAskedForScript);
    }
    let token = MachineToken {
        jti: &draft.jti,
        kind: "ClientCredentials",
        client_id: draft.client_id,
        aud: draft.audience,
        scope: draft.scope.as_deref(),
    };
    let environment = loaded.environment(provider)?;
    let input = context::machine_input(provider.tenant(), client, &token, environment.as_ref()).map_err(internal)?;
    let Ran { verdict, logs } = script::run(provider, &loaded, (&input, environment.as_ref())).await?;
    let key = LogKey::ScriptClientCredentials;
    let payload = ScriptPayload {
        key: key.as_str(),
        result: verdict.result(),
        origin: origin.into(),
        application_id: draft.client_id,
        tenant_id: provider.tenant(),
        payload: ScriptInputView::MACHINE,
        script: ScriptFields::from(&verdict),
        ignored_claims: verdict.ignored(),
        logs: &logs,
    };
    let context = client.audit_context(provider.tenant()).clone();
    let entry = entry(provider, key, Some(&client.application.id), &payload)?;
    trail.entries.push(AuditEntry { context: Some(context), ..entry });
    script::settle(&loaded, trail.verdict.insert(verdict))
}

/// Stores the entries of a request. Called whatever became of it.
pub(crate) async fn record(
    provider: &Provider,
    (announced, params): (Announced, Params<'_>),
    origin: &Origin,
    (mut trail, outcome): (Trail, &Result<TokenResponse, OAuthError>),
) -> Result<(), OAuthError> {
    let key = match params.grant() {
        Some(GrantType::ClientCredentials) => LogKey::ExchangeClientCredentials,
        Some(_) | None => LogKey::ExchangeUnknown,
    };
    let payload = ExchangePayload {
        key: key.as_str(),
        result: if outcome.is_ok() { SUCCESS } else { ERROR },
        origin: origin.into(),
        application_id: trail.application.as_ref().map(ApplicationId::as_str),
        params,
        token_types: outcome.is_ok().then_some(&["AccessToken"]),
        scope: trail.scope.as_deref(),
        error: outcome.as_ref().err().map(|error| format!("{}: {}", error.wire().error, error.description())),
        script: trail.verdict.as_ref().map(ScriptFields::from),
    };
    let exchange = entry(provider, key, trail.application.as_ref(), &payload)?;
    trail.entries.push(exchange);
    Ok(announced.append(provider.tenant(), trail.entries).await?)
}

fn entry(
    provider: &Provider,
    key: LogKey,
    application: Option<&ApplicationId>,
    payload: &impl Serialize,
) -> Result<AuditEntry, OAuthError> {
    let now = provider.now();
    Ok(AuditEntry {
        id: provider.deps.rng.log_id(now),
        key,
        application_id: application.cloned(),
        user_id: None,
        payload: serde_json::to_string(payload).map_err(internal)?,
        context: None,
        created_at: now,
    })
}
