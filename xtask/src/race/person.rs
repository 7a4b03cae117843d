//! Somebody who is signed in to an application, and comes back for one code after the other.

use super::connection::{Answer, Connection, Request};
use crate::server::{APP_ID, Server};
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const REDIRECT_URI: &str = "https://app.example/callback";
const REDIRECT_URI_ENCODED: &str = "https%3A%2F%2Fapp.example%2Fcallback";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const USERNAME: &str = "racer";
const PASSWORD: &str = "one long password of a racer";
const MOST_REDIRECTS: usize = 8;

/// A confidential client.
pub(crate) struct Application {
    id: String,
    secret: String,
}

impl Application {
    /// Registers it, and a person who can sign in.
    pub(crate) fn register(server: &Server) -> Result<Self> {
        let mut connection = Connection::to(server.port);
        let form = format!(
            "grant_type=client_credentials&scope=all&resource=https%3A%2F%2Fdefault.logto.app%2Fapi&client_id={APP_ID}\
             &client_secret={}",
            server.app_secret
        );
        let granted =
            Request { method: "POST", path: "/oidc/token".into(), body: Some((FORM, form)), ..Request::default() };
        let token = text(&success(&connection.send(&granted)?)?, "/access_token")?;
        let mut api = |method: &'static str, path: &str, body: Option<Json>| {
            let headers = vec![("Authorization", format!("Bearer {token}"))];
            let body = body.map(|body| (JSON, body.to_string()));
            success(&connection.send(&Request { method, path: format!("/api{path}"), headers, body })?)
        };
        api("POST", "/users", Some(json!({"username": USERNAME, "password": PASSWORD})))?;
        let metadata = json!({"redirectUris": [REDIRECT_URI], "postLogoutRedirectUris": []});
        let application = json!({"name": "race", "type": "Traditional", "oidcClientMetadata": metadata});
        let id = text(&api("POST", "/applications", Some(application))?, "/id")?;
        let secret = text(&api("GET", &format!("/applications/{id}/secrets"), None)?, "/0/value")?;
        Ok(Self { id, secret })
    }

    /// The request that redeems a code.
    pub(crate) fn redeeming(&self, code: &str) -> Request {
        let Self { id, secret } = self;
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI_ENCODED}&client_id={id}&client_secret={secret}"
        );
        Request { method: "POST", path: "/oidc/token".into(), body: Some((FORM, form)), ..Request::default() }
    }
}

/// A browser with its cookies.
pub(crate) struct Person {
    connection: Connection,
    cookies: BTreeMap<String, String>,
}

impl Person {
    pub(crate) fn sign_in(server: &Server, application: &Application) -> Result<Self> {
        let mut person = Self { connection: Connection::to(server.port), cookies: BTreeMap::new() };
        let asked = person.get(&authorization(application))?;
        let place = asked.header("location").next().context("no redirect to the sign-in page")?;
        ensure!(place.contains("/sign-in"), "redirected to {place}");
        person.experience("PUT", "", Some(json!({"interactionEvent": "SignIn"})))?;
        let identifier = json!({"type": "username", "value": USERNAME});
        let proof = json!({"identifier": identifier, "password": PASSWORD});
        let verified = person.experience("POST", "/verification/password", Some(proof))?;
        let verification = json!({"verificationId": text(&verified, "/verificationId")?});
        person.experience("POST", "/identification", Some(verification))?;
        let submitted = person.experience("POST", "/submit", None)?;
        person.follow(text(&submitted, "/redirectTo")?)?;
        Ok(person)
    }

    /// A new code for the application, without being asked anything.
    pub(crate) fn code(&mut self, application: &Application) -> Result<String> {
        self.follow(authorization(application))
    }

    /// Follows redirects to the application; the code it is given.
    fn follow(&mut self, start: String) -> Result<String> {
        let mut next = start;
        for _ in 0..MOST_REDIRECTS {
            let path = next.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
            let path = path.unwrap_or(&next).to_owned();
            let answer = self.get(&path)?;
            let Some(location) = answer.header("location").next() else {
                bail!("no redirect from {path}, but {} {}", answer.status, answer.body)
            };
            if let Some(query) = location.strip_prefix(REDIRECT_URI).and_then(|rest| rest.strip_prefix('?')) {
                let code = query.split('&').find_map(|pair| pair.strip_prefix("code="));
                return code.map(str::to_owned).with_context(|| format!("no code, but {query}"));
            }
            location.clone_into(&mut next);
        }
        bail!("too many redirects, the last to {next}")
    }

    fn get(&mut self, path: &str) -> Result<Answer> {
        self.send(Request { method: "GET", path: path.to_owned(), ..Request::default() })
    }

    fn experience(&mut self, method: &'static str, path: &str, body: Option<Json>) -> Result<Json> {
        let body = body.map(|body| (JSON, body.to_string()));
        success(&self.send(Request { method, path: format!("/api/experience{path}"), body, ..Request::default() })?)
    }

    fn send(&mut self, mut request: Request) -> Result<Answer> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.headers.push(("Cookie", cookies.join("; ")));
        let answer = self.connection.send(&request)?;
        for line in answer.header("set-cookie") {
            let pair = line.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').context("a cookie without a name")?;
            // What is deleted is set to nothing; its attributes need not be understood.
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }
}

/// The path of an authorization request.
fn authorization(Application { id, .. }: &Application) -> String {
    format!("/oidc/auth?client_id={id}&redirect_uri={REDIRECT_URI_ENCODED}&response_type=code&scope=openid")
}

/// The body of a success.
fn success(answer: &Answer) -> Result<Json> {
    ensure!((200..300).contains(&answer.status), "answered {}: {}", answer.status, answer.body);
    if answer.body.is_empty() {
        return Ok(Json::Null);
    }
    serde_json::from_str(&answer.body).context("the answer is not JSON")
}

fn text(json: &Json, place: &str) -> Result<String> {
    let found = json.pointer(place).and_then(Json::as_str);
    found.map(str::to_owned).with_context(|| format!("no `{place}` in {json}"))
}
