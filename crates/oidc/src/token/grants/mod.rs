//! Step 2: what they hold. A grant only validates; the steps around it are the same for all.

mod client_credentials;

use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use crate::token::request::GrantRequest;
use signet_core::resource::ApiResource;
use signet_core::scope::Scope;
use std::sync::Arc;

/// A grant that holds: who the token is about, for whom, and what was asked.
#[derive(Debug)]
pub(crate) struct Redeemed {
    pub(crate) resource: Arc<ApiResource>,
    pub(crate) requested: Scope,
}

pub(crate) async fn redeem(
    provider: &Provider,
    client: &AuthenticatedClient,
    grant: &GrantRequest,
) -> Result<Redeemed, OAuthError> {
    match grant {
        GrantRequest::ClientCredentials { scope, resources, organization_id } => {
            let asked = client_credentials::Asked {
                scope: scope.as_ref(),
                resources,
                organization_id: organization_id.as_deref(),
            };
            client_credentials::redeem(provider, client, asked).await
        }
        GrantRequest::NotOffered(_) => Err(OAuthError::GrantNotAllowed),
    }
}
