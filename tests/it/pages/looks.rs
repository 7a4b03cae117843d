//! Branding, languages and what is sent along.

use crate::signet;
use serde_json::json;
use signet_core::id::TenantId;

#[tokio::test]
async fn attack_56_custom_css_is_a_file_that_ends_no_element() {
    let signet = signet().await;
    let css = "body { color: red } </style><script>alert(1)</script>";
    signet.experience(json!({"customCss": css})).await;

    let page = signet.get("/unknown-session").await;
    let path = page.between("<link rel=\"stylesheet\" href=\"/assets/custom.", "\"").unwrap();
    let file = signet.get(&format!("/assets/custom.{path}")).await;

    assert!(!page.text.contains("alert(1)") && !page.text.contains("color: red"), "{}", page.text);
    assert_eq!((file.text.as_str(), file.header("content-type")), (css, "text/css; charset=utf-8"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(signet.get("/assets/custom.other.css").await.status, 404);
}

#[tokio::test]
async fn the_stylesheet_is_kept_for_good_and_pages_are_not() {
    let signet = signet().await;

    let page = signet.get("/unknown-session").await;
    let path = page.between("<link rel=\"stylesheet\" href=\"", "\"").unwrap();
    let file = signet.get(&path).await;

    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(page.text.len() + file.text.len() < 60 * 1024);
}

#[tokio::test]
async fn a_page_speaks_the_language_of_its_reader() {
    let signet = signet().await;
    let (client, browser) = (signet.web().await, signet.browser().header("accept-language", "zh;q=0.9, en;q=0.8"));

    let chinese = browser.opens(&client, &[]).await;
    assert_eq!(chinese.header("content-language"), "zh-CN");
    chinese.says("<html lang=\"zh-CN\" dir=\"ltr\"");
    chinese.says("登录");
    let english = browser.opens(&client, &[("ui_locales", "en")]).await;
    assert_eq!(english.header("content-language"), "en");

    signet.experience(json!({"languageInfo": {"autoDetect": false, "fallbackLanguage": "en"}})).await;
    assert_eq!(browser.opens(&client, &[]).await.header("content-language"), "en");
}

#[tokio::test]
async fn a_tenants_own_phrases_are_shown_and_may_be_of_another_language() {
    let signet = signet().await;
    let phrases = signet_storage::CustomPhrases {
        language_tag: "ar".to_owned(),
        translation: json!({"error": {"invalid_session": "انتهت الجلسة"}}).as_object().unwrap().clone(),
    };
    let mut tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    tx.put_custom_phrases(&phrases).await.unwrap();
    tx.commit().await.unwrap();

    let page = signet.get("/unknown-session?ui_locales=ar").await;

    page.says("<html lang=\"ar\" dir=\"rtl\"");
    page.says("انتهت الجلسة");
}

#[tokio::test]
async fn attack_38_what_a_request_says_about_languages_is_not_repeated() {
    let signet = signet().await;
    let page =
        signet.get("/unknown-session?ui_locales=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&locale=%0d%0ax:y").await;

    assert_eq!((page.status.as_u16(), page.header("content-language")), (200, "en"));
    assert!(!page.text.contains("alert(1)"));
}

#[tokio::test]
async fn a_refused_request_is_a_page_to_a_browser_and_json_to_a_program() {
    let signet = signet().await;
    let client = signet.web().await;
    let wrong = [("redirect_uri", "https://evil.example/\"><script>alert(1)</script>")];

    let page =
        signet.browser().header("accept", "text/html,application/xhtml+xml,*/*").authorize(&client, &wrong).await;
    let json = signet.browser().authorize(&client, &wrong).await;

    assert_eq!((page.status, page.header("location")), (json.status, ""));
    page.says("This request cannot be answered");
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(json.json()["error"], "invalid_redirect_uri");
}
