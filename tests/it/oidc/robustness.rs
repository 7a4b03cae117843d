//! Input that no honest client sends.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn attack_29_a_repeated_parameter_is_refused() {
    let signet = signet().await;
    for form in ["client_id=a&client_id=b", "client_id=a&grant_type=x&grant_type=y", "client_id=a&scope=x&scope=x"] {
        let answer = signet.token(form).await;
        assert_eq!(answer.status, 400, "{form}: {}", answer.text);
        assert_eq!(answer.json()["error"], "invalid_request", "{form}");
    }
    let request =
        Request::post("/oidc/token?client_id=b").header("content-type", FORM).body(Body::from("client_id=a")).unwrap();
    assert_eq!(signet.send(request).await.expect(400)["error"], "invalid_request");
}

#[tokio::test]
async fn attack_54_odd_bodies_get_a_4xx() {
    let signet = signet().await;
    let send = |content_type: &'static str, body: Vec<u8>| {
        signet.send(Request::post("/oidc/token").header("content-type", content_type).body(Body::from(body)).unwrap())
    };
    for (content_type, body, status) in [
        (FORM, b"grant_type=client_credentials\0".to_vec(), 400),
        (FORM, b"a=%00&client_id=x".to_vec(), 400),
        (FORM, vec![b'a'; 10 << 20], 413),
        (FORM, vec![0xff; 100], 400),
        (FORM, b"%%%=%%%".to_vec(), 400),
        ("application/json", b"{\"client_id\":\"\\ud800\"}".to_vec(), 400),
        ("application/json", "[".repeat(50_000).into_bytes(), 400),
        ("text/plain", b"grant_type=client_credentials".to_vec(), 400),
        ("multipart/form-data; boundary=x", b"--x--".to_vec(), 400),
    ] {
        let answer = send(content_type, body.clone()).await;
        assert_eq!(answer.status.as_u16(), status, "{content_type} {:?}: {}", &body[..body.len().min(40)], answer.text);
        assert!(answer.json()["error"].is_string());
    }
}

#[tokio::test]
async fn attack_55_ids_and_indicators_are_data_not_sql() {
    let signet = signet().await;
    for id in ["' OR 1=1 --", "m-default'--", "%00", "../m-default"] {
        let form = format!("grant_type=client_credentials&client_id={}&client_secret=x", url_encoded(id));
        assert_eq!(signet.token(&form).await.status, 400, "{id}");
    }
    let form = format!("grant_type=client_credentials&resource={}", url_encoded("urn:x' OR '1'='1"));
    signet.bootstrap().asks(&signet, &form).await.refuses(
        400,
        "invalid_target",
        "resource indicator is missing, or unknown",
    );
}

fn url_encoded(text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    bytes.concat()
}

#[test]
fn no_form_whatever_it_holds_meets_a_5xx() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let signet = runtime.block_on(signet());
    let names =
        "(grant_type|client_id|client_secret|resource|scope|organization_id|client_assertion|client_assertion_type|x)";
    let values = "(client_credentials|m-default|bootstrap-secret-bootstrap-secret|https://default.logto.app/api|all|[ -~]{0,12}|\\PC{0,6})";
    let strategy = proptest::collection::vec((names, values), 0..7);
    proptest!(ProptestConfig::with_cases(200), |(pairs in strategy)| {
        let form: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", url_encoded(value))).collect();
        let answer = runtime.block_on(signet.token(&form.join("&")));
        prop_assert!(answer.status.as_u16() < 500, "{} {}", answer.status, answer.text);
    });
}
