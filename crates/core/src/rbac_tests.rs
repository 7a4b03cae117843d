//! Every rule of effective permissions, the worked example, and what holds for all of them.

use super::{About, Ceiling, Held, Holder, Limits, Mode, NotAdmitted, Organizations, Rule, Standing, admission};
use crate::scope::Scope;
use proptest::prelude::*;

fn scope(text: &str) -> Scope {
    Scope::parse(text)
}

fn held(global: &str, organizations: &str) -> Held {
    Held { global: scope(global), organizations: scope(organizations) }
}

fn carried(rule: Rule, held: &Held, (requested, agreed): (&str, Option<&str>)) -> String {
    let agreed = agreed.map(scope);
    let limits = Limits { requested: &scope(requested), agreed: agreed.as_ref(), ceiling: &Ceiling::Open };
    rule.scope(held, &limits).to_string()
}

const fn rule(holder: Holder, about: About, mode: Mode) -> Rule {
    Rule { holder, about, mode }
}

#[test]
fn each_kind_of_token_has_its_sources() {
    use About::{Organization, Resource, ResourceInOrganization};
    use Holder::{Machine, Person};
    use Mode::{Compatible, Strict};
    for (holder, about, mode, global, organizations) in [
        (Person, Resource, Compatible, true, Organizations::All),
        (Person, Resource, Strict, true, Organizations::None),
        (Person, ResourceInOrganization, Compatible, true, Organizations::OfToken),
        (Person, ResourceInOrganization, Strict, false, Organizations::OfToken),
        (Person, Organization, Compatible, false, Organizations::OfToken),
        (Person, Organization, Strict, false, Organizations::OfToken),
        (Machine, Resource, Compatible, true, Organizations::None),
        (Machine, Resource, Strict, true, Organizations::None),
        (Machine, ResourceInOrganization, Compatible, false, Organizations::OfToken),
        (Machine, ResourceInOrganization, Strict, false, Organizations::OfToken),
        (Machine, Organization, Compatible, false, Organizations::OfToken),
        (Machine, Organization, Strict, false, Organizations::OfToken),
    ] {
        let sources = rule(holder, about, mode).sources();
        assert_eq!((sources.global, sources.organizations), (global, organizations), "{holder:?} {about:?} {mode:?}");
    }
}

/// Alice is admin (read, write) in foo and user (read) in bar; she has no global roles.
#[test]
fn alice_may_write_in_one_shop_and_read_in_the_other() {
    let (foo, bar, both) = ("read write", "read", "read write");
    let asked = ("openid offline_access urn:logto:scope:organizations read write", Some("read write"));
    for (mode, about, in_organizations, expected) in [
        (Mode::Compatible, About::ResourceInOrganization, foo, "read write"),
        (Mode::Compatible, About::ResourceInOrganization, bar, "read"),
        (Mode::Compatible, About::Resource, both, "read write"),
        (Mode::Strict, About::ResourceInOrganization, foo, "read write"),
        (Mode::Strict, About::ResourceInOrganization, bar, "read"),
        (Mode::Strict, About::Resource, both, ""),
    ] {
        let said = carried(rule(Holder::Person, about, mode), &held("", in_organizations), asked);
        assert_eq!(said, expected, "{mode:?} {about:?} {in_organizations}");
    }
    let of_foo = held("", "manage view");
    for mode in Mode::ALL {
        let rule = rule(Holder::Person, About::Organization, mode);
        assert_eq!(carried(rule, &of_foo, ("openid view manage", None)), "view manage");
        assert_eq!(carried(rule, &of_foo, ("openid read write", None)), "");
    }
}

#[test]
fn a_global_permission_counts_inside_organizations_unless_the_tenant_is_strict() {
    let also_global = held("write", "read");
    let asked = ("read write", Some("read write"));
    let inside = |mode| rule(Holder::Person, About::ResourceInOrganization, mode);
    assert_eq!(carried(inside(Mode::Compatible), &also_global, asked), "read write");
    assert_eq!(carried(inside(Mode::Strict), &also_global, asked), "read");
}

