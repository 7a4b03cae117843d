//! Effective permissions against a model: random sequences of sign-ins, memberships, roles, permissions and refreshes.
//! Whatever happened before, a token carries exactly what the rules say, and never what its subject does not hold.

use crate::signet;
use serde_json::{Value, json};
use signet_core::id::{OrganizationId, OrganizationRoleId, RoleId, TenantId};
use signet_core::user::User;
use signet_storage::{StoreError, Tx};
use signet_tests::people::REDIRECT_URI;
use signet_tests::token::claims;
use signet_tests::{Client, Machine, Signet};
use std::collections::{BTreeMap, BTreeSet};

const API: &str = "https://model.example/api";
const ORGANIZATIONS: &str = "urn:logto:resource:organizations";
const ASK_ORGANIZATIONS: &str = "urn:logto:scope:organizations";
/// `read` is a scope of the API and a permission of organizations too.
const API_SCOPES: [&str; 3] = ["read", "write", "delete"];
const PERMISSIONS: [&str; 3] = ["read", "manage", "view"];
const PEOPLE: usize = 2;
const PLACES: usize = 3;
const ROLES: usize = 3;
/// Each begins with a sign-in and has some changes and refreshes.
const SEQUENCES: usize = 1200;

type Names = BTreeSet<&'static str>;

/// A small generator, so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn some_of(&mut self, names: &[&'static str]) -> Names {
        names.iter().copied().filter(|_| self.below(3) > 0).collect()
    }
}

/// What the model believes. Subject 0 and 1 are people; the last is a machine.
#[derive(Default)]
struct Model {
    strict: bool,
    /// Of each organization role: permissions, and scopes of the API.
    roles: [(Names, Names); ROLES],
    /// Who has which roles where.
    members: BTreeMap<(usize, usize), BTreeSet<usize>>,
    /// Who has the global role, which grants `write`.
    global: BTreeSet<usize>,
}

/// What a sign-in left: what was allowed for the API and for organizations, and whether organizations were asked for.
struct Agreed {
    api: Names,
    permissions: Names,
    organizations: bool,
}

impl Model {
    fn global(&self, who: usize) -> Names {
        if self.global.contains(&who) { Names::from(["write"]) } else { Names::new() }
    }

    fn in_place(&self, who: usize, place: usize) -> (Names, Names) {
        let roles = self.members.get(&(who, place)).into_iter().flatten().map(|role| &self.roles[*role]);
        roles.fold(Default::default(), |(permissions, api), role| (&permissions | &role.0, &api | &role.1))
    }

    fn anywhere(&self, who: usize) -> Names {
        (0..PLACES).fold(Names::new(), |all, place| &all | &self.in_place(who, place).1)
    }

    /// The rows of the rules. `None`: there is no token. What an application may have of anybody would cut `held`.
    fn person(&self, who: usize, (api, place): (bool, Option<usize>), agreed: &Agreed) -> Option<Names> {
        if let Some(place) = place
            && (!self.members.contains_key(&(who, place)) || !agreed.organizations)
        {
            return None;
        }
        let asked = &agreed.api | &agreed.permissions;
        Some(match (api, place, self.strict) {
            (true, None, false) => &(&(&self.global(who) | &self.anywhere(who)) & &asked) & &agreed.api,
            (true, None, true) => &(&self.global(who) & &asked) & &agreed.api,
            (true, Some(place), false) => &(&(&self.global(who) | &self.in_place(who, place).1) & &asked) & &agreed.api,
            (true, Some(place), true) => &(&self.in_place(who, place).1 & &asked) & &agreed.api,
            (false, Some(place), _) => &(&self.in_place(who, place).0 & &asked) & &agreed.permissions,
            (false, None, _) => unreachable!("a token for userinfo"),
        })
    }

    fn machine(&self, who: usize, (api, place): (bool, Option<usize>)) -> Option<Names> {
        match place {
            None => Some(self.global(who)),
            Some(place) if !self.members.contains_key(&(who, place)) => None,
            Some(place) if api => Some(self.in_place(who, place).1),
            Some(place) => Some(self.in_place(who, place).0),
        }
    }
}

/// The same in a server.
struct World {
    signet: Signet,
    web: Client,
    people: Vec<User>,
    machine: Machine,
    places: Vec<OrganizationId>,
    roles: [Vec<OrganizationRoleId>; 2],
    global: [RoleId; 2],
    scopes: BTreeMap<&'static str, Value>,
    permissions: BTreeMap<&'static str, Value>,
}

