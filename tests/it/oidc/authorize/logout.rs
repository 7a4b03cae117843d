//! People sign out: at a client, and everywhere at once.

use super::{id_token, signed};
use crate::{signet, start};
use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_tests::people::{REDIRECT_URI, SIGNED_OUT_URI};
use signet_tests::{Answer, Browser, Client, Receiver, Signet};
use std::time::Duration;
use url::form_urlencoded;

fn query(parameters: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("/oidc/session/end?{query}")
}

/// Opens the endpoint, and lets the page post its form.
async fn signs_out(browser: &Browser<'_>, parameters: &[(&str, &str)]) -> Answer {
    let page = browser.get(&query(parameters)).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"), "{}", page.text);
    assert!(page.text.contains("Sign Out") && page.text.contains("op.logoutForm"), "{}", page.text);
    browser.post("/oidc/session/end/confirm", &format!("xsrf={}&logout=yes", xsrf(&page))).await
}

fn xsrf(page: &Answer) -> String {
    let (_, rest) = page.text.split_once(r#"name="xsrf" value=""#).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

async fn is_signed_in(browser: &Browser<'_>, client: &Client) -> bool {
    browser.authorize(client, &[("prompt", "none")]).await.takes_back_to(REDIRECT_URI).contains_key("code")
}

#[tokio::test]
async fn a_client_signs_its_person_out_and_gets_them_back() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let hint = id_token(&signet, &client.id, alice.id.as_str()).await;
    for identified in [("id_token_hint", hint.as_str()), ("client_id", client.id.as_str())] {
        let browser = signet.browser();
        browser.signs_in(&client, &alice, &[]).await;

        let end =
            signs_out(&browser, &[identified, ("post_logout_redirect_uri", SIGNED_OUT_URI), ("state", "bye")]).await;

        assert_eq!((end.status.as_u16(), end.header("location")), (303, "https://client.example/signed-out?state=bye"));
        assert_eq!(browser.cookie("_session"), None);
        assert!(!is_signed_in(&browser, &client).await);
    }
}

#[tokio::test]
async fn without_a_place_to_go_to_people_stay_here() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let hint = id_token(&signet, &client.id, alice.id.as_str()).await;
    for parameters in [
        &[][..],
        &[("state", "bye")],
        &[("id_token_hint", hint.as_str())],
        &[("post_logout_redirect_uri", "https://evil.example/")],
        &[("post_logout_redirect_uri", SIGNED_OUT_URI)],
    ] {
        let browser = signet.browser();
        browser.signs_in(&client, &alice, &[]).await;

        let end = signs_out(&browser, parameters).await;

        assert_eq!((end.status.as_u16(), end.header("location")), (303, "/oidc/session/end/success"), "{parameters:?}");
        assert_eq!(browser.get("/oidc/session/end/success").await.status, 200);
        assert!(!is_signed_in(&browser, &client).await);
    }
}

#[tokio::test]
async fn attack_38_nobody_is_sent_to_a_place_that_was_not_registered() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    for uri in [
        "https://evil.example/",
        "https://client.example/signed-out?foo=bar",
        "https://client.example/signed-out/../evil",
        "https://client.example@evil.example/signed-out",
        "javascript:alert(1)",
        "//evil.example",
        REDIRECT_URI,
    ] {
        let answer = browser.get(&query(&[("client_id", &client.id), ("post_logout_redirect_uri", uri)])).await;
        answer.refuses(400, "invalid_request", "post_logout_redirect_uri not registered");
    }
    assert!(is_signed_in(&browser, &client).await);
    for (name, value) in
        [("ui_locales", "\"><script>alert(1)</script>"), ("logout_hint", "<b>"), ("state", "<script>alert")]
    {
        let page = browser.get(&query(&[(name, value)])).await;
        assert!(!page.text.contains(value), "{}", page.text);
    }
}

