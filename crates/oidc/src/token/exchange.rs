//! One token request from end to end, with what the audit log learns on the way.

use crate::audit::{
    ERROR, ExchangePayload, MASK, Origin, Params, SUCCESS, ScriptFields, ScriptInputView, ScriptPayload,
};
use crate::error::OAuthError;
use crate::provider::{Provider, internal};
use crate::token::claims::context::{self, MachineToken};
use crate::token::claims::person_context;
use crate::token::claims::script::{self, LoadedScript, Ran, Verdict};
use crate::token::client_auth::{self, AuthenticatedClient};
use crate::token::credentials::ClientCredential;
use crate::token::grants::{self, MachineGrant, PersonGrant, Redeemed, Target};
use crate::token::issue::person::PersonTokens;
use crate::token::issue::{self, Draft};
use crate::token::permissions;
use crate::token::request::{GrantRequest, GrantType};
use crate::token::response::TokenResponse;
use serde::Serialize;
use signet_core::audit::{AuditContext, AuditEntry, LogKey};
use signet_core::id::{ApplicationId, SessionUid, UserId};
use signet_core::scope::Scope;
use signet_core::script::TokenType;
use signet_core::secret::Plain;
use signet_core::statistics::{Counter, Series};
use signet_core::token::{OPAQUE_LENGTH, OPAQUE_TOKEN_TTL};
use signet_storage::Announced;
use std::sync::Arc;

/// What is known of a request so far. A failure keeps what was learned before it.
#[derive(Default)]
pub(crate) struct Trail {
    application: Option<ApplicationId>,
    user: Option<UserId>,
    session: Option<SessionUid>,
    scope: Option<String>,
    verdict: Option<Verdict>,
    /// A token that its script has seen, and may have said again.
    opaque: Option<String>,
    issued: Vec<&'static str>,
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
    match grants::redeem(provider, &client, grant?).await? {
        Redeemed::Machine(redeemed) => for_machine(provider, &client, &redeemed, (origin, trail)).await,
        Redeemed::Person(redeemed) => for_person(provider, &client, &redeemed, (origin, trail)).await,
    }
}

async fn for_machine(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &MachineGrant,
    (origin, trail): (&Origin, &mut Trail),
) -> Result<TokenResponse, OAuthError> {
    let scope = permissions::of_machine(provider, client, redeemed).await?;
    let audience = redeemed.resource.indicator.as_str();
    let draft = Draft {
        jti: provider.deps.rng.opaque(21),
        subject: client.application.id.as_str(),
        client_id: client.application.id.as_str(),
        audience: Some(audience),
        scope: (!scope.is_empty()).then(|| scope.to_string()),
        lifetime: redeemed.resource.access_token_ttl,
        act: None,
    };
    trail.scope.clone_from(&draft.scope);
    if let Some(loaded) = provider.script(TokenType::ClientCredentials).await? {
        let token = MachineToken {
            jti: &draft.jti,
            kind: "ClientCredentials",
            client_id: draft.client_id,
            aud: audience,
            scope: draft.scope.as_deref(),
        };
        let environment = loaded.environment(provider)?;
        let input = context::machine_input(provider.tenant(), client, &token, environment.as_ref());
        let asked = Asked {
            kind: TokenType::ClientCredentials,
            client_id: draft.client_id,
            input: input.map_err(internal)?,
            environment,
            context: client.audit_context(provider.tenant()).clone(),
        };
        ask_script(provider, &loaded, asked, (origin, trail)).await?;
    }
    let extra = trail.verdict.as_ref().and_then(Verdict::claims);
    let access_token = issue::sign(provider, (&draft, audience), extra).await?;
    trail.issued = vec!["AccessToken"];
    Ok(TokenResponse::bearer(access_token, draft.lifetime, draft.scope))
}

async fn for_person(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &PersonGrant,
    (origin, trail): (&Origin, &mut Trail),
) -> Result<TokenResponse, OAuthError> {
    trail.user = Some(redeemed.person.user.id.clone());
    trail.session.clone_from(&redeemed.session_uid);
    let scope = permissions::of_person(redeemed);
    let draft = person_draft(provider, client, redeemed, &scope);
    trail.scope.clone_from(&draft.scope);
    if let Some(loaded) = provider.script(TokenType::AccessToken).await? {
        trail.opaque = draft.audience.is_none().then(|| draft.jti.clone());
        let context = person_context::context(provider, client, redeemed);
        let environment = loaded.environment(provider)?;
        let input = person_context::input(client, (redeemed, &draft), &context, environment.as_ref());
        let asked = Asked {
            kind: TokenType::AccessToken,
            client_id: draft.client_id,
            input: input.map_err(internal)?,
            environment,
            context: provider.audit_contexts.of(&context),
        };
        ask_script(provider, &loaded, asked, (origin, trail)).await?;
    }
    let extra = trail.verdict.as_ref().and_then(Verdict::claims);
    let tokens = issue::person::issue(provider, client, (redeemed, &draft), extra).await?;
    trail.issued = kinds(&tokens);
    Ok(TokenResponse::of_person(tokens, draft.lifetime, draft.scope))
}

