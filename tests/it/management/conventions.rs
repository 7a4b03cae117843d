//! Conventions that every operation keeps.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

#[tokio::test]
async fn lists_are_paged_with_totals_and_links() {
    let signet = signet().await;
    for number in 0..25 {
        signet.machine(&format!("robot {number}")).await;
    }

    let answer = signet.api("GET", "/applications?page=2&page_size=10&types=MachineToMachine", Value::Null).await;

    assert_eq!(answer.expect(200).as_array().unwrap().len(), 10);
    assert_eq!(answer.header("total-number"), "26");
    let links: Vec<&str> = answer.headers.get_all("link").iter().map(|value| value.to_str().unwrap()).collect();
    for relation in ["first", "prev", "next", "last"] {
        let found = links.iter().find(|link| link.ends_with(&format!("rel=\"{relation}\""))).unwrap();
        assert!(found.starts_with("<https://id.example/api/applications?"), "{found}");
    }
    let all = signet.api("GET", "/applications", Value::Null).await;
    assert_eq!((all.expect(200).as_array().unwrap().len(), all.header("total-number")), (26, ""));
}

#[tokio::test]
async fn impossible_pages_are_refused() {
    let signet = signet().await;
    for query in ["page=0", "page_size=0", "page_size=101", "page=x", "page=-1", "page_size=1.5"] {
        signet.api("GET", &format!("/logs?{query}"), Value::Null).await.refuses_with(400, "guard.invalid_pagination");
    }
}

#[tokio::test]
async fn bad_input_is_explained_member_by_member() {
    let signet = signet().await;

    let body = signet
        .api("POST", "/applications", json!({"name": 5, "type": "Robot"}))
        .await
        .refuses_with(400, "guard.invalid_input");

    let paths: Vec<&Value> = body["data"]["issues"].as_array().unwrap().iter().map(|issue| &issue["path"]).collect();
    assert_eq!(paths, [&json!(["name"]), &json!(["type"])]);
    assert_eq!(body["data"]["name"], "ZodError");
    assert!(body["details"].as_str().unwrap().contains("Error in key path \"name\""), "{body}");
}

#[tokio::test]
async fn malformed_json_has_a_message_and_no_code() {
    let signet = signet().await;
    let token = signet.management_token().await;
    let request = Request::post("/api/resources")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from("{"))
        .unwrap();

    let body = signet.send(request).await.expect(400);

    assert!(body["message"].is_string() && body.get("code").is_none(), "{body}");
}

#[tokio::test]
async fn an_unchanged_answer_is_304() {
    let signet = signet().await;
    let token = signet.management_token().await;
    let get = |etag: &str| {
        let request = Request::get("/api/resources")
            .header("authorization", format!("Bearer {token}"))
            .header("if-none-match", etag.to_owned());
        request.body(Body::empty()).unwrap()
    };
    let first = signet.send(get("")).await;
    first.expect(200);

    let second = signet.send(get(first.header("etag"))).await;

    assert_eq!((second.status.as_u16(), second.text.as_str()), (304, ""));
}

#[tokio::test]
async fn the_status_of_a_living_server_is_204() {
    let signet = crate::start(signet_tests::Signet::with().flag("status-api-key", "k")).await;
    let ask = |key: &str| {
        Request::get("/api/status").header("logto-status-api-key", key.to_owned()).body(Body::empty()).unwrap()
    };

    let known = signet.send(ask("k")).await;
    let unknown = signet.send(ask("guess")).await;

    assert_eq!((known.status.as_u16(), known.header("logto-tenant-id")), (204, "default"));
    assert_eq!((unknown.status.as_u16(), unknown.header("logto-tenant-id")), (204, ""));
}

#[tokio::test]
async fn the_openapi_document_describes_the_operations_that_exist() {
    let signet = signet().await;

    for path in ["/api/swagger.json", "/api/.well-known/management.openapi.json"] {
        let document = signet.get(path).await.expect(200);
        assert!(document["paths"]["/api/resources"]["get"].is_object(), "{path}");
        assert!(document["paths"].get("/api/connectors").is_none(), "{path}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_in_the_callers_language_with_the_same_code() {
    let signet = signet().await;
    let ask = async |language: &str| {
        let request = Request::get("/api/users").header("accept-language", language.to_owned());
        signet.send(request.body(Body::empty()).unwrap()).await
    };

    let (english, chinese) = (ask("en").await, ask("zh-CN,zh;q=0.9,en;q=0.8").await);

    let code = "auth.authorization_header_missing";
    assert_eq!(english.refuses_with(401, code)["message"], "The authorization header is missing.");
    assert_eq!(chinese.refuses_with(401, code)["message"], "缺少 Authorization 请求头。");
    assert_eq!((english.header("content-language"), chinese.header("content-language")), ("en", "zh-CN"));
    assert_eq!(chinese.header("www-authenticate"), "Bearer");
    let token = signet.management_token().await;
    let request = Request::post("/api/resources")
        .header("accept-language", "zh")
        .header("authorization", format!("Bearer {token}"));
    let request = request.header("content-type", "application/json").body(Body::from(r#"{"name": 5}"#)).unwrap();
    let body = signet.send(request).await.refuses_with(400, "guard.invalid_input");
    assert_eq!(body["message"], "请求的 body 中有无效输入。");
    assert_eq!(body["data"]["issues"][0]["path"], json!(["name"]));
}