impl World {
    async fn new() -> Self {
        let signet = signet().await;
        let api = signet.resource(API, &API_SCOPES).await;
        let scopes: BTreeMap<_, _> = API_SCOPES
            .into_iter()
            .zip(api["scopes"].as_array().unwrap().iter().map(|scope| scope["id"].clone()))
            .collect();
        let mut permissions = BTreeMap::new();
        for name in PERMISSIONS {
            permissions.insert(name, signet.organization_scope(name).await["id"].clone());
        }
        let mut places = Vec::new();
        for name in ["foo", "bar", "baz"] {
            places.push(id(&signet.organization(json!({"name": name})).await));
        }
        let mut roles = [Vec::new(), Vec::new()];
        let mut global = Vec::new();
        for (number, kind) in ["User", "MachineToMachine"].into_iter().enumerate() {
            for role in 0..ROLES {
                roles[number].push(id(&signet.organization_role(&format!("{kind} {role}"), kind, [&[], &[]]).await));
            }
            let role = json!({"name": kind, "description": kind, "type": kind, "scopeIds": [scopes["write"]]});
            global.push(id(&signet.api("POST", "/roles", role).await.expect(200)));
        }
        let mut people = Vec::new();
        for name in ["alice", "bob"] {
            people.push(signet.person(name).await);
        }
        let web = signet.client_with("Traditional", json!({"rotateRefreshToken": false})).await;
        let machine = signet.machine("worker").await;
        let global = global.try_into().unwrap();
        Self { signet, web, people, machine, places, roles, global, scopes, permissions }
    }

