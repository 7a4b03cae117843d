//! Typed ids. No two kinds can be swapped in a call.
//!
//! Ids are made by us, never by the database: 21 characters of `[0-9a-z]` for most rows, 12 for users and
//! organizations. Imported and seeded ids (`m-default`, `management-api`) may also hold `A-Z`, `_` and `-`.

use crate::random::Rng;
use std::fmt;

/// Longest id that any table holds.
pub const MAX_LENGTH: usize = 21;

/// An id that breaks the grammar, so that nothing stored can have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is 1 to 21 characters of `[0-9A-Za-z_-]`")]
pub struct InvalidId;

fn check(text: &str) -> Result<(), InvalidId> {
    let fits = !text.is_empty() && text.len() <= MAX_LENGTH;
    if fits && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        Ok(())
    } else {
        Err(InvalidId)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// A new random id.
            pub fn random(rng: &dyn Rng) -> Self {
                Self(rng.id($length).into_boxed_str())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                check(text).map(|()| Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                check(&text).map(|()| Self(text.into_boxed_str()))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

id!(/// A tenant: an issuer with its own applications, keys and people.
    TenantId, 21);
id!(/// An application, which is an OAuth client: the `client_id`.
    ApplicationId, 21);
id!(/// An API resource (RFC 8707).
    ResourceId, 21);
id!(/// A permission of an API resource.
    ScopeId, 21);
id!(/// A global role.
    RoleId, 21);
id!(/// An organization.
    OrganizationId, 12);
id!(/// A role of the organization template.
    OrganizationRoleId, 21);
id!(/// A permission of the organization template.
    OrganizationScopeId, 21);
id!(/// An invitation to an organization.
    InvitationId, 21);
id!(/// A person.
    UserId, 12);
id!(/// A browser session. Public: what opens the session is its cookie.
    SessionUid, 21);
id!(/// A request that waits for a person.
    InteractionUid, 21);
id!(/// What a person allowed a client.
    GrantId, 21);

impl TenantId {
    /// The tenant that products use.
    pub fn default_tenant() -> Self {
        Self("default".into())
    }

    /// The tenant of the people who administer the other.
    pub fn admin() -> Self {
        Self("admin".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_what_no_row_can_have() {
        for text in ["", "a b", "a/b", "\0", "ü", "abcdefghijklmnopqrstuv"] {
            assert_eq!(text.parse::<RoleId>(), Err(InvalidId), "{text:?}");
        }
        for text in ["a", "m-default", "admin-role", "abcdefghijklmnopqrstu", "A_1"] {
            assert!(text.parse::<RoleId>().is_ok(), "{text:?}");
        }
    }
}
