//! People, and what a sign-in of theirs leaves behind: put into the database as the authorization endpoint does, so that
//! stories about tokens need no browser.

use crate::answer::Answer;
use crate::people::{Client, PKCE, REDIRECT_URI};
use crate::signet::Signet;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};
use signet_core::grant::{GRANT_TTL, Grant, Rejected};
use signet_core::id::{GrantId, SessionUid, TenantId, UserId};
use signet_core::scope::{SUPPORTED_SCOPES, Scope};
use signet_core::secret::ValueHash;
use signet_core::session::{DEFAULT_SESSION_TTL, Session};
use signet_core::token::{AuthorizationCode, CODE_TTL, OPAQUE_LENGTH, SignInFacts};
use signet_core::user::User;
use signet_storage::TenantStore;
use std::time::Duration;

/// What a client asked for, and who said yes.
#[derive(Debug, Clone)]
pub struct SignIn {
    pub scope: &'static str,
    pub resources: Vec<&'static str>,
    pub nonce: Option<&'static str>,
    pub says_auth_time: bool,
    pub last_submission: Option<Value>,
}

impl Default for SignIn {
    fn default() -> Self {
        let scope = "openid offline_access";
        Self { scope, resources: Vec::new(), nonce: None, says_auth_time: false, last_submission: None }
    }
}

/// A code, and what it hangs on.
#[derive(Debug, Clone)]
pub struct Code {
    pub value: String,
    pub grant: GrantId,
    pub session: SessionUid,
}

impl Signet {
    fn people(&self) -> TenantStore {
        self.app.store.tenant(TenantId::default_tenant())
    }

    /// Somebody who differs.
    pub async fn person_with(&self, name: &str, change: impl FnOnce(&mut User)) -> User {
        let mut user = User::new(UserId::random(&*self.deps.rng), self.deps.clock.now());
        user.username = Some(name.to_owned());
        user.primary_email = Some(format!("{name}@example.com"));
        change(&mut user);
        let mut tx = self.people().write().await.unwrap();
        tx.insert_user(&user).await.unwrap();
        tx.commit().await.unwrap();
        user
    }

