//! The four kinds of value that both databases share. JSON is text.

use signet_core::id::{
    ApplicationId, GrantId, InteractionUid, InvitationId, OrganizationId, OrganizationRoleId, OrganizationScopeId,
    ResourceId, RoleId, ScopeId, SessionUid, TenantId, UserId,
};
use signet_core::secret::{Sealed, ValueHash};
use signet_core::time::Timestamp;

/// A parameter of a statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Text(&'a str),
    Owned(String),
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(value: Timestamp) -> Self {
        Self::Int(value.0)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::Owned(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a ValueHash> for Value<'a> {
    fn from(value: &'a ValueHash) -> Self {
        Self::Text(value.as_str())
    }
}

impl<'a> From<&'a Sealed> for Value<'a> {
    fn from(value: &'a Sealed) -> Self {
        Self::Text(value.as_stored())
    }
}

impl<'a, T> From<Option<T>> for Value<'a>
where
    Value<'a>: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

macro_rules! ids {
    ($($id:ident)*) => { $(
        impl<'a> From<&'a $id> for Value<'a> {
            fn from(id: &'a $id) -> Self {
                Self::Text(id.as_str())
            }
        }
    )* };
}
ids!(ApplicationId GrantId InteractionUid InvitationId OrganizationId OrganizationRoleId OrganizationScopeId ResourceId RoleId ScopeId SessionUid TenantId UserId);

/// Parameters after the tenant: `params![a, b]` are `$2` and `$3`.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Value::from($value)),*] };
}
pub(crate) use params;

/// The text of a JSON column. What is stored so has text keys and no numbers that JSON lacks, so writing it cannot fail.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
