//! The program: its commands, its signals, its private listener.

use signet_tests::process::{Installation, exchange};
use std::net::SocketAddr;

#[tokio::test]
async fn a_server_that_is_told_to_stop_finishes_and_says_so_with_its_exit_code() {
    let installation = Installation::new().await;
    let process = installation.serve(&[]).await;
    assert!(process.token("x").await.unwrap().starts_with("HTTP/1.1 200"));

    assert!(process.terminate().success());
}

#[tokio::test]
async fn the_database_commands_say_where_it_stands() {
    let installation = Installation::new().await;
    let run = |arguments: &[&str]| installation.command(arguments).output().unwrap();

    let check = run(&["migrate", "--check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&check.stdout).contains("no schema yet"));
    assert!(run(&["db", "seed"]).status.success());
    assert!(run(&["migrate", "--check"]).status.success());
    assert_eq!(run(&["db", "seed"]).status.code(), Some(1));
    assert!(run(&["db", "seed", "--skip-when-exists"]).status.success());
    assert!(run(&["doctor"]).status.success());
}

#[tokio::test]
async fn help_explains_every_setting() {
    let installation = Installation::new().await;

    let help = String::from_utf8(installation.command(&["--help"]).output().unwrap().stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");

    for name in
        ["SIGNET_DATA_DIR", "DB_URL", "PORT", "ADMIN_PORT", "ENDPOINT", "SECRET_VAULT_KEK", "TRUST_PROXY_HEADER"]
    {
        assert!(help.contains(&format!("[env: {name}")), "{name}\n{help}");
    }
    assert!(!help.contains("process-secret"), "secrets of the environment are not shown");
}

#[tokio::test]
async fn a_backup_restores_into_another_directory() {
    let installation = Installation::new().await;
    if matches!(installation.database(), signet_storage::DatabaseUrl::Postgres(_)) {
        return;
    }
    let process = installation.serve(&[]).await;
    let backup = installation.directory().join("backup");
    let text = backup.display().to_string();
    assert!(installation.command(&["backup", &text]).status().unwrap().success());
    process.kill();

    let other = Installation::new().await;
    assert!(other.command(&["restore", &text]).status().unwrap().success());
    assert!(!other.command(&["restore", &text]).status().unwrap().success(), "an existing database is not replaced");

    assert!(other.serve(&[]).await.token("x").await.unwrap().starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn metrics_and_readiness_are_on_the_private_listener_only() {
    let installation = Installation::new().await;
    let private = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let process = installation.serve(&["--metrics-listen", &private.to_string()]).await;
    process.token("x").await.unwrap();
    let get = async |address: SocketAddr, path: &str| {
        exchange(address, &format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"))
            .await
            .unwrap()
    };

    assert!(get(private, "/live").await.starts_with("HTTP/1.1 204"));
    assert!(get(private, "/ready").await.starts_with("HTTP/1.1 204"));
    let metrics = get(private, "/metrics").await;
    assert!(metrics.contains("signet_tokens_total"), "{metrics}");
    assert!(get(process.address, "/metrics").await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn attack_54_huge_and_broken_heads_do_not_reach_a_handler() {
    let installation = Installation::new().await;
    let process = installation.serve(&[]).await;

    for request in [
        format!("GET /api/status HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "a".repeat(200_000)),
        "GET /api/status HTTP/9.9\r\n\r\n".to_owned(),
        "POST /oidc/token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n0\r\n\r\n".to_owned(),
        "POST /oidc/token HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_owned(),
    ] {
        let answer = exchange(process.address, &request).await.unwrap_or_default();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{:?}", &answer[..answer.len().min(200)]);
    }
    assert!(process.token("x").await.unwrap().starts_with("HTTP/1.1 200"));
}
