//! What a person's scopes say about them (OIDC Core §5.4), in ID tokens and at the userinfo endpoint.
//!
//! `CLAIMS` is the table: a row per claim. Standard claims need their scope; extended ones need a switch of the tenant
//! too, in ID tokens.

use crate::membership::Belonging;
use crate::scope::{ORGANIZATION_ROLES_SCOPE, ORGANIZATIONS_SCOPE, Scope};
use crate::time::Timestamp;
use crate::user::User;
use serde_json::{Map, Value, json};

/// Claims beyond OpenID Connect's. An ID token has one when the tenant says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExtendedClaim {
    CustomData,
    Identities,
    SsoIdentities,
    Roles,
    Organizations,
    OrganizationData,
    OrganizationRoles,
}

impl ExtendedClaim {
    pub const ALL: [Self; 7] = [
        Self::CustomData,
        Self::Identities,
        Self::SsoIdentities,
        Self::Roles,
        Self::Organizations,
        Self::OrganizationData,
        Self::OrganizationRoles,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CustomData => "custom_data",
            Self::Identities => "identities",
            Self::SsoIdentities => "sso_identities",
            Self::Roles => "roles",
            Self::Organizations => "organizations",
            Self::OrganizationData => "organization_data",
            Self::OrganizationRoles => "organization_roles",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|claim| claim.as_str() == text)
    }
}

/// Whom claims are about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'u> {
    pub user: &'u User,
    /// Names of global roles.
    pub roles: &'u [String],
    /// Only looked at when [`tell_of_organizations`] says so.
    pub organizations: &'u [Belonging],
}

/// Where claims go.
#[derive(Debug, Clone, Copy)]
pub enum Audience<'e> {
    /// Extended claims are those that the tenant switched on.
    IdToken(&'e [ExtendedClaim]),
    /// Whatever the scopes allow.
    Userinfo,
}

struct Claim {
    scope: &'static str,
    name: &'static str,
    extended: Option<ExtendedClaim>,
    /// `None`: the claim is left out.
    value: fn(Subject<'_>) -> Option<Value>,
}

impl Claim {
    fn is_wanted(&self, scope: &Scope, audience: Audience<'_>) -> bool {
        let on = match (self.extended, audience) {
            (Some(extended), Audience::IdToken(enabled)) => enabled.contains(&extended),
            (None, _) | (_, Audience::Userinfo) => true,
        };
        on && scope.contains(self.scope)
    }
}

const PROFILE: &str = "profile";
const EMAIL: &str = "email";
const PHONE: &str = "phone";

/// In the order in which they are written.
const CLAIMS: [Claim; 29] = [
    standard("openid", "sub", |of| Some(of.user.id.as_str().into())),
    standard(PROFILE, "name", |of| Some(of.user.name.as_deref().into())),
    standard(PROFILE, "family_name", |of| stored(of, "familyName")),
    standard(PROFILE, "given_name", |of| stored(of, "givenName")),
    standard(PROFILE, "middle_name", |of| stored(of, "middleName")),
    standard(PROFILE, "nickname", |of| stored(of, "nickname")),
    standard(PROFILE, "preferred_username", |of| {
        stored(of, "preferredUsername").or_else(|| of.user.username.as_deref().map(Value::from))
    }),
    standard(PROFILE, "profile", |of| stored(of, "profile")),
    standard(PROFILE, "picture", |of| Some(of.user.avatar.as_deref().into())),
    standard(PROFILE, "website", |of| stored(of, "website")),
    standard(PROFILE, "gender", |of| stored(of, "gender")),
    standard(PROFILE, "birthdate", |of| stored(of, "birthdate")),
    standard(PROFILE, "zoneinfo", |of| stored(of, "zoneinfo")),
    standard(PROFILE, "locale", |of| stored(of, "locale")),
    // Milliseconds, not the seconds of OIDC Core §5.1: clients of Logto read them so.
    standard(PROFILE, "updated_at", |of| Some(milliseconds(of.user.updated_at))),
    standard(PROFILE, "username", |of| Some(of.user.username.as_deref().into())),
    standard(PROFILE, "created_at", |of| Some(milliseconds(of.user.created_at))),
    standard(EMAIL, "email", |of| Some(of.user.primary_email.as_deref().into())),
    standard(EMAIL, "email_verified", |of| Some(of.user.primary_email.is_some().into())),
    standard(PHONE, "phone_number", |of| Some(of.user.primary_phone.as_deref().into())),
    standard(PHONE, "phone_number_verified", |of| Some(of.user.primary_phone.is_some().into())),
    standard("address", "address", |of| stored(of, "address")),
    extended("custom_data", ExtendedClaim::CustomData, |of| Some(of.user.custom_data.clone().into())),
    extended("identities", ExtendedClaim::Identities, |of| Some(of.user.identities.clone().into())),
    extended("identities", ExtendedClaim::SsoIdentities, |_| Some(json!([]))),
    extended("roles", ExtendedClaim::Roles, |of| Some(of.roles.into())),
    extended(ORGANIZATIONS_SCOPE, ExtendedClaim::Organizations, |of| {
        Some(of.organizations.iter().map(|one| one.organization.as_str()).collect())
    }),
    extended(ORGANIZATIONS_SCOPE, ExtendedClaim::OrganizationData, |of| {
        let view = |one: &Belonging| json!({"id": one.organization, "name": one.name, "description": one.description});
        Some(of.organizations.iter().map(view).collect())
    }),
    extended(ORGANIZATION_ROLES_SCOPE, ExtendedClaim::OrganizationRoles, |of| {
        let roles = |one: &Belonging| {
            let id = one.organization.clone();
            one.roles.clone().into_iter().map(move |(_, name)| format!("{id}:{name}"))
        };
        Some(of.organizations.iter().flat_map(roles).collect())
    }),
];

const fn standard(scope: &'static str, name: &'static str, value: fn(Subject<'_>) -> Option<Value>) -> Claim {
    Claim { scope, name, extended: None, value }
}

const fn extended(scope: &'static str, claim: ExtendedClaim, value: fn(Subject<'_>) -> Option<Value>) -> Claim {
    Claim { scope, name: claim.as_str(), extended: Some(claim), value }
}

/// A member of the stored profile, which has camelCase names.
fn stored(of: Subject<'_>, name: &str) -> Option<Value> {
    of.user.profile.get(name).filter(|value| !value.is_null()).cloned()
}

fn milliseconds(at: Timestamp) -> Value {
    at.0.into()
}

/// Names of all claims of the table.
pub fn names() -> impl Iterator<Item = &'static str> {
    CLAIMS.iter().map(|claim| claim.name)
}

