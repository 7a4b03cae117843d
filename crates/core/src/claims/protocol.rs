//! The claims that no script may set, in a JWT or in an introspection answer.

use serde_json::{Map, Value};

/// Registered claims and the server's own (RFC 7519 §4.1, RFC 9068 §2.2, OIDC Core §2). A script that returns one of
/// these is not in error: the member is left out and the audit entry says so.
pub const PROTECTED: &[&str] = &[
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "nbf",
    "jti",
    "client_id",
    "scope",
    "organization_id",
    "act",
    "cnf",
    "acr",
    "amr",
    "auth_time",
    "azp",
    "sid",
    "nonce",
    "at_hash",
    "authorization_details",
];

/// Takes the protected members out of what a script returned, and names them.
pub fn remove_protected(mut claims: Map<String, Value>) -> (Map<String, Value>, Vec<&'static str>) {
    let ignored = PROTECTED.iter().copied().filter(|name| claims.shift_remove(*name).is_some()).collect();
    (claims, ignored)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn attack_12_no_protected_claim_survives(names in proptest::collection::vec("[a-z_]{2,6}|iss|sub|exp|scope|act|organization_id", 0..9)) {
            let claims: Map<_, _> = names.iter().map(|name| (name.clone(), Value::from(1))).collect();
            let (kept, ignored) = remove_protected(claims);
            for name in PROTECTED {
                prop_assert!(!kept.contains_key(*name));
            }
            for name in &names {
                prop_assert!(kept.contains_key(name) || ignored.contains(&name.as_str()));
            }
        }
    }
}
