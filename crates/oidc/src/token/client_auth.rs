//! Step 1: who asks (RFC 6749 §2.3, RFC 7523 §2.2).

use crate::error::{ClientAuthenticationFailure, OAuthError};
use crate::provider::{Client, Provider, internal};
use crate::token::client_assertion::{AssertionExpected, AssertionKeys, ClientAssertion, VerifiedAssertion};
use crate::token::credentials::ClientCredential;
use crate::token::request::TOKEN_PATH;
use serde_json::Value;
use sha2::{Digest, Sha256};
use signet_core::application::ClientAuthMethod;
use signet_core::secret::Plain;
use std::fmt::Write;
use std::sync::Arc;

/// A client that proved who it is, or a public one that said so.
pub struct AuthenticatedClient(Arc<Client>);

impl std::ops::Deref for AuthenticatedClient {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

/// The method must be the registered one: a stolen secret must not pass for a key (RFC 9700 §2.5).
pub async fn authenticate(
    provider: &Provider,
    credential: &ClientCredential,
) -> Result<AuthenticatedClient, OAuthError> {
    let unknown = || OAuthError::UnknownClient(credential.client_id().to_owned());
    let client = provider.client(credential.client_id()).await?.ok_or_else(unknown)?;
    let refused = |source| OAuthError::ClientAuthentication { challenge: credential.challenge(), source };
    match (client.application.auth_method(), credential) {
        // A secret sent by a public client proves nothing and is not read.
        (ClientAuthMethod::None, ClientCredential::None { .. } | ClientCredential::Secret { .. }) => {}
        (ClientAuthMethod::Secret, ClientCredential::Secret { secret, .. }) => {
            check_secret(provider, &client, secret).map_err(|failure| failure.into_error(refused))?;
        }
        (ClientAuthMethod::Secret, ClientCredential::None { .. }) => {
            return Err(refused(ClientAuthenticationFailure::SecretMissing));
        }
        (ClientAuthMethod::ClientSecretJwt | ClientAuthMethod::PrivateKeyJwt, ClientCredential::Assertion(_)) => {
            check_assertion(provider, &client, credential).await?;
        }
        (
            ClientAuthMethod::None
            | ClientAuthMethod::Secret
            | ClientAuthMethod::ClientSecretJwt
            | ClientAuthMethod::PrivateKeyJwt,
            _,
        ) => return Err(refused(ClientAuthenticationFailure::WrongMethod)),
    }
    Ok(AuthenticatedClient(client))
}

enum SecretFailure {
    Wrong,
    Expired,
}

impl SecretFailure {
    fn into_error(self, refused: impl FnOnce(ClientAuthenticationFailure) -> OAuthError) -> OAuthError {
        match self {
            Self::Wrong => refused(ClientAuthenticationFailure::SecretWrong),
            Self::Expired => OAuthError::SecretExpired,
        }
    }
}

/// Any unexpired secret will do. Every secret is compared, in constant time each, so that the answer's timing does not
/// say which one nearly matched.
fn check_secret(provider: &Provider, client: &Client, presented: &Plain) -> Result<(), SecretFailure> {
    let now = provider.now();
    let (mut valid, mut expired) = (false, false);
    for secret in &client.secrets {
        let matches = secret.digest.matches(presented.expose());
        valid |= matches && !secret.is_expired(now);
        expired |= matches && secret.is_expired(now);
    }
    match (valid, expired) {
        (true, _) => Ok(()),
        (false, true) => Err(SecretFailure::Expired),
        (false, false) => Err(SecretFailure::Wrong),
    }
}

/// A signed assertion, valid once (RFC 7523 §3).
async fn check_assertion(
    provider: &Provider,
    client: &Client,
    credential: &ClientCredential,
) -> Result<(), OAuthError> {
    let ClientCredential::Assertion(assertion) = credential else { return Ok(()) };
    let refused = |source| OAuthError::ClientAuthentication { challenge: credential.challenge(), source };
    let now = provider.now();
    let token_endpoint = format!("{}{TOKEN_PATH}", provider.issuer());
    let client_id = client.application.id.as_str();
    let expected = AssertionExpected { client_id, issuer: provider.issuer(), token_endpoint: &token_endpoint, now };
    let verified = match client.application.auth_method() {
        ClientAuthMethod::PrivateKeyJwt => verified_by_key(provider, client, assertion, &expected).await,
        ClientAuthMethod::ClientSecretJwt | ClientAuthMethod::Secret | ClientAuthMethod::None => {
            let secrets = opened_secrets(provider, client)?;
            assertion.verify(AssertionKeys::Secrets(&secrets), &expected).map_err(Into::into)
        }
    };
    let verified = verified.map_err(refused)?;
    let tx = provider.store.write().await?;
    let fresh = tx.use_assertion(&client.application.id, &hex_digest(&verified.jti), verified.expires_at).await?;
    tx.commit().await?;
    if fresh { Ok(()) } else { Err(refused(ClientAuthenticationFailure::AssertionReplayed)) }
}

/// By a key that the client registered, or that it publishes. No transaction is open: this may send a request.
async fn verified_by_key(
    provider: &Provider,
    client: &Client,
    assertion: &ClientAssertion,
    expected: &AssertionExpected<'_>,
) -> Result<VerifiedAssertion, ClientAuthenticationFailure> {
    let id = &client.application.id;
    let Some(url) = client.application.jwks_uri() else {
        let registered = client.application.jwks().unwrap_or(&Value::Null);
        return Ok(assertion.verify(AssertionKeys::Jwks(registered), expected)?);
    };
    let mut set = provider.key_sets.current(id, url).await?;
    if assertion.names_key_beyond(&set) {
        set = provider.key_sets.renewed(id, url, set).await;
    }
    Ok(assertion.verify(AssertionKeys::Jwks(&set), expected)?)
}

/// The secrets whose text is the key of `client_secret_jwt`.
fn opened_secrets(provider: &Provider, client: &Client) -> Result<Vec<Plain>, OAuthError> {
    if client.application.auth_method() != ClientAuthMethod::ClientSecretJwt {
        return Ok(Vec::new());
    }
    let now = provider.now();
    let usable = client.secrets.iter().filter(|secret| !secret.is_expired(now));
    usable.map(|secret| provider.store.open_secret(&client.application.id, secret).map_err(internal)).collect()
}

/// A `jti` may be long; its digest has one length and says nothing.
fn hex_digest(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        write!(hex, "{byte:02x}").ok();
        hex
    })
}
