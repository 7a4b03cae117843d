//! Rows with defaults for everything that a story does not talk about.

use super::NOW;
use serde_json::{Map, Value as Json, json};
use signet_core::application::{Application, ApplicationSecret, ApplicationType};
use signet_core::audit::{AuditContext, AuditEntry, LogKey};
use signet_core::device::{DeviceCode, DeviceStatus};
use signet_core::grant::{Grant, Rejected};
use signet_core::interaction::{Interaction, PendingPrompt};
use signet_core::invitation::{Invitation, InvitationState};
use signet_core::organization::{Organization, OrganizationRole, OrganizationScope};
use signet_core::resource::{ApiResource, ApiScope};
use signet_core::role::{Role, RoleType};
use signet_core::scope::Scope;
use signet_core::script::ClaimsScript;
use signet_core::secret::{Sealed, ValueHash};
use signet_core::session::Session;
use signet_core::signing_key::{KeyStatus, SigningAlgorithm, StoredKey};
use signet_core::time::Timestamp;
use signet_core::token::{AuthorizationCode, OpaqueToken, RefreshToken, SignInFacts};
use signet_core::user::User;
use std::collections::BTreeMap;
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

pub(crate) fn organization(id_text: &str) -> Organization {
    Organization {
        id: id(id_text),
        name: format!("organization {id_text}"),
        description: None,
        custom_data: Map::new(),
        is_mfa_required: false,
        color: Map::new(),
        branding: Map::new(),
        custom_css: None,
        created_at: NOW,
    }
}

pub(crate) fn organization_role(id_text: &str) -> OrganizationRole {
    let name = format!("organization role {id_text}");
    OrganizationRole { id: id(id_text), name, description: None, kind: RoleType::User }
}

pub(crate) fn organization_scope(id_text: &str) -> OrganizationScope {
    OrganizationScope { id: id(id_text), name: format!("organization scope {id_text}"), description: None }
}

/// To Ada.
pub(crate) fn invitation(id_text: &str, organization: &str) -> Invitation {
    Invitation {
        id: id(id_text),
        organization_id: id(organization),
        invitee: "Ada@example.com".to_owned(),
        inviter_id: None,
        state: InvitationState::Pending,
        created_at: NOW,
        updated_at: NOW,
        expires_at: Timestamp(NOW.0 + 60_000),
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

/// When everything of a sign-in expires.
const SOON: Timestamp = Timestamp(NOW.0 + 60_000);

pub(crate) fn user(id_text: &str) -> User {
    User::new(id(id_text), NOW)
}

/// A session whose cookie is its uid.
pub(crate) fn session(uid: &str, user: &str) -> Session {
    Session {
        uid: id(uid),
        cookie: ValueHash::of(uid),
        user_id: id(user),
        login_at: NOW,
        client_id: Some(id("app")),
        last_submission: None,
        created_at: NOW,
        expires_at: SOON,
    }
}

pub(crate) fn grant(id_text: &str, user: &str) -> Grant {
    Grant {
        id: id(id_text),
        user_id: id(user),
        client_id: id("app"),
        openid: Scope::parse("openid profile"),
        resources: BTreeMap::from([("https://api.example".to_owned(), Scope::parse("read write"))]),
        rejected: Rejected { openid: Scope::parse("email"), ..Default::default() },
        created_at: NOW,
        expires_at: SOON,
    }
}

pub(crate) fn facts() -> SignInFacts {
    SignInFacts {
        scope: Scope::parse("openid profile read"),
        resources: vec!["https://api.example".to_owned()],
        nonce: Some("n".to_owned()),
        auth_time: Some(NOW.seconds()),
        gty: "authorization_code".to_owned(),
        ..Default::default()
    }
}

/// A code whose value is `value`.
pub(crate) fn code(value: &str, grant: &str) -> AuthorizationCode {
    AuthorizationCode {
        hash: ValueHash::of(value),
        grant_id: id(grant),
        user_id: id("ada"),
        client_id: id("app"),
        session_uid: Some(id("session")),
        redirect_uri: Some("https://app.example/cb".to_owned()),
        code_challenge: Some("challenge".to_owned()),
        facts: facts(),
        created_at: NOW,
        expires_at: SOON,
        consumed_at: None,
    }
}

pub(crate) fn refresh_token(value: &str, grant: &str) -> RefreshToken {
    RefreshToken {
        hash: ValueHash::of(value),
        grant_id: id(grant),
        user_id: id("ada"),
        client_id: id("app"),
        session_uid: None,
        expires_with_session: false,
        facts: facts(),
        rotations: 2,
        chain_started_at: NOW,
        created_at: NOW,
        expires_at: SOON,
        consumed_at: None,
    }
}

pub(crate) fn opaque_token(value: &str, grant: &str) -> OpaqueToken {
    OpaqueToken {
        hash: ValueHash::of(value),
        grant_id: id(grant),
        user_id: id("ada"),
        client_id: id("app"),
        session_uid: Some(id("session")),
        expires_with_session: true,
        scope: Scope::parse("openid"),
        claims: object(json!({ "tier": 1 })),
        created_at: NOW,
        expires_at: SOON,
    }
}

pub(crate) fn interaction(uid: &str) -> Interaction {
    Interaction {
        uid: id(uid),
        client_id: id("app"),
        params: object(json!({ "scope": "openid", "resource": ["https://api.example"] })),
        prompt: PendingPrompt::Login,
        session_uid: Some(id("session")),
        user_id: Some(id("ada")),
        device: None,
        experience: None,
        login: None,
        grant_id: None,
        version: 0,
        created_at: NOW,
        expires_at: SOON,
    }
}

/// A device that waits, a minute at most.
pub(crate) fn device_code(value: &str, user_code: &str) -> DeviceCode {
    DeviceCode {
        hash: ValueHash::of(value),
        user_code: user_code.to_owned(),
        client_id: id("device"),
        params: object(json!({ "scope": "openid" })),
        status: DeviceStatus::Pending,
        grant_id: None,
        user_id: None,
        session_uid: None,
        facts: None,
        created_at: NOW,
        expires_at: NOW.plus(std::time::Duration::from_mins(1)),
    }
}
