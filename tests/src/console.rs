//! The console of stories: files as a build leaves them, and whoever administers with it.

use crate::answer::Answer;
use crate::browser::{Browser, Tenant};
use crate::experience::{PASSWORD, username};
use crate::people::PKCE;
use crate::signet::{ENDPOINTS, Signet, form_request};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::AUTHORIZATION;
use bytes::Bytes;
use serde_json::{Value, json};
use signet_http::ConsoleFiles;
use tokio::sync::Mutex;
use url::{Url, form_urlencoded};

/// The page of the console.
pub const CONSOLE_PAGE: &str = "<!doctype html><html><head><base href=\"/console/\"><title>Console</title>\
    <script type=\"module\" src=\"./assets/index-1.js\"></script></head><body><div id=\"root\"></div></body></html>";

/// What the console asks tokens for.
pub const MANAGEMENT_API: &str = "https://default.logto.app/api";
pub const ME_API: &str = "https://admin.logto.app/me";

/// A page, hashed files, one of them in three forms, and a file under a name that stays.
pub(crate) fn files() -> ConsoleFiles {
    let files = [
        ("index.html", CONSOLE_PAGE),
        ("assets/index-1.js", "console.log('plain')"),
        ("assets/index-1.js.br", "brotli"),
        ("assets/index-1.js.gz", "gzip"),
        ("assets/index-2.css", "a{}"),
        ("icon.svg", "<svg/>"),
    ];
    ConsoleFiles::of(files.map(|(path, content)| (path.to_owned(), Bytes::from_static(content.as_bytes()))))
}

/// Somebody who is signed in to the console.
pub struct Administrator<'s> {
    pub browser: Browser<'s>,
    pub id: String,
    /// The latest: each use makes another.
    refresh_token: Mutex<String>,
}

impl Signet {
    /// The first visit: somebody registers in the tenant of administrators.
    pub async fn administrator(&self, name: &str) -> Administrator<'_> {
        let browser = self.browser();
        browser.opens_console().await;
        browser.of_admin("PUT", "", json!({"interactionEvent": "Register"})).await.expect(204);
        let proposed = json!({"identifier": username(name), "password": PASSWORD});
        let proposed = browser.of_admin("POST", "/verification/new-password-identity", proposed).await.expect(200);
        browser.identifies_admin(&proposed, 201).await;
        browser.comes_in().await
    }

    /// Somebody with an account signs in to the console.
    pub async fn administrator_again(&self, name: &str, password: &str) -> Administrator<'_> {
        let browser = self.browser();
        browser.opens_console().await;
        browser.of_admin("PUT", "", json!({"interactionEvent": "SignIn"})).await.expect(204);
        let proof = json!({"identifier": username(name), "password": password});
        let verified = browser.of_admin("POST", "/verification/password", proof).await.expect(200);
        browser.identifies_admin(&verified, 204).await;
        browser.comes_in().await
    }
}

impl<'s> Browser<'s> {
    /// Leaves for a sign-in, as the console's page does.
    pub async fn opens_console(&self) -> Answer {
        let callback = format!("{}/console/callback", ENDPOINTS.1);
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("client_id", "admin-console"),
                ("redirect_uri", &callback),
                ("response_type", "code"),
                ("scope", "openid offline_access profile all"),
                ("resource", MANAGEMENT_API),
                ("resource", ME_API),
                ("prompt", "consent"),
                ("state", "s"),
                ("code_challenge", PKCE.1),
                ("code_challenge_method", "S256"),
            ])
            .finish();
        let answer = self.get_admin(&format!("/oidc/auth?{query}")).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        answer
    }

    async fn of_admin(&self, method: &str, path: &str, body: Value) -> Answer {
        self.api_of(Tenant::Admin, method, &format!("/api/experience{path}"), body).await
    }

    async fn identifies_admin(&self, verified: &Value, status: u16) {
        let body = json!({"verificationId": verified["verificationId"]});
        self.of_admin("POST", "/identification", body).await.expect(status);
    }

    /// The rest of the way, to the console's first tokens.
    async fn comes_in(self) -> Administrator<'s> {
        let mut next = self.of_admin("POST", "/submit", Value::Null).await.expect(200)["redirectTo"].clone();
        let callback = format!("{}/console/callback", ENDPOINTS.1);
        while !next.as_str().unwrap().starts_with(&callback) {
            let path = next.as_str().unwrap();
            let answer = self.get_admin(path.strip_prefix(ENDPOINTS.1).unwrap_or(path)).await;
            assert!(answer.status.is_redirection(), "{path}: {} {}", answer.status, answer.text);
            next = answer.header("location").into();
        }
        let url = Url::parse(next.as_str().unwrap()).unwrap();
        let code = url.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        let form = format!(
            "grant_type=authorization_code&client_id=admin-console&code={code}&redirect_uri={callback}&code_verifier={}",
            PKCE.0
        );
        let tokens = self.signet().send_admin(form_request("/oidc/token", &form)).await.expect(200);
        let id = crate::token::claims(&tokens["id_token"])["sub"].as_str().unwrap().to_owned();
        let refresh_token = tokens["refresh_token"].as_str().unwrap().to_owned();
        Administrator { browser: self, id, refresh_token: Mutex::new(refresh_token) }
    }
}

impl Administrator<'_> {
    /// An access token for one of the two APIs.
    pub async fn token_for(&self, resource: &str) -> String {
        let mut held = self.refresh_token.lock().await;
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("grant_type", "refresh_token"),
                ("client_id", "admin-console"),
                ("refresh_token", &*held),
                ("resource", resource),
            ])
            .finish();
        let tokens = self.browser.signet().send_admin(form_request("/oidc/token", &form)).await.expect(200);
        if let Some(next) = tokens["refresh_token"].as_str() {
            next.clone_into(&mut held);
        }
        tokens["access_token"].as_str().unwrap().to_owned()
    }

    /// A call of the API of one's own account: `me("PATCH", "", json!({…}))`.
    pub async fn me(&self, method: &str, path: &str, body: Value) -> Answer {
        let token = self.token_for(ME_API).await;
        self.browser.signet().send_admin(me_request(method, path, Some(&token), &body)).await
    }
}

/// A request to `/me`. `Value::Null` sends no body.
pub fn me_request(method: &str, path: &str, token: Option<&str>, body: &Value) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(format!("/me{path}"));
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    if body.is_null() {
        return request.body(Body::empty()).unwrap();
    }
    request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()
}