fn person_draft<'r>(
    provider: &Provider,
    client: &'r AuthenticatedClient,
    redeemed: &'r PersonGrant,
    scope: &Scope,
) -> Draft<'r> {
    let (length, lifetime) = match &redeemed.target {
        Target::OwnApi => (OPAQUE_LENGTH, OPAQUE_TOKEN_TTL),
        Target::Resource(resource) => (21, resource.access_token_ttl),
    };
    Draft {
        jti: provider.deps.rng.opaque(length),
        subject: redeemed.person.user.id.as_str(),
        client_id: client.application.id.as_str(),
        audience: redeemed.target.audience(),
        scope: Some(scope.to_string()),
        lifetime,
        act: redeemed.exchanged.as_ref().and_then(|exchanged| exchanged.act.as_ref()),
    }
}

fn kinds(tokens: &PersonTokens) -> Vec<&'static str> {
    let mut kinds = vec!["AccessToken"];
    kinds.extend(tokens.refresh.as_ref().map(|_| "RefreshToken"));
    kinds.extend(tokens.id.as_ref().map(|_| "IdToken"));
    kinds
}

/// What a script is given.
struct Asked<'r> {
    kind: TokenType,
    client_id: &'r str,
    input: Vec<u8>,
    environment: Option<Plain>,
    /// The context as the audit log keeps it.
    context: Arc<AuditContext>,
}

/// Runs the tenant's script, and leaves what it said and the entry about it in the trail.
async fn ask_script(
    provider: &Provider,
    loaded: &LoadedScript,
    asked: Asked<'_>,
    (origin, trail): (&Origin, &mut Trail),
) -> Result<(), OAuthError> {
    if origin.is_script {
        return Err(OAuthError::ScriptAskedForScript);
    }
    let Ran { verdict, logs } = script::run(provider, loaded, (&asked.input, asked.environment.as_ref())).await?;
    let key = match asked.kind {
        TokenType::AccessToken => LogKey::ScriptAccessToken,
        TokenType::ClientCredentials => LogKey::ScriptClientCredentials,
    };
    let payload = ScriptPayload {
        key: key.as_str(),
        result: verdict.result(),
        origin: origin.into(),
        application_id: asked.client_id,
        user_id: trail.user.as_ref(),
        session_id: trail.session.as_ref(),
        tenant_id: provider.tenant(),
        payload: ScriptInputView::of(asked.kind),
        script: ScriptFields::from(&verdict),
        ignored_claims: verdict.ignored(),
        logs: &logs,
    };
    let entry = entry(provider, key, trail, &payload)?;
    trail.entries.push(AuditEntry { context: Some(asked.context), ..entry });
    script::settle(loaded, trail.verdict.insert(verdict))
}

/// Stores the entries of a request. Called whatever became of it.
pub(crate) async fn record(
    provider: &Provider,
    (announced, params): (Announced, Params<'_>),
    origin: &Origin,
    (mut trail, outcome): (Trail, &Result<TokenResponse, OAuthError>),
) -> Result<(), OAuthError> {
    let key = log_key(params.grant());
    let payload = ExchangePayload {
        key: key.as_str(),
        result: if outcome.is_ok() { SUCCESS } else { ERROR },
        origin: origin.into(),
        application_id: trail.application.as_ref().map(ApplicationId::as_str),
        user_id: trail.user.as_ref(),
        session_id: trail.session.as_ref(),
        params,
        token_types: outcome.is_ok().then_some(&trail.issued),
        scope: trail.scope.as_deref(),
        error: outcome.as_ref().err().map(why),
        script: trail.verdict.as_ref().map(ScriptFields::from),
    };
    let exchange = entry(provider, key, &trail, &payload)?;
    trail.entries.push(exchange);
    count(provider, trail.user.as_ref(), outcome.is_ok());
    Ok(announced.append(provider.tenant(), trail.entries).await?)
}

/// For the plots of administrators.
fn count(provider: &Provider, user: Option<&UserId>, is_answered: bool) {
    let now = provider.now();
    let counter = match (is_answered, user) {
        (false, _) => Counter::RefusedTokens,
        (true, None) => Counter::MachineTokens,
        (true, Some(user)) => {
            provider.store.count_active(user, now);
            Counter::UserTokens
        }
    };
    provider.store.count(Series::Tokens, counter, now);
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

fn entry(provider: &Provider, key: LogKey, trail: &Trail, payload: &impl Serialize) -> Result<AuditEntry, OAuthError> {
    let now = provider.now();
    let mut payload = serde_json::to_string(payload).map_err(internal)?;
    // A script that was given the token may say it in claims, in messages or to its console.
    if let Some(opaque) = &trail.opaque
        && payload.contains(opaque.as_str())
    {
        payload = payload.replace(opaque.as_str(), MASK);
    }
    Ok(AuditEntry {
        id: provider.deps.rng.log_id(now),
        key,
        application_id: trail.application.clone(),
        user_id: trail.user.clone(),
        payload,
        context: None,
        created_at: now,
    })
}
