//! Whom a token is for (RFC 8707 §2.2): one API resource of those that the sign-in asked for, an organization, or this
//! server itself.

use crate::error::{OAuthError, TokenError};
use crate::member::Member;
use crate::provider::Provider;
use signet_core::rbac::About;
use signet_core::resource::{ApiResource, ORGANIZATIONS_INDICATOR, ResourceIndicator};
use signet_core::scope::Scope;
use signet_core::token::OPAQUE_TOKEN_TTL;
use std::sync::Arc;

pub(crate) enum Target {
    /// Userinfo and account routes: an opaque token.
    OwnApi,
    /// A JWT.
    Recipient(Recipient),
}

/// Whom a JWT is for.
pub(crate) enum Recipient {
    Resource(Arc<ApiResource>),
    ResourceInOrganization(Arc<ApiResource>, Arc<Member>),
    /// The organization itself.
    Organization(Arc<Member>),
}

impl Target {
    /// The audience of its tokens. Opaque ones have none.
    pub(crate) fn audience(&self) -> Option<&str> {
        match self {
            Self::OwnApi => None,
            Self::Recipient(recipient) => Some(recipient.audience()),
        }
    }

    /// The subject in the organization that the token is about.
    pub(crate) fn member(&self) -> Option<&Member> {
        match self {
            Self::OwnApi => None,
            Self::Recipient(recipient) => recipient.member(),
        }
    }
}

impl Recipient {
    pub(crate) fn audience(&self) -> &str {
        match self {
            Self::Resource(resource) | Self::ResourceInOrganization(resource, _) => &resource.indicator,
            Self::Organization(member) => &member.audience,
        }
    }

    /// Seconds that its tokens live.
    pub(crate) fn lifetime(&self) -> i64 {
        match self {
            Self::Resource(resource) | Self::ResourceInOrganization(resource, _) => resource.access_token_ttl,
            Self::Organization(_) => OPAQUE_TOKEN_TTL,
        }
    }

    pub(crate) fn about(&self) -> About {
        match self {
            Self::Resource(_) => About::Resource,
            Self::ResourceInOrganization(..) => About::ResourceInOrganization,
            Self::Organization(_) => About::Organization,
        }
    }

    pub(crate) fn resource(&self) -> Option<&ApiResource> {
        match self {
            Self::Resource(resource) | Self::ResourceInOrganization(resource, _) => Some(resource),
            Self::Organization(_) => None,
        }
    }

    pub(crate) fn member(&self) -> Option<&Member> {
        match self {
            Self::Resource(_) => None,
            Self::ResourceInOrganization(_, member) | Self::Organization(member) => Some(member),
        }
    }

    /// The claim `organization_id`. A token about the organization itself says it in `aud`.
    pub(crate) fn organization_claim(&self) -> Option<&str> {
        match self {
            Self::ResourceInOrganization(_, member) => Some(member.membership.organization.as_str()),
            Self::Resource(_) | Self::Organization(_) => None,
        }
    }

    /// Under which indicator a consent records what it allowed.
    pub(crate) fn agreed_as(&self) -> &str {
        self.resource().map_or(ORGANIZATIONS_INDICATOR, |resource| &resource.indicator)
    }

    /// What the roles in the organization of the token give of what the token is for.
    pub(crate) fn held_in_organization(&self) -> Scope {
        match self {
            Self::Resource(_) => Scope::default(),
            Self::ResourceInOrganization(resource, member) => member.membership.scopes_of(&resource.id),
            Self::Organization(member) => member.membership.permissions(),
        }
    }
}

/// An API, in an organization if there is one.
pub(super) fn of_resource(resource: Arc<ApiResource>, organization: Option<Arc<Member>>) -> Recipient {
    match organization {
        Some(member) => Recipient::ResourceInOrganization(resource, member),
        None => Recipient::Resource(resource),
    }
}

/// `granted` are the resources that the sign-in asked for. A token that can open userinfo does so unless another target
/// is named.
pub(super) async fn of_sign_in(
    provider: &Provider,
    asked: &[String],
    (granted, requested): (&[String], &Scope),
    organization: Option<Arc<Member>>,
) -> Result<Target, OAuthError> {
    // Organizations are no audience by themselves: a token of one names it.
    let granted: Vec<&str> =
        granted.iter().map(String::as_str).filter(|granted| *granted != ORGANIZATIONS_INDICATOR).collect();
    let named = match (asked, granted.as_slice(), &organization) {
        ([], _, Some(member)) => return Ok(Target::Recipient(Recipient::Organization(member.clone()))),
        ([], ..) if requested.contains("openid") => return Ok(Target::OwnApi),
        ([], [], None) => return Ok(Target::OwnApi),
        ([], [only], None) => (*only).to_owned(),
        ([named], ..) => {
            let indicator = parsed(named)?;
            // An audience that nobody agreed to is none of the client's (RFC 8707 §2.2).
            if !granted.contains(&indicator.as_str()) {
                return Err(OAuthError::UnknownResource);
            }
            indicator.to_string()
        }
        ([], [_, _, ..], None) | ([_, _, ..], ..) => return Err(TokenError::NotOneResource.into()),
    };
    known(provider, &named, organization).await
}

/// Any resource of the tenant: for an exchange, which no sign-in has limited.
pub(super) async fn of_exchange(
    provider: &Provider,
    asked: &[String],
    organization: Option<Arc<Member>>,
) -> Result<Target, OAuthError> {
    match (asked, organization) {
        ([], None) => Ok(Target::OwnApi),
        ([], Some(member)) => Ok(Target::Recipient(Recipient::Organization(member))),
        ([named], organization) => known(provider, parsed(named)?.as_str(), organization).await,
        ([_, _, ..], _) => Err(TokenError::NotOneResource.into()),
    }
}

fn parsed(indicator: &str) -> Result<ResourceIndicator, OAuthError> {
    indicator.parse().map_err(OAuthError::InvalidIndicator)
}

async fn known(provider: &Provider, indicator: &str, organization: Option<Arc<Member>>) -> Result<Target, OAuthError> {
    let resource = provider.resource(indicator).await?.ok_or(OAuthError::UnknownResource)?;
    Ok(Target::Recipient(of_resource(resource, organization)))
}
