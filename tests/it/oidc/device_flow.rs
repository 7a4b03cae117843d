//! The device flow: a device asks, and a person answers in a browser.

use super::access_control::{DENIED, only};
use crate::signet;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::user::User;
use signet_tests::token::claims;
use signet_tests::{Answer, Browser, Client, Signet};
use std::time::Duration;
use url::{Url, form_urlencoded};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn device(signet: &Signet) -> Client {
    signet.client_with("Native", json!({"isDeviceFlow": true})).await
}

async fn start(signet: &Signet, device: &Client, more: &str) -> Value {
    let form = format!("scope=openid+offline_access{more}");
    device.posts(signet, "/oidc/device/auth", &form).await.expect(200)
}

async fn poll(signet: &Signet, device: &Client, code: &Value) -> Answer {
    let form = format!("grant_type={GRANT}&device_code={}", code["device_code"].as_str().unwrap());
    device.posts(signet, "/oidc/token", &form).await
}

/// What the page of this browser puts into its form.
async fn xsrf(browser: &Browser<'_>) -> String {
    browser.get("/oidc/device").await;
    browser.cookie("_logto_device_flow_xsrf").unwrap()
}

async fn types(browser: &Browser<'_>, user_code: &str, more: &str) -> Answer {
    let xsrf = xsrf(browser).await;
    let code: String = form_urlencoded::byte_serialize(user_code.as_bytes()).collect();
    browser.post("/oidc/device", &format!("xsrf={xsrf}&user_code={code}{more}")).await
}

/// Where the page of the answer is, and what its query says.
fn page(answer: &Answer) -> (String, Vec<(String, String)>) {
    assert_eq!(answer.status, 302, "{}", answer.text);
    let url = Url::parse("https://id.example").unwrap().join(answer.header("location")).unwrap();
    (url.path().to_owned(), url.query_pairs().into_owned().collect())
}

fn error_of(answer: &Answer) -> String {
    page(answer).1.into_iter().find(|(name, _)| name == "error").map(|(_, value)| value).unwrap_or_default()
}

/// Says yes, proves who they are and comes back, to the last answer.
async fn approves(browser: &Browser<'_>, code: &Value, user: &User) -> Answer {
    let asked = types(browser, code["user_code"].as_str().unwrap(), "&confirm=yes").await;
    asked.goes_to("/sign-in?app_id=");
    let uid = browser.interaction();
    browser.signet().leave_login(TenantId::default_tenant(), &uid, user).await;
    let next = browser.get(&format!("/oidc/device/{uid}")).await;
    next.goes_to("/consent?app_id=");
    let back = browser.get(next.header("location")).await;
    browser.get(back.header("location").strip_prefix("https://id.example").unwrap()).await
}

#[tokio::test]
async fn a_device_gets_its_tokens_once_after_somebody_allowed_it() {
    let signet = signet().await;
    let (device, alice) = (device(&signet).await, signet.person("alice").await);
    let code = start(&signet, &device, "").await;
    let user_code = code["user_code"].as_str().unwrap();
    assert_eq!(code["device_code"].as_str().unwrap().len(), 43);
    assert!(user_code.len() == 9 && user_code.bytes().all(|b| b.is_ascii_uppercase() || b == b'-'));
    assert_eq!((&code["verification_uri"], &code["expires_in"]), (&json!("https://id.example/device"), &json!(600)));
    assert_eq!(code["verification_uri_complete"], format!("https://id.example/device?user_code={user_code}"));
    assert_eq!(poll(&signet, &device, &code).await.expect(400)["error"], "authorization_pending");

    let done = approves(&signet.browser(), &code, &alice).await;

    assert_eq!(page(&done).0, "/device/success");
    let tokens = poll(&signet, &device, &code).await.expect(200);
    assert_eq!(claims(&tokens["id_token"])["sub"], json!(alice.id));
    assert_eq!(tokens["scope"], "openid offline_access");
    device.refreshes(&signet, &tokens["refresh_token"], "").await.expect(200);
    let entry = &signet.logs("ExchangeTokenBy.DeviceCode").await[0];
    assert_eq!(entry["payload"]["params"]["device_code"], "******");
    assert_eq!((signet.logs("Interaction.Create").await.len(), signet.logs("Interaction.End").await.len()), (2, 2));

    let again = types(&signet.browser(), user_code, "").await;
    assert_eq!(error_of(&again), "AlreadyUsedError");
    poll(&signet, &device, &code).await.refuses(400, "invalid_grant", "grant request is invalid");
    // Whoever has a used code may have stolen it.
    signet.userinfo(&tokens["access_token"]).await.expect(401);
}

