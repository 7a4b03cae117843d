//! Settings that are refused, and those that show.

use crate::{signet, start};
use axum::body::Body;
use axum::http::Request;
use clap::Parser as _;
use serde_json::Value;
use signet::app::App;
use signet::config::Cli;
use signet_tests::Signet;

#[tokio::test]
async fn a_setting_that_is_not_built_stops_the_start_by_name() {
    let signet = signet().await;
    let cli = Cli::try_parse_from(["signet", "serve", "--redis-url=redis://localhost"]).unwrap();

    let error = App::build(&cli.settings, &signet.deps).await.err().unwrap();

    assert!(error.to_string().starts_with("`REDIS_URL` is set"), "{error}");
}

#[tokio::test]
async fn a_vault_key_of_another_database_stops_the_start() {
    let signet = signet().await;
    let mut settings = signet.settings.clone();
    settings.storage.secret_vault_kek = Some("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned());

    let error = App::build(&settings, &signet.deps).await.err().unwrap();

    assert!(error.to_string().contains("vault key"), "{error:#}");
}

#[tokio::test]
async fn attack_50_a_host_header_does_not_change_what_is_issued() {
    let signet = signet().await;
    let request = Request::get("/oidc/.well-known/openid-configuration")
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example");

    let document = signet.send(request.body(Body::empty()).unwrap()).await.expect(200);

    assert_eq!(document["issuer"], "https://id.example/oidc");
}

#[tokio::test]
async fn attack_50_forwarded_addresses_count_only_behind_a_trusted_proxy() {
    for (trusted, expected) in [("false", Value::Null), ("true", Value::from("203.0.113.7"))] {
        let signet = start(Signet::with().flag("trust-proxy-header", trusted)).await;
        let request = Request::post("/oidc/token")
            .header("x-forwarded-for", "6.6.6.6, 203.0.113.7")
            .header("authorization", signet.bootstrap().basic())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("grant_type=client_credentials&resource=https://default.logto.app/api"))
            .unwrap();
        signet.send(request).await.expect(200);

        let entry = &signet.logs("ExchangeTokenBy.ClientCredentials").await;
        let seen =
            entry.iter().map(|entry| entry["payload"]["ip"].clone()).find(|ip| !ip.is_null()).unwrap_or(Value::Null);
        assert_eq!(seen, expected, "{trusted}");
    }
}
