//! Applications: OAuth clients of a tenant, and what each type may do.

use crate::id::ApplicationId;
use crate::secret::{Hashed, Sealed};
use crate::time::Timestamp;
use serde_json::{Map, Value};

/// Kinds of applications. The kind fixes authentication at the token endpoint, grants and response types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApplicationType {
    Native,
    Spa,
    Traditional,
    MachineToMachine,
    Protected,
    Saml,
}

impl ApplicationType {
    pub const ALL: [Self; 6] =
        [Self::Native, Self::Spa, Self::Traditional, Self::MachineToMachine, Self::Protected, Self::Saml];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "Native",
            Self::Spa => "SPA",
            Self::Traditional => "Traditional",
            Self::MachineToMachine => "MachineToMachine",
            Self::Protected => "Protected",
            Self::Saml => "SAML",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Public clients (RFC 6749 §2.1) hold no secret.
    pub fn is_confidential(self) -> bool {
        match self {
            Self::Native | Self::Spa => false,
            Self::Traditional | Self::MachineToMachine | Self::Protected | Self::Saml => true,
        }
    }

    /// Whether the Management API hands out secrets for it.
    pub fn has_managed_secrets(self) -> bool {
        matches!(self, Self::Traditional | Self::MachineToMachine | Self::Protected)
    }

    pub fn may_be_third_party(self) -> bool {
        matches!(self, Self::Traditional | Self::Spa | Self::Native)
    }
}

/// How a client proves who it is at the token endpoint (OIDC Core §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientAuthMethod {
    /// Public client.
    None,
    /// `client_secret_basic` or `client_secret_post`, whichever it uses.
    Secret,
    ClientSecretJwt,
    PrivateKeyJwt,
}

/// Values of the additive `oidcClientMetadata.tokenEndpointAuthMethod`.
pub const AUTH_METHODS: [&str; 4] =
    ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"];

/// An application as it is stored. Metadata are JSON objects that the Management API has checked.
#[derive(Debug, Clone)]
pub struct Application {
    pub id: ApplicationId,
    pub name: String,
    pub description: Option<String>,
    pub kind: ApplicationType,
    pub oidc_client_metadata: Map<String, Value>,
    pub custom_client_metadata: Map<String, Value>,
    pub protected_app_metadata: Option<Map<String, Value>>,
    pub custom_data: Map<String, Value>,
    pub is_third_party: bool,
    pub app_level_access_control_enabled: bool,
    pub created_at: Timestamp,
}

impl Application {
    pub fn auth_method(&self) -> ClientAuthMethod {
        if !self.kind.is_confidential() {
            return ClientAuthMethod::None;
        }
        match self.oidc_client_metadata.get("tokenEndpointAuthMethod").and_then(Value::as_str) {
            Some("client_secret_jwt") => ClientAuthMethod::ClientSecretJwt,
            Some("private_key_jwt") => ClientAuthMethod::PrivateKeyJwt,
            _ => ClientAuthMethod::Secret,
        }
    }

    /// The keys registered for `private_key_jwt`: a JWK set (RFC 7517 §5).
    pub fn jwks(&self) -> Option<&Value> {
        self.oidc_client_metadata.get("jwks")
    }

    /// Places that an authorization answer may go to, as they were registered.
    pub fn redirect_uris(&self) -> impl Iterator<Item = &str> {
        texts(self.oidc_client_metadata.get("redirectUris"))
    }

    /// Places that a browser may go to after a logout, as they were registered.
    pub fn post_logout_redirect_uris(&self) -> impl Iterator<Item = &str> {
        texts(self.oidc_client_metadata.get("postLogoutRedirectUris"))
    }

    /// Origins of pages that may call the token endpoint, beside those of redirect URIs.
    pub fn cors_allowed_origins(&self) -> impl Iterator<Item = &str> {
        texts(self.custom_client_metadata.get("corsAllowedOrigins"))
    }

    /// Where the client hears of logouts (OIDC Back-Channel Logout §2.2).
    pub fn backchannel_logout_uri(&self) -> Option<&str> {
        self.oidc_client_metadata.get("backchannelLogoutUri").and_then(Value::as_str)
    }

    /// Whether logout tokens and ID tokens name the session (OIDC Back-Channel Logout §2.2).
    pub fn wants_sid(&self) -> bool {
        let required = self.oidc_client_metadata.get("backchannelLogoutSessionRequired").and_then(Value::as_bool);
        self.backchannel_logout_uri().is_some() && required == Some(true)
    }

    pub fn is_native(&self) -> bool {
        self.kind == ApplicationType::Native
    }

    /// A native application whose people sign in on another device (RFC 8628).
    pub fn is_device_flow(&self) -> bool {
        self.is_native() && self.custom_flag("isDeviceFlow")
    }

    /// Whether people can be sent to it with a code: the authorization code grant and response type `code`.
    pub fn has_code_flow(&self) -> bool {
        self.kind != ApplicationType::MachineToMachine && !self.is_device_flow()
    }

    /// Whether it has the refresh token grant.
    pub fn may_refresh(&self) -> bool {
        self.kind != ApplicationType::MachineToMachine
    }

    /// How many grants of one person the application may have at once.
    pub fn max_allowed_grants(&self) -> Option<usize> {
        let stored = self.custom_client_metadata.get("maxAllowedGrants").and_then(Value::as_u64)?;
        usize::try_from(stored).ok().filter(|most| *most > 0)
    }

    fn custom_flag(&self, name: &str) -> bool {
        self.custom_client_metadata.get(name).and_then(Value::as_bool) == Some(true)
    }

    /// Where the client publishes these keys, when it did not register them.
    pub fn jwks_uri(&self) -> Option<&str> {
        self.oidc_client_metadata.get("jwksUri").and_then(Value::as_str)
    }
}

fn texts(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// One of an application's secrets. The value can be shown again, so it is sealed; compares use its digest.
#[derive(Debug, Clone)]
pub struct ApplicationSecret {
    pub application_id: ApplicationId,
    pub name: String,
    pub value: Sealed,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

/// Name of the secret that a new confidential application gets.
pub const DEFAULT_SECRET_NAME: &str = "Default secret";

/// A secret as the token endpoint needs it.
#[derive(Debug, Clone)]
pub struct SecretDigest {
    pub name: String,
    pub digest: Hashed,
    pub sealed: Sealed,
    pub expires_at: Option<Timestamp>,
}

impl SecretDigest {
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}