#[test]
fn a_machine_has_in_an_organization_what_its_roles_there_give() {
    let machine = held("write", "read");
    for mode in Mode::ALL {
        for (about, asked, expected) in [
            (About::Resource, "read write delete", "write"),
            (About::ResourceInOrganization, "read write delete", "read"),
            (About::Organization, "write read", "read"),
            (About::Resource, "", ""),
            (About::Resource, "nonsense", ""),
        ] {
            assert_eq!(carried(rule(Holder::Machine, about, mode), &machine, (asked, None)), expected, "{about:?}");
        }
    }
}

#[test]
fn what_was_not_agreed_to_is_missing_until_it_is() {
    let resource = rule(Holder::Person, About::Resource, Mode::Compatible);
    assert_eq!(carried(resource, &held("read write", ""), ("read write", Some("read"))), "read");
    assert_eq!(carried(resource, &held("read write", ""), ("read write", None)), "read write");
}

#[test]
fn a_resource_cannot_give_away_scopes_of_openid_connect() {
    let all = held("openid offline_access read", "openid view");
    let asked = ("openid offline_access read view", Some("openid offline_access read view"));
    assert_eq!(carried(rule(Holder::Person, About::Resource, Mode::Compatible), &all, asked), "read view");
    assert_eq!(carried(rule(Holder::Person, About::Organization, Mode::Compatible), &all, asked), "view");
}

#[test]
fn a_configuration_cuts_each_source_for_itself() {
    let alice = held("read", "read write delete");
    let configured = |global, organizations| Ceiling::Configured(held(global, organizations));
    for (ceiling, expected) in [
        (Ceiling::Open, "read write delete"),
        (configured("", ""), ""),
        (configured("", "read write"), "read write"),
        (configured("read", ""), "read"),
        // Deleting is hers in an organization only, and there the application may not have it.
        (configured("read write delete", "write"), "read write"),
    ] {
        let requested = scope("read write delete");
        let limits = Limits { requested: &requested, agreed: Some(&requested), ceiling: &ceiling };
        let said = rule(Holder::Person, About::ResourceInOrganization, Mode::Compatible).scope(&alice, &limits);
        assert_eq!(said.to_string(), expected, "{ceiling:?}");
    }
}

#[test]
fn of_several_reasons_against_a_token_the_first_is_told() {
    let good = Standing {
        is_member: true,
        is_consented: Some(true),
        has_second_factor: Some(true),
        asked_for_organizations: Some(true),
    };
    let nothing_asked = Standing { is_consented: None, has_second_factor: None, asked_for_organizations: None, ..good };
    let not_asked = Standing { asked_for_organizations: Some(false), ..good };
    let no_factor = Standing { has_second_factor: Some(false), ..not_asked };
    let not_consented = Standing { is_consented: Some(false), ..no_factor };
    let stranger = Standing { is_member: false, ..not_consented };
    for (standing, expected) in [
        (good, Ok(())),
        (nothing_asked, Ok(())),
        (not_asked, Err(NotAdmitted::OrganizationsNotAskedFor)),
        (no_factor, Err(NotAdmitted::NoSecondFactor)),
        (not_consented, Err(NotAdmitted::NotConsented)),
        (stranger, Err(NotAdmitted::NotAMember)),
    ] {
        assert_eq!(admission(standing), expected, "{standing:?}");
    }
}

#[test]
fn a_mode_is_what_it_is_called() {
    for mode in Mode::ALL {
        assert_eq!(Mode::parse(mode.as_str()), Some(mode));
    }
    assert_eq!((Mode::parse("lax"), Mode::default()), (None, Mode::Compatible));
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let holders = prop_oneof![Just(Holder::Person), Just(Holder::Machine)];
    let abouts = prop_oneof![Just(About::Resource), Just(About::ResourceInOrganization), Just(About::Organization)];
    let modes = prop_oneof![Just(Mode::Compatible), Just(Mode::Strict)];
    (holders, abouts, modes).prop_map(|(holder, about, mode)| Rule { holder, about, mode })
}

