//! Whom a person's token is for (RFC 8707 §2.2): one API resource of those that the sign-in asked for, or this server
//! itself.

use crate::error::{OAuthError, TokenError};
use crate::provider::Provider;
use signet_core::resource::{ApiResource, ORGANIZATIONS_INDICATOR, ResourceIndicator};
use signet_core::scope::Scope;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// Userinfo and account routes: an opaque token.
    OwnApi,
    /// A JWT.
    Resource(Arc<ApiResource>),
}

impl Target {
    /// The audience of its tokens. Opaque ones have none.
    pub(crate) fn audience(&self) -> Option<&str> {
        match self {
            Self::OwnApi => None,
            Self::Resource(resource) => Some(&resource.indicator),
        }
    }
}

/// `granted` are the resources that the sign-in asked for. A token that can open userinfo does so unless another target
/// is named.
pub(super) async fn of_sign_in(
    provider: &Provider,
    asked: &[String],
    (granted, requested): (&[String], &Scope),
) -> Result<Target, OAuthError> {
    // Organizations are no audience by themselves: a token of one names it.
    let granted: Vec<&str> =
        granted.iter().map(String::as_str).filter(|granted| *granted != ORGANIZATIONS_INDICATOR).collect();
    match (asked, granted.as_slice()) {
        ([], _) if requested.contains("openid") => Ok(Target::OwnApi),
        ([], []) => Ok(Target::OwnApi),
        ([], [only]) => known(provider, only).await,
        ([named], _) => {
            let indicator = parsed(named)?;
            // An audience that nobody agreed to is none of the client's (RFC 8707 §2.2).
            if !granted.contains(&indicator.as_str()) {
                return Err(OAuthError::UnknownResource);
            }
            known(provider, indicator.as_str()).await
        }
        ([], [_, _, ..]) | ([_, _, ..], _) => Err(TokenError::NotOneResource.into()),
    }
}

/// Any resource of the tenant: for an exchange, which no sign-in has limited.
pub(super) async fn of_exchange(provider: &Provider, asked: &[String]) -> Result<Target, OAuthError> {
    match asked {
        [] => Ok(Target::OwnApi),
        [named] => known(provider, parsed(named)?.as_str()).await,
        [_, _, ..] => Err(TokenError::NotOneResource.into()),
    }
}

fn parsed(indicator: &str) -> Result<ResourceIndicator, OAuthError> {
    indicator.parse().map_err(OAuthError::InvalidIndicator)
}

async fn known(provider: &Provider, indicator: &str) -> Result<Target, OAuthError> {
    provider.resource(indicator).await?.map(Target::Resource).ok_or(OAuthError::UnknownResource)
}
