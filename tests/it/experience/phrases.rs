//! Phrases of the pages, built in and in the tenant's own words.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signet_tests::{Answer, Signet};

async fn phrases(signet: &Signet, query: &str, accepted: &str) -> Answer {
    let request = Request::get(format!("/api/.well-known/phrases{query}")).header("accept-language", accepted);
    signet.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn phrases_come_in_the_language_that_fits() {
    let signet = signet().await;
    for (query, accepted, language) in
        [("", "", "en"), ("", "zh-CN,en;q=0.5", "zh-CN"), ("?lng=zh-CN", "en", "zh-CN"), ("?lng=xx", "de", "en")]
    {
        let answer = phrases(&signet, query, accepted).await;
        assert_eq!(answer.header("content-language"), language, "{query} {accepted}");
        assert!(answer.expect(200)["translation"]["action"]["sign_in"].is_string());
    }
}

#[tokio::test]
async fn a_tenant_puts_its_own_words_in_their_place() {
    let signet = signet().await;
    let english = phrases(&signet, "", "en").await.expect(200);
    let own = json!({"action": {"sign_in": "Enter", "continue": ""}, "list": {}});

    let kept = signet.api("PUT", "/custom-phrases/en", own).await.expect(201);

    assert_eq!(kept["translation"], json!({"action": {"sign_in": "Enter"}}));
    let translation = &phrases(&signet, "", "en").await.expect(200)["translation"];
    assert_eq!(translation["action"]["sign_in"], "Enter");
    assert_eq!(translation["action"]["continue"], english["translation"]["action"]["continue"]);
    let listed = signet.api("GET", "/custom-phrases", Value::Null).await.expect(200);
    assert_eq!(listed, json!([kept]));
    assert_eq!(signet.api("GET", "/custom-phrases/en", Value::Null).await.expect(200), kept);
}

#[tokio::test]
async fn phrases_that_no_page_has_and_languages_that_nobody_knows_are_refused() {
    let signet = signet().await;

    let strange = signet.api("PUT", "/custom-phrases/en", json!({"action": {"fly": "x"}})).await;
    strange.refuses_with(422, "localization.invalid_translation_structure");
    signet.api("PUT", "/custom-phrases/xx-YY", json!({})).await.refuses_with(400, "guard.invalid_input");
    signet.api("GET", "/custom-phrases/fr", Value::Null).await.refuses_with(404, "entity.not_found");
    signet.api("DELETE", "/custom-phrases/fr", Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn a_custom_language_can_be_the_fallback_and_stays_while_it_is() {
    let signet = signet().await;
    signet.api("PUT", "/custom-phrases/fr", json!({"action": {"sign_in": "Entrer"}})).await.expect(201);
    let info = |tag: &str| json!({"languageInfo": {"autoDetect": false, "fallbackLanguage": tag}});
    signet.sign_in_experience(info("fr")).await;

    let answer = phrases(&signet, "", "zh-CN").await;
    assert_eq!(answer.header("content-language"), "fr");
    let needed = signet.api("DELETE", "/custom-phrases/fr", Value::Null).await;
    needed.refuses_with(409, "localization.cannot_delete_default_language");
    signet.sign_in_experience(info("en")).await;
    signet.api("DELETE", "/custom-phrases/fr", Value::Null).await.expect(204);
}
