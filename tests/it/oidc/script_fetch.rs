//! Claims that a script fetches from somewhere else.

use crate::{signet, start};
use axum::body::Body;
use axum::http::{Request, Response};
use serde_json::{Value, json};
use signet_tests::token::claims;
use signet_tests::{Machine, Receiver, Signet, SignetBuilder};
use std::fmt::Write as _;

const API: &str = "https://shop.example/api";

struct Shop {
    signet: Signet,
    robot: Machine,
}

async fn shop(builder: SignetBuilder) -> Shop {
    let signet = start(builder).await;
    signet.resource(API, &[]).await;
    let robot = signet.machine("robot").await;
    Shop { signet, robot }
}

impl Shop {
    /// The claims of a token whose script has this body. `URL` is a variable of the script.
    async fn claims_of(&self, body: &str, url: &str) -> Value {
        let settings = json!({"environmentVariables": {"URL": url}, "blockIssuanceOnError": true});
        self.signet.machine_script(&format!("const {{ URL: url }} = environmentVariables;\n{body}"), settings).await;
        claims(&self.robot.token_for(&self.signet, API, "").await.expect(200)["access_token"])
    }

    /// What a script is told that fetches this.
    async fn refusal_of(&self, call: &str) -> String {
        let body = format!(
            "try {{ const r = await {call}; return {{ status: r.status }}; }} catch (error) {{ return {{ refused: `${{error.name}}: ${{error.message}}` }}; }}"
        );
        let claims = self.claims_of(&body, "").await;
        assert!(claims["refused"].is_string(), "{call}: {claims}");
        claims["refused"].as_str().unwrap_or_default().to_owned()
    }
}

fn allowing(receiver: &Receiver) -> SignetBuilder {
    Signet::with().flag("script-fetch-allow", &receiver.address().to_string())
}

#[tokio::test]
async fn a_token_carries_what_the_script_fetched() {
    let crm = Receiver::saying(json!({"tier": "gold"})).await;
    let shop = shop(allowing(&crm)).await;
    let body = "const response = await fetch(url + '/tier?id=7', {
          method: 'POST', headers: { authorization: 'Bearer key', 'x-custom': 'yes' }, body: JSON.stringify({ a: 1 }) });
        return { ok: response.ok, type: response.headers.get('content-type'), data: await response.json() };";

    let claims = shop.claims_of(body, &crm.url()).await;

    assert_eq!(claims["data"], json!({"tier": "gold"}));
    assert_eq!((&claims["ok"], &claims["type"]), (&json!(true), &json!("application/json")));
    let (parts, body) = &crm.requests()[0];
    assert_eq!((parts.method.as_str(), parts.uri.to_string().as_str()), ("POST", "/tier?id=7"));
    assert_eq!(parts.headers["authorization"], "Bearer key");
    assert_eq!(parts.headers["x-custom"], "yes");
    assert_eq!(body, r#"{"a":1}"#);
}

#[tokio::test]
async fn a_public_host_needs_no_permission() {
    let crm = Receiver::saying(json!({"tier": "gold"})).await;
    let shop = shop(Signet::with().public_host("crm.example", &crm)).await;

    let claims = shop.claims_of("return await (await fetch(url)).json();", "http://crm.example/").await;

    assert_eq!(claims["tier"], "gold");
    assert_eq!(crm.requests()[0].0.headers["host"], "crm.example");
}

#[tokio::test]
async fn attack_16_a_script_reaches_no_private_destination() {
    let secret = Receiver::saying(json!({"secret": true})).await;
    let shop = shop(Signet::with()).await;
    let port = secret.address().port();
    for host in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "[::1]",
    ] {
        let refusal = shop.refusal_of(&format!("fetch('http://{host}:{port}/')")).await;
        assert!(
            refusal.starts_with("TypeError: fetch failed: ") && refusal.ends_with("which is not allowed"),
            "{refusal}"
        );
    }
    let host = shop.refusal_of(&format!("fetch('{}', {{ headers: {{ Host: 'example.com' }} }})", secret.url())).await;
    assert!(host.contains("loopback (127.0.0.0/8)"), "{host}");

    assert!(secret.requests().is_empty());
}

#[tokio::test]
async fn attack_18_an_allowed_destination_cannot_lead_to_a_private_one() {
    let secret = Receiver::saying(json!({"secret": true})).await;
    let target = format!("{}/stolen", secret.url());
    let crm = Receiver::answering(move |_| {
        Response::builder().status(302).header("location", &target).body(Body::empty()).unwrap()
    })
    .await;
    let shop = shop(allowing(&crm)).await;

    let refusal = shop.refusal_of(&format!("fetch('{}')", crm.url())).await;

    assert!(refusal.contains("loopback"), "{refusal}");
    assert!(secret.requests().is_empty());
    let manual = format!("return {{ status: (await fetch('{}', {{ redirect: 'manual' }})).status }};", crm.url());
    assert_eq!(shop.claims_of(&manual, "").await["status"], 302);
}

#[tokio::test]
async fn attack_20_a_large_response_is_refused_and_the_next_run_is_fine() {
    let large = Receiver::answering(|_| Response::new(Body::from(vec![b'x'; 3 << 20]))).await;
    let shop = shop(allowing(&large)).await;

    let refusal = shop.refusal_of(&format!("fetch('{}')", large.url())).await;

    assert_eq!(
        refusal,
        "TypeError: fetch failed: the body of the response is larger than 2097152 bytes, which is not allowed"
    );
    assert_eq!(shop.claims_of("return { fine: true };", "").await["fine"], true);
}

#[tokio::test]
async fn attack_21_a_run_sends_a_bounded_number_of_requests() {
    let crm = Receiver::saying(json!({})).await;
    let shop = shop(allowing(&crm)).await;
    let body = "const all = await Promise.allSettled(Array.from({ length: 1000 }, (_, i) => fetch(`${url}/${i}`)));
        return { ok: all.filter(({ status }) => status === 'fulfilled').length };";

    assert_eq!(shop.claims_of(body, &crm.url()).await["ok"], 64);

    assert_eq!(crm.requests().len(), 64);
}

#[tokio::test]
async fn attack_23_a_script_cannot_ask_its_own_server() {
    let shop = shop(Signet::with().flag("script-fetch-allow", "id.example")).await;
    for url in ["https://id.example/oidc/token", "https://ADMIN.id.example./oidc/jwks"] {
        let refusal = shop.refusal_of(&format!("fetch('{url}')")).await;
        assert!(refusal.ends_with("is this server itself, which is not allowed"), "{refusal}");
    }
}

#[tokio::test]
async fn attack_23_no_script_runs_for_a_request_of_a_script() {
    let signet = signet().await;
    let form = "grant_type=client_credentials&resource=https://default.logto.app/api";
    let mut ask = String::new();
    write!(ask, "{form}&client_id={}&client_secret={}", signet.bootstrap().id, signet.bootstrap().secret).unwrap();
    let request = || {
        let request = Request::post("/oidc/token").header("content-type", "application/x-www-form-urlencoded");
        request.header("signet-script-depth", "1").body(Body::from(ask.clone())).unwrap()
    };
    signet.send(request()).await.expect(200);
    signet.machine_script("return { ran: true };", json!({})).await;

    let refused = signet.send(request()).await;

    refused.refuses(400, "invalid_request", "a claims script cannot ask for a token that runs a claims script");
    assert!(
        signet
            .logs("JwtCustomizer.ClientCredentials")
            .await
            .iter()
            .all(|entry| entry["payload"]["result"] == "Success")
    );
}