#[tokio::test]
async fn a_hint_that_we_did_not_issue_is_refused() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let other = signet.web().await;
    let claims = json!({"iss": "https://id.example/oidc", "aud": client.id, "sub": alice.id, "iat": 1, "exp": 2});
    let hint = id_token(&signet, &client.id, alice.id.as_str()).await;
    let payload = hint.split('.').nth(1).unwrap();
    let other_end = if hint.ends_with('x') { 'y' } else { 'x' };
    for wrong in [
        "nonsense".to_owned(),
        format!("eyJhbGciOiJub25lIn0.{payload}."),
        format!("{}{other_end}", hint.get(..hint.len() - 1).unwrap()),
        signed(&signet, Some("at+jwt"), &claims).await,
    ] {
        let answer =
            signet.get(&query(&[("id_token_hint", &wrong), ("post_logout_redirect_uri", SIGNED_OUT_URI)])).await;
        answer.refuses(400, "invalid_request", "could not decode id_token_hint");
    }
    let mismatch = signet.get(&query(&[("id_token_hint", &hint), ("client_id", &other.id)])).await;
    mismatch.refuses(400, "invalid_request", "client_id mismatch");
    signet.get(&query(&[("client_id", "nobody")])).await.refuses(400, "invalid_client", "invalid client nobody");
}

#[tokio::test]
async fn attack_36_a_page_of_somebody_else_cannot_sign_people_out() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    let confirm = "/oidc/session/end/confirm";

    browser.post(confirm, "logout=yes").await.refuses(400, "invalid_request", "could not find logout details");
    let page = browser.get(&query(&[])).await;
    let other = signet.browser().get(&query(&[])).await;
    for form in ["logout=yes".to_owned(), "xsrf=&logout=yes".to_owned(), format!("xsrf={}&logout=yes", xsrf(&other))] {
        browser.post(confirm, &form).await.refuses(400, "invalid_request", "xsrf token invalid");
    }
    assert!(is_signed_in(&browser, &client).await);
    // Whoever declines stays.
    assert_eq!(browser.post(confirm, &format!("xsrf={}", xsrf(&page))).await.status, 303);
    assert!(is_signed_in(&browser, &client).await);
}

#[tokio::test]
async fn grants_for_the_session_end_with_it_and_offline_ones_stay() {
    let signet = signet().await;
    let (online, offline, alice) = (signet.web().await, signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&online, &alice, &[]).await;
    browser.signs_in(&offline, &alice, &[("scope", "openid offline_access"), ("prompt", "consent")]).await;

    signs_out(&browser, &[]).await;

    let grants = signet.api("GET", &format!("/users/{}/grants", alice.id), Value::Null).await.expect(200);
    let clients: Vec<&Value> =
        grants["grants"].as_array().unwrap().iter().map(|grant| &grant["application"]["id"]).collect();
    assert_eq!(clients, [&json!(offline.id)]);
}

/// Waits for what happens in the background.
async fn eventually(what: &str, mut seen: impl FnMut() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(10), async {
        let mut every = tokio::time::interval(Duration::from_millis(10));
        while !seen() {
            every.tick().await;
        }
    });
    assert!(waited.await.is_ok(), "{what}");
}

async fn told_at(signet: &Signet, url: &str, sid: bool) -> Client {
    let metadata = json!({"backchannelLogoutUri": url, "backchannelLogoutSessionRequired": sid});
    signet.client("Traditional", json!({"oidcClientMetadata": metadata})).await
}

