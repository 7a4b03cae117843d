//! Clients that sign instead of sending a secret.

use crate::signet;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use signet_core::signing_key::KeyFamily;
use signet_oidc::jose::key::PrivateKey;
use signet_tests::{Machine, START, Signet};
use std::time::Duration;

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const AUDIENCE: &str = "https://id.example/oidc/token";

fn claims(id: &str, jti: &str) -> Value {
    let now = START.seconds();
    json!({"iss": id, "sub": id, "aud": AUDIENCE, "jti": jti, "iat": now, "exp": now + 60})
}

async fn present(signet: &Signet, assertion: &str) -> signet_tests::Answer {
    let form = format!(
        "grant_type=client_credentials&resource=https://default.logto.app/api&client_assertion_type={TYPE}&client_assertion={assertion}"
    );
    signet.token(&form).await
}

/// A machine that is registered with the public half of a P-384 key, and the key.
async fn keyed(signet: &Signet) -> (Machine, EncodingKey) {
    let key = PrivateKey::generate(KeyFamily::Ec).unwrap();
    let jwk = serde_json::to_value(key.public_jwk()).unwrap();
    let metadata = json!({"redirectUris": [], "postLogoutRedirectUris": [], "tokenEndpointAuthMethod": "private_key_jwt", "jwks": {"keys": [jwk]}});
    let machine =
        signet.machine_with(json!({"name": "keyed", "type": "MachineToMachine", "oidcClientMetadata": metadata})).await;
    (machine, EncodingKey::from_ec_pem(key.to_pem().unwrap().expose().as_bytes()).unwrap())
}

fn signed(key: &EncodingKey, claims: &Value) -> String {
    encode(&Header::new(Algorithm::ES384), claims, key).unwrap()
}

#[tokio::test]
async fn a_registered_key_authenticates_its_client() {
    let signet = signet().await;
    let (machine, key) = keyed(&signet).await;

    present(&signet, &signed(&key, &claims(&machine.id, "1"))).await.expect(200);
    machine.asks(&signet, "grant_type=client_credentials").await.refuses(
        401,
        "invalid_client",
        "client authentication failed",
    );
}

#[tokio::test]
async fn a_shared_secret_signs_for_clients_registered_for_it() {
    let signet = signet().await;
    let metadata =
        json!({"redirectUris": [], "postLogoutRedirectUris": [], "tokenEndpointAuthMethod": "client_secret_jwt"});
    let machine =
        signet.machine_with(json!({"name": "m", "type": "MachineToMachine", "oidcClientMetadata": metadata})).await;
    let plain = signet.machine("plain").await;
    let sign = |machine: &Machine| {
        let key = EncodingKey::from_secret(machine.secret.as_bytes());
        encode(&Header::new(Algorithm::HS256), &claims(&machine.id, "1"), &key).unwrap()
    };

    present(&signet, &sign(&machine)).await.expect(200);
    present(&signet, &sign(&plain)).await.refuses(401, "invalid_client", "client authentication failed");
}

#[tokio::test]
async fn attack_31_an_assertion_works_once_for_us_and_for_a_short_time() {
    let signet = signet().await;
    let (machine, key) = keyed(&signet).await;
    let now = START.seconds();
    let once = signed(&key, &claims(&machine.id, "once"));
    present(&signet, &once).await.expect(200);
    present(&signet, &once).await.refuses(401, "invalid_client", "client authentication failed");

    for (member, value) in [
        ("exp", Value::Null),
        ("exp", json!(now - 61)),
        ("exp", json!(now + 3600)),
        ("aud", json!([AUDIENCE])),
        ("aud", json!("https://id.example/oidc/token/introspection")),
        ("aud", json!("https://other.example/oidc/token")),
        ("jti", Value::Null),
        ("nbf", json!(now + 600)),
    ] {
        let mut claims = claims(&machine.id, &format!("{member}{value}"));
        claims[member] = value.clone();
        let answer = present(&signet, &signed(&key, &claims)).await;
        answer.refuses(401, "invalid_client", "client authentication failed");
    }
    let mut other = claims(&machine.id, "other");
    other["sub"] = json!("m-default");
    present(&signet, &signed(&key, &other)).await.refuses(401, "invalid_client", "client authentication failed");
}

#[tokio::test]
async fn of_many_parallel_uses_of_an_assertion_one_succeeds() {
    let signet = signet().await;
    let (machine, key) = keyed(&signet).await;
    let assertion = signed(&key, &claims(&machine.id, "race"));

    let answers = futures_util::future::join_all((0..20).map(|_| present(&signet, &assertion))).await;

    assert_eq!(answers.iter().filter(|answer| answer.status.is_success()).count(), 1);
}

#[tokio::test]
async fn used_assertions_are_forgotten_when_they_can_no_longer_be_replayed() {
    let signet = signet().await;
    let (machine, key) = keyed(&signet).await;
    let assertion = signed(&key, &claims(&machine.id, "1"));
    present(&signet, &assertion).await.expect(200);

    signet.advance(Duration::from_mins(5));
    signet::worker::cleanup(&signet.app.store, &signet.deps, 90).await.unwrap();

    present(&signet, &assertion).await.refuses(401, "invalid_client", "client authentication failed");
}
