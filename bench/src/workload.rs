//! What is set up over HTTP before anything is measured: an API, a role, machines, scripts.

use crate::http::{Body, send};
use crate::load::Load;
use crate::organizations;
use crate::people::{People, SignIn};
use crate::server::{BOOTSTRAP, Installation};
use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value as Json, json};
use signet_core::audit::LogKey;
use signet_core::random::{Rng as _, SystemRng};
use signet_core::resource::ORGANIZATIONS_INDICATOR;
use std::net::SocketAddr;

const API: &str = "https://bench.example/api";
const SCOPES: [&str; 2] = ["read:orders", "write:orders"];
/// Bytes of the custom data that the large script reads.
const CONTEXT: usize = 4096;
const SCRIPT_PATH: &str = "/api/configs/jwt-customizer/client-credentials";
const PERSON_SCRIPT_PATH: &str = "/api/configs/jwt-customizer/access-token";
/// Somebody's refresh token, which does not rotate: a load generator can send it again and again.
const REFRESH_TOKEN: &str = "bench-refresh-token-bench-refresh-token-ben";
/// That of somebody who belongs to many organizations.
const MEMBERS_TOKEN: &str = "bench-members-token-bench-members-token-ben";

/// What happens between a machine's request and its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    Plain,
    Small,
    Large,
    /// Somebody's refresh: a JWT for an API and an ID token, with a script over the person.
    Refresh,
    /// The same for userinfo: an opaque token, which is stored.
    RefreshOpaque,
    /// Somebody's refresh for one of many organizations: a JWT about it and an ID token, without a script.
    Organization,
}

impl Scenario {
    pub(crate) const ALL: [Self; 6] =
        [Self::Plain, Self::Small, Self::Large, Self::Refresh, Self::RefreshOpaque, Self::Organization];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "no script",
            Self::Small => "small script",
            Self::Large => "4 KB context",
            Self::Refresh => "refresh, user script",
            Self::RefreshOpaque => "refresh, opaque, user script",
            Self::Organization => "refresh, 1 of 1,000 organizations",
        }
    }

    pub(crate) fn script(self) -> Option<&'static str> {
        match self {
            Self::Plain | Self::Organization => None,
            Self::Small => Some(include_str!("workload/small.js")),
            Self::Large => Some(include_str!("workload/large.js")),
            Self::Refresh | Self::RefreshOpaque => Some(include_str!("workload/person.js")),
        }
    }

    /// Claims that the script adds.
    fn claims(self) -> usize {
        match self {
            Self::Plain | Self::Organization => 0,
            Self::Small => 1,
            Self::Large => 8,
            Self::Refresh | Self::RefreshOpaque => 4,
        }
    }

    /// Whether it is about a person.
    pub(crate) fn is_refresh(self) -> bool {
        matches!(self, Self::Refresh | Self::RefreshOpaque | Self::Organization)
    }

    /// Audit entries that a request leaves.
    pub(crate) fn audit_keys(self) -> &'static [LogKey] {
        match self {
            Self::Plain => &[LogKey::ExchangeClientCredentials],
            Self::Small | Self::Large => &[LogKey::ExchangeClientCredentials, LogKey::ScriptClientCredentials],
            Self::Refresh | Self::RefreshOpaque => &[LogKey::ExchangeRefreshToken, LogKey::ScriptAccessToken],
            Self::Organization => &[LogKey::ExchangeRefreshToken],
        }
    }

    fn script_path(self) -> &'static str {
        if self.is_refresh() { PERSON_SCRIPT_PATH } else { SCRIPT_PATH }
    }
}

/// A machine's id and its `Authorization` header.
struct Machine {
    id: String,
    authorization: String,
}

/// A server's data after it was set up.
pub(crate) struct Workload {
    pub(crate) address: SocketAddr,
    management: String,
    small: Machine,
    large: Machine,
    /// Where somebody has signed in.
    web: Machine,
    codes: Vec<String>,
    /// Of somebody who belongs to many.
    organizations: Vec<String>,
}

