//! Tokens that are about an organization.

use crate::signet;
use serde_json::{Value, json};
use signet_core::user::User;
use signet_tests::token::claims;
use signet_tests::{Answer, Client, SignIn, Signet};
use std::time::Duration;

pub(super) const API: &str = "https://shopping.api/";
const ORGANIZATIONS: &str = "urn:logto:resource:organizations";
const NOT_A_MEMBER: &str = "user is not a member of the organization";

/// An API with `read` and `write`, and Alice: admin (`read write`, `manage view`) in foo, user (`read`, `view`) in bar.
pub(super) struct Shop {
    pub(super) signet: Signet,
    pub(super) web: Client,
    pub(super) alice: User,
    pub(super) api: Value,
    pub(super) permissions: [Value; 2],
    pub(super) roles: [Value; 2],
    pub(super) foo: Value,
    pub(super) bar: Value,
    pub(super) other: Value,
    refresh_token: Value,
}

pub(super) async fn shop() -> Shop {
    let signet = signet().await;
    let api = signet.resource(API, &["read", "write"]).await;
    let (read, write) = (&api["scopes"][0], &api["scopes"][1]);
    let permissions = [signet.organization_scope("manage").await, signet.organization_scope("view").await];
    let [manage, view] = &permissions;
    let roles = [
        signet.organization_role("admin", "User", [&[manage, view], &[read, write]]).await,
        signet.organization_role("user", "User", [&[view], &[read]]).await,
    ];
    let settings = json!({"rotateRefreshToken": false, "allowTokenExchange": true});
    let (web, alice) = (signet.client_with("Traditional", settings).await, signet.person("alice").await);
    let first = json!({"name": "Foo", "description": "first", "customData": {"internalId": "acme-42"}});
    let first = signet.organization(first).await;
    let (bar, other) =
        (signet.organization(json!({"name": "Bar"})).await, signet.organization(json!({"name": "Other"})).await);
    signet.enrols(&first, &alice, &[&roles[0]]).await;
    signet.enrols(&bar, &alice, &[&roles[1]]).await;
    let refresh_token = signed_in(&signet, &web, &alice).await;
    Shop { signet, web, alice, api, permissions, roles, foo: first, bar, other, refresh_token }
}

/// The refresh token of a sign-in that asked for everything.
async fn signed_in(signet: &Signet, web: &Client, user: &User) -> Value {
    let sign_in = SignIn {
        scope: "openid offline_access urn:logto:scope:organizations urn:logto:scope:organization_roles read write \
                manage view",
        resources: vec![API, ORGANIZATIONS],
        ..SignIn::default()
    };
    signet.tokens(web, user, sign_in).await.0["refresh_token"].clone()
}

pub(super) fn about(organization: &Value) -> String {
    format!("&organization_id={}", organization["id"].as_str().unwrap())
}

pub(super) fn audience(organization: &Value) -> Value {
    json!(format!("urn:logto:organization:{}", organization["id"].as_str().unwrap()))
}

impl Shop {
    pub(super) async fn refresh(&self, more: &str) -> Answer {
        self.web.refreshes(&self.signet, &self.refresh_token, more).await
    }

    pub(super) async fn granted(&self, more: &str) -> Value {
        let granted = self.refresh(more).await.expect(200);
        let said = claims(&granted["access_token"]);
        assert_eq!(said["scope"], granted["scope"], "{more}");
        said
    }

