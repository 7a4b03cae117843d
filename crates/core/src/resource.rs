//! API resources and the indicators that name them (RFC 8707).

use crate::id::{ResourceId, ScopeId};
use crate::time::Timestamp;
use std::fmt;
use std::str::FromStr;
use url::Url;

/// The indicator of the tenant's own Management API: `https://<tenant>.logto.app/api`.
pub fn management_api_indicator(tenant: &crate::id::TenantId) -> String {
    format!("https://{tenant}.logto.app/api")
}

/// The indicator of the API with which people of the tenant `admin` look after their own accounts.
pub const ME_API: &str = "https://admin.logto.app/me";

/// The resource that stands for the organizations of a person. It has no row.
pub const ORGANIZATIONS_INDICATOR: &str = "urn:logto:resource:organizations";

/// Seconds that an access token lives when its resource says nothing else.
pub const DEFAULT_ACCESS_TOKEN_TTL: i64 = 3600;

/// A `resource` parameter (RFC 8707 §2): an absolute URI without a fragment, kept exactly as it was sent.
///
/// Nothing is normalised: `https://a.example` and `https://a.example/` are different resources.
///
/// ```
/// use signet_core::resource::ResourceIndicator;
/// assert!("https://api.example".parse::<ResourceIndicator>().is_ok());
/// assert!("orders".parse::<ResourceIndicator>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResourceIndicator(Box<str>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIndicator {
    #[error("resource indicator must be an absolute URI")]
    NotAbsolute,
    #[error("resource indicator must not contain a fragment component")]
    Fragment,
}

impl ResourceIndicator {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ResourceIndicator {
    type Err = InvalidIndicator;

    fn from_str(text: &str) -> Result<Self, InvalidIndicator> {
        if Url::parse(text).is_err() {
            return Err(InvalidIndicator::NotAbsolute);
        }
        if text.contains('#') {
            return Err(InvalidIndicator::Fragment);
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for ResourceIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An API that accepts access tokens of this tenant.
#[derive(Debug, Clone)]
pub struct ApiResource {
    pub id: ResourceId,
    pub name: String,
    /// Stored as it was given. The Management API accepts strings that [`ResourceIndicator`] refuses; no token can be
    /// asked for them.
    pub indicator: String,
    pub is_default: bool,
    /// Seconds.
    pub access_token_ttl: i64,
}

/// A permission of an API resource.
#[derive(Debug, Clone)]
pub struct ApiScope {
    pub id: ScopeId,
    pub resource_id: ResourceId,
    pub name: String,
    pub description: Option<String>,
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_are_absolute_and_kept_as_sent() {
        for text in ["https://a.b", "https://a.b/", "https://a.b/v1?x=1", "urn:logto:resource:organizations"] {
            assert_eq!(text.parse::<ResourceIndicator>().map(|i| i.to_string()), Ok(text.to_owned()));
        }
        for (text, error) in [
            ("", InvalidIndicator::NotAbsolute),
            ("not-a-uri", InvalidIndicator::NotAbsolute),
            ("//a.b", InvalidIndicator::NotAbsolute),
            ("https://a.b/#part", InvalidIndicator::Fragment),
            ("https://a.b/#", InvalidIndicator::Fragment),
        ] {
            assert_eq!(text.parse::<ResourceIndicator>(), Err(error), "{text}");
        }
    }
}
