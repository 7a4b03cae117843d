//! Requests that clients push before they send anybody (RFC 9126).

use crate::signet;
use signet_tests::people::REDIRECT_URI;
use signet_tests::{Client, Signet};
use std::time::Duration;
use url::form_urlencoded;

/// A pushed request with its reference.
async fn pushed(signet: &Signet, client: &Client, extra: &[(&str, &str)]) -> String {
    let body = client.posts(signet, "/oidc/request", &form(client, extra)).await.expect(201);
    assert_eq!(body["expires_in"], 60);
    body["request_uri"].as_str().unwrap().to_owned()
}

/// The request without the client's name, which its authentication says.
fn form(client: &Client, extra: &[(&str, &str)]) -> String {
    client.request(&[extra, &[("client_id", "")]].concat())
}

fn reference(client: &Client, request_uri: &str) -> String {
    let query = [("client_id", client.id.as_str()), ("request_uri", request_uri)];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("/oidc/auth?{query}")
}

const GONE: (u16, &str, &str) = (400, "invalid_request_uri", "request_uri is invalid, expired, or was already used");

#[tokio::test]
async fn a_pushed_request_is_answered_like_any_other() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    let request_uri = pushed(&signet, &client, &[("state", "pushed")]).await;
    assert!(request_uri.starts_with("urn:ietf:params:oauth:request_uri:"));

    // What stands beside the reference is not read.
    let answer = browser.get(&format!("{}&state=changed&scope=openid+email", reference(&client, &request_uri))).await;

    let answer = answer.takes_back_to(REDIRECT_URI);
    assert!(answer.contains_key("code"));
    assert_eq!(answer["state"], "pushed");
}

#[tokio::test]
async fn attack_43_a_reference_is_for_one_client_for_a_minute_and_once() {
    let signet = signet().await;
    let (client, other) = (signet.web().await, signet.web().await);
    let browser = signet.browser();
    let request_uri = pushed(&signet, &client, &[]).await;

    browser.get(&reference(&other, &request_uri)).await.refuses(GONE.0, GONE.1, GONE.2);
    browser.get(&reference(&client, &request_uri)).await.goes_to("/sign-in");
    browser.get(&reference(&client, &request_uri)).await.refuses(GONE.0, GONE.1, GONE.2);
    let late = pushed(&signet, &client, &[]).await;
    signet.advance(Duration::from_mins(1));
    browser.get(&reference(&client, &late)).await.refuses(GONE.0, GONE.1, GONE.2);
    let invented = "urn:ietf:params:oauth:request_uri:AAAA";
    browser.get(&reference(&client, invented)).await.refuses(GONE.0, GONE.1, GONE.2);
    let foreign = browser.get(&reference(&client, "https://evil.example/request")).await;
    assert_eq!(foreign.takes_back_to(REDIRECT_URI)["error"], "request_uri_not_supported");
}

#[tokio::test]
async fn attack_43_of_many_who_use_a_reference_at_once_one_succeeds() {
    let signet = signet().await;
    let client = signet.web().await;
    let path = reference(&client, &pushed(&signet, &client, &[]).await);

    let answers = futures_util::future::join_all((0..20).map(|_| signet.get(&path))).await;

    assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 1);
}

#[tokio::test]
async fn attack_43_a_push_is_checked_like_an_authorization_request() {
    let signet = signet().await;
    let (client, public) = (signet.web().await, signet.single_page().await);
    for (extra, error, description) in [
        (
            &[("redirect_uri", "https://evil.example/")][..],
            "invalid_redirect_uri",
            "redirect_uri did not match any of the client's registered redirect_uris",
        ),
        (&[("response_type", "token")], "unsupported_response_type", "unsupported response_type requested"),
        (&[("prompt", "dance")], "invalid_request", "unsupported prompt value requested"),
        (&[("code_challenge_method", "plain")], "invalid_request", "not supported value of code_challenge_method"),
        (
            &[("request_uri", "urn:ietf:params:oauth:request_uri:AAAA")],
            "invalid_request",
            "request_uri parameter must not be used at the pushed_authorization_request_endpoint",
        ),
        (
            &[("resource", "https://a.example,https://b.example")],
            "invalid_target",
            "resource indicator is missing, or unknown",
        ),
    ] {
        client.posts(&signet, "/oidc/request", &form(&client, extra)).await.refuses(400, error, description);
    }
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    public.posts(&signet, "/oidc/request", &form(&public, &without)).await.refuses(
        400,
        "invalid_request",
        "Authorization Server policy requires PKCE to be used for this request",
    );
    let stranger = Client { secret: Some("wrong".to_owned()), ..client.clone() };
    stranger.posts(&signet, "/oidc/request", &form(&client, &[])).await.refuses(
        401,
        "invalid_client",
        "client authentication failed",
    );
    assert_eq!(signet.get("/oidc/request").await.status, 404);
}
