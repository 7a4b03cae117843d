//! Where a request may go, and that nothing is called before this is decided.

use crate::support::{PUBLIC, World, get, refusal, response};
use signet_egress::{EgressError, Policy, Purpose, Request};
use std::net::SocketAddr;
use url::Url;

async fn open_world() -> World {
    World::answering(|_| response("200 OK", &["connection: close"], b"{}")).await
}

#[tokio::test]
async fn attack_16_special_addresses_are_refused_before_any_connection() {
    let world = open_world().await;
    let guard = world.guard();
    for url in [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://127.0.0.1/#@example.com",
    ] {
        let refusal = refusal(&guard, url).await;
        assert!(refusal.contains("not allowed"), "{url}: {refusal}");
    }
    for url in ["http://user:pass@93.184.215.14/", "http://example.com@127.0.0.1/"] {
        assert_eq!(get(&guard, url).await.unwrap_err(), EgressError::UrlCredentials, "{url}");
    }

    assert!(world.dialed().is_empty() && world.resolved().is_empty());
}

#[tokio::test]
async fn attack_16_a_name_is_refused_for_its_address_which_is_not_told() {
    let world = open_world().await;
    world.name("localhost", &[&["127.0.0.1", "::1"]]);
    world.name("db.example", &[&["10.11.12.13"]]);
    let guard = world.guard();

    let told = refusal(&guard, "http://db.example/").await;

    assert_eq!(told, "the address of `db.example` is private (10.0.0.0/8), which is not allowed");
    assert!(refusal(&guard, "http://LOCALHOST./").await.contains("loopback"));
    assert!(world.dialed().is_empty());
}

#[tokio::test]
async fn attack_17_the_connection_goes_to_the_address_that_was_vetted() {
    let world = open_world().await;
    world.name("rebind.example", &[&["93.184.215.14"], &["127.0.0.1"]]);
    let guard = world.guard();

    assert_eq!(get(&guard, "http://rebind.example/").await.unwrap().status, 200);
    assert_eq!(world.resolved(), ["rebind.example"], "a name is resolved once per connection");
    assert!(refusal(&guard, "http://rebind.example/").await.contains("loopback"));

    assert_eq!(world.dialed(), [SocketAddr::new(PUBLIC, 80)]);
}

#[tokio::test]
async fn attack_17_of_mixed_addresses_only_the_public_ones_are_tried() {
    let world = open_world().await;
    world.name("mixed.example", &[&["10.0.0.1", "93.184.215.14", "169.254.169.254"]]);

    get(&world.guard(), "http://mixed.example:8080/").await.unwrap();

    assert_eq!(world.dialed(), [SocketAddr::new(PUBLIC, 8080)]);
}

#[tokio::test]
async fn attack_19_odd_schemes_and_ports_are_refused_before_any_connection() {
    let world = open_world().await;
    let guard = world.guard();
    for url in [
        "file:///etc/passwd",
        "gopher://a.example/",
        "data:,x",
        "unix:/run/db.sock",
        "ftp://a.example/",
        "ws://a.example/",
    ] {
        assert!(refusal(&guard, url).await.starts_with("the scheme `"), "{url}");
    }
    for port in [1, 22, 25, 5432, 6379, 11211] {
        let refusal = refusal(&guard, &format!("http://a.example:{port}/")).await;
        assert_eq!(refusal, format!("the port {port} of `a.example` is not allowed"));
    }

    assert!(world.dialed().is_empty() && world.resolved().is_empty());
}

#[tokio::test]
async fn attack_23_a_script_does_not_reach_its_own_server_and_says_who_it_is() {
    let world = open_world().await;
    let own = Url::parse("https://id.example").unwrap();
    let guard = world.guard_with(|config| config.script.policy = Policy::default().without([&own]));

    assert_eq!(
        refusal(&guard, "https://id.example/oidc/token").await,
        "`id.example` is this server itself, which is not allowed"
    );
    let forged = Request::get("http://alias.example/").unwrap().header("Signet-Script-Depth", "0").unwrap();
    guard.send(Purpose::Script, forged).await.unwrap();
    guard.send(Purpose::Product, Request::get("http://alias.example/").unwrap()).await.unwrap();

    let heads = world.heads();
    assert!(heads[0].contains("signet-script-depth: 1\r\n") && !heads[0].contains("depth: 0"), "{}", heads[0]);
    assert!(!heads[1].contains("signet-script-depth"), "{}", heads[1]);
}

#[tokio::test]
async fn attack_42_calls_of_the_product_are_under_the_same_guard() {
    let world = open_world().await;
    world.name("jwks.internal", &[&["10.0.0.7"]]);
    let closed = world.guard();
    for purpose in [Purpose::Product, Purpose::Provider] {
        for url in ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://jwks.internal/"] {
            let refusal = closed.send(purpose, Request::get(url).unwrap()).await.unwrap_err();
            assert!(matches!(refusal, EgressError::Address { .. }), "{url}: {refusal}");
        }
    }

    let opened = world.guard_with(|config| config.provider.policy = Policy::default().with_own_networks());
    let ask = |purpose| opened.send(purpose, Request::get("http://jwks.internal/").unwrap());

    assert_eq!(ask(Purpose::Provider).await.unwrap().status, 200);
    assert!(ask(Purpose::Product).await.is_err() && ask(Purpose::Script).await.is_err());
}

#[tokio::test]
async fn an_allowed_host_is_reached_on_its_port() {
    let world = open_world().await;
    world.name("billing.internal", &[&["10.0.0.7"]]);
    let allow = signet_egress::AllowList::new(["billing.internal:25".parse().unwrap()]);
    let guard = world.guard_with(|config| config.script.policy = Policy::new(allow));

    assert_eq!(get(&guard, "http://billing.internal:25/").await.unwrap().status, 200);

    assert!(refusal(&guard, "http://billing.internal/").await.contains("private"));
    assert_eq!(world.dialed(), ["10.0.0.7:25".parse().unwrap()]);
}
