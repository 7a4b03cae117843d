//! A model of what a third-party application may have, and random histories in which the server must agree with it:
//! memberships, roles, configuration, consents, strictness and sign-ins in any order, with a look at a token after each.
//! What applications of the tenant's own may have is in `permissions_model.rs`.
//!
//! `SIGNET_HISTORIES` is how many histories there are.

use crate::signet;
use serde_json::{Value, json};
use signet_core::user::User;
use signet_tests::shopping::{SHOP, Shopping, WANTS_ALL};
use signet_tests::{Client, Signet};
use std::collections::BTreeSet;

const HISTORIES: u64 = 60;
const STEPS: usize = 24;
const SCOPES: [&str; 3] = ["read", "write", "delete"];

type Names = BTreeSet<&'static str>;

/// Which of two organizations.
type Place = usize;

/// What is true, as far as tokens are concerned.
#[derive(Debug, Clone, Default)]
struct Truth {
    /// Whether tokens about no organization carry what holds everywhere only, and others what holds there only.
    strict: bool,
    /// The API scopes of a global role.
    global: Names,
    /// Membership with its role, if any: `member` has `read`, `admin` everything and may invite.
    roles: [Option<Role>; 2],
    consented: [bool; 2],
    own: Names,
    in_organizations: Names,
    may_invite: bool,
    /// What the latest sign-in recorded. `None`: nobody has signed in.
    agreed: Option<(Names, bool)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    None,
    Member,
    Admin,
}

impl Role {
    fn scopes(self) -> Names {
        match self {
            Self::None => Names::new(),
            Self::Member => Names::from(["read"]),
            Self::Admin => Names::from(SCOPES),
        }
    }
}

/// What a token request is answered with.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Scopes(BTreeSet<String>),
    Refused(String),
}

impl Truth {
    fn held_in(&self, place: Place) -> Names {
        let held = self.roles[place].map(Role::scopes).unwrap_or_default();
        held.intersection(&self.in_organizations).copied().collect()
    }

    /// What the person could allow now.
    fn possible(&self) -> Names {
        let own = self.global.intersection(&self.own).copied();
        let consented = (0..2).filter(|place| self.consented[*place]);
        own.chain(consented.flat_map(|place| self.held_in(place))).collect()
    }

    fn token(&self, place: Option<Place>, of_resource: bool) -> Told {
        let (agreed, may_invite) = self.agreed.clone().unwrap_or_default();
        if let Some(place) = place {
            if self.roles[place].is_none() {
                return Told::Refused("user is not a member of the organization".to_owned());
            }
            if !self.consented[place] {
                return Told::Refused("organization access is not granted to the application".to_owned());
            }
        }
        let own: Names = self.global.intersection(&self.own).copied().collect();
        let counted: Names = match (place, of_resource, self.strict) {
            (Some(place), true, false) => own.union(&self.held_in(place)).copied().collect(),
            (Some(place), true, true) => self.held_in(place),
            (None, _, false) => self.possible(),
            (None, _, true) => own,
            (Some(place), false, _) => {
                let invites = self.roles[place] == Some(Role::Admin) && self.may_invite && may_invite;
                return Told::Scopes(invites.then_some("invite".to_owned()).into_iter().collect());
            }
        };
        Told::Scopes(counted.intersection(&agreed).map(|name| (*name).to_owned()).collect())
    }
}

/// A small generator, so that a history is told again by its number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// One person and one application, and what is true of them.
struct History<'s> {
    signet: &'s Signet,
    shopping: &'s Shopping,
    user: User,
    client: Client,
    cleaner: String,
    tokens: Option<Value>,
    truth: Truth,
    told: Vec<String>,
}

