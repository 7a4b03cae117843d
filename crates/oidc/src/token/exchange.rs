//! One token request from end to end.

use crate::error::OAuthError;
use crate::provider::{Provider, internal};
use crate::token::claims::context::{Input, MachineToken, machine_context};
use crate::token::claims::person_context::{self, PersonToken};
use crate::token::claims::script::{self, LoadedScript};
use crate::token::client_auth::{self, AuthenticatedClient};
use crate::token::credentials::ClientCredential;
use crate::token::grants::{self, MachineGrant, PersonGrant, Redeemed, Target};
use crate::token::issue::{self, Draft};
use crate::token::permissions;
use crate::token::request::GrantRequest;
use crate::token::response::TokenResponse;
use crate::token::trail::{Issued, Trail};
use signet_core::audit::AuditContext;
use signet_core::scope::Scope;
use signet_core::script::TokenType;
use signet_core::secret::Plain;
use signet_core::token::{OPAQUE_LENGTH, OPAQUE_TOKEN_TTL};
use std::sync::Arc;

/// The steps, in their order. None can be left out or moved by a grant.
pub(crate) async fn run(
    provider: &Provider,
    credential: &ClientCredential,
    grant: Result<&GrantRequest, OAuthError>,
    trail: &mut Trail<'_>,
) -> Result<TokenResponse, OAuthError> {
    let client = client_auth::authenticate(provider, credential).await?;
    trail.application = Some(client.application.id.clone());
    match grants::redeem(provider, &client, grant?).await? {
        Redeemed::Machine(redeemed) => for_machine(provider, &client, &redeemed, trail).await,
        Redeemed::Person(redeemed) => for_person(provider, &client, &redeemed, trail).await,
    }
}

async fn for_machine(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &MachineGrant,
    trail: &mut Trail<'_>,
) -> Result<TokenResponse, OAuthError> {
    let scope = permissions::of_machine(provider, client, redeemed).await?;
    let recipient = &redeemed.recipient;
    let audience = recipient.audience();
    let draft = Draft {
        jti: provider.deps.rng.opaque(21),
        subject: client.application.id.as_str(),
        client_id: client.application.id.as_str(),
        audience: Some(audience),
        // Of an organization's token the scope is said also when there is none.
        scope: (!scope.is_empty() || recipient.resource().is_none()).then(|| scope.to_string()),
        lifetime: recipient.lifetime(),
        organization_id: recipient.organization_claim(),
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
        let (tenant, member) = (provider.tenant(), recipient.member());
        let context = |text: &mut Vec<u8>| machine_context(text, tenant, client, member);
        let input = Input::new(&token, context, environment.as_ref()).map_err(internal)?;
        let context = match member {
            Some(_) => provider.audit_contexts.of(input.context()),
            None => client.audit_context(tenant).clone(),
        };
        let asked = Asked { kind: TokenType::ClientCredentials, input, environment, context };
        ask_script(provider, &loaded, asked, trail).await?;
    }
    let access_token = issue::sign(provider, (&draft, audience), trail.script_claims()).await?;
    trail.issued = Issued::ACCESS_TOKEN;
    Ok(TokenResponse::bearer(access_token, draft.lifetime, draft.scope))
}

async fn for_person(
    provider: &Provider,
    client: &AuthenticatedClient,
    redeemed: &PersonGrant,
    trail: &mut Trail<'_>,
) -> Result<TokenResponse, OAuthError> {
    trail.user = Some(redeemed.person.user.id.clone());
    trail.session.clone_from(&redeemed.session_uid);
    let scope = permissions::of_person(provider, client, redeemed).await?;
    let draft = person_draft(provider, client, redeemed, &scope);
    trail.scope.clone_from(&draft.scope);
    if let Some(loaded) = provider.script(TokenType::AccessToken).await? {
        trail.opaque = draft.audience.is_none().then(|| draft.jti.clone());
        let environment = loaded.environment(provider)?;
        let token = PersonToken::of(client, redeemed, &draft);
        let input = person_context::input(provider, client, (redeemed, &token), environment.as_ref()).await?;
        let context = provider.audit_contexts.of(input.context());
        let asked = Asked { kind: TokenType::AccessToken, input, environment, context };
        ask_script(provider, &loaded, asked, trail).await?;
    }
    let tokens = issue::person::issue(provider, client, (redeemed, &draft), trail).await?;
    Ok(TokenResponse::of_person(tokens, draft.lifetime, draft.scope))
}

fn person_draft<'r>(
    provider: &Provider,
    client: &'r AuthenticatedClient,
    redeemed: &'r PersonGrant,
    scope: &Scope,
) -> Draft<'r> {
    let (length, lifetime, organization_id) = match &redeemed.target {
        Target::OwnApi => (OPAQUE_LENGTH, OPAQUE_TOKEN_TTL, None),
        Target::Recipient(recipient) => (21, recipient.lifetime(), recipient.organization_claim()),
    };
    Draft {
        jti: provider.deps.rng.opaque(length),
        subject: redeemed.person.user.id.as_str(),
        client_id: client.application.id.as_str(),
        audience: redeemed.target.audience(),
        scope: Some(scope.to_string()),
        lifetime,
        organization_id,
        act: redeemed.exchanged.as_ref().and_then(|exchanged| exchanged.act.as_ref()),
    }
}

/// What a script is given.
struct Asked {
    kind: TokenType,
    input: Input,
    environment: Option<Plain>,
    /// The context as the audit log keeps it.
    context: Arc<AuditContext>,
}

/// Runs the tenant's script, and leaves what it said and the entry about it in the trail.
async fn ask_script(
    provider: &Provider,
    loaded: &LoadedScript,
    asked: Asked,
    trail: &mut Trail<'_>,
) -> Result<(), OAuthError> {
    if trail.is_from_script() {
        return Err(OAuthError::ScriptAskedForScript);
    }
    let ran = script::run(provider, loaded, (asked.input.text(), asked.environment.as_ref())).await?;
    let verdict = trail.script_ran(provider, (asked.kind, asked.context), ran)?;
    script::settle(loaded, verdict)
}
