//! What a sign-in leaves behind: sessions, interactions, pushed requests, grants, codes and tokens.

use crate::harness::sample::{code, grant, id, interaction, object, opaque_token, refresh_token, session, user};
use crate::harness::{Database, NOW};
use serde_json::json;
use signet_core::interaction::LoginResult;
use signet_core::secret::ValueHash;
use signet_core::session::SessionClient;
use signet_core::time::Timestamp;
use signet_storage::{PushedRequest, Tx};

on_both_backends!(
    a_session_is_found_by_uid_and_by_cookie_until_it_expires,
    a_session_knows_its_clients,
    a_session_is_extended_by_the_value_that_opens_it,
    an_interaction_has_one_writer_at_a_time,
    a_grant_takes_its_codes_and_tokens_along,
    a_code_is_consumed_once,
    a_refresh_token_may_be_used_again_within_its_grace,
    a_pushed_request_is_used_once,
    everything_of_a_person_ends_at_once,
    expired_rows_are_deleted,
    grants_that_were_made_for_a_session_expire_with_it,
);

const LATER: Timestamp = Timestamp(NOW.0 + 10_000_000_000_000);

fn hash(text: &str) -> ValueHash {
    ValueHash::of(text)
}

async fn with_grant(db: &Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_session(&session("session", "ada")).await?;
        tx.insert_grant(&grant("grant", "ada")).await?;
        tx.insert_authorization_code(&code("code", "grant")).await?;
        tx.insert_refresh_token(&refresh_token("refresh", "grant")).await?;
        tx.insert_access_token(&opaque_token("access", "grant")).await
    })
    .await;
}

/// How many of the code, the refresh token and the access token are there.
async fn left(db: &Database) -> usize {
    let reader = db.tenant.read().await.unwrap();
    usize::from(reader.authorization_code(&hash("code")).await.unwrap().is_some())
        + usize::from(reader.refresh_token(&hash("refresh")).await.unwrap().is_some())
        + usize::from(reader.access_token(&hash("access"), NOW).await.unwrap().is_some())
}

async fn a_session_is_found_by_uid_and_by_cookie_until_it_expires(db: Database) {
    with_grant(&db).await;
    let stored = session("session", "ada");
    let reader = db.tenant.read().await.unwrap();
    let found = reader.session(&stored.uid, NOW).await.unwrap().unwrap();
    assert_eq!(format!("{found:?}"), format!("{stored:?}"));
    assert!(reader.session_by_cookie(&stored.cookie, NOW).await.unwrap().is_some());
    assert!(reader.session_by_cookie(&stored.cookie, stored.expires_at).await.unwrap().is_none());
    assert_eq!(reader.sessions_of_user(&id("ada"), NOW).await.unwrap().len(), 1);
    drop(reader);

    let mut renewed = stored.clone();
    renewed.cookie = hash("another cookie");
    renewed.last_submission = Some(json!({ "interactionEvent": "SignIn" }));
    assert!(db.write(async |tx| tx.update_session(&renewed).await).await);

    let reader = db.tenant.read().await.unwrap();
    assert!(reader.session_by_cookie(&stored.cookie, NOW).await.unwrap().is_none());
    let found = reader.session_by_cookie(&renewed.cookie, NOW).await.unwrap().unwrap();
    assert_eq!(found.last_submission, renewed.last_submission);
}

async fn a_session_knows_its_clients(db: Database) {
    with_grant(&db).await;
    let client = |sid: &str, grant: Option<&str>| SessionClient {
        client_id: id("app"),
        sid: sid.to_owned(),
        grant_id: grant.map(id),
        persists_logout: false,
    };
    db.write(async |tx| tx.put_session_client(&id("session"), &client("one", None)).await).await;
    db.write(async |tx| tx.put_session_client(&id("session"), &client("two", Some("grant"))).await).await;
    let clients = db.tenant.read().await.unwrap().session_clients(&id("session")).await.unwrap();
    assert_eq!(clients, [client("two", Some("grant"))]);

    db.write(async |tx| tx.delete_grant(&id("grant")).await.map(drop)).await;

    assert!(db.tenant.read().await.unwrap().session_clients(&id("session")).await.unwrap().is_empty());
}

