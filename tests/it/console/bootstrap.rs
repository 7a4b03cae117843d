//! From the first visit to the first call.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, ORIGIN};
use serde_json::json;
use signet_tests::console::{MANAGEMENT_API, ME_API};
use signet_tests::{PASSWORD, Signet, token};

async fn calls(signet: &Signet, path: &str, token: &str) -> signet_tests::Answer {
    let request = Request::get(path).header(AUTHORIZATION, format!("Bearer {token}"));
    signet.send(request.header(ORIGIN, "https://admin.id.example").body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_first_administrator_calls_the_management_api_from_the_console() {
    let signet = signet().await;
    let administrator = signet.administrator("root").await;

    let token = administrator.token_for(MANAGEMENT_API).await;
    let answer = calls(&signet, "/api/users", &token).await;

    let claims = token::claims(&json!(token));
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!("https://admin.id.example/oidc"), &json!(MANAGEMENT_API)));
    assert_eq!((&claims["scope"], &claims["sub"]), (&json!("all"), &json!(administrator.id)));
    answer.expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), "https://admin.id.example");
    assert_eq!(answer.header("access-control-expose-headers"), "*");
}

#[tokio::test]
async fn an_administrator_comes_back() {
    let signet = signet().await;
    let first = signet.administrator("root").await;

    let again = signet.administrator_again("root", PASSWORD).await;

    assert_eq!(again.id, first.id);
    calls(&signet, "/api/applications", &again.token_for(MANAGEMENT_API).await).await.expect(200);
}

#[tokio::test]
async fn attack_53_a_token_for_ones_own_account_opens_no_management_api() {
    let signet = signet().await;
    let administrator = signet.administrator("root").await;

    let token = administrator.token_for(ME_API).await;

    calls(&signet, "/api/users", &token).await.refuses_with(401, "auth.unauthorized");
}

#[tokio::test]
async fn attack_28_the_console_s_answers_go_to_the_console_only() {
    let signet = signet().await;
    for uri in [
        "https://admin.id.example/console/callback/",
        "https://admin.id.example/console/callback?x=1",
        "https://admin.id.example/other",
        "https://id.example/console/callback",
    ] {
        let uri: String = url::form_urlencoded::byte_serialize(uri.as_bytes()).collect();
        let query = format!("client_id=admin-console&redirect_uri={uri}&response_type=code&scope=openid");
        let answer = signet.browser().get_admin(&format!("/oidc/auth?{query}")).await;
        assert_eq!(answer.status.as_u16(), 400, "{uri}");
    }
}

#[tokio::test]
async fn after_signing_out_a_browser_comes_back_to_the_console() {
    let signet = signet().await;
    let administrator = signet.administrator("root").await;
    for place in ["https://admin.id.example/console", "https://admin.id.example/console/"] {
        let query = format!("client_id=admin-console&post_logout_redirect_uri={place}");
        let answer = administrator.browser.get_admin(&format!("/oidc/session/end?{query}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{place}: {}", answer.text);
    }
}
