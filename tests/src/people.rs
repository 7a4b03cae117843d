//! People of a story, the applications that they sign in to, and their way through a sign-in.

use crate::answer::Answer;
use crate::browser::Browser;
use crate::machine::Machine;
use crate::signet::Signet;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};
use signet_core::id::{InteractionUid, TenantId, UserId};
use signet_core::interaction::LoginResult;
use signet_core::third_party::USER_SCOPES;
use signet_core::user::User;
use std::collections::HashMap;
use url::{Url, form_urlencoded};

/// A verifier, and its challenge.
pub const PKCE: (&str, &str) =
    ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
/// Where the clients of stories live.
pub const REDIRECT_URI: &str = "https://client.example/callback";
pub const SIGNED_OUT_URI: &str = "https://client.example/signed-out";

/// An application that people sign in to.
#[derive(Debug, Clone)]
pub struct Client {
    pub id: String,
    pub secret: Option<String>,
    pub redirect_uri: String,
}

impl Client {
    /// The query of an authorization request, with PKCE. `extra` replaces and adds; an empty value takes away.
    pub fn request(&self, extra: &[(&str, &str)]) -> String {
        let mut parameters: Vec<(&str, &str)> = vec![
            ("client_id", &self.id),
            ("redirect_uri", &self.redirect_uri),
            ("response_type", "code"),
            ("scope", "openid"),
            ("state", "kept"),
            ("code_challenge", PKCE.1),
            ("code_challenge_method", "S256"),
        ];
        parameters.retain(|(name, _)| !extra.iter().any(|(replaced, _)| replaced == name));
        parameters.extend(extra.iter().filter(|(_, value)| !value.is_empty()));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
    }

    /// A form to an endpoint that authenticates clients.
    pub async fn posts(&self, signet: &Signet, path: &str, form: &str) -> Answer {
        match &self.secret {
            Some(secret) => {
                let mut request = crate::signet::form_request(path, form);
                request.headers_mut().insert(AUTHORIZATION, Machine::new(&self.id, secret).basic());
                signet.send(request).await
            }
            None => signet.send(crate::signet::form_request(path, &format!("client_id={}&{form}", self.id))).await,
        }
    }
}

impl Signet {
    /// Somebody without a password, made in the database.
    pub async fn person(&self, username: &str) -> User {
        let mut user = User::new(UserId::random(&*self.deps.rng), self.deps.clock.now());
        user.username = Some(username.to_owned());
        self.store_person(TenantId::default_tenant(), &user).await;
        user
    }

    pub async fn store_person(&self, tenant: TenantId, user: &User) {
        let mut tx = self.app.store.tenant(tenant).write().await.unwrap();
        tx.insert_user(user).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// An application of a type with settings of its own.
    pub async fn client(&self, kind: &str, settings: Value) -> Client {
        let mut application = json!({
            "name": "Client",
            "type": kind,
            "oidcClientMetadata": {"redirectUris": [REDIRECT_URI], "postLogoutRedirectUris": [SIGNED_OUT_URI]},
        });
        for (name, value) in settings.as_object().into_iter().flatten() {
            match (application[name].as_object_mut(), value.as_object()) {
                (Some(known), Some(more)) => known.extend(more.clone()),
                _ => application[name] = value.clone(),
            }
        }
        let made = self.api("POST", "/applications", application).await.expect(200);
        let id = made["id"].as_str().unwrap().to_owned();
        let secrets = self.api("GET", &format!("/applications/{id}/secrets"), Value::Null).await;
        let secret = secrets.json()[0]["value"].as_str().map(str::to_owned);
        let redirect_uri = made["oidcClientMetadata"]["redirectUris"][0].as_str().unwrap_or_default().to_owned();
        Client { id, secret, redirect_uri }
    }

    pub async fn web(&self) -> Client {
        self.client("Traditional", json!({})).await
    }

    pub async fn single_page(&self) -> Client {
        self.client("SPA", json!({})).await
    }

    /// Somebody else's application that may ask for all user data, and for nothing else.
    pub async fn third_party(&self) -> Client {
        let client = self.client("Traditional", json!({"isThirdParty": true, "name": "Stranger"})).await;
        self.lets_ask(&client, json!({"userScopes": USER_SCOPES})).await;
        client
    }

    /// Lets a third-party application ask people for more.
    pub async fn lets_ask(&self, client: &Client, scopes: Value) {
        self.api("POST", &format!("/applications/{}/user-consent-scopes", client.id), scopes).await.expect(201);
    }
}

impl Browser<'_> {
    /// Opens the authorization endpoint.
    pub async fn authorize(&self, client: &Client, extra: &[(&str, &str)]) -> Answer {
        self.get(&format!("/oidc/auth?{}", client.request(extra))).await
    }

