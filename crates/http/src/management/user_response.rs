//! A user as administrators see them.

use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::user::{PasswordHash, User};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserResponse {
    id: String,
    username: Option<String>,
    primary_email: Option<String>,
    primary_phone: Option<String>,
    name: Option<String>,
    avatar: Option<String>,
    #[schema(value_type = Object)]
    custom_data: Map<String, Value>,
    /// Social identities by the connector's target.
    #[schema(value_type = Object)]
    identities: Map<String, Value>,
    /// Milliseconds since the epoch.
    last_sign_in_at: Option<i64>,
    /// Milliseconds since the epoch.
    created_at: i64,
    /// Milliseconds since the epoch.
    updated_at: i64,
    #[schema(value_type = Object)]
    profile: Map<String, Value>,
    /// The application that the user signed in to first.
    application_id: Option<String>,
    /// Always `null`: clients with a URL as their id are not built.
    #[schema(value_type = Option<String>)]
    cimd_client_id: (),
    is_suspended: bool,
    /// Not in lists of organization members.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    has_password: Option<bool>,
    /// Only when asked for.
    #[serde(flatten)]
    password_hash: Option<ShownHash>,
    /// Only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>, nullable = false)]
    sso_identities: Option<[(); 0]>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ShownHash {
    password_digest: Option<String>,
    password_algorithm: Option<&'static str>,
}

impl UserResponse {
    pub(crate) fn new(user: User) -> Self {
        Self {
            id: user.id.to_string(),
            username: user.username,
            primary_email: user.primary_email,
            primary_phone: user.primary_phone,
            name: user.name,
            avatar: user.avatar,
            custom_data: user.custom_data,
            identities: user.identities,
            last_sign_in_at: user.last_sign_in_at.map(|at| at.0),
            created_at: user.created_at.0,
            updated_at: user.updated_at.0,
            profile: user.profile,
            application_id: user.application_id.map(String::from),
            cimd_client_id: (),
            is_suspended: user.is_suspended,
            has_password: Some(user.has_password),
            password_hash: None,
            sso_identities: None,
        }
    }

    pub(super) fn with_password_hash(self, hash: Option<PasswordHash>) -> Self {
        let (method, digest) = hash.map(|hash| (hash.method.as_str(), hash.digest)).unzip();
        Self { password_hash: Some(ShownHash { password_digest: digest, password_algorithm: method }), ..self }
    }

    pub(super) fn without_has_password(self) -> Self {
        Self { has_password: None, ..self }
    }

    /// Nobody has one before there are connectors for enterprises.
    pub(super) fn with_sso_identities(self) -> Self {
        Self { sso_identities: Some([]), ..self }
    }
}
