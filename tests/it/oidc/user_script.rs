//! Claims that a script computes for people's tokens.

use crate::{signet, start};
use serde_json::{Value, json};
use signet_core::claims::protocol::PROTECTED;
use signet_core::user::User;
use signet_tests::token::claims;
use signet_tests::{Answer, Client, RoundTrips, SignIn, Signet};

const API: &str = "https://shop.example/api";

struct Shop {
    signet: Signet,
    web: Client,
    alice: User,
    resource: Value,
    tokens: Value,
}

/// Somebody who has signed in and may read the shop's API.
async fn shop() -> Shop {
    let signet = signet().await;
    let resource = signet.resource(API, &["read", "write"]).await;
    let web =
        signet.client("Traditional", json!({"name": "Shop", "customData": {"team": "checkout", "apiKey": "k"}})).await;
    let change = |user: &mut User| {
        user.name = Some("Alice".to_owned());
        user.primary_email = Some("alice@example.com".to_owned());
        user.custom_data.insert("plan".to_owned(), "gold".into());
        user.profile.insert("givenName".to_owned(), "Alice".into());
    };
    let alice = signet.person_with("alice", change).await;
    signet.permit(&alice, &resource).await;
    let sign_in = SignIn {
        scope: "openid offline_access read",
        resources: vec![API],
        last_submission: Some(json!({"interactionEvent": "SignIn", "userId": alice.id, "verificationRecords": [],
            "signInContext": {"ip": "203.0.113.7"}})),
        ..SignIn::default()
    };
    let (tokens, _) = signet.tokens(&web, &alice, sign_in).await;
    Shop { signet, web, alice, resource, tokens }
}

/// Counted on PostgreSQL only: for SQLite nobody waits.
#[tokio::test]
async fn the_context_of_a_member_of_fifty_organizations_takes_two_round_trips() {
    let signet = start(Signet::with().counting_round_trips()).await;
    let (web, alice) = (signet.web().await, signet.person("alice").await);
    let api = signet.resource(API, &["read"]).await;
    signet.permit(&alice, &api).await;
    let role = signet.organization_role("member", "User", [&[], &[]]).await;
    for count in 0..50 {
        let organization = signet.organization(json!({"name": format!("Shop {count}")})).await;
        signet.enrols(&organization, &alice, &[&role]).await;
    }
    let (tokens, _) = signet.tokens(&web, &alice, SignIn::default()).await;
    let body = "return { seen: context.user.organizations.length + context.user.organizationRoles.length + context.user.roles.length };";
    signet.person_script(body, json!({})).await;
    let issued = async || {
        let before = signet.round_trips.as_ref().map_or(0, RoundTrips::count);
        let answer = web.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
        let after = signet.round_trips.as_ref().map_or(0, RoundTrips::count);
        let about = format!("token={}", answer["access_token"].as_str().unwrap());
        let about = web.posts(&signet, "/oidc/token/introspection", &about).await.expect(200);
        assert_eq!(about["seen"], 101);
        after - before
    };

    // Statements are prepared once per connection, so the first few of each kind tell nothing.
    let (mut cold, mut warm) = (u64::MAX, u64::MAX);
    for round in 0..8 {
        signet.person(&format!("somebody-{round}")).await;
        signet.organization(json!({"name": format!("Another {round}")})).await;
        cold = cold.min(issued().await);
        for _ in 0..3 {
            warm = warm.min(issued().await);
        }
    }

    if signet.round_trips.is_some() {
        assert_eq!(cold - warm, 2, "with nothing of the person in memory {cold}, else {warm}");
    }
}

impl Shop {
    async fn script(&self, body: &str, settings: Value) {
        self.signet.person_script(body, settings).await;
    }

    async fn refresh(&self, more: &str) -> Answer {
        self.web.refreshes(&self.signet, &self.tokens["refresh_token"], more).await
    }

    /// Claims of a JWT under this script.
    async fn claims_of(&self, body: &str) -> Value {
        self.script(body, json!({})).await;
        claims(&self.refresh(&format!("&resource={API}")).await.expect(200)["access_token"])
    }
}