    /// The latest interaction that this browser takes part in.
    pub fn interaction(&self) -> InteractionUid {
        interaction_in(&self.cookie("_interaction").unwrap())
    }

    /// Leaves a finished sign-in with the interaction, as the sign-in pages do, and returns the way back.
    pub async fn proves_to_be(&self, user: &User) -> String {
        let uid = self.interaction();
        self.signet().leave_login(TenantId::default_tenant(), &uid, user).await;
        format!("/oidc/auth/{uid}")
    }

    /// A whole sign-in, to the answer that takes the browser back to the client.
    pub async fn signs_in(&self, client: &Client, user: &User, extra: &[(&str, &str)]) -> Answer {
        let first = self.authorize(client, extra).await;
        if !first.header("location").starts_with("/sign-in") {
            return self.follow(first).await;
        }
        let back = self.proves_to_be(user).await;
        let next = self.get(&back).await;
        self.follow(next).await
    }
}

impl Signet {
    pub async fn leave_login(&self, tenant: TenantId, uid: &InteractionUid, user: &User) {
        let tx = self.app.store.tenant(tenant).write().await.unwrap();
        let now = self.deps.clock.now();
        let mut interaction = tx.interaction(uid, now).await.unwrap().unwrap();
        let last_submission = Some(json!({"interactionEvent": "SignIn", "userId": user.id}));
        interaction.login = Some(LoginResult { user_id: user.id.clone(), at: now, last_submission });
        assert!(tx.update_interaction(&interaction).await.unwrap());
        tx.commit().await.unwrap();
    }
}

/// The latest interaction of the map that a browser keeps.
pub fn interaction_in(cookie: &str) -> InteractionUid {
    let decoded: String = form_urlencoded::parse(format!("v={cookie}").as_bytes()).next().unwrap().1.into_owned();
    let map: Value = serde_json::from_str(&decoded).unwrap();
    map["_legacy"].as_str().unwrap().parse().unwrap()
}

impl Answer {
    /// The parameters that take a browser back to `uri`, from the query or the fragment.
    #[track_caller]
    pub fn takes_back_to(&self, uri: &str) -> HashMap<String, String> {
        assert_eq!(self.status.as_u16(), 303, "answered {} {}", self.status, self.text);
        let location = self.header("location");
        let url = Url::parse(location).unwrap_or_else(|_| panic!("went to {location}"));
        assert!(location.starts_with(uri), "went to {location}");
        let sent = url.query().filter(|query| !query.is_empty()).or(url.fragment()).unwrap_or_default();
        form_urlencoded::parse(sent.as_bytes()).into_owned().collect()
    }

    /// Goes to a page of the sign-in.
    #[track_caller]
    pub fn goes_to(&self, page: &str) {
        assert_eq!(self.status.as_u16(), 303, "answered {} {}", self.status, self.text);
        assert!(self.header("location").starts_with(page), "went to {}", self.header("location"));
    }

    /// A page that has nothing to show leads here.
    #[track_caller]
    pub fn goes_nowhere_but(&self, page: &str) {
        assert!(self.status.is_redirection(), "answered {} {}", self.status, self.text);
        assert_eq!(self.header("location"), page);
    }
}
