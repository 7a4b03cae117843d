//! Requests that ask for something wrong: who is told, and what.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use signet_tests::people::{PKCE, REDIRECT_URI};
use signet_tests::{Client, Signet};

/// What an authorization request is refused with, at the client.
async fn refusal(signet: &Signet, client: &Client, extra: &[(&str, &str)]) -> (String, String) {
    let answer = signet.browser().authorize(client, extra).await.takes_back_to(&client.redirect_uri);
    assert_eq!((&*answer["state"], &*answer["iss"]), ("kept", "https://id.example/oidc"), "{extra:?}");
    assert!(!answer.contains_key("code"));
    (answer["error"].clone(), answer.get("error_description").cloned().unwrap_or_default())
}

#[tokio::test]
async fn the_client_is_told_what_its_request_lacks() {
    let signet = signet().await;
    let client = signet.web().await;
    let request = "invalid_request";
    for (extra, error, description) in [
        (&[("response_type", "")][..], request, "missing required parameter 'response_type'"),
        (&[("response_type", "token")], "unsupported_response_type", "unsupported response_type requested"),
        (&[("response_type", "code token")], "unsupported_response_type", "unsupported response_type requested"),
        (&[("response_type", "id_token")], request, "requested response_type is not allowed for this client"),
        (&[("response_type", "id_token code")], request, "requested response_type is not allowed for this client"),
        (&[("response_type", "none")], request, "requested response_type is not allowed for this client"),
        (&[("response_mode", "web_message")], "unsupported_response_mode", "unsupported response_mode requested"),
        (&[("request", "x.y.z")], "request_not_supported", ""),
        (
            &[("request_uri", "https://client.example/request")],
            "request_uri_not_supported",
            "request_uri values other than pushed ones are not supported",
        ),
        (&[("registration", "{}")], "registration_not_supported", "registration parameter provided but not supported"),
        (&[("prompt", "dance")], request, "unsupported prompt value requested"),
        (&[("prompt", "none login")], request, "prompt none must only be used alone"),
        (&[("prompt", "none")], "login_required", "End-User authentication is required"),
        (&[("max_age", "-1")], request, "invalid max_age parameter value"),
        (&[("max_age", "soon")], request, "invalid max_age parameter value"),
        (
            &[("max_age", "1"), ("scope", "profile")],
            request,
            "openid scope must be requested when using the max_age parameter",
        ),
        (&[("id_token_hint", "x.y.z")], request, "could not validate id_token_hint"),
        (&[("resource", "https://unknown.example/")], "invalid_target", "resource indicator is missing, or unknown"),
        (&[("resource", "nope")], "invalid_target", "resource indicator must be an absolute URI"),
        (
            &[("resource", "https://api.example#part")],
            "invalid_target",
            "resource indicator must not contain a fragment component",
        ),
    ] {
        let told = refusal(&signet, &client, extra).await;
        assert_eq!((told.0.as_str(), told.1.as_str()), (error, description), "{extra:?}");
    }
}

#[tokio::test]
async fn attack_27_a_public_client_needs_a_challenge_and_plain_is_none() {
    let signet = signet().await;
    let (public, confidential) = (signet.single_page().await, signet.web().await);
    let without = [("code_challenge", ""), ("code_challenge_method", "")];

    let told = refusal(&signet, &public, &without).await;
    assert_eq!(told.1, "Authorization Server policy requires PKCE to be used for this request");
    signet.browser().authorize(&confidential, &without).await.goes_to("/sign-in");
    for client in [&public, &confidential] {
        for (extra, description) in [
            (&[("code_challenge_method", "plain")][..], "not supported value of code_challenge_method"),
            (&[("code_challenge_method", "s256")], "not supported value of code_challenge_method"),
            (
                &[("code_challenge_method", "plain"), ("code_challenge", "")],
                "not supported value of code_challenge_method",
            ),
            (&[("code_challenge_method", "")], "code_challenge_method must be provided"),
            (&[("code_challenge", "")], "code_challenge must be provided with code_challenge_method"),
            (&[("code_challenge", PKCE.0.split_at(20).0)], "code_challenge must be the base64url of a SHA-256 digest"),
        ] {
            let told = refusal(&signet, client, extra).await;
            assert_eq!((told.0.as_str(), told.1.as_str()), ("invalid_request", description), "{extra:?}");
        }
    }
}