#[tokio::test]
async fn a_jwt_carries_the_claims_that_the_script_returns_and_an_id_token_does_not() {
    let shop = shop().await;

    shop.script("return { plan: context.user.customData.plan, gone: undefined, nothing: null };", json!({})).await;
    let answer = shop.refresh(&format!("&resource={API}")).await.expect(200);

    let claims_of = claims(&answer["access_token"]);
    assert_eq!(
        (&claims_of["plan"], &claims_of["nothing"], claims_of.get("gone")),
        (&json!("gold"), &Value::Null, None)
    );
    assert_eq!((&claims_of["sub"], &claims_of["aud"]), (&json!(shop.alice.id), &json!(API)));
    assert!(claims(&answer["id_token"]).get("plan").is_none());
}

#[tokio::test]
async fn the_token_is_described_as_scripts_know_it() {
    let shop = shop().await;

    let claims = shop.claims_of("return { token };").await;

    let token = &claims["token"];
    let names: Vec<&String> = token.as_object().unwrap().keys().collect();
    let expected =
        ["jti", "kind", "clientId", "accountId", "grantId", "gty", "sessionUid", "expiresWithSession", "aud", "scope"];
    assert_eq!(names, expected);
    assert_eq!(token["jti"], claims["jti"]);
    assert_eq!((&token["kind"], &token["gty"]), (&json!("AccessToken"), &json!("authorization_code refresh_token")));
    assert_eq!((&token["accountId"], &token["clientId"]), (&json!(shop.alice.id), &json!(shop.web.id)));
    assert_eq!(
        (&token["aud"], &token["scope"], &token["expiresWithSession"]),
        (&json!(API), &json!("read"), &json!(false))
    );
    let sign_in = SignIn { scope: "read", resources: vec![API], says_auth_time: true, ..SignIn::default() };
    let (tokens, _) = shop.signet.tokens(&shop.web, &shop.alice, sign_in).await;
    let first = self::claims(&tokens["access_token"])["token"].clone();
    assert_eq!((&first["gty"], &first["expiresWithSession"]), (&json!("authorization_code"), &json!(true)));
    assert_eq!(first["claims"], json!({"id_token": {"auth_time": {"essential": true}}}));
}

#[tokio::test]
async fn the_context_has_every_member_that_is_known() {
    let shop = shop().await;

    let context = shop.claims_of("return { context };").await["context"].clone();

    assert_eq!(context.as_object().unwrap().keys().collect::<Vec<_>>(), ["user", "interaction", "application"]);
    let user = &context["user"];
    let expected = json!({"id": shop.alice.id, "username": "alice", "primaryEmail": "alice@example.com", "primaryPhone": null,
        "name": "Alice", "avatar": null, "customData": {"plan": "gold"}, "identities": {}, "profile": {"givenName": "Alice"},
        "applicationId": null, "cimdClientId": null, "isSuspended": false, "hasPassword": false, "ssoIdentities": [],
        "mfaVerificationFactors": [], "organizations": [], "organizationRoles": [], "lastSignInAt": null,
        "createdAt": shop.alice.created_at, "updatedAt": shop.alice.updated_at});
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&user[name], value, "{name}");
    }
    assert_eq!(user.as_object().unwrap().len(), expected.as_object().unwrap().len() + 1, "and roles");
    let role = &user["roles"][0];
    assert_eq!(role.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "name", "description", "scopes"]);
    let scope = &role["scopes"][0];
    let resource = &shop.resource;
    assert_eq!((&scope["name"], &scope["resourceId"]), (&json!("read"), &resource["id"]));
    assert_eq!(
        scope["resource"],
        json!({"tenantId": "default", "id": resource["id"], "name": resource["name"],
        "indicator": API, "isDefault": false, "accessTokenTtl": 3600})
    );
    assert_eq!(context["interaction"]["signInContext"]["ip"], "203.0.113.7");
    assert_eq!(
        (&context["application"]["id"], &context["application"]["customData"]["team"]),
        (&json!(shop.web.id), &json!("checkout"))
    );
    assert!(!context.to_string().contains(shop.web.secret.as_deref().unwrap()));
}

