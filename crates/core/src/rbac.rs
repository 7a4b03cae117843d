//! Which scopes a token carries: what was asked for, cut down to what the subject holds. Pure; storage loads the facts.

use crate::scope::Scope;

/// The scopes of a machine's token for one resource without an organization: `A(m, R) ∩ Req`.
///
/// `held` are the scopes of that resource in the application's global roles.
pub fn machine_scope(requested: &Scope, held: &Scope) -> Scope {
    requested.intersect(held)
}

/// Scopes that belong to OpenID Connect whatever a resource calls its own: they say what tokens there are, not what a
/// token may do.
const RESERVED: [&str; 2] = ["openid", "offline_access"];

/// The scopes of a person's token for one resource without an organization: `G(u, R) ∩ Req ∩ Grant(R)`.
///
/// `held` are the scopes of that resource in the person's global roles, `agreed` those of the consent.
pub fn person_scope(requested: &Scope, held: &Scope, agreed: &Scope) -> Scope {
    requested.intersect(held).intersect(agreed).without(&RESERVED.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_persons_token_has_nothing_that_was_not_asked_for_held_and_agreed_to(
            asked in "[a-d ]{0,12}", held in "[a-d ]{0,12}", agreed in "[a-d ]{0,12}"
        ) {
            let (asked, held, agreed) = (Scope::parse(&asked), Scope::parse(&held), Scope::parse(&agreed));
            for name in person_scope(&asked, &held, &agreed).iter() {
                prop_assert!(asked.contains(name) && held.contains(name) && agreed.contains(name));
            }
        }
    }

    #[test]
    fn a_resource_cannot_give_away_scopes_of_openid_connect() {
        let all = Scope::parse("openid offline_access read");
        assert_eq!(person_scope(&all, &all, &all).to_string(), "read");
    }

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
