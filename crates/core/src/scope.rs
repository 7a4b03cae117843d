//! Scopes (RFC 6749 §3.3): a set of names that keeps the order in which they were asked for.

use std::fmt;

/// Asks for the organizations of a person: claims about them, and tokens that are about one.
pub const ORGANIZATIONS_SCOPE: &str = "urn:logto:scope:organizations";

/// Asks for claims about a person's roles in their organizations.
pub const ORGANIZATION_ROLES_SCOPE: &str = "urn:logto:scope:organization_roles";

/// The scopes that mean something without a resource, in the order of discovery.
pub const SUPPORTED_SCOPES: [&str; 13] = [
    "openid",
    "offline_access",
    "profile",
    "email",
    "phone",
    "address",
    "custom_data",
    "identities",
    "roles",
    ORGANIZATIONS_SCOPE,
    ORGANIZATION_ROLES_SCOPE,
    "urn:logto:scope:sessions",
    "urn:logto:scope:trusted_devices",
];

/// A space-separated list of scope names, without repetitions.
///
/// ```
/// use signet_core::scope::Scope;
/// assert_eq!(Scope::parse("read  write read").to_string(), "read write");
/// assert!(Scope::parse(" ").is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope(Vec<Box<str>>);

impl Scope {
    /// Names are opaque to us: whatever is not a space belongs to a name, and what nobody holds is cut away later.
    pub fn parse(text: &str) -> Self {
        text.split(' ').filter(|name| !name.is_empty()).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|held| &**held == name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// The names of both, those of `self` first.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    /// The names of `self` that `other` lacks.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        self.iter().filter(|name| !other.contains(name)).collect()
    }

    /// The names of `self` that `other` holds too, in the order of `self`.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        self.iter().filter(|name| other.contains(name)).collect()
    }
}

impl serde::Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer).map(|text| Self::parse(&text))
    }
}

impl<'a> FromIterator<&'a str> for Scope {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut scope = Self::default();
        for name in names {
            if !scope.contains(name) {
                scope.0.push(name.into());
            }
        }
        scope
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, name) in self.iter().enumerate() {
            if position > 0 {
                f.write_str(" ")?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_intersection_never_widens(asked in "[a-d ]{0,12}", held in "[a-d ]{0,12}") {
            let (asked, held) = (Scope::parse(&asked), Scope::parse(&held));
            let both = asked.intersect(&held);
            for name in both.iter() {
                prop_assert!(asked.contains(name) && held.contains(name));
            }
        }

        #[test]
        fn parsing_what_was_printed_changes_nothing(text in "\\PC{0,40}") {
            let scope = Scope::parse(&text);
            prop_assert_eq!(Scope::parse(&scope.to_string()), scope);
        }
    }
}
