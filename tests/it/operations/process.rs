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

#[tokio::test]
async fn listeners_speak_tls_with_a_certificate_from_files() {
    let installation = Installation::new().await;
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let write = |name: &str, text: String| {
        let path = installation.directory().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (certificate, key) = (write("cert.pem", made.cert.pem()), write("key.pem", made.signing_key.serialize_pem()));
    let _process = installation.serve(&["--https-cert-path", &certificate, "--https-key-path", &key]).await;

    let url = format!("https://localhost:{}/oidc/.well-known/openid-configuration", installation.port);
    let answer = std::process::Command::new("curl").args(["-sS", "--cacert", &certificate, &url]).output().unwrap();

    let document: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(document["issuer"], format!("https://localhost:{}/oidc", installation.port));
}

#[tokio::test]
async fn a_script_that_refuses_every_token_can_be_removed_without_one() {
    let installation = Installation::new().await;
    assert!(installation.command(&["db", "seed"]).status().unwrap().success());
    let process = installation.serve(&[]).await;
    let answer = process.token("all").await.unwrap();
    let body: serde_json::Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let script = r#"{"script":"const getCustomJwtClaims = ({ api }) => api.denyAccess('closed');"}"#;
    let put = format!(
        "PUT /api/configs/jwt-customizer/client-credentials HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{script}",
        body["access_token"].as_str().unwrap(),
        script.len()
    );
    assert!(exchange(process.address, &put).await.unwrap().starts_with("HTTP/1.1 201"));
    assert!(process.token("all").await.unwrap().contains("closed"));
    process.kill();

    assert!(installation.command(&["script", "remove", "client-credentials"]).status().unwrap().success());

    assert!(installation.serve(&[]).await.token("all").await.unwrap().starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_variable_that_is_set_to_nothing_counts_as_not_set() {
    let installation = Installation::new().await;
    let mut command = installation.command(&["doctor"]);
    command.env("ENDPOINT", "").env("SECRET_VAULT_KEK", "").env("REDIS_URL", "");

    assert!(command.status().unwrap().success());
}

#[tokio::test]
async fn the_doctor_says_how_each_wall_of_the_sandbox_stands() {
    let output = Installation::new().await.command(&["doctor"]).output().unwrap();

    let told = String::from_utf8(output.stdout).unwrap();
    let sandbox = told.lines().find(|line| line.starts_with("sandbox ")).unwrap();
    for wall in [
        "system call filter",
        "file system",
        "user namespace",
        "network namespace",
        "no new privileges",
        "not dumpable",
        "resource limits",
    ] {
        let stands = ["up", "partial (", "missing ("].iter().any(|how| sandbox.contains(&format!("{wall}: {how}")));
        assert!(stands, "{wall}: {sandbox}");
    }
}

#[tokio::test]
async fn attack_59_what_the_server_writes_is_for_its_own_user() {
    use std::os::unix::fs::PermissionsExt as _;
    let installation = Installation::new().await;
    let _process = installation.serve(&[]).await;

    for entry in std::fs::read_dir(installation.directory()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} has {mode:o}", entry.path().display());
    }
}
