//! What the audit log says about a token request. Never a secret, a token, a script or its variables.

use crate::mask::{MASK, Masked};
use crate::token::claims::script::Verdict;
use crate::token::credentials::{ClientCredential, SecretVia};
use crate::token::request::{GrantRequest, GrantType};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use signet_core::id::{GrantId, SessionUid, TenantId};
use signet_core::script::TokenType;
use signet_core::secret::Plain;
use signet_sandbox::LogLine;
use std::sync::Arc;

/// Who sent a request.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The peer's address, or what a trusted proxy says it is.
    pub ip: Option<String>,
    pub user_agent: Option<UserAgent>,
    /// Whether a claims script sent it, through the egress guard.
    pub is_script: bool,
}

/// A `User-Agent` and what was read from it.
#[derive(Debug, Clone)]
pub struct UserAgent {
    pub raw: Arc<str>,
    /// `{ua, browser, engine, os, device, cpu}`.
    pub parsed: Arc<RawValue>,
}

/// `payload` of an `ExchangeTokenBy.*` entry. Its key, application and user are columns of the log, which puts them in
/// when it is read.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExchangePayload<'r> {
    pub(crate) result: &'static str,
    #[serde(flatten)]
    pub(crate) origin: OriginFields<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<&'r SessionUid>,
    pub(crate) params: &'r Params<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token_types: Option<&'r [&'static str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scope: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(flatten)]
    pub(crate) script: Option<&'r ScriptFields>,
}

/// `payload` of a `JwtCustomizer.*` entry, without what is a column too.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScriptPayload<'r> {
    pub(crate) result: &'static str,
    #[serde(flatten)]
    pub(crate) origin: OriginFields<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<&'r SessionUid>,
    pub(crate) tenant_id: &'r TenantId,
    pub(crate) payload: ScriptInputView,
    #[serde(flatten)]
    pub(crate) script: &'r ScriptFields,
    /// Protected names that the script returned.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) ignored_claims: &'r [&'static str],
    /// What the script wrote to its console, when its settings say so.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) logs: &'r [LogLine],
}

/// `payload` of a `RevokeToken` entry, without what is a column too.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RevokePayload<'r> {
    pub(crate) result: &'static str,
    #[serde(flatten)]
    pub(crate) origin: OriginFields<'r>,
    pub(crate) grant_id: &'r GrantId,
    pub(crate) token_types: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OriginFields<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent_parsed: Option<&'r RawValue>,
}

impl<'r> From<&'r Origin> for OriginFields<'r> {
    fn from(origin: &'r Origin) -> Self {
        let agent = origin.user_agent.as_ref();
        Self {
            ip: origin.ip.as_deref(),
            user_agent: agent.map(|agent| &*agent.raw),
            user_agent_parsed: agent.map(|agent| &*agent.parsed),
        }
    }
}

/// What a script was given, with the token masked as every member of that name is. The context is stored beside it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScriptInputView {
    token: &'static str,
    token_type: &'static str,
}

impl ScriptInputView {
    pub(crate) fn of(kind: TokenType) -> Self {
        Self { token: MASK, token_type: kind.as_path() }
    }
}

/// What a script returned, or why it did not, written once for both entries that say it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScriptFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_token_claims: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_jwt_error: Option<Value>,
}

impl ScriptFields {
    pub(crate) fn of(verdict: &Verdict) -> Result<Self, serde_json::Error> {
        let error = match verdict {
            Verdict::Claims { returned, .. } => {
                let claims = serde_json::value::to_raw_value(&Masked(returned))?;
                return Ok(Self { custom_token_claims: Some(claims), custom_jwt_error: None });
            }
            Verdict::Denied(message) => {
                json!({"message": message, "error": {"code": "AccessDenied", "message": message}})
            }
            Verdict::Failed(message) => json!({"message": message}),
            Verdict::Unavailable(message) => message.as_str().into(),
        };
        Ok(Self { custom_token_claims: None, custom_jwt_error: Some(error) })
    }
}

impl Verdict {
    pub(crate) fn result(&self) -> &'static str {
        match self {
            Self::Claims { .. } => SUCCESS,
            Self::Denied(_) | Self::Failed(_) | Self::Unavailable(_) => ERROR,
        }
    }

    pub(crate) fn ignored(&self) -> &[&'static str] {
        match self {
            Self::Claims { ignored, .. } => ignored,
            Self::Denied(_) | Self::Failed(_) | Self::Unavailable(_) => &[],
        }
    }
}

pub(crate) const SUCCESS: &str = "Success";
pub(crate) const ERROR: &str = "Error";