/// The claims that `scope` allows, `sub` first.
pub fn claims(subject: Subject<'_>, scope: &Scope, audience: Audience<'_>) -> Map<String, Value> {
    let wanted = CLAIMS.iter().filter(|claim| claim.is_wanted(scope, audience));
    wanted.filter_map(|claim| Some((claim.name.to_owned(), (claim.value)(subject)?))).collect()
}

/// Whether these claims are about organizations, of which somebody may have many.
pub fn tell_of_organizations(scope: &Scope, audience: Audience<'_>) -> bool {
    let about = |claim: &&Claim| {
        matches!(
            claim.extended,
            Some(ExtendedClaim::Organizations | ExtendedClaim::OrganizationData | ExtendedClaim::OrganizationRoles)
        )
    };
    CLAIMS.iter().filter(about).any(|claim| claim.is_wanted(scope, audience))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alice() -> User {
        let mut user = User::new("alice".parse().unwrap(), Timestamp(1_000));
        user.username = Some("alice".to_owned());
        user.primary_email = Some("alice@example.com".to_owned());
        user.profile.insert("givenName".to_owned(), "Alice".into());
        user.profile.insert("address".to_owned(), json!({"postalCode": "8000"}));
        user.custom_data.insert("plan".to_owned(), "gold".into());
        user
    }

    fn said(scope: &str, audience: Audience<'_>) -> Value {
        let (user, roles) = (alice(), vec!["admin".to_owned()]);
        let belonging = |id: &str, description: Option<&str>, roles: &[&str]| Belonging {
            organization: id.parse().unwrap(),
            name: format!("{id} Inc."),
            description: description.map(str::to_owned),
            roles: roles.iter().map(|role| (role.parse().unwrap(), (*role).to_owned())).collect(),
        };
        let organizations = [belonging("acme", Some("first"), &["admin", "reader"]), belonging("bar", None, &[])];
        let subject = Subject { user: &user, roles: &roles, organizations: &organizations };
        claims(subject, &Scope::parse(scope), audience).into()
    }

    #[test]
    fn each_scope_has_its_claims() {
        for (scope, expected) in [
            ("openid", json!({"sub": "alice"})),
            ("read", json!({})),
            ("email", json!({"email": "alice@example.com", "email_verified": true})),
            ("phone", json!({"phone_number": null, "phone_number_verified": false})),
            ("address", json!({"address": {"postalCode": "8000"}})),
            ("custom_data", json!({"custom_data": {"plan": "gold"}})),
            ("identities", json!({"identities": {}, "sso_identities": []})),
            ("roles", json!({"roles": ["admin"]})),
            (
                "urn:logto:scope:organizations",
                json!({
                    "organizations": ["acme", "bar"],
                    "organization_data": [
                        {"id": "acme", "name": "acme Inc.", "description": "first"},
                        {"id": "bar", "name": "bar Inc.", "description": null},
                    ],
                }),
            ),
            ("urn:logto:scope:organization_roles", json!({"organization_roles": ["acme:admin", "acme:reader"]})),
            (
                "profile",
                json!({"name": null, "given_name": "Alice", "preferred_username": "alice", "picture": null,
                    "updated_at": 1000, "username": "alice", "created_at": 1000}),
            ),
        ] {
            assert_eq!(said(scope, Audience::Userinfo), expected, "{scope}");
        }
    }

    #[test]
    fn an_id_token_has_extended_claims_only_when_they_are_switched_on() {
        let on = [ExtendedClaim::Roles];
        assert_eq!(said("roles custom_data", Audience::IdToken(&on)), json!({"roles": ["admin"]}));
        assert_eq!(said("custom_data", Audience::IdToken(&on)), json!({}));
        assert_eq!(said("email", Audience::IdToken(&[])), said("email", Audience::Userinfo));
    }

    #[test]
    fn organizations_are_needed_only_for_claims_about_them() {
        let on = [ExtendedClaim::OrganizationRoles];
        for (scope, audience, expected) in [
            ("urn:logto:scope:organizations", Audience::Userinfo, true),
            ("urn:logto:scope:organization_roles", Audience::IdToken(&on), true),
            ("urn:logto:scope:organizations", Audience::IdToken(&on), false),
            ("openid profile roles", Audience::Userinfo, false),
        ] {
            assert_eq!(tell_of_organizations(&Scope::parse(scope), audience), expected, "{scope}");
        }
    }

    #[test]
    fn every_extended_claim_has_a_row() {
        for claim in ExtendedClaim::ALL {
            assert!(names().any(|name| name == claim.as_str()));
            assert_eq!(ExtendedClaim::parse(claim.as_str()), Some(claim));
        }
    }
}