impl Workload {
    /// `codes`: how many codes of a sign-in are to be redeemed.
    pub(crate) async fn set_up(installation: &Installation, codes: usize) -> Result<Self> {
        let server = installation.start()?;
        let address = server.address;
        let form = "grant_type=client_credentials&scope=all&resource=https%3A%2F%2Fdefault.logto.app%2Fapi";
        let granted =
            send(address, ("POST", "/oidc/token"), &basic(BOOTSTRAP.0, BOOTSTRAP.1), &Body::Form(form))?.json()?;
        let management = format!("Bearer {}", text(&granted, "access_token")?);
        let api = |method: &str, path: &str, body: Json| {
            let body = if body.is_null() { Body::None } else { Body::Json(&body) };
            send(address, (method, path), &management, &body)?.json().with_context(|| format!("{method} {path}"))
        };
        let resource = api("POST", "/api/resources", json!({"name": "Bench", "indicator": API}))?;
        let path = format!("/api/resources/{}/scopes", text(&resource, "id")?);
        let scopes = SCOPES.map(|name| api("POST", &path, json!({"name": name, "description": name})));
        let scopes = scopes.into_iter().map(|scope| text(&scope?, "id")).collect::<Result<Vec<_>>>()?;
        let role = |kind: &str| -> Result<String> {
            let role =
                json!({"name": format!("bench {kind}"), "description": "bench", "type": kind, "scopeIds": scopes});
            text(&api("POST", "/api/roles", role)?, "id")
        };
        let (of_machines, of_people) = (role("MachineToMachine")?, role("User")?);
        let application = |application: Json| -> Result<Machine> {
            let id = text(&api("POST", "/api/applications", application)?, "id")?;
            let secrets = api("GET", &format!("/api/applications/{id}/secrets"), Json::Null)?;
            let secret = text(secrets.get(0).context("an application without a secret")?, "value")?;
            Ok(Machine { authorization: basic(&id, &secret), id })
        };
        let machine = |name: &str, custom_data: Json| -> Result<Machine> {
            let machine = application(json!({"name": name, "type": "MachineToMachine", "customData": custom_data}))?;
            let path = format!("/api/applications/{}/roles", machine.id);
            api("POST", &path, json!({"roleIds": [of_machines]}))?;
            Ok(machine)
        };
        let (small, large) = (machine("small", json!({}))?, machine("large", custom_data())?);
        let settings = json!({"rotateRefreshToken": false});
        let web = application(json!({"name": "web", "type": "Traditional", "customClientMetadata": settings}))?;
        let ada = json!({"username": "ada", "name": "Ada Example", "primaryEmail": "ada@example.com",
            "customData": {"plan": "gold", "team": "orders", "limits": {"rps": 5}}, "profile": {"givenName": "Ada"}});
        let ada = text(&api("POST", "/api/users", ada)?, "id")?;
        api("POST", &format!("/api/users/{ada}/roles"), json!({"roleIds": [of_people]}))?;
        let bob = text(&api("POST", "/api/users", json!({"username": "bob", "name": "Bob Example"}))?, "id")?;
        server.stop()?;
        let codes: Vec<String> = (0..codes).map(|_| SystemRng.opaque(43)).collect();
        let openid = "openid offline_access profile email";
        let sign_in = SignIn { user: &ada, client: &web.id, openid, resource: API, scopes: &SCOPES };
        let people = People::of(&installation.database).await?;
        people.sign_in(&sign_in, REFRESH_TOKEN, &codes).await?;
        let openid = "openid offline_access urn:logto:scope:organizations";
        let (resource, scopes) = (ORGANIZATIONS_INDICATOR, &organizations::PERMISSIONS);
        let member = SignIn { user: &bob, client: &web.id, openid, resource, scopes };
        people.sign_in(&member, MEMBERS_TOKEN, &[]).await?;
        let organizations = organizations::fill(&people, &bob).await?;
        Ok(Self { address, management, small, large, web, codes, organizations })
    }

    pub(crate) fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The header of the client that somebody has signed in to.
    pub(crate) fn web(&self) -> &str {
        &self.web.authorization
    }

    fn machine(&self, scenario: Scenario) -> &Machine {
        match scenario {
            Scenario::Plain | Scenario::Small => &self.small,
            Scenario::Large => &self.large,
            Scenario::Refresh | Scenario::RefreshOpaque | Scenario::Organization => &self.web,
        }
    }