impl History<'_> {
    fn organization(&self, place: Place) -> &str {
        [&self.shopping.foo, &self.shopping.bar][place]
    }

    async fn call(&self, method: &str, path: &str, body: Value) {
        let answer = self.signet.api(method, path, body).await;
        assert!(answer.status.is_success(), "{method} {path}: {} {}\n{:#?}", answer.status, answer.text, self.told);
    }

    async fn step(&mut self, dice: &mut Dice) {
        let (kind, place) = (dice.roll(11), dice.roll(2));
        match kind {
            0 | 1 => self.set_role(place, [Role::None, Role::Member, Role::Admin][dice.roll(3)]).await,
            2 => self.leave(place).await,
            3 => self.toggle_global(SCOPES[dice.roll(3)]).await,
            4 | 5 => self.toggle_configured(SCOPES[dice.roll(3)], kind == 4).await,
            6 => self.toggle_invite().await,
            7 => self.toggle_consent(place).await,
            8 => self.set_strict(!self.truth.strict).await,
            _ => self.sign_in(place).await,
        }
    }

    async fn set_strict(&mut self, strict: bool) {
        self.told.push(format!("strict: {strict}"));
        let mode = if strict { "strict" } else { "compatible" };
        self.call("PATCH", "/configs/permissions", json!({"mode": mode})).await;
        self.truth.strict = strict;
    }

    async fn set_role(&mut self, place: Place, role: Role) {
        self.told.push(format!("has {role:?} in {place}"));
        let members = format!("/organizations/{}/users", self.organization(place));
        self.call("POST", &members, json!({"userIds": [self.user.id]})).await;
        let roles = match role {
            Role::None => json!([]),
            Role::Member => json!([self.shopping.member]),
            Role::Admin => json!([self.shopping.admin]),
        };
        let path = format!("{members}/{}/roles", self.user.id);
        self.call("PUT", &path, json!({"organizationRoleIds": roles})).await;
        self.truth.roles[place] = Some(role);
    }

    async fn leave(&mut self, place: Place) {
        if self.truth.roles[place].take().is_some() {
            self.told.push(format!("leaves {place}"));
            let path = format!("/organizations/{}/users/{}", self.organization(place), self.user.id);
            self.call("DELETE", &path, Value::Null).await;
            self.truth.consented[place] = false;
        }
    }

    async fn toggle_global(&mut self, name: &'static str) {
        self.told.push(format!("toggles {name} globally"));
        let (id, path) = (&self.shopping.scopes[name], format!("/roles/{}/scopes", self.cleaner));
        if self.truth.global.remove(name) {
            self.call("DELETE", &format!("{path}/{}", id.as_str().unwrap()), Value::Null).await;
        } else {
            self.call("POST", &path, json!({"scopeIds": [id]})).await;
            self.truth.global.insert(name);
        }
    }

    async fn toggle_configured(&mut self, name: &'static str, own: bool) {
        self.told.push(format!("toggles {name} on the list of {}", if own { "persons" } else { "organizations" }));
        let (id, path) = (&self.shopping.scopes[name], format!("/applications/{}/user-consent-scopes", self.client.id));
        let (list, route) = if own {
            (&mut self.truth.own, ("resource-scopes", "resourceScopes"))
        } else {
            (&mut self.truth.in_organizations, ("organization-resource-scopes", "organizationResourceScopes"))
        };
        if list.remove(name) {
            self.call("DELETE", &format!("{path}/{}/{}", route.0, id.as_str().unwrap()), Value::Null).await;
        } else {
            list.insert(name);
            self.call("POST", &path, json!({route.1: [id]})).await;
        }
    }

    async fn toggle_invite(&mut self) {
        self.told.push("toggles invite".to_owned());
        let path = format!("/applications/{}/user-consent-scopes", self.client.id);
        if self.truth.may_invite {
            self.call("DELETE", &format!("{path}/organization-scopes/{}", self.shopping.invite), Value::Null).await;
        } else {
            self.call("POST", &path, json!({"organizationScopes": [self.shopping.invite]})).await;
        }
        self.truth.may_invite = !self.truth.may_invite;
    }

    async fn toggle_consent(&mut self, place: Place) {
        if self.truth.roles[place].is_none() {
            return;
        }
        self.told.push(format!("an administrator toggles the consent to {place}"));
        let path = format!("/applications/{}/users/{}/consent-organizations", self.client.id, self.user.id);
        if self.truth.consented[place] {
            self.call("DELETE", &format!("{path}/{}", self.organization(place)), Value::Null).await;
        } else {
            self.call("POST", &path, json!({"organizationIds": [self.organization(place)]})).await;
        }
        self.truth.consented[place] = !self.truth.consented[place];
    }

    /// In a new browser, so that everything is asked anew. Lets the application into a place if she is there.
    async fn sign_in(&mut self, place: Place) {
        let is_member = self.truth.roles[place].is_some();
        self.told.push(format!("signs in, for {:?}", is_member.then_some(place)));
        let organization = self.organization(place);
        let chosen: &[&str] = if is_member { &[organization] } else { &[] };
        let tokens = self.signet.browser().lets_in(&self.client, &self.user, chosen).await;
        self.tokens = Some(tokens);
        self.truth.consented[place] |= is_member;
        self.truth.agreed = Some((self.truth.possible(), self.truth.may_invite));
    }

    /// Asks for a token and compares.
    async fn look(&self, place: Option<Place>, of_resource: bool) {
        let Some(tokens) = &self.tokens else { return };
        let mut more = String::new();
        if of_resource || place.is_none() {
            more += &["&resource=", SHOP].concat();
        }
        if let Some(place) = place {
            more += &["&organization_id=", self.organization(place)].concat();
        }
        let answer = self.client.refreshes(self.signet, &tokens["refresh_token"], &more).await;
        let body = answer.json();
        let told = match answer.status.as_u16() {
            200 => Told::Scopes(body["scope"].as_str().unwrap().split_whitespace().map(str::to_owned).collect()),
            _ => Told::Refused(body["error_description"].as_str().unwrap().to_owned()),
        };
        let expected = self.truth.token(place, of_resource);
        assert_eq!(told, expected, "{more}\n{:#?}\n{:#?}", self.truth, self.told);
    }
}

async fn history<'s>(signet: &'s Signet, shopping: &'s Shopping, number: u64) -> History<'s> {
    let user = signet.person(&format!("person{number}")).await;
    let client = signet.shop_assistant(shopping).await;
    let role = json!({"name": format!("role {number}"), "description": "of a history", "type": "User"});
    let role = signet.api("POST", "/roles", role).await.expect(200);
    let cleaner = role["id"].as_str().unwrap().to_owned();
    signet.api("POST", &format!("/users/{}/roles", user.id), json!({"roleIds": [cleaner]})).await.expect(201);
    let truth = Truth { in_organizations: Names::from(["read", "write"]), may_invite: true, ..Truth::default() };
    History { signet, shopping, user, client, cleaner, tokens: None, truth, told: Vec::new() }
}

#[tokio::test]
async fn no_history_gives_an_application_more_than_is_configured_agreed_to_and_held() {
    #[expect(clippy::disallowed_methods, reason = "whoever runs it by hand may want more")]
    let histories = std::env::var("SIGNET_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(HISTORIES);
    let signet = signet().await;
    let shopping = signet.shopping().await;
    assert!(WANTS_ALL.contains("read write delete invite"));

    for number in 1..=histories {
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut history = history(&signet, &shopping, number).await;
        history.set_strict(false).await;
        for _ in 0..STEPS {
            history.step(&mut dice).await;
            let place = [None, Some(0), Some(1)][dice.roll(3)];
            history.look(place, dice.roll(2) == 0).await;
        }
    }
}
