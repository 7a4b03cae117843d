//! Which scopes a token carries: what was asked for, cut down to what the subject holds. Pure; storage loads the facts.

use crate::scope::Scope;

/// The scopes of a machine's token for one resource without an organization: `A(m, R) ∩ Req`.
///
/// `held` are the scopes of that resource in the application's global roles.
pub fn machine_scope(requested: &Scope, held: &Scope) -> Scope {
    requested.intersect(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_gets_what_it_asked_for_and_holds() {
        let held = Scope::parse("read write");
        for (asked, expected) in [
            ("read write delete", "read write"),
            ("write", "write"),
            ("read nonsense", "read"),
            ("", ""),
            ("nonsense", ""),
        ] {
            assert_eq!(machine_scope(&Scope::parse(asked), &held).to_string(), expected, "{asked}");
        }
    }
}
