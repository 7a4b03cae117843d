//! The worked example of permissions in organizations: Alice is `admin` (read, write, delete) in `foo` and `member`
//! (read) in `bar` of one API, and some application of somebody else wants in.

use crate::answer::Answer;
use crate::browser::Browser;
use crate::people::{Client, PKCE, REDIRECT_URI};
use crate::signet::Signet;
use serde_json::{Value, json};
use signet_core::user::User;

/// The API.
pub const SHOP: &str = "https://shopping.example/";
/// What an application asks for that wants all of it.
pub const WANTS_ALL: &str = "openid offline_access profile urn:logto:scope:organizations read write delete invite";

/// See the module. Ids as the Management API gives them.
pub struct Shopping {
    pub alice: User,
    pub foo: String,
    pub bar: String,
    pub admin: String,
    pub member: String,
    /// Scopes of the API by name.
    pub scopes: Value,
    /// A permission of organizations, which `admin` has.
    pub invite: String,
}

impl Signet {
    pub async fn shopping(&self) -> Shopping {
        let api = self.resource(SHOP, &["read", "write", "delete"]).await;
        let all = api["scopes"].as_array().unwrap();
        let scopes: Value =
            all.iter().map(|scope| (scope["name"].as_str().unwrap().to_owned(), scope["id"].clone())).collect();
        let invite = self.made("/organization-scopes", json!({"name": "invite", "description": "Invite people"})).await;
        let [read, write, delete] = ["read", "write", "delete"].map(|name| scopes[name].clone());
        let admin =
            json!({"name": "admin", "organizationScopeIds": [invite], "resourceScopeIds": [read, write, delete]});
        let admin = self.made("/organization-roles", admin).await;
        let member = self.made("/organization-roles", json!({"name": "member", "resourceScopeIds": [read]})).await;
        let organization = |name| self.made("/organizations", json!({"name": name}));
        let shopping = Shopping {
            alice: self.person("alice").await,
            foo: organization("foo").await,
            bar: organization("bar").await,
            admin,
            member,
            scopes,
            invite,
        };
        self.joins(&shopping.alice, &shopping.foo, &[&shopping.admin]).await;
        self.joins(&shopping.alice, &shopping.bar, &[&shopping.member]).await;
        shopping
    }

    /// Makes a thing and returns its id.
    pub async fn made(&self, path: &str, body: Value) -> String {
        let made = self.api("POST", path, body).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// Makes somebody a member with these roles.
    pub async fn joins(&self, user: &User, organization: &str, roles: &[&str]) {
        let members = format!("/organizations/{organization}/users");
        self.api("POST", &members, json!({"userIds": [user.id]})).await.expect(201);
        let roles = json!({"organizationRoleIds": roles});
        self.api("POST", &format!("{members}/{}/roles", user.id), roles).await.expect(201);
    }

    /// A third-party application that may ask for what Alice has in organizations, but never to delete.
    pub async fn shop_assistant(&self, shopping: &Shopping) -> Client {
        let settings =
            json!({"isThirdParty": true, "name": "Assistant", "customClientMetadata": {"rotateRefreshToken": false}});
        let client = self.client("Traditional", settings).await;
        let (read, write) = (&shopping.scopes["read"], &shopping.scopes["write"]);
        self.lets_ask(
            &client,
            json!({
                "userScopes": ["profile", "urn:logto:scope:organizations"],
                "organizationScopes": [shopping.invite],
                "organizationResourceScopes": [read, write],
            }),
        )
        .await;
        client
    }
}

/// An authorization request for everything. `scope` names it.
fn wish(scope: &str) -> [(&'static str, &str); 4] {
    [("scope", scope), ("resource", SHOP), ("resource", "urn:logto:resource:organizations"), ("prompt", "consent")]
}

impl Browser<'_> {
    /// Signs in and stops at the consent page.
    pub async fn is_asked_by(&self, client: &Client, user: &User, scope: &str) -> Answer {
        self.signs_in(client, user, &wish(scope)).await
    }

    /// Agrees, and lets the client into organizations. Returns what the browser does next.
    pub async fn agrees(&self, organizations: &[&str]) -> Answer {
        let body = json!({"organizationIds": organizations});
        let next = self.post_json("/api/interaction/consent", &body).await.expect(200);
        let next = next["redirectTo"].as_str().unwrap().strip_prefix("https://id.example").unwrap().to_owned();
        let back = self.get(&next).await;
        self.follow(back).await
    }

    /// A whole sign-in with consent to these organizations, to its tokens.
    pub async fn lets_in(&self, client: &Client, user: &User, organizations: &[&str]) -> Value {
        self.is_asked_by(client, user, WANTS_ALL).await;
        let end = self.agrees(organizations).await;
        let code = end.takes_back_to(REDIRECT_URI)["code"].clone();
        let form =
            format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI}&code_verifier={}", PKCE.0);
        client.posts(self.signet(), "/oidc/token", &form).await.expect(200)
    }
}
