//! What a sign-in leaves behind ends with a suspension or a deletion, at once.

use crate::signet;
use serde_json::{Value, json};
use signet_core::grant::{Grant, Rejected};
use signet_core::id::{TenantId, UserId};
use signet_core::secret::ValueHash;
use signet_core::session::Session;
use signet_core::time::Timestamp;
use signet_core::token::{AuthorizationCode, OpaqueToken, RefreshToken, SignInFacts};
use signet_storage::Tx;
use signet_tests::Signet;
use std::collections::BTreeMap;
use std::time::Duration;

async fn user(signet: &Signet) -> (String, UserId) {
    let made = signet.api("POST", "/users", json!({"username": "alice"})).await.expect(200);
    let id = made["id"].as_str().unwrap();
    (format!("/users/{id}"), id.parse().unwrap())
}

const VALUE: &str = "value";

async fn leave(signet: &Signet, user: &UserId) {
    let now = signet.deps.clock.now();
    let later = now.plus(Duration::from_mins(1));
    let hash = ValueHash::of(VALUE);
    let tx = signet.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
    tx.insert_session(&session(user, now, later)).await.unwrap();
    let grant = Grant {
        id: "grant".parse().unwrap(),
        user_id: user.clone(),
        client_id: "app".parse().unwrap(),
        openid: ["openid"].into_iter().collect(),
        resources: BTreeMap::default(),
        rejected: Rejected::default(),
        created_at: now,
        expires_at: later,
    };
    tx.insert_grant(&grant).await.unwrap();
    let code = AuthorizationCode {
        hash: hash.clone(),
        grant_id: grant.id.clone(),
        user_id: user.clone(),
        client_id: grant.client_id.clone(),
        session_uid: None,
        redirect_uri: None,
        code_challenge: None,
        facts: SignInFacts::default(),
        created_at: now,
        expires_at: later,
        consumed_at: None,
    };
    tx.insert_authorization_code(&code).await.unwrap();
    leave_tokens(&tx, &grant, hash).await;
    tx.commit().await.unwrap();
}

async fn leave_tokens(tx: &Tx, grant: &Grant, hash: ValueHash) {
    let (now, later) = (grant.created_at, grant.expires_at);
    let refresh = RefreshToken {
        hash: hash.clone(),
        grant_id: grant.id.clone(),
        user_id: grant.user_id.clone(),
        client_id: grant.client_id.clone(),
        session_uid: None,
        expires_with_session: false,
        facts: SignInFacts::default(),
        rotations: 0,
        chain_started_at: now,
        created_at: now,
        expires_at: later,
        consumed_at: None,
    };
    tx.insert_refresh_token(&refresh).await.unwrap();
    let opaque = OpaqueToken {
        hash,
        grant_id: grant.id.clone(),
        user_id: grant.user_id.clone(),
        client_id: grant.client_id.clone(),
        session_uid: None,
        expires_with_session: false,
        scope: ["openid"].into_iter().collect(),
        claims: serde_json::Map::new(),
        created_at: now,
        expires_at: later,
    };
    tx.insert_access_token(&opaque).await.unwrap();
}

fn session(user: &UserId, now: Timestamp, later: Timestamp) -> Session {
    Session {
        uid: "session".parse().unwrap(),
        cookie: ValueHash::of(VALUE),
        user_id: user.clone(),
        login_at: now,
        client_id: None,
        last_submission: None,
        created_at: now,
        expires_at: later,
    }
}

/// Sessions, grants, codes, refresh tokens, opaque tokens.
async fn left(signet: &Signet, user: &UserId) -> [usize; 5] {
    let (now, hash) = (signet.deps.clock.now(), ValueHash::of(VALUE));
    let reader = signet.app.store.tenant(TenantId::default_tenant()).read().await.unwrap();
    [
        reader.sessions_of_user(user, now).await.unwrap().len(),
        reader.grants_of_user(user, now).await.unwrap().len(),
        usize::from(reader.authorization_code(&hash).await.unwrap().is_some()),
        usize::from(reader.refresh_token(&hash).await.unwrap().is_some()),
        usize::from(reader.access_token(&hash, now).await.unwrap().is_some()),
    ]
}

#[tokio::test]
async fn what_a_suspended_user_had_open_is_closed_at_once_and_stays_closed() {
    let signet = signet().await;
    let (path, id) = user(&signet).await;
    let suspension = format!("{path}/is-suspended");
    leave(&signet, &id).await;
    assert_eq!(left(&signet, &id).await, [1; 5]);

    let unchanged = signet.api("PATCH", &suspension, json!({"isSuspended": false})).await.expect(200);
    assert_eq!((unchanged["isSuspended"].as_bool(), left(&signet, &id).await), (Some(false), [1; 5]));
    let suspended = signet.api("PATCH", &suspension, json!({"isSuspended": true})).await.expect(200);

    assert_eq!(suspended["isSuspended"], true);
    assert_eq!(left(&signet, &id).await, [0; 5]);
    signet.api("PATCH", &suspension, json!({"isSuspended": false})).await.expect(200);
    assert_eq!(left(&signet, &id).await, [0; 5]);
    let nobody = signet.api("PATCH", "/users/nobody/is-suspended", json!({"isSuspended": true})).await;
    nobody.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn what_a_deleted_user_had_open_is_closed_at_once() {
    let signet = signet().await;
    let (path, id) = user(&signet).await;
    leave(&signet, &id).await;

    signet.api("DELETE", &path, Value::Null).await.expect(204);

    assert_eq!(left(&signet, &id).await, [0; 5]);
}