fn any_scope() -> impl Strategy<Value = Scope> {
    "(a|b|c|d|openid| ){0,8}".prop_map(|text| Scope::parse(&text))
}

fn any_held() -> impl Strategy<Value = Held> {
    (any_scope(), any_scope()).prop_map(|(global, organizations)| Held { global, organizations })
}

fn any_ceiling() -> impl Strategy<Value = Ceiling> {
    prop_oneof![Just(Ceiling::Open), any_held().prop_map(Ceiling::Configured)]
}

fn is_within(part: &Scope, whole: &Scope) -> bool {
    part.without(whole).is_empty()
}

proptest! {
    #[test]
    fn a_token_has_nothing_that_was_not_asked_for_held_agreed_to_and_allowed(
        rule in any_rule(), held in any_held(), ceiling in any_ceiling(),
        requested in any_scope(), agreed in proptest::option::of(any_scope()),
    ) {
        let said = rule.scope(&held, &Limits { requested: &requested, agreed: agreed.as_ref(), ceiling: &ceiling });
        let sources = rule.sources();
        for name in said.iter() {
            let of_global = sources.global && held.global.contains(name);
            let of_organizations = sources.organizations != Organizations::None && held.organizations.contains(name);
            prop_assert!(of_global || of_organizations);
            prop_assert!(requested.contains(name));
            prop_assert!(agreed.as_ref().is_none_or(|agreed| agreed.contains(name)));
            if let Ceiling::Configured(most) = &ceiling {
                let may = (of_global && most.global.contains(name))
                    || (of_organizations && most.organizations.contains(name));
                prop_assert!(may);
            }
        }
    }

    #[test]
    fn strictness_consent_and_configuration_only_take_away(
        rule in any_rule(), held in any_held(), ceiling in any_ceiling(),
        requested in any_scope(), agreed in any_scope(),
    ) {
        let open = Limits { requested: &requested, agreed: None, ceiling: &Ceiling::Open };
        let with_mode = |mode| Rule { mode, ..rule }.scope(&held, &open);
        let most = rule.scope(&held, &open);
        let configured = rule.scope(&held, &Limits { ceiling: &ceiling, ..open });
        let consented = rule.scope(&held, &Limits { agreed: Some(&agreed), ..open });
        prop_assert!(is_within(&with_mode(Mode::Strict), &with_mode(Mode::Compatible)));
        prop_assert!(is_within(&configured, &most));
        prop_assert!(is_within(&consented, &most));
    }

    #[test]
    fn who_holds_more_is_not_given_less(
        rule in any_rule(), held in any_held(), more in any_held(), requested in any_scope(),
    ) {
        let limits = Limits { requested: &requested, agreed: None, ceiling: &Ceiling::Open };
        let richer = Held {
            global: held.global.union(&more.global),
            organizations: held.organizations.union(&more.organizations),
        };
        prop_assert!(is_within(&rule.scope(&held, &limits), &rule.scope(&richer, &limits)));
    }

    #[test]
    fn what_does_not_count_changes_nothing(
        rule in any_rule(), held in any_held(), other in any_held(), requested in any_scope(),
    ) {
        let limits = Limits { requested: &requested, agreed: None, ceiling: &Ceiling::Open };
        let sources = rule.sources();
        let same = Held {
            global: if sources.global { held.global.clone() } else { other.global },
            organizations: if sources.organizations == Organizations::None {
                other.organizations
            } else {
                held.organizations.clone()
            },
        };
        prop_assert_eq!(rule.scope(&held, &limits), rule.scope(&same, &limits));
    }
}
