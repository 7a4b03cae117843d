//! `/me`: administrators look after their own accounts.

use crate::{signet, start};
use futures_util::future::join_all;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::verification::{Channel, TemplateType};
use signet_tests::console::{MANAGEMENT_API, ME_API, me_request};
use signet_tests::{PASSWORD, Signet};
use std::time::Duration;

const OTHER_PASSWORD: &str = "Qu1te-another-Kettle";

#[tokio::test]
async fn an_administrator_sees_and_renames_themselves() {
    let signet = signet().await;
    let root = signet.administrator("root").await;

    let before = root.me("GET", "", Value::Null).await;
    let changes = json!({"username": "boss", "name": "The Boss", "avatar": "https://pictures.example/boss.png"});
    let after = root.me("PATCH", "", changes).await.expect(200);
    let cleared = root.me("PATCH", "", json!({"name": null, "avatar": null})).await.expect(200);

    assert_eq!(before.header("cache-control"), "no-store");
    let before = before.expect(200);
    assert_eq!(
        (&before["id"], &before["username"], &before["hasPassword"]),
        (&json!(root.id), &json!("root"), &json!(true))
    );
    assert_eq!((&after["username"], &after["name"]), (&json!("boss"), &json!("The Boss")));
    assert_eq!(after["avatar"], "https://pictures.example/boss.png");
    assert_eq!(
        (&cleared["username"], &cleared["name"], &cleared["avatar"]),
        (&json!("boss"), &Value::Null, &Value::Null)
    );
    root.me("PATCH", "", json!({"username": "1st"})).await.refuses_with(422, "user.username_starts_with_number");
    root.me("PATCH", "", json!({"name": 1})).await.refuses_with(400, "guard.invalid_input");
}

#[tokio::test]
async fn custom_data_is_merged() {
    let signet = signet().await;
    let root = signet.administrator("root").await;

    root.me("PATCH", "/custom-data", json!({"theme": "dark", "tour": {"done": true}})).await.expect(200);
    let after = root.me("PATCH", "/custom-data", json!({"theme": "light"})).await.expect(200);

    assert_eq!(after, json!({"theme": "light", "tour": {"done": true}}));
    assert_eq!(root.me("GET", "/custom-data", Value::Null).await.expect(200), after);
}

#[tokio::test]
async fn a_password_is_changed_by_whoever_has_the_old_one() {
    let signet = signet().await;
    let root = signet.administrator("root").await;
    let changes = async |password: &str| root.me("POST", "/password", json!({"password": password})).await;
    let proves = async |password: &str| root.me("POST", "/password/verify", json!({"password": password})).await;

    changes(OTHER_PASSWORD).await.refuses_with(400, "session.verification_session_not_found");
    proves("wrong").await.refuses_with(422, "session.invalid_credentials");
    changes(OTHER_PASSWORD).await.refuses_with(400, "session.verification_session_not_found");
    proves(PASSWORD).await.expect(204);
    let rejected = changes("abc").await.refuses_with(400, "password.rejected");
    assert!(rejected["data"]["issues"].is_array(), "{rejected}");
    changes(OTHER_PASSWORD).await.expect(204);
    changes(PASSWORD).await.refuses_with(400, "session.verification_session_not_found");

    signet.administrator_again("root", OTHER_PASSWORD).await;
}

#[tokio::test]
async fn a_proof_is_good_for_ten_minutes() {
    let signet = signet().await;
    let root = signet.administrator("root").await;
    root.me("POST", "/password/verify", json!({"password": PASSWORD})).await.expect(204);

    signet.advance(Duration::from_mins(11));

    let answer = root.me("POST", "/password", json!({"password": OTHER_PASSWORD})).await;
    answer.refuses_with(422, "session.verification_failed");
}

/// The code that is on its way to an address.
async fn code_for(signet: &Signet, address: &str) -> String {
    let tx = signet.app.store.tenant(TenantId::admin()).write().await.unwrap();
    let of = (Channel::Email, address);
    let stored = tx.latest_verification_code(None, of, TemplateType::Generic).await.unwrap().unwrap();
    tx.open_verification_code(&stored).unwrap().expose().to_owned()
}

