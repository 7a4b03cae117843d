//! Claims of ID tokens, and what they are signed with.

use crate::signet;
use serde_json::{Value, json};
use signet_core::user::User;
use signet_tests::token::{claims, header};
use signet_tests::{Client, SignIn, Signet};

const EVERYTHING: &str = "openid profile email phone address custom_data identities roles urn:logto:scope:organizations urn:logto:scope:organization_roles";

async fn alice(signet: &Signet) -> User {
    let change = |user: &mut User| {
        user.name = Some("Alice".to_owned());
        user.primary_email = Some("alice@example.com".to_owned());
        user.custom_data.insert("plan".to_owned(), "gold".into());
        user.profile.insert("familyName".to_owned(), "Doe".into());
    };
    let alice = signet.person_with("alice", change).await;
    let api = signet.resource("https://shop.example/api", &["read"]).await;
    signet.permit(&alice, &api).await;
    alice
}

async fn id_token(signet: &Signet, client: &Client, user: &User, scope: &'static str) -> Value {
    let (tokens, _) = signet.tokens(client, user, SignIn { scope, ..SignIn::default() }).await;
    tokens["id_token"].clone()
}

#[tokio::test]
async fn extended_claims_need_their_scope_and_their_switch() {
    let signet = signet().await;
    let (web, alice) = (signet.web().await, alice(&signet).await);
    let extended = [
        "custom_data",
        "identities",
        "sso_identities",
        "roles",
        "organizations",
        "organization_data",
        "organization_roles",
    ];
    let seeded = signet.api("GET", "/configs/id-token", Value::Null).await.expect(200);
    assert_eq!(seeded, json!({"enabledExtendedClaims": ["roles", "organizations", "organization_roles"]}));

    for on in [vec![], vec!["custom_data"], vec!["roles", "organization_data"], extended.to_vec()] {
        let settings = json!({"enabledExtendedClaims": on});
        assert_eq!(signet.api("PUT", "/configs/id-token", settings.clone()).await.expect(200), settings);
        let all = claims(&id_token(&signet, &web, &alice, EVERYTHING).await);
        for name in extended {
            assert_eq!(all.get(name).is_some(), on.contains(&name), "{name} with {on:?}");
        }
        assert_eq!(
            (&all["name"], &all["family_name"], &all["email"]),
            (&json!("Alice"), &json!("Doe"), &json!("alice@example.com"))
        );
        let bare = claims(&id_token(&signet, &web, &alice, "openid profile").await);
        assert!(extended.iter().all(|name| bare.get(*name).is_none()));
    }
    let (tokens, _) = signet.tokens(&web, &alice, SignIn { scope: EVERYTHING, ..SignIn::default() }).await;
    signet.api("PUT", "/configs/id-token", json!({})).await.expect(200);
    let info = signet.userinfo(&tokens["access_token"]).await.expect(200);
    assert!(extended.iter().all(|name| info.get(*name).is_some()), "userinfo ignores the switches");
    assert_eq!((&info["custom_data"], info["roles"].as_array().unwrap().len()), (&json!({"plan": "gold"}), 1));
}

#[tokio::test]
async fn settings_of_id_tokens_are_checked() {
    let signet = signet().await;
    for (body, stored) in [
        (json!({}), json!({})),
        (json!({"enabledExtendedClaims": [], "nonsense": 1}), json!({"enabledExtendedClaims": []})),
    ] {
        assert_eq!(signet.api("PUT", "/configs/id-token", body).await.expect(200), stored);
        assert_eq!(signet.api("GET", "/configs/id-token", Value::Null).await.expect(200), stored);
    }
    for body in [json!({"enabledExtendedClaims": ["email"]}), json!({"enabledExtendedClaims": "roles"}), json!([])] {
        signet.api("PUT", "/configs/id-token", body).await.refuses_with(400, "guard.invalid_input");
    }
}

#[tokio::test]
async fn auth_time_and_sid_are_there_when_they_were_asked_for() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let logout =
        json!({"backchannelLogoutUri": "https://client.example/logout", "backchannelLogoutSessionRequired": true});
    let (web, told) = (signet.web().await, signet.client("Traditional", json!({"oidcClientMetadata": logout})).await);

    for (client, says_auth_time, has_sid) in [(&web, false, false), (&web, true, false), (&told, false, true)] {
        let (tokens, _) = signet.tokens(client, &alice, SignIn { says_auth_time, ..SignIn::default() }).await;
        let claims = claims(&tokens["id_token"]);
        assert_eq!(claims.get("auth_time").is_some(), says_auth_time);
        assert_eq!(claims.get("sid").is_some(), has_sid);
    }
}

#[tokio::test]
async fn an_application_chooses_the_lifetime_and_the_algorithm() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let with = async |settings: Value| signet.client("Traditional", settings).await;
    let plain = with(json!({})).await;
    let short = with(json!({"customClientMetadata": {"idTokenTtl": 120}})).await;
    let rsa = with(json!({"oidcClientMetadata": {"idTokenSignedResponseAlg": "RS256"}})).await;
    let keys = signet.get("/oidc/jwks").await.expect(200);

    for (client, algorithm, lifetime) in [(&plain, "ES384", 3600), (&short, "ES384", 120), (&rsa, "RS256", 3600)] {
        let token = id_token(&signet, client, &alice, "openid").await;
        let (header, claims) = (header(&token), claims(&token));
        assert_eq!(header["alg"], algorithm);
        let known = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
        assert_eq!(known["alg"], algorithm);
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), lifetime);
    }
    for wrong in ["HS256", "none", "ES256", "PS256"] {
        let metadata = json!({"redirectUris": [], "postLogoutRedirectUris": [], "idTokenSignedResponseAlg": wrong});
        let path = format!("/applications/{}", plain.id);
        let answer = signet.api("PATCH", &path, json!({"oidcClientMetadata": metadata})).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
    signet.api("POST", "/configs/oidc/private-keys/rotate", json!({"signingKeyAlgorithm": "RSA"})).await.expect(200);
    assert_eq!(header(&id_token(&signet, &plain, &alice, "openid").await)["alg"], "RS256", "the tenant's current one");
}
