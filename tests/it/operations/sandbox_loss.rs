//! A sandbox that cannot run scripts never leads to a token without their claims.

use crate::signet;
use serde_json::json;
use signet_tests::Signet;

#[tokio::test]
async fn without_workers_the_answer_is_503_and_never_a_token_without_claims() {
    // The program ends at once, so every worker is lost.
    let signet = Signet::with().start("/bin/true").await;
    let token = signet.management_token().await;
    let stored = axum::http::Request::put("/api/configs/jwt-customizer/client-credentials")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(axum::body::Body::from(json!({"script": "const getCustomJwtClaims = () => ({ a: 1 });"}).to_string()))
        .unwrap();
    signet.send(stored).await.expect(201);

    let answer = signet.bootstrap().token_for(&signet, "https://default.logto.app/api", "all").await;

    answer.refuses(503, "temporarily_unavailable", "the server is temporarily unable to answer");
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_worker_that_is_killed_between_runs_is_replaced() {
    let signet = signet().await;
    signet.machine_script("return { a: 1 };", json!({})).await;
    let robot = signet.bootstrap();
    robot.token_for(&signet, "https://default.logto.app/api", "").await.expect(200);

    kill_workers();

    for _ in 0..3 {
        robot.token_for(&signet, "https://default.logto.app/api", "").await.expect(200);
    }
}

/// SIGKILL to every script worker of this process.
fn kill_workers() {
    let me = std::process::id();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent =
            stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)).and_then(|text| text.parse::<u32>().ok());
        if parent == Some(me) && stat.contains("(story-script-w") {
            std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
        }
    }
}
