//! The discovery document (OIDC Discovery 1.0 §3, RFC 8414 §2). It names only what works.

use crate::authorize::RESPONSE_TYPES;
use crate::authorize::push::PUSH_PATH;
use crate::authorize::request::AUTHORIZATION_PATH;
use crate::authorize::respond::ResponseMode;
use crate::end_session::END_SESSION_PATH;
use crate::error::OAuthError;
use crate::introspect::{INTROSPECTION_PATH, REVOCATION_PATH};
use crate::provider::Provider;
use crate::token::request::{GrantType, TOKEN_PATH};
use serde::Serialize;
use signet_core::scope::SUPPORTED_SCOPES;
use signet_core::signing_key::SigningAlgorithm;

/// Member names are the registry's.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the registry has them")]
pub struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    introspection_endpoint: String,
    revocation_endpoint: String,
    end_session_endpoint: String,
    device_authorization_endpoint: String,
    pushed_authorization_request_endpoint: String,
    claims_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    authorization_response_iss_parameter_supported: bool,
    claims_supported: &'static [&'static str],
    claim_types_supported: &'static [&'static str],
    code_challenge_methods_supported: &'static [&'static str],
    grant_types_supported: Vec<&'static str>,
    response_modes_supported: Vec<&'static str>,
    response_types_supported: &'static [&'static str],
    scopes_supported: &'static [&'static str],
    subject_types_supported: &'static [&'static str],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: &'static [&'static str],
    token_endpoint_auth_signing_alg_values_supported: &'static [&'static str],
    backchannel_logout_supported: bool,
    backchannel_logout_session_supported: bool,
}

/// How clients authenticate here (OIDC Core §9).
const AUTH_METHODS: &[&str] =
    &["client_secret_basic", "client_secret_jwt", "client_secret_post", "private_key_jwt", "none"];

/// What client assertions may be signed with.
const ASSERTION_ALGORITHMS: &[&str] = &["HS256", "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"];

/// Claims of ID tokens and of userinfo, in the order in which clients know them.
const CLAIMS: &[&str] = &[
    "sub",
    "name",
    "family_name",
    "given_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
    "username",
    "created_at",
    "email",
    "email_verified",
    "phone_number",
    "phone_number_verified",
    "address",
    "custom_data",
    "identities",
    "sso_identities",
    "roles",
    "organizations",
    "organization_data",
    "organization_roles",
    "sid",
    "auth_time",
    "iss",
];

impl Discovery {
    pub async fn of(provider: &Provider) -> Result<Self, OAuthError> {
        let issuer = provider.issuer();
        let at = |path: &str| format!("{issuer}{path}");
        let algorithms = provider.key_ring().await?.algorithms();
        Ok(Self {
            issuer: issuer.to_owned(),
            authorization_endpoint: at(AUTHORIZATION_PATH),
            token_endpoint: at(TOKEN_PATH),
            userinfo_endpoint: at("/me"),
            jwks_uri: at("/jwks"),
            introspection_endpoint: at(INTROSPECTION_PATH),
            revocation_endpoint: at(REVOCATION_PATH),
            end_session_endpoint: at(END_SESSION_PATH),
            device_authorization_endpoint: at("/device/auth"),
            pushed_authorization_request_endpoint: at(PUSH_PATH),
            claims_parameter_supported: false,
            request_uri_parameter_supported: false,
            authorization_response_iss_parameter_supported: true,
            claims_supported: CLAIMS,
            claim_types_supported: &["normal"],
            code_challenge_methods_supported: &["S256"],
            grant_types_supported: GrantType::ALL.map(GrantType::as_str).to_vec(),
            response_modes_supported: ResponseMode::ALL.map(ResponseMode::as_str).to_vec(),
            response_types_supported: &RESPONSE_TYPES,
            scopes_supported: &SUPPORTED_SCOPES,
            subject_types_supported: &["public"],
            id_token_signing_alg_values_supported: algorithms.into_iter().map(SigningAlgorithm::as_str).collect(),
            token_endpoint_auth_methods_supported: AUTH_METHODS,
            token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
            backchannel_logout_supported: true,
            backchannel_logout_session_supported: true,
        })
    }
}