#[tokio::test]
async fn the_interaction_is_there_while_the_session_of_the_same_person_lives() {
    let shop = shop().await;
    let bob = shop.signet.person("bob").await;
    shop.script("return { seen: context.interaction?.userId ?? null };", json!({})).await;
    let seen = async |tokens: &Value| {
        let answer = shop.web.refreshes(&shop.signet, &tokens["refresh_token"], &format!("&resource={API}")).await;
        claims(&answer.expect(200)["access_token"])["seen"].clone()
    };
    assert_eq!(seen(&shop.tokens).await, json!(shop.alice.id));

    let sign_in = SignIn {
        scope: "offline_access read",
        resources: vec![API],
        last_submission: Some(json!({"userId": bob.id})),
        ..SignIn::default()
    };
    let (tokens, code) = shop.signet.tokens(&shop.web, &bob, sign_in).await;
    assert_eq!(seen(&tokens).await, json!(bob.id));
    shop.signet.end_session(&code.session).await;
    assert_eq!(seen(&tokens).await, Value::Null);
}

#[tokio::test]
async fn what_a_script_sees_is_what_is_stored_now() {
    let shop = shop().await;
    let body = "return { plan: context.user.customData.plan, roles: context.user.roles.length, indicator: context.user.roles[0]?.scopes[0]?.resource.name };";
    assert_eq!(shop.claims_of(body).await["plan"], "gold");
    let refresh = async || claims(&shop.refresh(&format!("&resource={API}")).await.expect(200)["access_token"]);

    shop.signet
        .change(&shop.alice, |user| {
            user.custom_data.insert("plan".to_owned(), "silver".into());
        })
        .await;
    assert_eq!(refresh().await["plan"], "silver");
    let crm = shop.signet.resource("https://crm.example", &["call"]).await;
    let role = shop.signet.permit(&shop.alice, &crm).await;
    assert_eq!(refresh().await["roles"], 2);
    shop.signet.forbid(&shop.alice, &role).await;
    assert_eq!(refresh().await["roles"], 1);
    let path = format!("/resources/{}", shop.resource["id"].as_str().unwrap());
    shop.signet.api("PATCH", &path, json!({"name": "Renamed"})).await.expect(200);
    assert_eq!(refresh().await["indicator"], "Renamed");
}

#[tokio::test]
async fn an_opaque_token_keeps_its_claims_for_introspection() {
    let shop = shop().await;
    let forged = PROTECTED.iter().map(|name| format!("{name}: 'forged'")).collect::<Vec<_>>().join(", ");
    shop.script(
        &format!("return {{ {forged}, plan: 'gold', aud_seen: token.aud ?? null, active: false, token_type: 'x' }};"),
        json!({}),
    )
    .await;

    let token = shop.refresh("").await.expect(200)["access_token"].clone();

    let described = shop.web.introspects(&shop.signet, &token).await.expect(200);
    assert_eq!((&described["plan"], &described["aud_seen"]), (&json!("gold"), &Value::Null));
    assert_eq!((&described["sub"], &described["active"]), (&json!(shop.alice.id), &json!(true)));
    assert_eq!(described["token_type"], "Bearer");
    assert!(!described.to_string().contains("forged"));
    assert!(shop.signet.userinfo(&token).await.expect(200).get("plan").is_none());
}

#[tokio::test]
async fn attack_12_no_users_script_can_forge_a_protected_claim() {
    let shop = shop().await;
    let honest = shop.claims_of("return {};").await;
    let forged = PROTECTED.iter().map(|name| format!("{name}: 'forged'")).collect::<Vec<_>>().join(", ");

    let claims = shop.claims_of(&format!("return {{ {forged}, other: 1 }};")).await;

    let mut names: Vec<&String> = honest.as_object().unwrap().keys().collect();
    let other = "other".to_owned();
    names.push(&other);
    assert_eq!(claims.as_object().unwrap().keys().collect::<Vec<_>>(), names);
    assert!(!claims.to_string().contains("forged"));
}