#[tokio::test]
async fn the_clients_of_a_session_are_told_that_it_has_ended() {
    let receiver = Receiver::answering(|_| Response::new(Body::empty())).await;
    let builder = Signet::with().public_host("client.example", &receiver);
    let signet = start(builder).await;
    let (client, alice) = (told_at(&signet, "http://client.example/logout", true).await, signet.person("alice").await);
    let quiet = signet.web().await;
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    browser.signs_in(&quiet, &alice, &[]).await;
    let sessions = signet.api("GET", &format!("/users/{}/sessions", alice.id), Value::Null).await.expect(200);
    let sid = sessions["sessions"][0]["payload"]["authorizations"][&client.id]["sid"].clone();

    signs_out(&browser, &[]).await;

    eventually("the client is told", || !receiver.requests().is_empty()).await;
    let (head, body) = receiver.requests().remove(0);
    assert_eq!((head.method.as_str(), head.uri.path()), ("POST", "/logout"));
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let (name, token) = &form[0];
    assert_eq!((name.as_str(), form.len()), ("logout_token", 1));
    let token = json!(token);
    assert_eq!(signet_tests::token::header(&token)["typ"], "logout+jwt");
    let claims = signet_tests::token::claims(&token);
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!("https://id.example/oidc"), &json!(client.id)));
    assert_eq!((&claims["sub"], &claims["sid"]), (&json!(alice.id), &sid));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 120);
    assert_eq!(claims["events"], json!({"http://schemas.openid.net/event/backchannel-logout": {}}));
    assert!(claims.get("nonce").is_none() && claims["jti"].as_str().unwrap().len() == 21);
    assert_eq!(receiver.requests().len(), 1, "and nobody else");
}

#[tokio::test]
async fn the_clients_of_somebody_who_is_suspended_or_deleted_are_told() {
    let receiver = Receiver::answering(|_| Response::new(Body::empty())).await;
    let signet = start(Signet::with().public_host("client.example", &receiver)).await;
    let client = told_at(&signet, "http://client.example/logout", false).await;
    let (alice, bob) = (signet.person("alice").await, signet.person("bob").await);
    for person in [&alice, &bob] {
        for _ in 0..2 {
            signet.browser().signs_in(&client, person, &[]).await;
        }
    }
    let suspended = format!("/users/{}/is-suspended", alice.id);

    signet.api("PATCH", &suspended, json!({"isSuspended": true})).await.expect(200);
    signet.api("PATCH", &suspended, json!({"isSuspended": false})).await.expect(200);
    signet.api("DELETE", &format!("/users/{}", bob.id), Value::Null).await.expect(204);

    eventually("the client is told of each session", || receiver.requests().len() == 4).await;
    let told = receiver.requests();
    let subject = |body: &[u8]| {
        let token = json!(form_urlencoded::parse(body).next().unwrap().1);
        signet_tests::token::claims(&token)["sub"].as_str().unwrap().to_owned()
    };
    let mut subjects: Vec<String> = told.iter().map(|(_, body)| subject(body)).collect();
    subjects.sort_unstable();
    let mut expected = [alice.id.as_str(), alice.id.as_str(), bob.id.as_str(), bob.id.as_str()];
    expected.sort_unstable();
    assert_eq!(subjects, expected);
}

#[tokio::test]
async fn a_client_that_is_away_keeps_nobody_waiting_and_is_told_again() {
    let attempts = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = attempts.clone();
    let receiver = Receiver::answering(move |_| {
        let first = counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
        let status = if first { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
        Response::builder().status(status).body(Body::empty()).unwrap()
    })
    .await;
    let signet = start(Signet::with().public_host("client.example", &receiver)).await;
    let (client, alice) = (told_at(&signet, "http://client.example/logout", false).await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;

    assert_eq!(signs_out(&browser, &[]).await.status, 303);

    eventually("the client is told twice", || receiver.requests().len() == 2).await;
    let bodies = receiver.requests();
    assert_eq!(bodies[0].1, bodies[1].1);
}

#[tokio::test]
async fn attack_42_a_logout_reaches_no_private_network_and_tells_nothing() {
    let receiver = Receiver::saying(json!({"secret": "of the private network"})).await;
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let browser = signet.browser();
    for url in [receiver.url(), "http://169.254.169.254/latest/meta-data".to_owned(), "http://localhost/".to_owned()] {
        let client = told_at(&signet, &url, false).await;
        browser.signs_in(&client, &alice, &[]).await;
    }

    let end = signs_out(&browser, &[]).await;

    assert_eq!((end.status.as_u16(), end.text.as_str()), (303, ""));
    assert!(receiver.requests().is_empty());
    let reader = signet.app.store.tenant(TenantId::default_tenant()).read().await.unwrap();
    assert!(reader.sessions_of_user(&alice.id, signet.deps.clock.now()).await.unwrap().is_empty());
}