async fn an_interaction_has_one_writer_at_a_time(db: Database) {
    let mut first = interaction("one");
    db.write(async |tx| tx.insert_interaction(&first).await).await;
    let second = db.tenant.read().await.unwrap().interaction(&id("one"), NOW).await.unwrap().unwrap();
    assert_eq!(format!("{second:?}"), format!("{first:?}"));
    first.login = Some(LoginResult { user_id: id("ada"), at: NOW, last_submission: Some(json!({ "a": 1 })) });
    first.experience = Some(json!({ "step": 1 }));

    assert!(db.write(async |tx| tx.update_interaction(&first).await).await);
    assert!(!db.write(async |tx| tx.update_interaction(&second).await).await);

    let reader = db.tenant.read().await.unwrap();
    let found = reader.interaction(&id("one"), NOW).await.unwrap().unwrap();
    assert_eq!((&found.login, &found.experience, found.version), (&first.login, &first.experience, 1));
    assert!(reader.interaction(&id("one"), found.expires_at).await.unwrap().is_none());
    drop(reader);
    assert!(db.write(async |tx| tx.delete_interaction(&id("one")).await).await);
    assert!(!db.write(async |tx| tx.delete_interaction(&id("one")).await).await);
}

async fn a_grant_takes_its_codes_and_tokens_along(db: Database) {
    with_grant(&db).await;
    let reader = db.tenant.read().await.unwrap();
    let found = reader.grant(&id("grant"), NOW).await.unwrap().unwrap();
    assert_eq!(format!("{found:?}"), format!("{:?}", grant("grant", "ada")));
    assert_eq!(reader.grants_of_user(&id("ada"), NOW).await.unwrap().len(), 1);
    assert_eq!(reader.grants_of_user_to(&id("ada"), &id("app"), NOW).await.unwrap().len(), 1);
    assert!(reader.grants_of_user_to(&id("ada"), &id("other"), NOW).await.unwrap().is_empty());
    let stored = reader.authorization_code(&hash("code")).await.unwrap().unwrap();
    assert_eq!(format!("{stored:?}"), format!("{:?}", code("code", "grant")));
    let stored = reader.refresh_token(&hash("refresh")).await.unwrap().unwrap();
    assert_eq!(format!("{stored:?}"), format!("{:?}", refresh_token("refresh", "grant")));
    let stored = reader.access_token(&hash("access"), NOW).await.unwrap().unwrap();
    assert_eq!(format!("{stored:?}"), format!("{:?}", opaque_token("access", "grant")));
    drop(reader);
    assert_eq!(left(&db).await, 3);

    assert!(db.write(async |tx| tx.delete_grant(&id("grant")).await).await);

    assert_eq!(left(&db).await, 0);
    assert!(!db.write(async |tx| tx.delete_grant(&id("grant")).await).await);
}

async fn a_code_is_consumed_once(db: Database) {
    with_grant(&db).await;
    assert!(db.write(async |tx| tx.consume_authorization_code(&hash("code"), NOW).await).await);
    assert!(!db.write(async |tx| tx.consume_authorization_code(&hash("code"), NOW).await).await);
    assert!(!db.write(async |tx| tx.consume_authorization_code(&hash("other"), NOW).await).await);
    let stored = db.tenant.read().await.unwrap().authorization_code(&hash("code")).await.unwrap().unwrap();
    assert_eq!(stored.consumed_at, Some(NOW));
}

async fn a_refresh_token_may_be_used_again_within_its_grace(db: Database) {
    with_grant(&db).await;
    let at = |ms: i64| Timestamp(NOW.0 + ms);
    let used = async |ms: i64| {
        db.write(async |tx| tx.consume_refresh_token(&hash("refresh"), at(ms), at(ms - 3000)).await).await
    };
    assert!(used(0).await);
    assert!(used(2999).await);
    assert!(!used(3000).await);
    let stored = db.tenant.read().await.unwrap().refresh_token(&hash("refresh")).await.unwrap().unwrap();
    assert_eq!(stored.consumed_at, Some(NOW), "the grace is counted from the first use");
}

