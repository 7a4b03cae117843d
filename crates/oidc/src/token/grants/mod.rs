//! Step 2: what they hold. A grant only validates; the steps around it are the same for all.

mod authorization_code;
mod client_credentials;
mod device_code;
mod organization;
mod person;
mod refresh_token;
mod target;
mod token_exchange;

use crate::error::OAuthError;
use crate::provider::Provider;
use crate::token::client_auth::AuthenticatedClient;
use crate::token::request::{GrantRequest, GrantType};
pub(crate) use person::{Holding, Impersonation, PersonGrant};
pub(crate) use refresh_token::GRACE;
use signet_core::application::{Application, ApplicationType};
use signet_core::scope::Scope;
pub(crate) use target::{Recipient, Target};

/// A grant that holds.
pub(crate) enum Redeemed {
    Machine(MachineGrant),
    Person(Box<PersonGrant>),
}

/// A machine asks for itself: for whom, and what was asked.
pub(crate) struct MachineGrant {
    pub(crate) recipient: Recipient,
    pub(crate) requested: Scope,
}

pub(crate) async fn redeem(
    provider: &Provider,
    client: &AuthenticatedClient,
    grant: &GrantRequest,
) -> Result<Redeemed, OAuthError> {
    if !is_allowed(&client.application, grant.grant_type()) {
        return Err(OAuthError::GrantNotAllowed);
    }
    let person = match grant {
        GrantRequest::ClientCredentials { scope, resources, organization_id } => {
            let asked = client_credentials::Asked {
                scope: scope.as_ref(),
                resources,
                organization_id: organization_id.as_deref(),
            };
            return client_credentials::redeem(provider, client, asked).await.map(Redeemed::Machine);
        }
        GrantRequest::AuthorizationCode { code, redirect_uri, code_verifier, resources } => {
            let asked = authorization_code::Asked {
                code: code.as_ref(),
                redirect_uri: redirect_uri.as_deref(),
                verifier: code_verifier.as_ref(),
                resources,
            };
            authorization_code::redeem(provider, client, asked).await?
        }
        GrantRequest::RefreshToken { refresh_token, scope, resources, organization_id } => {
            let asked = refresh_token::Asked {
                token: refresh_token.as_ref(),
                scope: scope.as_ref(),
                resources,
                organization_id: organization_id.as_deref(),
            };
            refresh_token::redeem(provider, client, asked).await?
        }
        GrantRequest::DeviceCode { device_code, resources } => {
            device_code::redeem(provider, client, (device_code.as_ref(), resources)).await?
        }
        GrantRequest::TokenExchange(asked) => token_exchange::redeem(provider, client, asked).await?,
        GrantRequest::NotOffered(_) => return Err(OAuthError::GrantNotAllowed),
    };
    Ok(Redeemed::Person(Box::new(person)))
}

/// Which kinds of applications may use which grants (RFC 6749 §5.2, `unauthorized_client`; the reference answers
/// `invalid_request`).
fn is_allowed(application: &Application, grant: GrantType) -> bool {
    match grant {
        GrantType::AuthorizationCode => application.has_code_flow(),
        GrantType::RefreshToken => application.may_refresh(),
        GrantType::ClientCredentials => application.kind == ApplicationType::MachineToMachine,
        GrantType::DeviceCode => application.is_device_flow(),
        GrantType::TokenExchange => application.may_exchange_tokens(),
        GrantType::Implicit => false,
    }
}