#[tokio::test]
async fn attack_28_nobody_is_sent_to_a_place_that_was_not_registered() {
    let signet = signet().await;
    let client = signet.web().await;
    for uri in [
        "https://evil.example/callback",
        "https://client.example/other",
        "https://client.example/callback/",
        "https://client.example/Callback",
        "https://client.example/callback/../other",
        "https://client.example/callback%2f..",
        "https://client.example/callback?x=1",
        "https://client.example/callback#",
        "https://client.example@evil.example/callback",
        "https://client.example@@evil.example/callback",
        "https://evil.example\\@client.example/callback",
        "https://client.example:444/callback",
        "http://client.example/callback",
        "https://a.client.example/callback",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/callback",
    ] {
        for extra in
            [&[("redirect_uri", uri)][..], &[("redirect_uri", uri), ("prompt", "none"), ("response_mode", "form_post")]]
        {
            let answer = signet.browser().header("accept", "text/html").authorize(&client, extra).await;
            let text = "redirect_uri did not match any of the client's registered redirect_uris";
            answer.refuses(400, "invalid_redirect_uri", text);
            let body = answer.json();
            assert_eq!((&body["state"], &body["iss"]), (&json!("kept"), &json!("https://id.example/oidc")), "{uri}");
            assert_eq!(answer.header("location"), "", "{uri}");
            assert_eq!(answer.header("set-cookie"), "", "{uri}");
        }
    }
}

#[tokio::test]
async fn attack_38_whoever_is_refused_in_a_browser_sees_a_page_without_a_way_out() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser().header("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

    let hostile = "https://evil.example/\"><script>alert(1)</script>";
    let page = browser.authorize(&client, &[("redirect_uri", hostile), ("state", hostile)]).await;

    assert_eq!((page.status.as_u16(), page.header("content-type")), (400, "text/html; charset=utf-8"));
    assert_eq!(page.header("location"), "");
    assert!(!page.text.contains("evil.example"), "{}", page.text);
}

#[tokio::test]
async fn a_redirect_uri_may_be_left_out_when_there_is_no_choice() {
    let signet = signet().await;
    let one = signet.web().await;
    let two = ["https://client.example/callback", "https://client.example/other"];
    let two = signet.client("Traditional", json!({"oidcClientMetadata": {"redirectUris": two}})).await;

    signet.browser().authorize(&one, &[("redirect_uri", "")]).await.goes_to("/sign-in");
    signet.browser().authorize(&two, &[("redirect_uri", "")]).await.refuses(
        400,
        "invalid_request",
        "missing required parameter 'redirect_uri'",
    );
}

