//! Rows with defaults for everything that a story does not talk about.

use super::NOW;
use serde_json::{Map, Value as Json, json};
use signet_core::application::{Application, ApplicationSecret, ApplicationType};
use signet_core::audit::{AuditContext, AuditEntry, LogKey};
use signet_core::resource::{ApiResource, ApiScope};
use signet_core::role::{Role, RoleType};
use signet_core::script::ClaimsScript;
use signet_core::secret::Sealed;
use signet_core::signing_key::{KeyStatus, SigningAlgorithm, StoredKey};
use std::sync::Arc;

/// An id from its text.
pub(crate) fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub(crate) fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(object) => object,
        other => panic!("`{other}` is not an object"),
    }
}

pub(crate) fn application(id_text: &str) -> Application {
    Application {
        id: id(id_text),
        name: format!("application {id_text}"),
        description: None,
        kind: ApplicationType::MachineToMachine,
        oidc_client_metadata: object(json!({ "redirectUris": [], "postLogoutRedirectUris": [] })),
        custom_client_metadata: Map::new(),
        protected_app_metadata: None,
        custom_data: Map::new(),
        is_third_party: false,
        app_level_access_control_enabled: false,
        created_at: NOW,
    }
}

pub(crate) fn secret(application: &str, name: &str, value: Sealed) -> ApplicationSecret {
    ApplicationSecret {
        application_id: id(application),
        name: name.to_owned(),
        value,
        created_at: NOW,
        expires_at: None,
    }
}

pub(crate) fn resource(id_text: &str) -> ApiResource {
    ApiResource {
        id: id(id_text),
        name: format!("resource {id_text}"),
        indicator: format!("https://{id_text}.example"),
        is_default: false,
        access_token_ttl: 3600,
    }
}

pub(crate) fn scope(id_text: &str, resource: &str) -> ApiScope {
    ApiScope {
        id: id(id_text),
        resource_id: id(resource),
        name: format!("{id_text}:read"),
        description: None,
        created_at: NOW,
    }
}

pub(crate) fn role(id_text: &str) -> Role {
    Role {
        id: id(id_text),
        name: format!("role {id_text}"),
        description: "a role".to_owned(),
        kind: RoleType::MachineToMachine,
        is_default: false,
    }
}

pub(crate) fn key(id_text: &str, status: KeyStatus) -> StoredKey {
    StoredKey {
        id: id_text.to_owned(),
        material: Sealed::from_stored(format!("material of {id_text}")),
        algorithm: Some(SigningAlgorithm::Es384),
        status,
        created_at: NOW,
    }
}

pub(crate) fn script(source: &str) -> ClaimsScript {
    ClaimsScript {
        source: source.to_owned(),
        environment_variables: None,
        context_sample: None,
        token_sample: None,
        block_issuance_on_error: None,
        store_logs: None,
    }
}

/// The `number`th entry of the log: later numbers sort later.
pub(crate) fn entry(number: u32) -> AuditEntry {
    AuditEntry {
        id: format!("{number:021}"),
        key: LogKey::ExchangeClientCredentials,
        application_id: Some(id("app")),
        user_id: None,
        payload: json!({ "number": number }).to_string(),
        context: None,
        created_at: NOW,
    }
}

/// An entry about a script that saw `context`.
pub(crate) fn script_entry(number: u32, context: &Json) -> AuditEntry {
    AuditEntry {
        payload: json!({ "number": number, "payload": { "tokenType": "client-credentials" } }).to_string(),
        context: Some(Arc::new(AuditContext::new(context.to_string()))),
        ..entry(number)
    }
}