    /// Gives somebody all scopes of a resource through a new role, and returns its id.
    pub async fn permit(&self, user: &User, resource: &Value) -> signet_core::id::RoleId {
        let scopes: Vec<&Value> = resource["scopes"].as_array().unwrap().iter().map(|scope| &scope["id"]).collect();
        let name = format!("role of {} in {}", user.id, resource["id"]);
        let role = json!({"name": name, "description": "of a story", "type": "User", "scopeIds": scopes});
        let role = self.api("POST", "/roles", role).await.expect(200);
        let id: signet_core::id::RoleId = role["id"].as_str().unwrap().parse().unwrap();
        let mut tx = self.people().write().await.unwrap();
        tx.assign_role_to_user(&user.id, &id).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Takes a role away.
    pub async fn forbid(&self, user: &User, role: &signet_core::id::RoleId) {
        let mut tx = self.people().write().await.unwrap();
        tx.remove_role_from_user(&user.id, role).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Changes somebody.
    pub async fn change(&self, user: &User, change: impl FnOnce(&mut User)) {
        let mut tx = self.people().write().await.unwrap();
        let mut stored = tx.user(&user.id).await.unwrap().unwrap();
        change(&mut stored);
        tx.update_user(&stored).await.unwrap();
        if stored.is_suspended {
            tx.revoke_everything_of_user(&user.id).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Deletes somebody.
    pub async fn delete_person(&self, user: &User) {
        let mut tx = self.people().write().await.unwrap();
        assert!(tx.delete_user(&user.id).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Ends a browser session.
    pub async fn end_session(&self, session: &SessionUid) {
        let tx = self.people().write().await.unwrap();
        assert!(tx.delete_session(session).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// A client of this type with settings of its own.
    pub async fn client_with(&self, kind: &str, settings: Value) -> Client {
        self.client(kind, json!({"customClientMetadata": settings})).await
    }

    /// What is left when somebody has signed in to a client and allowed it all it asked for.
    pub async fn code(&self, client: &Client, user: &User, sign_in: SignIn) -> Code {
        let (rng, now) = (&*self.deps.rng, self.deps.clock.now());
        let lifetime = |seconds: i64| now.plus(Duration::from_secs(seconds.unsigned_abs()));
        let scope = Scope::parse(sign_in.scope);
        let oidc: Scope = SUPPORTED_SCOPES.into_iter().collect();
        let session = Session {
            uid: SessionUid::random(rng),
            cookie: ValueHash::of(&rng.opaque(OPAQUE_LENGTH)),
            user_id: user.id.clone(),
            login_at: now,
            client_id: client.id.parse().ok(),
            last_submission: sign_in.last_submission,
            created_at: now,
            expires_at: lifetime(DEFAULT_SESSION_TTL),
        };
        let resources: Vec<String> = sign_in.resources.iter().map(|&resource| resource.to_owned()).collect();
        let grant = Grant {
            id: GrantId::random(rng),
            user_id: user.id.clone(),
            client_id: client.id.parse().unwrap(),
            openid: scope.intersect(&oidc),
            resources: resources.iter().map(|resource| (resource.clone(), scope.without(&oidc))).collect(),
            rejected: Rejected::default(),
            created_at: now,
            expires_at: lifetime(GRANT_TTL),
        };
        let value = rng.opaque(OPAQUE_LENGTH);
        let code = AuthorizationCode {
            hash: ValueHash::of(&value),
            grant_id: grant.id.clone(),
            user_id: user.id.clone(),
            client_id: grant.client_id.clone(),
            session_uid: Some(session.uid.clone()),
            redirect_uri: Some(REDIRECT_URI.to_owned()),
            code_challenge: Some(PKCE.1.to_owned()),
            facts: SignInFacts {
                scope,
                resources,
                nonce: sign_in.nonce.map(str::to_owned),
                auth_time: Some(now.seconds()),
                says_auth_time: sign_in.says_auth_time,
                acr: None,
                sid: Some(rng.id(21)),
                gty: "authorization_code".to_owned(),
            },
            created_at: now,
            expires_at: lifetime(CODE_TTL),
            consumed_at: None,
        };
        let tx = self.people().write().await.unwrap();
        tx.insert_session(&session).await.unwrap();
        tx.insert_grant(&grant).await.unwrap();
        tx.insert_authorization_code(&code).await.unwrap();
        tx.commit().await.unwrap();
        Code { value, grant: grant.id, session: session.uid }
    }

    /// The code of a client that sent neither a challenge nor a `redirect_uri`.
    pub async fn code_without_challenge(&self, client: &Client, user: &User) -> String {
        let code = self.code(client, user, SignIn::default()).await;
        let value = self.deps.rng.opaque(OPAQUE_LENGTH);
        let tx = self.people().write().await.unwrap();
        let mut bare = tx.authorization_code(&ValueHash::of(&code.value)).await.unwrap().unwrap();
        bare.hash = ValueHash::of(&value);
        bare.code_challenge = None;
        bare.redirect_uri = None;
        tx.insert_authorization_code(&bare).await.unwrap();
        tx.commit().await.unwrap();
        value
    }

    /// The tokens of a sign-in.
    pub async fn tokens(&self, client: &Client, user: &User, sign_in: SignIn) -> (Value, Code) {
        let code = self.code(client, user, sign_in).await;
        (client.redeems(self, &code.value, "").await.expect(200), code)
    }

    /// `GET /oidc/me`.
    pub async fn userinfo(&self, token: &Value) -> Answer {
        let request = Request::get("/oidc/me").header(AUTHORIZATION, format!("Bearer {}", token.as_str().unwrap()));
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

impl Client {
    /// Redeems a code with everything that belongs to it; `more` is appended to the form.
    pub async fn redeems(&self, signet: &Signet, code: &str, more: &str) -> Answer {
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI}&code_verifier={}{more}",
            PKCE.0
        );
        self.posts(signet, "/oidc/token", &form).await
    }

    /// Uses a refresh token; `more` is appended to the form.
    pub async fn refreshes(&self, signet: &Signet, token: &Value, more: &str) -> Answer {
        let form = format!("grant_type=refresh_token&refresh_token={}{more}", token.as_str().unwrap());
        self.posts(signet, "/oidc/token", &form).await
    }

    /// What introspection says of a token.
    pub async fn introspects(&self, signet: &Signet, token: &Value) -> Answer {
        self.posts(signet, "/oidc/token/introspection", &format!("token={}", token.as_str().unwrap())).await
    }

    /// Revokes a token.
    pub async fn revokes(&self, signet: &Signet, token: &Value) -> Answer {
        self.posts(signet, "/oidc/token/revocation", &format!("token={}", token.as_str().unwrap())).await
    }
}
