//! Clients that publish their keys.

use crate::start;
use axum::body::Body;
use axum::http::Response;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use signet_core::signing_key::KeyFamily;
use signet_oidc::jose::key::PrivateKey;
use signet_tests::{Answer, Machine, Receiver, Signet, SignetBuilder};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A client's server: the set that it publishes can be changed, and it can be taken away.
struct Publisher {
    receiver: Receiver,
    published: Arc<Mutex<(u16, Value, &'static str)>>,
}

impl Publisher {
    async fn of(keys: &[&Key]) -> Self {
        let published = Arc::new(Mutex::new((200, set(keys), "")));
        let shown = published.clone();
        let receiver = Receiver::answering(move |_| {
            let (status, set, cache) = shown.lock().unwrap().clone();
            let response = Response::builder().status(status).header("cache-control", cache);
            response.body(Body::from(set.to_string())).unwrap()
        })
        .await;
        Self { receiver, published }
    }

    fn publishes(&self, keys: &[&Key]) {
        self.published.lock().unwrap().1 = set(keys);
    }

    fn is_away(&self, away: bool) {
        self.published.lock().unwrap().0 = if away { 503 } else { 200 };
    }

    fn url(&self) -> String {
        format!("{}/jwks", self.receiver.url())
    }

    fn asked(&self) -> usize {
        self.receiver.requests().len()
    }
}

struct Key {
    jwk: Value,
    kid: String,
    signs: EncodingKey,
}

impl Key {
    fn new() -> Self {
        let key = PrivateKey::generate(KeyFamily::Ec).unwrap();
        let jwk = serde_json::to_value(key.public_jwk()).unwrap();
        let signs = EncodingKey::from_ec_pem(key.to_pem().unwrap().expose().as_bytes()).unwrap();
        Self { kid: jwk["kid"].as_str().unwrap().to_owned(), jwk, signs }
    }
}

fn set(keys: &[&Key]) -> Value {
    json!({"keys": keys.iter().map(|key| &key.jwk).collect::<Vec<_>>()})
}

fn metadata(url: &str) -> Value {
    json!({"redirectUris": [], "postLogoutRedirectUris": [], "tokenEndpointAuthMethod": "private_key_jwt", "jwksUri": url})
}

async fn client(signet: &Signet, url: &str) -> Machine {
    let application = json!({"name": "keyed", "type": "MachineToMachine", "oidcClientMetadata": metadata(url)});
    signet.machine_with(application).await
}

/// A token request with an assertion that this key signs.
async fn ask(signet: &Signet, machine: &Machine, key: &Key) -> Answer {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let now = signet.deps.clock.now().seconds();
    let jti = NEXT.fetch_add(1, Ordering::SeqCst).to_string();
    let claims =
        json!({"iss": machine.id, "sub": machine.id, "aud": "https://id.example/oidc", "jti": jti, "exp": now + 60});
    let header = Header { kid: Some(key.kid.clone()), ..Header::new(Algorithm::ES384) };
    let assertion = encode(&header, &claims, &key.signs).unwrap();
    let form = format!(
        "grant_type=client_credentials&resource=https://default.logto.app/api&client_assertion={assertion}\
         &client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    signet.token(&form).await
}

#[track_caller]
fn refused(answer: &Answer) {
    answer.refuses(401, "invalid_client", "client authentication failed");
}

fn allowing(publisher: &Publisher) -> SignetBuilder {
    Signet::with().flag("egress-allow", &publisher.receiver.address().to_string())
}

#[tokio::test]
async fn a_published_key_authenticates_its_client_and_is_kept() {
    let (key, other) = (Key::new(), Key::new());
    let publisher = Publisher::of(&[&key]).await;
    let signet = start(allowing(&publisher)).await;
    let machine = client(&signet, &publisher.url()).await;

    ask(&signet, &machine, &key).await.expect(200);
    ask(&signet, &machine, &key).await.expect(200);

    assert_eq!(publisher.asked(), 1);
    refused(&ask(&signet, &machine, &other).await);
    assert_eq!(publisher.asked(), 1, "it was asked a moment ago");
}

#[tokio::test]
async fn a_set_counts_for_as_long_as_its_server_says_within_bounds() {
    let key = Key::new();
    for (cache, minutes) in
        [("", 10), ("max-age=1", 1), ("no-store", 1), ("public, max-age=300", 5), ("max-age=99999999", 60)]
    {
        let publisher = Publisher::of(&[&key]).await;
        publisher.published.lock().unwrap().2 = cache;
        let signet = start(allowing(&publisher)).await;
        let machine = client(&signet, &publisher.url()).await;
        ask(&signet, &machine, &key).await.expect(200);

        signet.advance(Duration::from_secs(minutes * 60 - 1));
        ask(&signet, &machine, &key).await.expect(200);
        assert_eq!(publisher.asked(), 1, "{cache}");
        signet.advance(Duration::from_secs(1));
        ask(&signet, &machine, &key).await.expect(200);
        assert_eq!(publisher.asked(), 2, "{cache}");
    }
}

#[tokio::test]
async fn a_new_key_is_found_at_once_but_nobody_can_make_us_ask_often() {
    let (old, new, strange) = (Key::new(), Key::new(), Key::new());
    let publisher = Publisher::of(&[&old]).await;
    let signet = start(allowing(&publisher)).await;
    let machine = client(&signet, &publisher.url()).await;
    ask(&signet, &machine, &old).await.expect(200);
    publisher.publishes(&[&old, &new]);
    signet.advance(Duration::from_secs(10));

    ask(&signet, &machine, &new).await.expect(200);
    assert_eq!(publisher.asked(), 2);

    for _ in 0..5 {
        refused(&ask(&signet, &machine, &strange).await);
    }
    assert_eq!(publisher.asked(), 2);
    signet.advance(Duration::from_secs(10));
    refused(&ask(&signet, &machine, &strange).await);
    assert_eq!(publisher.asked(), 3);
}

#[tokio::test]
async fn a_client_whose_server_is_away_signs_in_with_the_last_set_for_a_while() {
    let key = Key::new();
    let publisher = Publisher::of(&[&key]).await;
    let signet = start(allowing(&publisher)).await;
    let machine = client(&signet, &publisher.url()).await;
    ask(&signet, &machine, &key).await.expect(200);
    publisher.is_away(true);

    signet.advance(Duration::from_mins(69));
    ask(&signet, &machine, &key).await.expect(200);
    signet.advance(Duration::from_mins(1));
    refused(&ask(&signet, &machine, &key).await);

    publisher.is_away(false);
    signet.advance(Duration::from_secs(10));
    ask(&signet, &machine, &key).await.expect(200);
}

#[tokio::test]
async fn of_many_clients_that_wait_one_asks() {
    let key = Key::new();
    let publisher = Publisher::of(&[&key]).await;
    let signet = start(allowing(&publisher)).await;
    let machine = client(&signet, &publisher.url()).await;

    let answers = futures_util::future::join_all((0..20).map(|_| ask(&signet, &machine, &key))).await;

    assert!(answers.iter().all(|answer| answer.status.is_success()));
    assert_eq!(publisher.asked(), 1);
}

#[tokio::test]
async fn attack_42_a_key_set_in_a_private_network_is_not_fetched_and_not_reflected() {
    let key = Key::new();
    let publisher = Publisher::of(&[&key]).await;
    let signet = start(Signet::with()).await;
    let port = publisher.receiver.address().port();
    for url in
        [publisher.url(), format!("https://localhost:{port}/jwks"), format!("https://[::ffff:127.0.0.1]:{port}/")]
    {
        let application = json!({"name": "keyed", "type": "MachineToMachine", "oidcClientMetadata": metadata(&url)});
        let made = signet.api("POST", "/applications", application).await;
        if made.status.is_success() {
            let machine = Machine::new(made.json()["id"].as_str().unwrap(), "");
            refused(&ask(&signet, &machine, &key).await);
        } else {
            made.refuses_with(400, "request.invalid_input");
        }
    }
    assert_eq!(publisher.asked(), 0);
}

#[tokio::test]
async fn attack_42_a_key_set_cannot_lead_inside() {
    let key = Key::new();
    let inside = Publisher::of(&[&key]).await;
    let target = inside.url();
    let outside = Receiver::answering(move |_| {
        Response::builder().status(302).header("location", &target).body(Body::empty()).unwrap()
    })
    .await;
    let signet = start(Signet::with().flag("egress-allow", &outside.address().to_string())).await;
    let machine = client(&signet, &outside.url()).await;

    refused(&ask(&signet, &machine, &key).await);

    assert_eq!((outside.requests().len(), inside.asked()), (1, 0));
}

#[tokio::test]
async fn what_is_no_key_set_authenticates_nobody() {
    let key = Key::new();
    for body in [
        json!([]),
        json!({"keys": "none"}),
        json!({"keys": [], "padding": "x".repeat(70_000)}),
        json!({"keys": [{"kty": "oct"}]}),
    ] {
        let receiver = Receiver::saying(body).await;
        let signet = start(Signet::with().flag("egress-allow", &receiver.address().to_string())).await;
        let machine = client(&signet, &receiver.url()).await;

        refused(&ask(&signet, &machine, &key).await);
    }
}

#[tokio::test]
async fn the_switch_of_existing_deployments_opens_private_networks_to_key_sets_only() {
    let key = Key::new();
    let publisher = Publisher::of(&[&key]).await;
    let signet = start(Signet::with().flag("oidc-provider-ssrf-protection-disabled", "1")).await;
    let local = format!("https://127.0.0.1:{}/jwks", publisher.receiver.address().port());

    client(&signet, &local).await;

    let script = format!(
        "try {{ await fetch('{}'); }} catch (error) {{ return {{ refused: error.message }}; }}",
        publisher.url()
    );
    signet.machine_script(&script, json!({})).await;
    let granted = signet.bootstrap().token_for(&signet, "https://default.logto.app/api", "").await.expect(200);
    let claims = signet_tests::token::claims(&granted["access_token"]);
    assert!(claims["refused"].as_str().unwrap().contains("loopback"), "{claims}");
}