async fn a_pushed_request_is_used_once(db: Database) {
    let pushed = PushedRequest { client_id: id("app"), params: object(json!({ "scope": "openid" })), expires_at: NOW };
    db.write(async |tx| tx.insert_pushed_request(&hash("uri"), &pushed).await).await;
    let found = db.tenant.read().await.unwrap().pushed_request(&hash("uri")).await.unwrap().unwrap();
    assert_eq!(format!("{found:?}"), format!("{pushed:?}"));
    assert!(db.write(async |tx| tx.delete_pushed_request(&hash("uri")).await).await);
    assert!(!db.write(async |tx| tx.delete_pushed_request(&hash("uri")).await).await);
}

async fn everything_of_a_person_ends_at_once(db: Database) {
    with_grant(&db).await;
    db.write(async |tx| tx.insert_user(&user("bob")).await).await;
    db.write(async |tx| tx.insert_session(&session("bobs", "bob")).await).await;

    db.write(async |tx| tx.revoke_everything_of_user(&id("ada")).await).await;

    assert_eq!(left(&db).await, 0);
    let reader = db.tenant.read().await.unwrap();
    assert!(reader.sessions_of_user(&id("ada"), NOW).await.unwrap().is_empty());
    assert_eq!(reader.sessions_of_user(&id("bob"), NOW).await.unwrap().len(), 1);
    drop(reader);
    assert!(db.write(async |tx| tx.delete_user(&id("bob")).await).await);
    assert!(db.tenant.read().await.unwrap().sessions_of_user(&id("bob"), NOW).await.unwrap().is_empty());
}

async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, signet_storage::StoreError> {
    Ok(tx.delete_expired_codes(now).await?
        + tx.delete_expired_refresh_tokens(now).await?
        + tx.delete_expired_access_tokens(now).await?
        + tx.delete_expired_grants(now).await?
        + tx.delete_expired_sessions(now).await?
        + tx.delete_expired_interactions(now).await?
        + tx.delete_expired_pushed_requests(now).await?)
}

async fn expired_rows_are_deleted(db: Database) {
    with_grant(&db).await;
    db.write(async |tx| tx.insert_interaction(&interaction("one")).await).await;
    assert_eq!(db.write(async |tx| delete_expired(tx, NOW).await).await, 0);
    assert_eq!(db.write(async |tx| delete_expired(tx, LATER).await).await, 6);
    assert_eq!(db.write(async |tx| delete_expired(tx, LATER).await).await, 0);
}

async fn grants_that_were_made_for_a_session_expire_with_it(db: Database) {
    with_grant(&db).await;
    db.write(async |tx| {
        tx.insert_grant(&grant("offline", "ada")).await?;
        for (client, grant, persists_logout) in
            [("one", "grant", false), ("two", "offline", true), ("three", "gone", false)]
        {
            let (client_id, grant_id) = (id(client), Some(id(grant)));
            let client = SessionClient { client_id, sid: "sid".to_owned(), grant_id, persists_logout };
            tx.put_session_client(&id("session"), &client).await?;
        }
        Ok(())
    })
    .await;

    assert_eq!(db.write(async |tx| tx.delete_grants_of_expired_sessions(NOW).await).await, 0);
    assert_eq!(db.write(async |tx| tx.delete_grants_of_expired_sessions(LATER).await).await, 1);
    assert_eq!(db.write(async |tx| tx.delete_grants_of_expired_sessions(LATER).await).await, 0);

    let reader = db.tenant.read().await.unwrap();
    assert!(reader.grant(&id("grant"), NOW).await.unwrap().is_none());
    assert!(reader.grant(&id("offline"), NOW).await.unwrap().is_some());
    assert_eq!(left(&db).await, 0, "its code and tokens went along");
}

async fn a_session_is_extended_by_the_value_that_opens_it(db: Database) {
    with_grant(&db).await;
    let before = session("session", "ada");
    assert!(db.write(async |tx| tx.extend_session(&before, LATER).await).await);
    let mut renewed = before.clone();
    renewed.cookie = hash("of another sign-in");
    assert!(db.write(async |tx| tx.update_session(&renewed).await).await);

    assert!(!db.write(async |tx| tx.extend_session(&before, LATER).await).await);

    let reader = db.tenant.read().await.unwrap();
    assert!(reader.session_by_cookie(&before.cookie, NOW).await.unwrap().is_none());
    assert!(reader.session_by_cookie(&renewed.cookie, NOW).await.unwrap().is_some());
}