#[tokio::test]
async fn a_device_gets_nothing_of_somebody_who_is_not_let_in_any_more() {
    let signet = signet().await;
    let (device, alice, bob) = (device(&signet).await, signet.person("alice").await, signet.person("bob").await);
    let code = start(&signet, &device, "").await;
    assert_eq!(page(&approves(&signet.browser(), &code, &alice).await).0, "/device/success");

    only(&signet, &device, json!({"userIds": [bob.id]})).await;
    poll(&signet, &device, &code).await.refuses(400, "access_denied", DENIED);

    only(&signet, &device, json!({"userIds": [alice.id]})).await;
    poll(&signet, &device, &code).await.expect(200);
}

#[tokio::test]
async fn whoever_is_signed_in_is_only_asked_to_allow_it() {
    let signet = signet().await;
    let (device, alice) = (device(&signet).await, signet.person("alice").await);
    let browser = signet.browser();
    approves(&browser, &start(&signet, &device, "").await, &alice).await;
    let second = start(&signet, &device, "").await;

    let asked = types(&browser, second["user_code"].as_str().unwrap(), "&confirm=yes").await;

    asked.goes_to("/consent?app_id=");
    browser.follow(asked).await;
    poll(&signet, &device, &second).await.expect(200);
}

#[tokio::test]
async fn a_code_is_shown_for_confirmation_before_anything_happens() {
    let signet = signet().await;
    let device = device(&signet).await;
    let code = start(&signet, &device, "").await;
    let typed = code["user_code"].as_str().unwrap().replace('-', " ").to_lowercase();

    let answer = types(&signet.browser(), &typed, "").await;

    assert_eq!(
        page(&answer),
        ("/device".to_owned(), vec![("user_code".to_owned(), code["user_code"].as_str().unwrap().to_owned())])
    );
    signet.advance(Duration::from_secs(5));
    assert_eq!(poll(&signet, &device, &code).await.expect(400)["error"], "authorization_pending");
}

#[tokio::test]
async fn a_person_can_decline() {
    let signet = signet().await;
    let device = device(&signet).await;
    let code = start(&signet, &device, "").await;

    let answer = types(&signet.browser(), code["user_code"].as_str().unwrap(), "&abort=yes").await;

    assert_eq!(error_of(&answer), "AbortedError");
    poll(&signet, &device, &code).await.refuses(400, "access_denied", "End-User aborted interaction");
}

#[tokio::test]
async fn a_page_learns_what_is_wrong_with_a_code() {
    let signet = signet().await;
    let device = device(&signet).await;
    let code = start(&signet, &device, "").await;
    let browser = signet.browser();
    for (typed, error) in [("", "NoCodeError"), ("BCDF-GHJK", "NotFoundError"), ("nonsense?", "NotFoundError")] {
        let answer = types(&browser, typed, "").await;
        assert_eq!(error_of(&answer), error);
        let kept = page(&answer).1.into_iter().find(|(name, _)| name == "input_code").unwrap().1;
        assert_eq!(kept, typed);
    }
    signet.advance(Duration::from_mins(10));
    let late = types(&browser, code["user_code"].as_str().unwrap(), "&confirm=yes").await;
    assert_eq!(error_of(&late), "ExpiredError");
    assert_eq!(poll(&signet, &device, &code).await.expect(400)["error"], "expired_token");
}

#[tokio::test]
async fn attack_40_a_form_that_the_page_did_not_make_is_refused() {
    let signet = signet().await;
    let device = device(&signet).await;
    let code = start(&signet, &device, "").await;
    let user_code = code["user_code"].as_str().unwrap();
    let browser = signet.browser();
    let first = xsrf(&browser).await;
    let posted =
        async |xsrf: &str| browser.post("/oidc/device", &format!("xsrf={xsrf}&user_code={user_code}&abort=yes")).await;

    for forged in ["", "guess"] {
        assert_eq!(error_of(&posted(forged).await), "InvalidRequest");
    }
    assert_eq!(error_of(&posted(&first).await), "InvalidRequest", "each value is good once");
    let other = signet.browser();
    let theirs = xsrf(&other).await;
    assert_eq!(error_of(&posted(&theirs).await), "InvalidRequest");
    assert_eq!(poll(&signet, &device, &code).await.expect(400)["error"], "authorization_pending");
}

