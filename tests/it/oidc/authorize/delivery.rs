//! How answers travel back to the client.

use crate::signet;
use serde_json::json;
use signet_tests::people::REDIRECT_URI;

#[tokio::test]
async fn an_answer_travels_in_the_query_the_fragment_or_a_form() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;

    let query = browser.authorize(&client, &[("response_mode", "query")]).await;
    assert!(query.header("location").starts_with(&format!("{REDIRECT_URI}?code=")));
    let fragment = browser.authorize(&client, &[("response_mode", "fragment")]).await;
    assert!(fragment.header("location").starts_with(&format!("{REDIRECT_URI}#code=")));
    assert_eq!(fragment.takes_back_to(REDIRECT_URI)["state"], "kept");
    let form = browser.authorize(&client, &[("response_mode", "form_post")]).await;
    assert_eq!((form.status.as_u16(), form.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(form.header("cache-control"), "no-store");
    for part in [
        format!(r#"action="{REDIRECT_URI}""#),
        r#"name="state" value="kept""#.to_owned(),
        r#"name="iss" value="https://id.example/oidc""#.to_owned(),
        r#"name="code" value=""#.to_owned(),
    ] {
        assert!(form.text.contains(&part), "{part} in {}", form.text);
    }
}

#[tokio::test]
async fn a_query_that_was_registered_stays() {
    let signet = signet().await;
    let registered = "https://client.example/callback?app=1";
    let client = signet.client("Traditional", json!({"oidcClientMetadata": {"redirectUris": [registered]}})).await;

    let answer = signet.browser().authorize(&client, &[("prompt", "none")]).await;

    assert!(answer.header("location").starts_with(&format!("{registered}&error=login_required")));
}

#[tokio::test]
async fn attack_39_state_is_text_wherever_it_travels() {
    let signet = signet().await;
    let (client, alice) = (signet.web().await, signet.person("alice").await);
    let browser = signet.browser();
    browser.signs_in(&client, &alice, &[]).await;
    let hostile = "\"><script>alert(1)</script>\r\nSet-Cookie: a=b#&code=evil ü";

    for mode in ["query", "fragment"] {
        let answer = browser.authorize(&client, &[("response_mode", mode), ("state", hostile)]).await;
        let parameters = answer.takes_back_to(REDIRECT_URI);
        assert_eq!(parameters["state"], hostile);
        assert_ne!(parameters["code"], "evil");
        let planted = answer.headers.get_all("set-cookie").iter().any(|line| line.to_str().unwrap().starts_with("a=b"));
        assert!(!planted && !answer.header("location").contains(['<', '"', '\r', '\n']), "{mode}");
    }
    let form = browser.authorize(&client, &[("response_mode", "form_post"), ("state", hostile)]).await;
    assert_eq!(form.text.matches("<script>").count(), 1, "{}", form.text);
    let refused = browser
        .authorize(&client, &[("prompt", "none login"), ("response_mode", "form_post"), ("state", hostile)])
        .await;
    assert_eq!(refused.text.matches("<script>").count(), 1, "{}", refused.text);
}