    async fn scopes(&self, more: &str) -> String {
        self.granted(more).await["scope"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn each_token_says_what_holds_in_the_organization_it_was_asked_for() {
    let shop = shop().await;
    let (foo, bar, api) = (about(&shop.foo), about(&shop.bar), format!("&resource={API}"));

    let in_foo = shop.granted(&format!("{api}{foo}")).await;
    assert_eq!((&in_foo["scope"], &in_foo["aud"]), (&json!("read write"), &json!(API)));
    assert_eq!((&in_foo["organization_id"], &in_foo["sub"]), (&shop.foo["id"], &json!(shop.alice.id)));
    let in_bar = shop.granted(&format!("{api}{bar}")).await;
    assert_eq!((&in_bar["scope"], &in_bar["organization_id"]), (&json!("read"), &shop.bar["id"]));
    let anywhere = shop.granted(&api).await;
    assert_eq!((&anywhere["scope"], anywhere.get("organization_id")), (&json!("read write"), None));
    let of_foo = shop.granted(&foo).await;
    assert_eq!((&of_foo["scope"], &of_foo["aud"]), (&json!("manage view"), &audience(&shop.foo)));
    assert!(of_foo.get("organization_id").is_none());
    assert_eq!(of_foo["exp"].as_i64().unwrap() - of_foo["iat"].as_i64().unwrap(), 3600);
    assert_eq!(shop.scopes(&bar).await, "view");
    assert_eq!(shop.scopes(&format!("{api}{foo}&scope=write")).await, "write");
}

#[tokio::test]
async fn a_strict_tenant_never_says_more_than_holds_for_what_was_named() {
    let shop = shop().await;
    let write = json!({"id": shop.api["id"], "scopes": [shop.api["scopes"][1]]});
    shop.signet.permit(&shop.alice, &write).await;
    let (api, in_bar) = (format!("&resource={API}"), format!("&resource={API}{}", about(&shop.bar)));
    assert_eq!((shop.scopes(&api).await, shop.scopes(&in_bar).await), ("read write".into(), "read write".into()));

    shop.signet.permission_mode("strict").await;

    assert_eq!((shop.scopes(&api).await, shop.scopes(&in_bar).await), ("write".into(), "read".into()));
    assert_eq!(shop.scopes(&about(&shop.foo)).await, "manage view");
    shop.signet.permission_mode("compatible").await;
    assert_eq!(shop.scopes(&api).await, "read write");
}

#[tokio::test]
async fn attack_34_whoever_is_no_member_is_refused_and_keeps_the_refresh_token() {
    let shop = shop().await;
    let elsewhere = json!({"id": "adminorganization1234"});
    for organization in [&shop.other, &elsewhere, &json!({"id": "doesnotexist"}), &json!({"id": "x%27--"})] {
        for resource in ["", &format!("&resource={API}")] {
            let answer = shop.refresh(&format!("{}{resource}", about(organization))).await;
            answer.refuses(403, "access_denied", NOT_A_MEMBER);
        }
    }
    shop.scopes(&about(&shop.foo)).await;

    shop.signet.leaves(&shop.foo, &shop.alice).await;
    shop.refresh(&about(&shop.foo)).await.refuses(403, "access_denied", NOT_A_MEMBER);
    shop.refresh(&format!("{}&resource={API}", about(&shop.foo))).await.refuses(403, "access_denied", NOT_A_MEMBER);
    assert_eq!(shop.scopes(&format!("&resource={API}")).await, "read");
    let path = format!("/organizations/{}", shop.bar["id"].as_str().unwrap());
    shop.signet.api("DELETE", &path, Value::Null).await.expect(204);
    shop.refresh(&about(&shop.bar)).await.refuses(403, "access_denied", NOT_A_MEMBER);
}

#[tokio::test]
async fn changes_of_roles_and_of_the_template_count_from_the_next_token_on() {
    let shop = shop().await;
    let [manage, _] = &shop.permissions;
    let (bar, in_bar) = (about(&shop.bar), format!("&resource={API}{}", about(&shop.bar)));
    let user_role = format!("/organization-roles/{}", shop.roles[1]["id"].as_str().unwrap());
    let scopes = format!("{user_role}/scopes");
    shop.signet.api("POST", &scopes, json!({"organizationScopeIds": [manage["id"]]})).await.expect(201);
    assert_eq!(shop.scopes(&bar).await, "manage view");

    shop.signet.api("PUT", &scopes, json!({"organizationScopeIds": [manage["id"]]})).await.expect(204);
    assert_eq!(shop.scopes(&bar).await, "manage");
    let read = shop.api["scopes"][0]["id"].as_str().unwrap();
    shop.signet.api("DELETE", &format!("{user_role}/resource-scopes/{read}"), Value::Null).await.expect(204);
    assert_eq!(shop.scopes(&in_bar).await, "");
    let bar_id = shop.bar["id"].as_str().unwrap();
    let roles = format!("/organizations/{bar_id}/users/{}/roles", shop.alice.id);
    let admin = json!({"organizationRoleIds": [shop.roles[0]["id"]]});
    shop.signet.api("PUT", &roles, admin).await.expect(204);
    assert_eq!((shop.scopes(&bar).await, shop.scopes(&in_bar).await), ("manage view".into(), "read write".into()));
    shop.signet.api("DELETE", &user_role, Value::Null).await.expect(204);
    let path = format!("/resources/{}/scopes/{read}", shop.api["id"].as_str().unwrap());
    shop.signet.api("DELETE", &path, Value::Null).await.expect(204);
    assert_eq!(shop.scopes(&in_bar).await, "write");
}

#[tokio::test]
async fn a_sign_in_that_did_not_ask_for_organizations_gets_none() {
    let shop = shop().await;
    let sign_in = SignIn { scope: "openid offline_access read", resources: vec![API], ..SignIn::default() };
    let (tokens, _) = shop.signet.tokens(&shop.web, &shop.alice, sign_in).await;
    let answer = shop.web.refreshes(&shop.signet, &tokens["refresh_token"], &about(&shop.foo)).await;
    answer.refuses(403, "insufficient_scope", "refresh token missing required scope");
    assert_eq!(answer.json()["scope"], "urn:logto:scope:organizations");

    // Without their resource the scope names no permission of theirs, whatever it is called.
    let scope = "openid offline_access urn:logto:scope:organizations view read";
    let sign_in = SignIn { scope, resources: vec![API], ..SignIn::default() };
    let (tokens, _) = shop.signet.tokens(&shop.web, &shop.alice, sign_in).await;
    let granted = shop.web.refreshes(&shop.signet, &tokens["refresh_token"], &about(&shop.foo)).await.expect(200);
    assert_eq!((&granted["scope"], &claims(&granted["access_token"])["scope"]), (&json!(""), &json!("")));
}

#[tokio::test]
async fn an_organization_that_needs_second_factors_refuses_people_who_have_none() {
    let shop = shop().await;
    let machine = shop.signet.machine("backend").await;
    let path = format!("/organizations/{}", shop.foo["id"].as_str().unwrap());
    shop.signet.api("PATCH", &path, json!({"isMfaRequired": true})).await.expect(200);
    shop.signet.machine_joins(&shop.foo, &machine, &[]).await;

    let text = "organization requires MFA but user has no MFA configured";
    shop.refresh(&about(&shop.foo)).await.refuses(403, "access_denied", text);
    let form = format!("grant_type=client_credentials{}", about(&shop.foo));
    machine.asks(&shop.signet, &form).await.expect(200);
    shop.scopes(&about(&shop.bar)).await;
}

#[tokio::test]
async fn a_code_is_redeemed_for_no_organization() {
    let shop = shop().await;
    let scope = "offline_access urn:logto:scope:organizations read";
    let sign_in = SignIn { scope, resources: vec![API, ORGANIZATIONS], ..SignIn::default() };
    let code = shop.signet.code(&shop.web, &shop.alice, sign_in).await;

    let granted = shop.web.redeems(&shop.signet, &code.value, &about(&shop.foo)).await.expect(200);

    let said = claims(&granted["access_token"]);
    assert_eq!((&said["aud"], said.get("organization_id")), (&json!(API), None));
}

#[tokio::test]
async fn machines_have_what_their_roles_in_the_organization_give() {
    let shop = shop().await;
    let machine = shop.signet.machine("backend").await;
    let [_, view] = &shop.permissions;
    let read = &shop.api["scopes"][0];
    let role = shop.signet.organization_role("worker", "MachineToMachine", [&[view], &[read]]).await;
    shop.signet.machine_joins(&shop.foo, &machine, &[&role]).await;
    let write = json!({"id": shop.api["id"], "scopes": [shop.api["scopes"][1]]});
    shop.signet.allow(&machine, &write).await;
    let ask = async |more: &str| machine.asks(&shop.signet, &format!("grant_type=client_credentials{more}")).await;
    let (foo, api) = (about(&shop.foo), format!("&resource={API}"));
    for mode in ["compatible", "strict"] {
        shop.signet.permission_mode(mode).await;
        for (more, aud, organization, scope) in [
            (format!("{api}&scope=read+write"), json!(API), None, Some("write")),
            (format!("{api}{foo}&scope=read+write"), json!(API), Some(&shop.foo["id"]), Some("read")),
            (format!("{foo}&scope=view+manage"), audience(&shop.foo), None, Some("view")),
            (foo.clone(), audience(&shop.foo), None, Some("")),
            (format!("{api}{foo}"), json!(API), Some(&shop.foo["id"]), None),
        ] {
            let granted = ask(&more).await.expect(200);
            let said = claims(&granted["access_token"]);
            assert_eq!((&said["aud"], said.get("organization_id")), (&aud, organization), "{more}");
            assert_eq!(said.get("scope").and_then(Value::as_str), scope, "{more}");
            assert_eq!(granted.get("scope"), said.get("scope"), "{more}");
        }
    }
    for organization in [&shop.bar, &json!({"id": "doesnotexist"})] {
        let answer = ask(&about(organization)).await;
        answer.refuses(403, "access_denied", "app has not associated with the organization");
    }
    let path = format!("/organizations/{}/applications/{}", shop.foo["id"].as_str().unwrap(), machine.id);
    shop.signet.api("DELETE", &path, Value::Null).await.expect(204);
    ask(&foo).await.refuses(403, "access_denied", "app has not associated with the organization");
}

#[tokio::test]
async fn an_exchange_is_for_an_organization_too_and_a_refusal_burns_nothing() {
    let shop = shop().await;
    let made = shop.signet.api("POST", "/subject-tokens", json!({"userId": shop.alice.id})).await.expect(201);
    let exchange = async |more: &str| {
        let form = format!(
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token={}\
             &subject_token_type=urn:ietf:params:oauth:token-type:access_token{more}",
            made["subjectToken"].as_str().unwrap()
        );
        shop.web.posts(&shop.signet, "/oidc/token", &form).await
    };

    exchange(&about(&shop.other)).await.refuses(403, "access_denied", NOT_A_MEMBER);
    let granted = exchange(&format!("{}&scope=view+manage+read", about(&shop.bar))).await.expect(200);

    let said = claims(&granted["access_token"]);
    assert_eq!((&said["aud"], &said["scope"]), (&audience(&shop.bar), &json!("view")));
    exchange(&about(&shop.bar)).await.refuses(400, "invalid_grant", "grant request is invalid");
}

#[tokio::test]
async fn id_tokens_and_userinfo_tell_of_organizations() {
    let shop = shop().await;
    let path = "/configs/id-token";
    let claims_on = json!({"enabledExtendedClaims": ["organizations", "organization_roles"]});
    shop.signet.api("PUT", path, claims_on).await.expect(200);
    let (foo, bar) = (shop.foo["id"].as_str().unwrap(), shop.bar["id"].as_str().unwrap());
    let mut ids = [foo, bar];
    ids.sort_unstable();
    let mut roles = [format!("{foo}:admin"), format!("{bar}:user")];
    roles.sort_unstable();

    let granted = shop.refresh("").await.expect(200);

    let said = claims(&granted["id_token"]);
    assert_eq!((&said["organizations"], &said["organization_roles"]), (&json!(ids), &json!(roles)));
    assert!(said.get("organization_data").is_none());
    let about_her = shop.signet.userinfo(&granted["access_token"]).await.expect(200);
    assert_eq!((&about_her["organizations"], &about_her["organization_roles"]), (&json!(ids), &json!(roles)));
    let data = about_her["organization_data"].as_array().unwrap();
    assert!(data.contains(&json!({"id": foo, "name": "Foo", "description": "first"})));
    let narrowed = shop.refresh("&scope=openid").await.expect(200);
    assert!(claims(&narrowed["id_token"]).get("organizations").is_none());
    shop.signet.advance(Duration::from_secs(1));
    shop.signet.leaves(&shop.foo, &shop.alice).await;
    let after = claims(&shop.refresh("").await.expect(200)["id_token"]);
    assert_eq!(after["organizations"], json!([bar]));
}
