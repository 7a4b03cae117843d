//! Codes and tokens with what they hang on, device codes, and what people hold.

use crate::harness::sample::{
    code, device_code, grant, id, opaque_token, refresh_token, resource, role, scope, session,
};
use crate::harness::{Database, NOW};
use serde_json::json;
use signet_core::device::{DeviceApproval, DeviceStatus};
use signet_core::grant::Grant;
use signet_core::id::{GrantId, RoleId, SessionUid, UserId};
use signet_core::scope::Scope;
use signet_core::secret::ValueHash;
use signet_core::session::Session;
use signet_core::time::Timestamp;
use signet_core::token::{AuthorizationCode, OpaqueToken, RefreshToken, SignInFacts};
use signet_core::user::User;
use std::collections::BTreeMap;

on_both_backends!(
    what_hangs_on_a_grant_is_read_with_it_and_with_its_session,
    nothing_that_hangs_on_a_grant_is_left_without_it,
    a_grant_is_extended_and_never_shortened,
    a_device_code_is_answered_once_and_consumed_once,
    a_device_is_told_when_it_polls_too_soon,
    held_roles_come_with_their_scopes_and_resources,
);

const LATER: Timestamp = Timestamp(NOW.0 + 60_000);

fn hash(text: &str) -> ValueHash {
    ValueHash::of(text)
}

fn facts() -> SignInFacts {
    SignInFacts { scope: Scope::parse("openid read"), gty: "authorization_code".to_owned(), ..SignInFacts::default() }
}

fn granted() -> Grant {
    let resources = BTreeMap::from([("https://api.example".to_owned(), Scope::parse("read"))]);
    Grant { openid: Scope::parse("openid"), resources, expires_at: LATER, ..grant("grant", "alice") }
}

/// Somebody with a session, a grant, a code and both kinds of tokens.
async fn signed_in(db: &Database) {
    let browser =
        Session { last_submission: Some(json!({"userId": "alice"})), expires_at: LATER, ..session("session", "alice") };
    let uid = Some(browser.uid.clone());
    let code =
        AuthorizationCode { session_uid: uid.clone(), user_id: id("alice"), facts: facts(), ..code("code", "grant") };
    let refresh = RefreshToken {
        session_uid: uid,
        expires_with_session: true,
        user_id: id("alice"),
        ..refresh_token("refresh", "grant")
    };
    let access =
        OpaqueToken { session_uid: None, user_id: id("alice"), expires_at: LATER, ..opaque_token("access", "grant") };
    db.write(async |tx| {
        tx.insert_user(&User::new(id("alice"), NOW)).await?;
        tx.insert_session(&browser).await?;
        tx.insert_grant(&granted()).await?;
        tx.insert_authorization_code(&code).await?;
        tx.insert_refresh_token(&refresh).await?;
        tx.insert_access_token(&access).await
    })
    .await;
}