    /// Stores the scenario's script in the running server, and sees that a token is what it should be.
    pub(crate) fn prepare(&self, scenario: Scenario) -> Result<Load> {
        let answer = match scenario.script() {
            Some(script) => {
                let body = json!({"script": script, "blockIssuanceOnError": true});
                send(self.address, ("PUT", scenario.script_path()), &self.management, &Body::Json(&body))?
            }
            None => send(self.address, ("DELETE", scenario.script_path()), &self.management, &Body::None)?,
        };
        let is_absent = scenario.script().is_none() && answer.status == 404;
        ensure!(
            is_absent || (200..300).contains(&answer.status),
            "the script was answered {}: {}",
            answer.status,
            answer.body
        );
        let form = match scenario {
            Scenario::Plain | Scenario::Small | Scenario::Large => {
                vec![("grant_type", "client_credentials"), ("resource", API), ("scope", "read:orders write:orders")]
            }
            Scenario::Refresh => {
                vec![("grant_type", "refresh_token"), ("refresh_token", REFRESH_TOKEN), ("resource", API)]
            }
            Scenario::RefreshOpaque => vec![("grant_type", "refresh_token"), ("refresh_token", REFRESH_TOKEN)],
            Scenario::Organization => vec![("grant_type", "refresh_token"), ("refresh_token", MEMBERS_TOKEN)],
        };
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let organizations =
            if scenario == Scenario::Organization { self.organizations.as_slice() } else { Default::default() };
        let load = Load::new(self.address, self.machine(scenario).authorization.clone(), form, organizations)?;
        let granted = self.ask(&load)?;
        ensure!(!scenario.is_refresh() || granted.get("id_token").is_some(), "the answer has no ID token");
        if scenario == Scenario::RefreshOpaque {
            return Ok(load);
        }
        let scopes = if scenario == Scenario::Organization { organizations::PERMISSIONS } else { SCOPES };
        ensure!(text(&granted, "scope")? == scopes.join(" "), "the token lacks scopes");
        let claims = claims(&text(&granted, "access_token")?)?;
        let protocol = ["jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud"];
        let added = claims.keys().filter(|name| !protocol.contains(&name.as_str())).count();
        ensure!(added == scenario.claims(), "the script added {added} claims: {claims:?}");
        Ok(load)
    }

    /// One token, as the load generator asks for it.
    pub(crate) fn ask(&self, load: &Load) -> Result<Json> {
        send(self.address, ("POST", "/oidc/token"), &load.authorization, &Body::Form(&load.first()))?.json()
    }

    /// The payload of the newest audit entry of a kind about the scenario's machine.
    pub(crate) fn audit_payload(&self, scenario: Scenario, key: &str) -> Result<Json> {
        let path = format!("/api/logs?page=1&page_size=20&logKey={key}");
        let entries = send(self.address, ("GET", &path), &self.management, &Body::None)?.json()?;
        let id = &self.machine(scenario).id;
        let payloads = entries.as_array().into_iter().flatten().filter_map(|entry| entry.get("payload"));
        let found = payloads.into_iter().find(|payload| payload.get("applicationId").is_some_and(|of| of == id));
        found.cloned().with_context(|| format!("no audit entry `{key}`"))
    }
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

fn text(json: &Json, name: &str) -> Result<String> {
    json.get(name).and_then(Json::as_str).map(str::to_owned).with_context(|| format!("no `{name}` in {json}"))
}

fn claims(token: &str) -> Result<serde_json::Map<String, Json>> {
    let payload = token.split('.').nth(1).context("the token is no JWT")?;
    Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload)?)?)
}

/// What the server gives to the script of [`Scenario::Large`], as JSON.
pub(crate) fn large_input() -> String {
    let token = json!({
        "jti": "V7sQf0m1bq2Zk9Xw3Rt5Y", "kind": "ClientCredentials", "clientId": "8f4nq2b6s0d1k7x3v9c5m", "aud": API,
        "scope": SCOPES.join(" "),
    });
    let application = json!({
        "tenantId": "default", "id": "8f4nq2b6s0d1k7x3v9c5m", "name": "large", "description": null,
        "type": "MachineToMachine", "oidcClientMetadata": {"redirectUris": [], "postLogoutRedirectUris": []},
        "customClientMetadata": {}, "protectedAppMetadata": null, "customData": custom_data(), "isThirdParty": false,
        "appLevelAccessControlEnabled": false, "createdAt": 1_767_225_600_000_i64,
    });
    json!({"token": token, "context": {"application": application}}).to_string()
}

/// A customer's data, as much of it as [`CONTEXT`] says.
fn custom_data() -> Json {
    let mut departments = Vec::new();
    loop {
        let data = json!({
            "contract": {"tier": "enterprise", "region": "eu-central", "renewsAt": 1_798_761_600_000_i64},
            "owner": {"name": "Ada Example", "email": "Ada.Example@Customer.example"},
            "suspended": false,
            "departments": departments,
        });
        if data.to_string().len() >= CONTEXT {
            return data;
        }
        let number = departments.len();
        departments.push(json!({
            "id": format!("department-{number}"), "name": format!("Department of things number {number}"),
            "active": number % 4 != 3, "seats": 5 + number, "costCentre": format!("CC-{:05}", number * 37),
            "permissions": ["read:orders", "write:orders", format!("read:reports-{}", number % 5), "approve:invoices"],
        }));
    }
}
