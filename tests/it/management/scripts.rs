//! Storing claims scripts, and trying them with made-up data.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::{Answer, Signet};

const MACHINE: &str = "/configs/jwt-customizer/client-credentials";

async fn test_run(signet: &Signet, source: &str) -> Answer {
    let body = json!({"tokenType": "client-credentials", "script": source, "token": {}, "context": {}});
    signet.api("POST", "/configs/jwt-customizer/test", body).await
}

#[tokio::test]
async fn a_script_is_stored_replaced_merged_and_deleted() {
    let signet = signet().await;
    signet.api("GET", MACHINE, Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
    signet.api("DELETE", MACHINE, Value::Null).await.refuses_with(404, "entity.not_found");
    signet.api("PATCH", MACHINE, json!({"script": "x"})).await.refuses_with(404, "entity.not_exists_with_id");

    let first = json!({"script": "const a = 1;", "environmentVariables": {"A": "1"}});
    assert_eq!(signet.api("PUT", MACHINE, first.clone()).await.expect(201), first);
    let second = json!({"script": "const b = 1;", "blockIssuanceOnError": true});
    assert_eq!(signet.api("PUT", MACHINE, second.clone()).await.expect(200), second);
    let merged = signet.api("PATCH", MACHINE, json!({"script": "const c = 1;"})).await.expect(200);
    assert_eq!(merged, json!({"script": "const c = 1;", "blockIssuanceOnError": true}));
    let list = signet.api("GET", "/configs/jwt-customizer", Value::Null).await.expect(200);
    assert_eq!(list, json!([{"key": "jwt.clientCredentials", "value": merged}]));

    signet.api("DELETE", MACHINE, Value::Null).await.expect(204);
    assert_eq!(signet.api("GET", "/configs/jwt-customizer", Value::Null).await.expect(200), json!([]));
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let signet = signet().await;
    for body in [
        json!({}),
        json!({"script": 42}),
        json!({"script": "x", "unknown": true}),
        json!({"script": "x", "environmentVariables": {"A": 1}}),
        json!({"script": "x", "tokenSample": {"nonsense": 1}}),
        json!({"script": "x", "blockIssuanceOnError": "yes"}),
    ] {
        signet.api("PUT", MACHINE, body).await.refuses_with(400, "guard.invalid_input");
    }
    signet.api("GET", "/configs/jwt-customizer/id-token", Value::Null).await.refuses_with(400, "guard.invalid_input");
}

#[tokio::test]
async fn a_test_run_answers_with_what_the_script_returned_or_why_it_did_not() {
    let signet = signet().await;

    let good =
        test_run(&signet, "const getCustomJwtClaims = () => ({ sub: 'me', gone: undefined });").await.expect(200);
    assert_eq!(good, json!({"sub": "me"}));

    let denied = test_run(&signet, "const getCustomJwtClaims = ({ api }) => api.denyAccess('no');").await;
    let denied = denied.refuses_with(403, "jwt_customizer.general");
    assert_eq!(denied["data"]["error"], json!({"code": "AccessDenied", "message": "no"}));

    let thrown = test_run(
        &signet,
        "const getCustomJwtClaims = () => {\n  console.log('so far');\n  throw new Error('boom');\n};",
    )
    .await;
    let thrown = thrown.refuses_with(422, "jwt_customizer.general");
    assert_eq!((&thrown["data"]["message"], &thrown["data"]["line"]), (&json!("boom"), &json!(3)));
    assert_eq!(thrown["data"]["logs"][0]["text"], "so far");

    let broken = test_run(&signet, "const getCustomJwtClaims = () => {").await;
    assert!(broken.refuses_with(422, "jwt_customizer.general")["data"]["line"].is_number());
    let missing = test_run(&signet, "const other = 1;").await.refuses_with(422, "jwt_customizer.general");
    assert_eq!(missing["data"]["message"], "The script does not have a function named `getCustomJwtClaims`");
}

#[tokio::test]
async fn a_test_run_reads_nothing_that_is_stored_and_leaves_no_entry() {
    let signet = signet().await;
    signet.machine_script("return {};", json!({"environmentVariables": {"KEY": "very-hidden-value"}})).await;
    let before = signet.logs("JwtCustomizer.ClientCredentials").await.len();

    let source = "const getCustomJwtClaims = (all) => ({ all });";
    let seen = test_run(&signet, source).await;

    assert!(!seen.text.contains("very-hidden-value"));
    assert_eq!(signet.logs("JwtCustomizer.ClientCredentials").await.len(), before);
}
