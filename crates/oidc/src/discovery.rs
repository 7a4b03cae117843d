//! The discovery document (OIDC Discovery 1.0 §3, RFC 8414 §2). It names only what works.

use crate::error::OAuthError;
use crate::provider::Provider;
use serde::Serialize;
use signet_core::signing_key::SigningAlgorithm;

/// Member names are the registry's.
#[derive(Debug, Serialize)]
pub struct Discovery {
    issuer: String,
    token_endpoint: String,
    jwks_uri: String,
    introspection_endpoint: String,
    revocation_endpoint: String,
    claims_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    claims_supported: &'static [&'static str],
    claim_types_supported: &'static [&'static str],
    grant_types_supported: &'static [&'static str],
    subject_types_supported: &'static [&'static str],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: &'static [&'static str],
    token_endpoint_auth_signing_alg_values_supported: &'static [&'static str],
}

/// How clients authenticate here (OIDC Core §9).
const AUTH_METHODS: &[&str] = &["client_secret_basic", "client_secret_jwt", "client_secret_post", "private_key_jwt"];

/// What client assertions may be signed with.
const ASSERTION_ALGORITHMS: &[&str] = &["HS256", "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"];

impl Discovery {
    pub async fn of(provider: &Provider) -> Result<Self, OAuthError> {
        let issuer = provider.issuer();
        let algorithms = provider.key_ring().await?.algorithms();
        Ok(Self {
            issuer: issuer.to_owned(),
            token_endpoint: format!("{issuer}/token"),
            jwks_uri: format!("{issuer}/jwks"),
            introspection_endpoint: format!("{issuer}/token/introspection"),
            revocation_endpoint: format!("{issuer}/token/revocation"),
            claims_parameter_supported: false,
            request_uri_parameter_supported: false,
            claims_supported: &["sub", "iss"],
            claim_types_supported: &["normal"],
            grant_types_supported: &["client_credentials"],
            subject_types_supported: &["public"],
            id_token_signing_alg_values_supported: algorithms.into_iter().map(SigningAlgorithm::as_str).collect(),
            token_endpoint_auth_methods_supported: AUTH_METHODS,
            token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
        })
    }
}
