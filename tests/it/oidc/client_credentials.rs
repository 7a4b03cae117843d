//! The client credentials grant.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::token::{claims, header};
use std::time::Duration;

const API: &str = "https://shop.example/api";

#[tokio::test]
async fn a_machine_gets_an_access_token_with_the_scopes_it_asked_for_and_holds() {
    let signet = signet().await;
    let shop = signet.resource(API, &["read", "write", "delete"]).await;
    let robot = signet.machine("robot").await;
    signet.allow(&robot, &shop).await;

    let answer = robot.token_for(&signet, API, "read write nonsense").await;

    let granted = answer.expect(200);
    assert_eq!(
        (&granted["expires_in"], &granted["token_type"], &granted["scope"]),
        (&json!(3600), &json!("Bearer"), &json!("read write"))
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let token = &granted["access_token"];
    assert_eq!(header(token)["typ"], "at+jwt");
    assert_eq!(header(token)["alg"], "ES384");
    let claims = claims(token);
    let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert_eq!(names, ["jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud"]);
    assert_eq!(claims["sub"], robot.id);
    assert_eq!(claims["client_id"], robot.id);
    assert_eq!(claims["iss"], "https://id.example/oidc");
    assert_eq!(claims["aud"], API);
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
}

#[tokio::test]
async fn a_token_without_scopes_has_no_scope_member() {
    let signet = signet().await;
    signet.resource(API, &["read"]).await;
    let robot = signet.machine("robot").await;

    for form in [
        "grant_type=client_credentials&resource=https://shop.example/api",
        "grant_type=client_credentials&resource=https://shop.example/api&scope=read",
    ] {
        let granted = robot.asks(&signet, form).await.expect(200);
        assert!(granted.get("scope").is_none(), "{granted}");
        assert!(claims(&granted["access_token"]).get("scope").is_none());
    }
}

#[tokio::test]
async fn exactly_one_known_resource_is_needed() {
    let signet = signet().await;
    signet.resource(API, &[]).await;
    let robot = signet.machine("robot").await;

    for (resource, description) in [
        ("", "both `resource` and `organization_id` are not provided"),
        ("&resource=not-a-uri", "resource indicator must be an absolute URI"),
        ("&resource=https://shop.example/api%23part", "resource indicator must not contain a fragment component"),
        ("&resource=https://shop.example/api/", "resource indicator is missing, or unknown"),
        (
            "&resource=https://shop.example/api&resource=https://b.example",
            "only a single resource indicator value is supported for this grant type",
        ),
    ] {
        let answer = robot.asks(&signet, &format!("grant_type=client_credentials{resource}")).await;
        answer.refuses(400, "invalid_target", description);
    }
}

#[tokio::test]
async fn the_default_resource_serves_requests_that_name_none() {
    let signet = signet().await;
    let shop = signet.resource(API, &[]).await;
    let robot = signet.machine("robot").await;
    let path = format!("/resources/{}/is-default", shop["id"].as_str().unwrap());
    signet.api("PATCH", &path, json!({"isDefault": true})).await.expect(200);

    let granted = robot.asks(&signet, "grant_type=client_credentials").await.expect(200);

    assert_eq!(claims(&granted["access_token"])["aud"], API);
}

#[tokio::test]
async fn a_machine_is_a_member_of_no_organization() {
    let signet = signet().await;
    signet.resource(API, &[]).await;
    let robot = signet.machine("robot").await;

    for resource in ["", "&resource=https://shop.example/api"] {
        let answer = robot.asks(&signet, &format!("grant_type=client_credentials&organization_id=org{resource}")).await;
        answer.refuses(403, "access_denied", "app has not associated with the organization");
    }
}

#[tokio::test]
async fn a_token_lives_as_long_as_its_resource_says() {
    let signet = signet().await;
    signet
        .api("POST", "/resources", json!({"name": "quick", "indicator": API, "accessTokenTtl": 600}))
        .await
        .expect(201);
    let robot = signet.machine("robot").await;

    assert_eq!(robot.token_for(&signet, API, "").await.expect(200)["expires_in"], 600);
}

#[tokio::test]
async fn a_role_that_is_taken_away_counts_at_once() {
    let signet = signet().await;
    let shop = signet.resource(API, &["read"]).await;
    let robot = signet.machine("robot").await;
    let role = signet.allow(&robot, &shop).await;
    assert_eq!(robot.token_for(&signet, API, "read").await.expect(200)["scope"], "read");

    let path = format!("/applications/{}/roles/{}", robot.id, role["id"].as_str().unwrap());
    signet.api("DELETE", &path, Value::Null).await.expect(204);

    assert!(robot.token_for(&signet, API, "read").await.expect(200).get("scope").is_none());
}

#[tokio::test]
async fn only_machines_may_use_the_grant() {
    let signet = signet().await;
    signet.resource(API, &[]).await;
    let web = signet.machine_with(json!({"name": "web", "type": "Traditional"})).await;

    web.token_for(&signet, API, "").await.refuses(
        400,
        "invalid_request",
        "requested grant type is not allowed for this client",
    );
    let robot = signet.machine("robot").await;
    for grant in [
        "authorization_code",
        "refresh_token",
        "implicit",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:ietf:params:oauth:grant-type:device_code",
    ] {
        let answer = robot.asks(&signet, &format!("grant_type={grant}")).await;
        answer.refuses(400, "invalid_request", "requested grant type is not allowed for this client");
    }
    web.asks(&signet, "grant_type=password").await.refuses(
        400,
        "unsupported_grant_type",
        "unsupported grant_type requested",
    );
    web.asks(&signet, "scope=x").await.refuses(400, "invalid_request", "missing required parameter 'grant_type'");
}

#[tokio::test]
async fn what_strangers_send_is_kept_only_in_part() {
    let signet = signet().await;
    let long = "x".repeat(3_000);
    let resources = format!("&resource={long}").repeat(10);
    signet.token(&format!("grant_type=client_credentials&client_id={long}&scope={long}{resources}")).await.expect(400);
    signet.token(&format!("grant_type=refresh_token&client_id={long}&organization_id={long}")).await.expect(400);

    let entries =
        [signet.logs("ExchangeTokenBy.ClientCredentials").await, signet.logs("ExchangeTokenBy.RefreshToken").await];

    let of_strangers = entries.iter().flatten().filter(|entry| entry["payload"]["result"] == "Error");
    let lengths: Vec<usize> = of_strangers.map(|entry| entry.to_string().len()).collect();
    assert_eq!(lengths.len(), 2);
    assert!(lengths.iter().all(|length| (500..8_000).contains(length)), "{lengths:?}");
}

#[tokio::test]
async fn each_token_request_leaves_one_audit_entry_without_secrets() {
    let signet = signet().await;
    signet.resource(API, &[]).await;
    let robot = signet.machine("robot").await;
    robot.token_for(&signet, API, "").await.expect(200);
    signet.advance(Duration::from_secs(1));
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&resource=https://unknown.example",
        robot.id, robot.secret
    );
    signet.token(&form).await.expect(400);

    let path = format!("/logs?logKey=ExchangeTokenBy.ClientCredentials&applicationId={}", robot.id);
    let answer = signet.api("GET", &path, Value::Null).await;

    let entries = answer.expect(200);
    assert_eq!(entries.as_array().unwrap().len(), 2);
    assert_eq!(entries[0]["payload"]["result"], "Error");
    assert_eq!(entries[0]["payload"]["error"], "invalid_target: resource indicator is missing, or unknown");
    assert_eq!(entries[0]["payload"]["params"]["client_secret"], "******");
    assert_eq!(entries[1]["payload"]["result"], "Success");
    assert_eq!(entries[1]["payload"]["applicationId"], robot.id);
    assert_eq!(entries[1]["payload"]["tokenTypes"], json!(["AccessToken"]));
    assert!(!answer.text.contains(&robot.secret));
}