    async fn write(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<(), StoreError>) {
        let mut tx = self.signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
        work(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Something changes, here and in the model.
    async fn change(&self, model: &mut Model, dice: &mut Dice) {
        let (who, place, role) = (dice.below(PEOPLE + 1), dice.below(PLACES), dice.below(ROLES));
        match dice.below(10) {
            0..4 => self.turn_membership(model, (who, place, role)).await,
            4..8 => {
                model.roles[role] = (dice.some_of(&PERMISSIONS), dice.some_of(&API_SCOPES));
                self.redefine(role, &model.roles[role]).await;
            }
            8 => {
                let has = !model.global.remove(&who) && model.global.insert(who);
                self.turn_global(who, has).await;
            }
            _ => {
                model.strict = !model.strict;
                self.signet.permission_mode(if model.strict { "strict" } else { "compatible" }).await;
            }
        }
    }

    /// Whoever has the role there loses it, or leaves when it was their last; others get it, and join first.
    async fn turn_membership(&self, model: &mut Model, (who, place, role): (usize, usize, usize)) {
        let held = model.members.entry((who, place)).or_default();
        let (loses, organization) = (held.remove(&role), &self.places[place]);
        let leaves = loses && held.is_empty();
        if leaves {
            model.members.remove(&(who, place));
        } else if !loses {
            held.insert(role);
        }
        self.write(async |tx| {
            if let Some(person) = self.people.get(who).map(|person| &person.id) {
                let role = &self.roles[0][role];
                match (leaves, loses) {
                    (true, _) => tx.remove_organization_user(organization, person).await.map(drop),
                    (_, true) => tx.remove_role_from_organization_user(organization, person, role).await.map(drop),
                    (_, false) => {
                        tx.add_organization_user(organization, person).await?;
                        tx.assign_role_to_organization_user(organization, person, role).await.map(drop)
                    }
                }
            } else {
                let (machine, role) = (self.machine.id.parse().unwrap(), &self.roles[1][role]);
                match (leaves, loses) {
                    (true, _) => tx.remove_organization_application(organization, &machine).await.map(drop),
                    (_, true) => {
                        tx.remove_role_from_organization_application(organization, &machine, role).await.map(drop)
                    }
                    (_, false) => {
                        tx.add_organization_application(organization, &machine).await?;
                        tx.assign_role_to_organization_application(organization, &machine, role).await.map(drop)
                    }
                }
            }
        })
        .await;
    }

    /// A role of people and its twin of machines.
    async fn redefine(&self, role: usize, (permissions, scopes): &(Names, Names)) {
        self.write(async |tx| {
            for role in [&self.roles[0][role], &self.roles[1][role]] {
                for (name, id) in &self.permissions {
                    let id = id.as_str().unwrap().parse().unwrap();
                    if permissions.contains(name) {
                        tx.add_scope_to_organization_role(role, &id).await?;
                    } else {
                        tx.remove_scope_from_organization_role(role, &id).await?;
                    }
                }
                for (name, id) in &self.scopes {
                    let id = id.as_str().unwrap().parse().unwrap();
                    if scopes.contains(name) {
                        tx.add_resource_scope_to_organization_role(role, &id).await?;
                    } else {
                        tx.remove_resource_scope_from_organization_role(role, &id).await?;
                    }
                }
            }
            Ok(())
        })
        .await;
    }

    async fn turn_global(&self, who: usize, has: bool) {
        self.write(async |tx| {
            let machine = self.machine.id.parse().unwrap();
            match (self.people.get(who).map(|person| &person.id), has) {
                (Some(person), true) => tx.assign_role_to_user(person, &self.global[0]).await.map(drop),
                (Some(person), false) => tx.remove_role_from_user(person, &self.global[0]).await.map(drop),
                (None, true) => tx.assign_role_to_application(&machine, &self.global[1]).await.map(drop),
                (None, false) => tx.remove_role_from_application(&machine, &self.global[1]).await.map(drop),
            }
        })
        .await;
    }

    /// Somebody signs in through the front door: what they allow is what they hold at that time.
    async fn sign_in(&self, model: &Model, who: usize, dice: &mut Dice) -> (Agreed, Value) {
        let mut asked = dice.some_of(&["read", "write", "delete", "manage", "view", ASK_ORGANIZATIONS]);
        asked.extend(["openid", "offline_access"]);
        let names: Vec<&str> = asked.iter().copied().collect();
        let with_permissions = dice.below(4) > 0;
        let scope = names.join(" ");
        let mut request = vec![("scope", &*scope), ("resource", API), ("prompt", "consent")];
        if with_permissions {
            request.push(("resource", ORGANIZATIONS));
        }
        let answer = self.signet.browser().signs_in(&self.web, &self.people[who], &request).await;
        let code = answer.takes_back_to(REDIRECT_URI)["code"].clone();
        let tokens = self.web.redeems(&self.signet, &code, "").await.expect(200);
        let held = &model.global(who) | &model.anywhere(who);
        let permissions = if with_permissions { &asked & &Names::from(PERMISSIONS) } else { Names::new() };
        let organizations = asked.contains(ASK_ORGANIZATIONS);
        (Agreed { api: &asked & &held, permissions, organizations }, tokens["refresh_token"].clone())
    }

    fn parameters(&self, (api, place): (bool, Option<usize>)) -> String {
        let resource = if api { format!("&resource={API}") } else { String::new() };
        let organization = place.map(|place| format!("&organization_id={}", self.places[place])).unwrap_or_default();
        format!("{resource}{organization}")
    }
}

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(entity: &Value) -> T {
    entity["id"].as_str().unwrap().parse().unwrap()
}

fn about(dice: &mut Dice) -> (bool, Option<usize>) {
    match dice.below(3) {
        0 => (true, None),
        1 => (true, Some(dice.below(PLACES))),
        _ => (false, Some(dice.below(PLACES))),
    }
}

/// The scopes of an answer, which its token repeats. `None`: refused as somebody without the right is.
fn said(answer: &signet_tests::Answer) -> Option<BTreeSet<String>> {
    if answer.status == 403 {
        assert!(["access_denied", "insufficient_scope"].contains(&answer.json()["error"].as_str().unwrap()));
        return None;
    }
    let granted = answer.expect(200);
    let scope = claims(&granted["access_token"])["scope"].as_str().unwrap_or_default().to_owned();
    assert_eq!(granted["scope"].as_str().unwrap_or_default(), scope);
    Some(scope.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

fn owned(names: Option<Names>) -> Option<BTreeSet<String>> {
    names.map(|names| names.into_iter().map(str::to_owned).collect())
}

#[tokio::test]
async fn no_sequence_of_changes_gives_a_token_that_the_rules_do_not() {
    let (world, mut model, mut dice) = (World::new().await, Model::default(), Dice(0x5eed_0f5e_ed0f_5eed));
    let (mut issued, mut refused, mut scopes) = (0, 0, 0);
    for number in 0..SEQUENCES {
        let who = dice.below(PEOPLE);
        let (agreed, token) = world.sign_in(&model, who, &mut dice).await;
        for _ in 0..1 + dice.below(3) {
            world.change(&mut model, &mut dice).await;
            let asked = about(&mut dice);
            let answer = world.web.refreshes(&world.signet, &token, &world.parameters(asked)).await;
            let (found, expected) = (said(&answer), owned(model.person(who, asked, &agreed)));
            assert_eq!(found, expected, "sequence {number}: {asked:?}, strict {}", model.strict);
            issued += 1;
            refused += usize::from(found.is_none());
            scopes += found.map_or(0, |found| found.len());
        }
        let asked = about(&mut dice);
        let form =
            format!("grant_type=client_credentials&scope=read+write+delete+manage+view{}", world.parameters(asked));
        let answer = world.machine.asks(&world.signet, &form).await;
        assert_eq!(said(&answer), owned(model.machine(PEOPLE, asked)), "sequence {number}: machine, {asked:?}");
    }
    assert!(refused * 10 > issued && scopes > issued / 2, "the sequences say something: {issued} {refused} {scopes}");
}