#[tokio::test]
async fn attack_40_nobody_guesses_codes_for_long() {
    let signet = signet().await;
    let device = device(&signet).await;
    let code = start(&signet, &device, "").await;
    for _ in 0..10 {
        assert_eq!(error_of(&types(&signet.browser(), "BCDF-GHJK", "").await), "NotFoundError");
    }

    let right = types(&signet.browser(), code["user_code"].as_str().unwrap(), "&confirm=yes").await;

    assert_eq!(error_of(&right), "TooManyAttemptsError");
}

#[tokio::test]
async fn attack_40_a_device_that_polls_too_fast_is_told_to_slow_down_and_loses_nothing() {
    let signet = signet().await;
    let (device, alice) = (device(&signet).await, signet.person("alice").await);
    let code = start(&signet, &device, "").await;
    let error = async || poll(&signet, &device, &code).await.expect(400)["error"].clone();

    assert_eq!(error().await, "authorization_pending");
    signet.advance(Duration::from_secs(1));
    assert_eq!(error().await, "slow_down");
    signet.advance(Duration::from_secs(5));
    assert_eq!(error().await, "authorization_pending");
    approves(&signet.browser(), &code, &alice).await;
    poll(&signet, &device, &code).await.expect(200);
}

#[tokio::test]
async fn attack_40_a_device_code_belongs_to_its_client_and_its_grant() {
    let signet = signet().await;
    let (device, other, alice) = (device(&signet).await, device(&signet).await, signet.person("alice").await);
    let code = start(&signet, &device, "").await;
    approves(&signet.browser(), &code, &alice).await;

    poll(&signet, &other, &code).await.refuses(400, "invalid_grant", "grant request is invalid");
    let unknown = json!({"device_code": "nonsense"});
    poll(&signet, &device, &unknown).await.refuses(400, "invalid_grant", "grant request is invalid");
    signet.change(&alice, |user| user.is_suspended = true).await;
    poll(&signet, &device, &code).await.refuses(400, "invalid_grant", "grant request is invalid");
    device.posts(&signet, "/oidc/token", &format!("grant_type={GRANT}")).await.refuses(
        400,
        "invalid_request",
        "missing required parameter 'device_code'",
    );
}

#[tokio::test]
async fn only_applications_of_the_device_flow_may_begin_it_and_only_for_known_resources() {
    let signet = signet().await;
    let native = signet.client("Native", json!({})).await;
    let answer = native.posts(&signet, "/oidc/device/auth", "scope=openid").await;
    answer.refuses(400, "invalid_request", &format!("{GRANT} is not allowed for this client"));
    let device = device(&signet).await;
    let answer = device.posts(&signet, "/oidc/device/auth", "resource=https://unknown.example").await;
    answer.refuses(400, "invalid_target", "resource indicator is missing, or unknown");
    device.posts(&signet, "/oidc/token", "grant_type=authorization_code&code=x").await.refuses(
        400,
        "invalid_request",
        "requested grant type is not allowed for this client",
    );
}

#[tokio::test]
async fn attack_37_only_the_browser_that_left_comes_back() {
    let signet = signet().await;
    let (device, alice) = (device(&signet).await, signet.person("alice").await);
    let code = start(&signet, &device, "").await;
    let browser = signet.browser();
    types(&browser, code["user_code"].as_str().unwrap(), "&confirm=yes").await;
    let uid = browser.interaction();
    signet.leave_login(TenantId::default_tenant(), &uid, &alice).await;

    for path in [format!("/oidc/device/{uid}"), format!("/oidc/auth/{uid}")] {
        assert_eq!(signet.browser().get(&path).await.expect(400)["code"], "session.not_found");
    }
    assert_eq!(poll(&signet, &device, &code).await.expect(400)["error"], "authorization_pending");
}