#[tokio::test]
async fn native_applications_use_any_loopback_port_and_others_do_not() {
    let signet = signet().await;
    let settings = json!({"oidcClientMetadata": {"redirectUris": ["http://localhost/cb", "io.client.app://cb"]}});
    let (native, web) = (signet.client("Native", settings.clone()).await, signet.client("Traditional", settings).await);

    for uri in ["http://localhost:49152/cb", "io.client.app://cb"] {
        signet.browser().authorize(&native, &[("redirect_uri", uri)]).await.goes_to("/sign-in");
    }
    let answer = signet.browser().authorize(&web, &[("redirect_uri", "http://localhost:49152/cb")]).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn attack_29_a_parameter_that_stands_twice_leads_nowhere() {
    let signet = signet().await;
    let client = signet.web().await;
    let query = client.request(&[]);
    for twice in ["client_id=other", "redirect_uri=https%3A%2F%2Fevil.example", "state=x", "scope=openid"] {
        let name = twice.split('=').next().unwrap();
        let description = format!("'{name}' parameter must not be provided twice");
        let browser = signet.browser();
        browser.get(&format!("/oidc/auth?{query}&{twice}")).await.refuses(400, "invalid_request", &description);
        browser.post(&format!("/oidc/auth?{twice}"), &query).await.refuses(400, "invalid_request", &description);
    }
}

#[tokio::test]
async fn a_request_may_be_posted_as_a_form_or_as_json() {
    let signet = signet().await;
    let client = signet.web().await;
    let browser = signet.browser();

    browser.post("/oidc/auth", &client.request(&[])).await.goes_to("/sign-in");
    let mut body = json!({"client_id": client.id, "redirect_uri": REDIRECT_URI, "response_type": "code", "scope": "openid", "state": 1});
    browser.post_json("/oidc/auth", &body).await.goes_to("/sign-in");
    body["claims"] = json!({"userinfo": {}});
    assert_eq!(browser.post_json("/oidc/auth", &body).await.status, 404);
}

#[tokio::test]
async fn strangers_and_machines_send_nobody_here() {
    let signet = signet().await;
    let robot = signet.machine_with(json!({"name": "robot", "type": "MachineToMachine", "oidcClientMetadata": {"redirectUris": [REDIRECT_URI], "postLogoutRedirectUris": []}})).await;
    let as_client = |id: &str| Client { id: id.to_owned(), secret: None, redirect_uri: REDIRECT_URI.to_owned() };
    let browser = signet.browser();

    browser.authorize(&as_client("no-such-client"), &[]).await.refuses(
        400,
        "invalid_client",
        "invalid client no-such-client",
    );
    browser.get("/oidc/auth").await.refuses(400, "invalid_request", "missing required parameter 'client_id'");
    let told = refusal(&signet, &as_client(&robot.id), &[]).await;
    assert_eq!(told.1, "requested response_type is not allowed for this client");
    let device = json!({"customClientMetadata": {"isDeviceFlow": true}});
    let device = signet.client("Native", device).await;
    let told = refusal(&signet, &device, &[]).await;
    assert_eq!(told.1, "requested response_type is not allowed for this client");
}

#[tokio::test]
async fn attack_60_no_page_of_another_origin_reads_an_authorization() {
    let signet = signet().await;
    let client = signet.web().await;
    let request =
        Request::get(format!("/oidc/auth?{}", client.request(&[]))).header("origin", "https://client.example");

    let answer = signet.send(request.body(Body::empty()).unwrap()).await;

    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!((answer.header("x-frame-options"), answer.header("cache-control")), ("SAMEORIGIN", "no-store"));
}

#[tokio::test]
async fn parameters_choose_the_page_and_what_it_shows() {
    let signet = signet().await;
    let client = signet.web().await;
    let app = format!("app_id={}", client.id);
    for (extra, location) in [
        (&[("first_screen", "register")][..], format!("/register?{app}")),
        (
            &[("first_screen", "identifier:sign_in"), ("identifier", "email phone")],
            format!("/identifier-sign-in?{app}&identifier=email+phone"),
        ),
        (&[("direct_sign_in", "social:github")], format!("/direct/social/github?{app}&fallback=sign-in")),
        (
            &[("login_hint", "a@b.c"), ("ui_locales", "zh-CN")],
            format!("/sign-in?{app}&ui_locales=zh-CN&login_hint=a%40b.c"),
        ),
        (&[("first_screen", "nonsense"), ("login_hint", "a@b.c")], format!("/sign-in?{app}")),
        (
            &[("acr_values", "x"), ("claims", "{}"), ("claims_locales", "de"), ("display", "page")],
            format!("/sign-in?{app}"),
        ),
    ] {
        let browser = signet.browser();
        let answer = browser.authorize(&client, extra).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, location.as_str()));
    }
    let browser = signet.browser();
    browser.authorize(&client, &[("ui_locales", "zh-CN"), ("organization_id", "o")]).await;
    let looks: serde_json::Value = {
        let encoded = browser.cookie("_logto").unwrap();
        let decoded = url::form_urlencoded::parse(format!("v={encoded}").as_bytes()).next().unwrap().1.into_owned();
        serde_json::from_str(&decoded).unwrap()
    };
    assert_eq!(looks, json!({"appId": client.id, "organizationId": "o", "uiLocales": "zh-CN"}));
}
