//! Passwords of users, and those who bring hashes of other systems along.

use crate::signet;
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_storage::Tx;
use signet_tests::Signet;

async fn user(signet: &Signet, fields: Value) -> String {
    let made = signet.api("POST", "/users", fields).await.expect(200);
    format!("/users/{}", made["id"].as_str().unwrap())
}

async fn verify(signet: &Signet, path: &str, password: &str) -> u16 {
    let answer = signet.api("POST", &format!("{path}/password/verify"), json!({"password": password})).await;
    answer.status.as_u16()
}

async fn stored_method(signet: &Signet, path: &str) -> Value {
    let shown = signet.api("GET", &format!("{path}?includePasswordHash=true"), Value::Null).await.expect(200);
    shown["passwordAlgorithm"].clone()
}

#[tokio::test]
async fn a_password_is_set_checked_and_known_to_be_there() {
    let signet = signet().await;
    let path = user(&signet, json!({})).await;
    let has_password = async || signet.api("GET", &format!("{path}/has-password"), Value::Null).await.expect(200);
    assert_eq!(has_password().await, json!({"hasPassword": false}));
    let nothing = signet.api("POST", &format!("{path}/password/verify"), json!({"password": "x"})).await;
    nothing.refuses_with(422, "session.invalid_credentials");

    let set = signet.api("PATCH", &format!("{path}/password"), json!({"password": "x"})).await.expect(200);

    assert_eq!((&set["hasPassword"], has_password().await), (&json!(true), json!({"hasPassword": true})));
    assert_eq!((verify(&signet, &path, "x").await, verify(&signet, &path, "y").await), (204, 422));
    for (method, path) in [("PATCH", "/users/nobody/password"), ("POST", "/users/nobody/password/verify")] {
        signet.api(method, path, json!({"password": "x"})).await.refuses_with(404, "entity.not_found");
    }
}

#[tokio::test]
async fn hashes_of_other_systems_are_imported_and_replaced_when_the_password_is_right() {
    let signet = signet().await;
    for (method, digest, password) in [
        ("MD5", "5f4dcc3b5aa765d61d8327deb882cf99", "password"),
        ("SHA1", "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", "password"),
        ("SHA256", "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8", "password"),
        ("Bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"),
        (
            "Argon2i",
            "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
            "password",
        ),
        ("Legacy", r#"["sha1", ["salt", "@"], "59b3e8d637cf97edbe2384cf59cb7453dfe30789"]"#, "password"),
    ] {
        let path = user(&signet, json!({"passwordAlgorithm": method, "passwordDigest": digest})).await;

        assert_eq!(verify(&signet, &path, "wrong").await, 422, "{method}");
        assert_eq!(stored_method(&signet, &path).await, method);
        assert_eq!(verify(&signet, &path, password).await, 204, "{method}");
        assert_eq!(stored_method(&signet, &path).await, "Argon2id", "{method}");
        assert_eq!(verify(&signet, &path, password).await, 204, "{method}");
    }
}

#[tokio::test]
async fn hashes_that_could_never_match_are_refused_at_the_import() {
    let signet = signet().await;
    for (method, digest, code) in [
        ("Legacy", "nonsense", "password.invalid_legacy_password_format"),
        ("Legacy", r#"["sha1", ["salt"], "00"]"#, "password.invalid_legacy_password_format"),
        ("Legacy", r#"["whirlpool", ["@"], "00"]"#, "password.unsupported_legacy_hash_algorithm"),
        (
            "Bcrypt",
            "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "password.unsupported_encryption_method",
        ),
        ("Argon2id", "nonsense", "password.unsupported_encryption_method"),
    ] {
        let fields = json!({"passwordAlgorithm": method, "passwordDigest": digest});
        signet.api("POST", "/users", fields).await.refuses_with(400, code);
    }
    assert_eq!(signet.api("GET", "/users", Value::Null).await.header("total-number"), "0");
}

#[tokio::test]
async fn a_password_expires_only_where_passwords_do() {
    let signet = signet().await;
    let path = user(&signet, json!({"password": "x"})).await;
    let expiration = format!("{path}/password/expiration");

    let refused = signet.api("PATCH", &expiration, json!({"isExpired": true})).await;
    refused.refuses_with(400, "sign_in_experiences.password_expiration_not_enabled");
    signet.api("PATCH", &expiration, json!({"isExpired": false})).await.expect(200);

    let tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    expiring(tx).await;
    signet.api("PATCH", &expiration, json!({"isExpired": true})).await.expect(200);
    let nobody = signet.api("PATCH", "/users/nobody/password/expiration", json!({"isExpired": false})).await;
    nobody.refuses_with(404, "entity.not_found");
}

async fn expiring(mut tx: Tx) {
    let experience = json!({"passwordExpiration": {"enabled": true, "validPeriodDays": 90}});
    tx.put_config("signInExperience", &experience).await.unwrap();
    tx.commit().await.unwrap();
}

/// More checks at once than may wait: some are refused, none fails, and machines get their tokens meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_password_checks_is_refused_in_part_and_keeps_no_token_waiting() {
    let signet = signet().await;
    let path = user(&signet, json!({"password": "x"})).await;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let places = (processors - 1).max(1) * 129;
    let body = json!({"password": "wrong"});
    let check = async || signet.api("POST", &format!("{path}/password/verify"), body.clone()).await;

    let storm = join_all((0..places * 2).map(|_| check()));
    let token = async { signet.bootstrap().token_for(&signet, "https://default.logto.app/api", "all").await };
    let (answers, token) = tokio::join!(storm, token);

    token.expect(200);
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(!refused.is_empty() && refused.iter().all(|answer| answer.header("retry-after") == "1"));
    assert!(answers.iter().all(|answer| answer.status == 503 || answer.status == 422));
    assert_eq!(verify(&signet, &path, "x").await, 204);
}