/// Bytes of a parameter that are kept. Strangers send them too, and what they send is stored for months.
const KEPT: usize = 512;
/// Values of `resource` that are kept. No request with more than one is granted.
const KEPT_RESOURCES: usize = 8;

/// As much of a parameter as is kept.
fn kept(text: &str) -> &str {
    text.get(..text.floor_char_boundary(KEPT)).unwrap_or_default()
}

/// Cuts every text of `value`, at any depth, to what is kept of a parameter.
pub(crate) fn shorten(value: &mut Value) {
    match value {
        Value::String(text) => text.truncate(text.floor_char_boundary(KEPT)),
        Value::Array(items) => {
            items.truncate(KEPT_RESOURCES);
            items.iter_mut().for_each(shorten);
        }
        Value::Object(members) => members.values_mut().for_each(shorten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The parameters of a token request that are worth keeping.
#[derive(Serialize)]
pub(crate) struct Params<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    grant_type: Option<GrantName>,
    client_id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_assertion: Option<&'static str>,
    #[serde(flatten)]
    presented: Presented<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<Resources<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<&'r str>,
}

/// What stood for a grant, masked, and what says more about it.
#[derive(Default, Serialize)]
struct Presented<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_verifier: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_token: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_token_type: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_token: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_token_type: Option<&'r str>,
}

impl<'r> Presented<'r> {
    fn of(grant: &'r GrantRequest) -> Self {
        let masked = |secret: &Option<Plain>| secret.as_ref().map(|_| MASK);
        match grant {
            GrantRequest::AuthorizationCode { code, redirect_uri, code_verifier, .. } => Self {
                code: masked(code),
                redirect_uri: redirect_uri.as_deref().map(kept),
                code_verifier: masked(code_verifier),
                ..Self::default()
            },
            GrantRequest::RefreshToken { refresh_token, .. } => {
                Self { refresh_token: masked(refresh_token), ..Self::default() }
            }
            GrantRequest::DeviceCode { device_code, .. } => {
                Self { device_code: masked(device_code), ..Self::default() }
            }
            GrantRequest::TokenExchange(exchange) => Self {
                subject_token: masked(&exchange.subject_token),
                subject_token_type: exchange.subject_token_type.as_deref().map(kept),
                actor_token: masked(&exchange.actor_token),
                actor_token_type: exchange.actor_token_type.as_deref().map(kept),
                ..Self::default()
            },
            GrantRequest::ClientCredentials { .. } | GrantRequest::NotOffered(_) => Self::default(),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Resources<'r> {
    One(&'r str),
    Several(Vec<&'r str>),
}

impl<'r> Params<'r> {
    /// The grant, when it is known.
    pub(crate) fn grant(&self) -> Option<GrantType> {
        self.grant_type.as_ref().map(|name| name.0)
    }

    pub(crate) fn of(credential: &'r ClientCredential, grant: Option<&'r GrantRequest>) -> Self {
        let posted = matches!(credential, ClientCredential::Secret { via: SecretVia::Post, .. });
        let asserted = matches!(credential, ClientCredential::Assertion(_));
        let mut params = Self {
            grant_type: grant.map(|grant| GrantName(grant.grant_type())),
            client_id: kept(credential.client_id()),
            client_secret: posted.then_some(MASK),
            client_assertion: asserted.then_some(MASK),
            presented: grant.map(Presented::of).unwrap_or_default(),
            scope: None,
            resource: None,
            organization_id: None,
        };
        let (scope, resources, organization_id) = match grant {
            Some(
                GrantRequest::ClientCredentials { scope, resources, organization_id }
                | GrantRequest::RefreshToken { scope, resources, organization_id, .. },
            ) => (scope.as_ref(), resources.as_slice(), organization_id.as_deref()),
            Some(GrantRequest::TokenExchange(exchange)) => {
                (exchange.scope.as_ref(), exchange.resources.as_slice(), exchange.organization_id.as_deref())
            }
            Some(GrantRequest::AuthorizationCode { resources, .. } | GrantRequest::DeviceCode { resources, .. }) => {
                (None, resources.as_slice(), None)
            }
            Some(GrantRequest::NotOffered(_)) | None => return params,
        };
        params.scope = scope.map(|scope| {
            let mut text = scope.to_string();
            text.truncate(text.floor_char_boundary(KEPT));
            text
        });
        params.resource = match resources {
            [] => None,
            [one] => Some(Resources::One(kept(one))),
            several => Some(Resources::Several(several.iter().take(KEPT_RESOURCES).map(|one| kept(one)).collect())),
        };
        params.organization_id = organization_id.map(kept);
        params
    }
}

/// A grant as requests name it.
struct GrantName(GrantType);

impl Serialize for GrantName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_str().serialize(serializer)
    }
}
