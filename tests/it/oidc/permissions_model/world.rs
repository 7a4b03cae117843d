//! The same in a server: people, a machine, organizations and applications, and how they are changed.

use super::model::{API_SCOPES, Agreed, App, Asked, Dice, Model, Names, PEOPLE, PERMISSIONS, PLACES, ROLES};
use super::{API, ASK_ORGANIZATIONS};
use crate::signet;
use serde_json::{Value, json};
use signet_core::id::{OrganizationId, OrganizationRoleId, RoleId, TenantId};
use signet_core::user::User;
use signet_storage::{StoreError, Tx};
use signet_tests::people::REDIRECT_URI;
use signet_tests::{Client, Machine, Signet};
use std::collections::BTreeMap;

const ORGANIZATIONS: &str = "urn:logto:resource:organizations";

pub(super) struct World {
    pub(super) signet: Signet,
    web: Client,
    foreign: Client,
    people: Vec<User>,
    pub(super) machine: Machine,
    places: Vec<OrganizationId>,
    roles: [Vec<OrganizationRoleId>; 2],
    global: [RoleId; 2],
    scopes: BTreeMap<&'static str, Value>,
    permissions: BTreeMap<&'static str, Value>,
}

impl World {
    pub(super) async fn new() -> Self {
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
        let settings = json!({"isThirdParty": true, "customClientMetadata": {"rotateRefreshToken": false}});
        let foreign = signet.client("Traditional", settings).await;
        signet.lets_ask(&foreign, json!({"userScopes": [ASK_ORGANIZATIONS]})).await;
        let machine = signet.machine("worker").await;
        let global = global.try_into().unwrap();
        Self { signet, web, foreign, people, machine, places, roles, global, scopes, permissions }
    }

    async fn write(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<(), StoreError>) {
        let mut tx = self.signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
        work(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Something changes, here and in the model.
    pub(super) async fn change(&self, model: &mut Model, dice: &mut Dice) {
        let (who, place, role) = (dice.below(PEOPLE + 1), dice.below(PLACES), dice.below(ROLES));
        match dice.below(14) {
            0..4 => self.turn_membership(model, (who, place, role)).await,
            4..8 => {
                model.roles[role] = (dice.some_of(&PERMISSIONS), dice.some_of(&API_SCOPES));
                self.redefine(role, &model.roles[role]).await;
            }
            8 => {
                let has = !model.global.remove(&who) && model.global.insert(who);
                self.turn_global(who, has).await;
            }
            9..12 => self.turn_reach(model, dice).await,
            12 => self.withdraw(model, (who % PEOPLE, place)).await,
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
            model.consents.remove(&(who, place));
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

    /// The third party may ask for one scope more, or one less.
    async fn turn_reach(&self, model: &mut Model, dice: &mut Dice) {
        let (reach, number) = (&mut model.reach, dice.below(3));
        let (names, list, kind, name, ids) = match dice.below(3) {
            0 => (&mut reach.own, "resourceScopes", "resource-scopes", API_SCOPES[number], &self.scopes),
            1 => (
                &mut reach.in_places,
                "organizationResourceScopes",
                "organization-resource-scopes",
                API_SCOPES[number],
                &self.scopes,
            ),
            _ => (
                &mut reach.permissions,
                "organizationScopes",
                "organization-scopes",
                PERMISSIONS[number],
                &self.permissions,
            ),
        };
        let path = format!("/applications/{}/user-consent-scopes", self.foreign.id);
        if names.remove(name) {
            let path = format!("{path}/{kind}/{}", ids[name].as_str().unwrap());
            self.signet.api("DELETE", &path, Value::Null).await.expect(204);
        } else {
            names.insert(name);
            self.signet.api("POST", &path, json!({list: [ids[name]]})).await.expect(201);
        }
    }

    /// Somebody's leave to be in an organization is taken back, when there is one.
    async fn withdraw(&self, model: &mut Model, (who, place): (usize, usize)) {
        if model.consents.remove(&(who, place)) {
            let (app, person, place) = (&self.foreign.id, &self.people[who].id, &self.places[place]);
            let path = format!("/applications/{app}/users/{person}/consent-organizations/{place}");
            self.signet.api("DELETE", &path, Value::Null).await.expect(204);
        }
    }

    pub(super) fn client(&self, app: App) -> &Client {
        match app {
            App::Own => &self.web,
            App::Foreign => &self.foreign,
        }
    }

    /// Somebody signs in through the front door, and lets a third party into some of their organizations: what they
    /// allow is what they hold at that time.
    pub(super) async fn sign_in(
        &self,
        model: &mut Model,
        (app, who): (App, usize),
        dice: &mut Dice,
    ) -> (Agreed, Value) {
        let mut asked = dice.some_of(&["read", "write", "delete", "manage", "view", ASK_ORGANIZATIONS]);
        asked.extend(["openid", "offline_access"]);
        let with_permissions = dice.below(4) > 0;
        let scope = asked.iter().copied().collect::<Vec<_>>().join(" ");
        let mut request = vec![("scope", &*scope), ("resource", API), ("prompt", "consent")];
        if with_permissions {
            request.push(("resource", ORGANIZATIONS));
        }
        let (client, browser) = (self.client(app), self.signet.browser());
        let mut answer = browser.signs_in(client, &self.people[who], &request).await;
        if app == App::Foreign {
            let joined = (0..PLACES).filter(|place| model.members.contains_key(&(who, *place)));
            let chosen: Vec<usize> = joined.filter(|_| dice.below(2) > 0).collect();
            model.consents.extend(chosen.iter().map(|place| (who, *place)));
            let chosen: Vec<&str> = chosen.iter().map(|place| self.places[*place].as_str()).collect();
            answer = browser.agrees(&chosen).await;
        }
        let code = answer.takes_back_to(REDIRECT_URI)["code"].clone();
        let tokens = client.redeems(&self.signet, &code, "").await.expect(200);
        (model.agrees((app, who), &asked, with_permissions), tokens["refresh_token"].clone())
    }

    pub(super) fn parameters(&self, (api, place): Asked) -> String {
        let resource = if api { format!("&resource={API}") } else { String::new() };
        let organization = place.map(|place| format!("&organization_id={}", self.places[place])).unwrap_or_default();
        format!("{resource}{organization}")
    }
}

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(entity: &Value) -> T {
    entity["id"].as_str().unwrap().parse().unwrap()
}