#[tokio::test]
async fn a_denial_refuses_every_kind_of_token_and_burns_nothing() {
    let shop = shop().await;
    let code = shop.signet.code(&shop.web, &shop.alice, SignIn::default()).await;
    shop.script("return api.denyAccess('Pro only');", json!({"blockIssuanceOnError": false})).await;

    for more in ["", "&resource=https://shop.example/api"] {
        shop.refresh(more).await.refuses(400, "access_denied", "Pro only");
    }
    shop.web.redeems(&shop.signet, &code.value, "").await.refuses(400, "access_denied", "Pro only");

    shop.script("return {};", json!({})).await;
    shop.refresh("").await.expect(200);
    shop.web.redeems(&shop.signet, &code.value, "").await.expect(200);
}

#[tokio::test]
async fn a_failing_script_blocks_only_when_it_shall() {
    let shop = shop().await;
    for body in ["throw new Error('boom');", "return [1];", "syntax error", ""] {
        assert_eq!(shop.claims_of(body).await.as_object().unwrap().len(), 8, "{body}");
    }
    shop.script("throw new Error('boom');", json!({"blockIssuanceOnError": true})).await;
    shop.refresh("").await.refuses(400, "invalid_request", "Custom claims script error: boom");
}

#[tokio::test]
async fn a_run_is_noted_with_the_person_and_without_secrets() {
    let shop = shop().await;
    shop.script(
        "console.log(token.jti); return { seen: true, leaked: token.jti, key: environmentVariables.API_KEY };",
        json!({"environmentVariables": {"API_KEY": "very-hidden-value"}, "storeLogs": true}),
    )
    .await;
    let answer = shop.refresh("").await.expect(200);

    let entry = shop.signet.logs("JwtCustomizer.AccessToken").await.remove(0);

    let payload = &entry["payload"];
    assert_eq!(
        (&payload["result"], &payload["userId"], &payload["applicationId"]),
        (&json!("Success"), &json!(shop.alice.id), &json!(shop.web.id))
    );
    assert_eq!(
        (&payload["customTokenClaims"]["seen"], &payload["customTokenClaims"]["leaked"]),
        (&json!(true), &json!("******"))
    );
    assert_eq!(
        (&payload["payload"]["token"], &payload["payload"]["tokenType"]),
        (&json!("******"), &json!("access-token"))
    );
    assert_eq!(payload["payload"]["context"]["user"]["username"], "alice");
    assert_eq!(payload["payload"]["context"]["application"]["customData"]["apiKey"], "******");
    let path = format!("/logs?userId={}&page_size=100", shop.alice.id);
    let all = shop.signet.api("GET", &path, Value::Null).await.text;
    for secret in [&answer["access_token"], &answer["refresh_token"], &shop.tokens["access_token"]] {
        assert!(!all.contains(secret.as_str().unwrap()));
    }
    assert!(!all.contains("getCustomJwtClaims") && all.contains("ExchangeTokenBy.RefreshToken"));
}

#[tokio::test]
async fn token_requests_of_people_are_noted_and_found_by_person() {
    let shop = shop().await;
    let bob = shop.signet.person("bob").await;
    let code = shop.signet.code(&shop.web, &bob, SignIn::default()).await;
    shop.web.redeems(&shop.signet, &code.value, "").await.expect(200);
    shop.web.redeems(&shop.signet, &code.value, "").await.expect(400);

    let path = format!("/logs?userId={}", shop.alice.id);
    let of_alice = shop.signet.api("GET", &path, Value::Null).await.expect(200);

    assert_eq!(of_alice.as_array().unwrap().len(), 1);
    let payload = &of_alice[0]["payload"];
    assert_eq!(payload["key"], "ExchangeTokenBy.AuthorizationCode");
    assert_eq!(payload["tokenTypes"], json!(["AccessToken", "RefreshToken", "IdToken"]));
    assert_eq!((&payload["params"]["code"], &payload["params"]["code_verifier"]), (&json!("******"), &json!("******")));
    let failed = shop.signet.logs("ExchangeTokenBy.AuthorizationCode").await;
    let failed = failed.iter().find(|entry| entry["payload"]["result"] == "Error").unwrap();
    assert_eq!(
        failed["payload"]["error"],
        "invalid_grant: grant request is invalid (the code or token was used before)"
    );
}
