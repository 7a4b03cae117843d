//! Step 4: what a script may see, serialized once.
//!
//! The members of `token` and `context` are a promise to authors of scripts.

use crate::mask::mask;
use crate::member::Member;
use crate::provider::Client;
use serde::Serialize;
use serde_json::{Value, json};
use signet_core::application::Application;
use signet_core::audit::AuditContext;
use signet_core::id::TenantId;
use signet_core::secret::Plain;
use std::ops::Range;
use std::sync::Arc;

/// `token` of a machine's script.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineToken<'t> {
    pub jti: &'t str,
    pub kind: &'static str,
    pub client_id: &'t str,
    pub aud: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<&'t str>,
}

/// An application without its secrets, as the Management API shows it.
pub fn application_view(tenant: &TenantId, application: &Application) -> Value {
    json!({
        "tenantId": tenant,
        "id": application.id,
        "name": application.name,
        "description": application.description,
        "type": application.kind.as_str(),
        "oidcClientMetadata": application.oidc_client_metadata,
        "customClientMetadata": application.custom_client_metadata,
        "protectedAppMetadata": application.protected_app_metadata,
        "customData": application.custom_data,
        "isThirdParty": application.is_third_party,
        "appLevelAccessControlEnabled": application.app_level_access_control_enabled,
        "createdAt": application.created_at,
    })
}

impl Client {
    pub(super) fn script_view(&self, tenant: &TenantId) -> &Arc<str> {
        self.script_view.get_or_init(|| application_view(tenant, &self.application).to_string().into())
    }

    pub(crate) fn audit_context(&self, tenant: &TenantId) -> &Arc<AuditContext> {
        self.audit_context.get_or_init(|| {
            let mut view = application_view(tenant, &self.application);
            mask(&mut view);
            Arc::new(AuditContext::new(json!({ "application": view }).to_string()))
        })
    }
}

/// Writes `context` of a machine's script: `{application, organization?, organizationRoles?}`.
pub(crate) fn machine_context(text: &mut Vec<u8>, tenant: &TenantId, client: &Client, member: Option<&Member>) {
    let application = client.script_view(tenant);
    let organization = member.map(|member| member.script_view(tenant));
    text.reserve(ROOM + application.len() + organization.map_or(0, |view| view.len()));
    text.extend_from_slice(b"{\"application\":");
    text.extend_from_slice(application.as_bytes());
    if let Some(organization) = organization {
        text.push(b',');
        text.extend_from_slice(organization.as_bytes());
    }
    text.push(b'}');
}

/// Bytes for what stands around the parts of a context, and for small environments behind it.
pub(super) const ROOM: usize = 512;

/// A script's argument, `{token, context, environmentVariables?}`, as JSON.
pub(crate) struct Input {
    text: Vec<u8>,
    context: Range<usize>,
}

impl Input {
    /// `context` writes a JSON object; `environment` is the JSON object that was sealed. Without it the script finds no
    /// such member.
    pub(crate) fn new(
        token: &impl Serialize,
        context: impl FnOnce(&mut Vec<u8>),
        environment: Option<&Plain>,
    ) -> Result<Self, serde_json::Error> {
        let mut text = Vec::with_capacity(ROOM);
        text.extend_from_slice(b"{\"token\":");
        serde_json::to_writer(&mut text, token)?;
        text.extend_from_slice(b",\"context\":");
        let start = text.len();
        context(&mut text);
        let context = start..text.len();
        if let Some(environment) = environment {
            text.extend_from_slice(b",\"environmentVariables\":");
            text.extend_from_slice(environment.expose().as_bytes());
        }
        text.push(b'}');
        Ok(Self { text, context })
    }

    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    pub(crate) fn context(&self) -> &[u8] {
        self.text.get(self.context.clone()).unwrap_or_default()
    }
}