async fn what_hangs_on_a_grant_is_read_with_it_and_with_its_session(db: Database) {
    signed_in(&db).await;
    let reader = db.tenant.read().await.unwrap();

    let code = reader.backed_code(&hash("code"), NOW).await.unwrap().unwrap();
    assert_eq!((code.token.facts, code.grant.openid, code.grant.expires_at), (facts(), granted().openid, LATER));
    assert_eq!(code.grant.resources, granted().resources);
    let session = code.session.unwrap();
    assert_eq!((session.user_id, session.last_submission.as_deref()), (id("alice"), Some(r#"{"userId":"alice"}"#)));
    let refresh = reader.backed_refresh_token(&hash("refresh"), NOW).await.unwrap().unwrap();
    assert!(refresh.token.expires_with_session && refresh.session.is_some());
    let access = reader.backed_access_token(&hash("access"), NOW).await.unwrap().unwrap();
    assert!(access.session.is_none(), "it names none");

    // A session that is over is none; codes and refresh tokens are told apart from unknown ones, access tokens not.
    let late = reader.backed_refresh_token(&hash("refresh"), LATER).await.unwrap().unwrap();
    assert!(late.session.is_none());
    assert!(reader.backed_code(&hash("code"), LATER).await.unwrap().is_some());
    assert!(reader.backed_access_token(&hash("access"), LATER).await.unwrap().is_none());
    assert!(reader.backed_code(&hash("other"), NOW).await.unwrap().is_none());
    assert!(reader.backed_device_code(&hash("code"), NOW).await.unwrap().is_none());
}

async fn nothing_that_hangs_on_a_grant_is_left_without_it(db: Database) {
    signed_in(&db).await;

    db.write(async |tx| tx.delete_grant(&id::<GrantId>("grant")).await).await;

    let reader = db.tenant.read().await.unwrap();
    assert!(reader.backed_code(&hash("code"), NOW).await.unwrap().is_none());
    assert!(reader.backed_refresh_token(&hash("refresh"), NOW).await.unwrap().is_none());
    assert!(reader.backed_access_token(&hash("access"), NOW).await.unwrap().is_none());
}

async fn a_grant_is_extended_and_never_shortened(db: Database) {
    signed_in(&db).await;
    let until = async || {
        let reader = db.tenant.read().await.unwrap();
        reader.grant(&id("grant"), NOW).await.unwrap().unwrap().expires_at
    };

    db.write(async |tx| tx.extend_grant(&id("grant"), Timestamp(LATER.0 + 1)).await).await;
    assert_eq!(until().await, Timestamp(LATER.0 + 1));
    db.write(async |tx| tx.extend_grant(&id("grant"), LATER).await).await;
    assert_eq!(until().await, Timestamp(LATER.0 + 1));
}

async fn a_device_code_is_answered_once_and_consumed_once(db: Database) {
    signed_in(&db).await;
    let (user, session, facts): (UserId, SessionUid, _) = (id("alice"), id("session"), facts());
    let grant_id: GrantId = id("grant");
    let approval = DeviceApproval { grant_id: &grant_id, user_id: &user, session_uid: Some(&session), facts: &facts };
    let one = device_code("one", "BCDF-GHJK");
    assert!(db.write(async |tx| tx.insert_device_code(&one).await).await);
    assert!(
        !db.write(async |tx| tx.insert_device_code(&device_code("two", "BCDF-GHJK")).await).await,
        "the code is taken"
    );

    assert!(!db.write(async |tx| tx.consume_device_code(&one.hash).await).await, "nobody has answered");
    assert!(!db.write(async |tx| tx.approve_device_code(&one.hash, &approval, LATER).await).await, "too late");
    assert!(db.write(async |tx| tx.approve_device_code(&one.hash, &approval, NOW).await).await);
    assert!(!db.write(async |tx| tx.approve_device_code(&one.hash, &approval, NOW).await).await);
    assert!(!db.write(async |tx| tx.deny_device_code(&one.hash).await).await);
    let reader = db.tenant.read().await.unwrap();
    let found = reader.backed_device_code(&one.hash, NOW).await.unwrap().unwrap();
    assert_eq!(
        (found.token.status, found.token.facts, found.token.user_id),
        (DeviceStatus::Approved, Some(facts.clone()), Some(id("alice")))
    );
    assert_eq!(reader.device_code_by_user_code("BCDF-GHJK").await.unwrap().unwrap().params, one.params);
    drop(reader);
    assert!(db.write(async |tx| tx.consume_device_code(&one.hash).await).await);
    assert!(!db.write(async |tx| tx.consume_device_code(&one.hash).await).await);

    let three = device_code("three", "LMNP-QRST");
    db.write(async |tx| tx.insert_device_code(&three).await).await;
    assert!(db.write(async |tx| tx.deny_device_code(&three.hash).await).await);
    assert!(!db.write(async |tx| tx.approve_device_code(&three.hash, &approval, NOW).await).await);
    assert_eq!(db.write(async |tx| tx.delete_expired_device_codes(LATER).await).await, 2);
}

async fn a_device_is_told_when_it_polls_too_soon(db: Database) {
    let code = device_code("one", "BCDF-GHJK");
    db.write(async |tx| tx.insert_device_code(&code).await).await;
    for (at, earliest, in_time) in [(100, 90, true), (105, 95, false), (110, 100, true)] {
        let polled =
            db.write(async |tx| tx.poll_device_code(&code.hash, Timestamp(at), Timestamp(earliest)).await).await;
        assert_eq!(polled, in_time, "{at}");
    }
}

async fn held_roles_come_with_their_scopes_and_resources(db: Database) {
    let user: UserId = id("alice");
    db.write(async |tx| {
        tx.insert_user(&User::new(user.clone(), NOW)).await?;
        tx.insert_resource(&resource("api")).await?;
        for name in ["read", "write"] {
            tx.insert_scope(&scope(name, "api")).await?;
        }
        for name in ["a", "b"] {
            tx.insert_role(&role(name)).await?;
            tx.assign_role_to_user(&user, &id::<RoleId>(name)).await?;
        }
        tx.add_scope_to_role(&id("a"), &id("read")).await?;
        tx.add_scope_to_role(&id("a"), &id("write")).await
    })
    .await;

    let roles = db.tenant.read().await.unwrap().held_roles(&user).await.unwrap();

    let names: Vec<(&str, usize)> = roles.iter().map(|role| (role.id.as_str(), role.scopes.len())).collect();
    assert_eq!(names, [("a", 2), ("b", 0)]);
    assert_eq!(roles[0].scopes[0].name, "read:read");
    assert_eq!(roles[0].scopes[1].resource.indicator, "https://api.example");
    assert!(db.tenant.read().await.unwrap().held_roles(&id("bob")).await.unwrap().is_empty());
}