#[tokio::test]
async fn an_address_is_taken_by_whoever_reads_its_mail() {
    let signet = start(Signet::with().development()).await;
    let root = signet.administrator("root").await;
    let (own, other) = ("root@example.com", "other@example.com");
    let takes = async |address: &str| root.me("PATCH", "", json!({"primaryEmail": address})).await;

    takes(own).await.refuses_with(400, "session.verification_session_not_found");
    root.me("POST", "/verification-codes", json!({"email": own})).await.expect(204);
    let code = code_for(&signet, own).await;
    let checks = async |code: &str| {
        root.me("POST", "/verification-codes/verify", json!({"email": own, "verificationCode": code})).await
    };
    let wrong = if code == "000000" { "000001" } else { "000000" };
    checks(wrong).await.refuses_with(400, "verification_code.code_mismatch");
    checks(&code).await.expect(204);
    takes(other).await.refuses_with(422, "session.verification_failed");

    assert_eq!(takes(own).await.expect(200)["primaryEmail"], own);
}

#[tokio::test]
async fn requests_at_once_do_not_wait_for_each_others_connections() {
    let signet = start(Signet::with().development().flag("database-pool-size", "4")).await;
    let root = signet.administrator("root").await;
    let own = "root@example.com";
    root.me("POST", "/verification-codes", json!({"email": own})).await.expect(204);
    let checked = json!({"email": own, "verificationCode": code_for(&signet, own).await});
    root.me("POST", "/verification-codes/verify", checked).await.expect(204);
    let token = root.token_for(ME_API).await;

    let request = || me_request("PATCH", "", Some(&token), &json!({"primaryEmail": own}));
    let answers = join_all((0..8).map(|_| signet.send_admin(request()))).await;

    for answer in answers {
        assert_eq!(answer.expect(200)["primaryEmail"], own);
    }
}

#[tokio::test]
async fn without_a_sender_no_code_is_sent() {
    let signet = signet().await;
    let root = signet.administrator("root").await;

    let answer = root.me("POST", "/verification-codes", json!({"email": "a@example.com"})).await;

    answer.refuses_with(501, "connector.not_found");
}

#[tokio::test]
async fn whoever_is_suspended_changes_nothing() {
    let signet = signet().await;
    let root = signet.administrator("root").await;
    let token = root.token_for(ME_API).await;
    let mut tx = signet.app.store.tenant(TenantId::admin()).write().await.unwrap();
    let mut user = tx.take_user(&root.id.parse().unwrap(), signet.deps.clock.now()).await.unwrap().unwrap();
    user.is_suspended = true;
    tx.update_user(&user).await.unwrap();
    tx.commit().await.unwrap();

    for (method, path, body) in [
        ("GET", "", Value::Null),
        ("PATCH", "", json!({"name": "x"})),
        ("PATCH", "/custom-data", json!({"a": 1})),
        ("POST", "/password/verify", json!({"password": PASSWORD})),
    ] {
        let answer = signet.send_admin(me_request(method, path, Some(&token), &body)).await;
        answer.refuses_with(401, "user.suspended");
    }
}

#[tokio::test]
async fn attack_53_ones_own_account_opens_for_its_own_token_only() {
    let signet = signet().await;
    let root = signet.administrator("root").await;
    let management = root.token_for(MANAGEMENT_API).await;
    for (method, path) in [
        ("GET", ""),
        ("PATCH", ""),
        ("GET", "/custom-data"),
        ("PATCH", "/custom-data"),
        ("POST", "/password"),
        ("POST", "/password/verify"),
        ("POST", "/verification-codes"),
        ("POST", "/verification-codes/verify"),
    ] {
        let nobody = signet.send_admin(me_request(method, path, None, &Value::Null)).await;
        nobody.refuses_with(401, "auth.authorization_header_missing");
        let other = signet.send_admin(me_request(method, path, Some(&management), &Value::Null)).await;
        other.refuses_with(401, "auth.unauthorized");
        let elsewhere = signet.send(me_request(method, path, None, &Value::Null)).await;
        assert_eq!(elsewhere.status.as_u16(), 404, "{method} {path} is the admin tenant's only");
    }
}
