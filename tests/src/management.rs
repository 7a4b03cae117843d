//! The administrator of a story: calls to the Management API with a token that Signet issued.

use crate::answer::Answer;
use crate::machine::Machine;
use crate::signet::{BOOTSTRAP, Signet};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};
use std::time::Duration;

impl Signet {
    /// The application that was made with the database.
    pub fn bootstrap(&self) -> Machine {
        Machine::new(BOOTSTRAP.0, BOOTSTRAP.1)
    }

    /// An access token for the Management API, asked for again when it has expired.
    pub async fn management_token(&self) -> String {
        let now = self.deps.clock.now();
        let mut held = self.administrator.lock().await;
        if let Some((token, expires_at)) = &*held
            && *expires_at > now
        {
            return token.clone();
        }
        let granted = self.bootstrap().token_for(self, "https://default.logto.app/api", "all").await.expect(200);
        let token = granted["access_token"].as_str().unwrap().to_owned();
        *held = Some((token.clone(), now.plus(Duration::from_hours(1))));
        token
    }

    /// Calls the Management API: `signet.api("POST", "/resources", json!({…}))`.
    pub async fn api(&self, method: &str, path: &str, body: Value) -> Answer {
        let token = self.management_token().await;
        self.send(api_request(method, path, Some(&token), &body)).await
    }

    /// An API resource with these scopes.
    pub async fn resource(&self, indicator: &str, scopes: &[&str]) -> Value {
        let made = self.api("POST", "/resources", json!({"name": indicator, "indicator": indicator})).await;
        let mut resource = made.expect(201);
        for name in scopes {
            let path = format!("/resources/{}/scopes", resource["id"].as_str().unwrap());
            let scope = self.api("POST", &path, json!({"name": name})).await.expect(201);
            resource["scopes"].as_array_mut().unwrap().push(scope);
        }
        resource
    }

    /// A machine without any role.
    pub async fn machine(&self, name: &str) -> Machine {
        self.machine_with(json!({"name": name, "type": "MachineToMachine"})).await
    }

    /// A machine with settings of its own.
    pub async fn machine_with(&self, application: Value) -> Machine {
        let made = self.api("POST", "/applications", application).await.expect(200);
        let id = made["id"].as_str().unwrap();
        let secrets = self.api("GET", &format!("/applications/{id}/secrets"), Value::Null).await.expect(200);
        Machine::new(id, secrets[0]["value"].as_str().unwrap())
    }

    /// Gives a machine all scopes of a resource through a new role, and returns the role.
    pub async fn allow(&self, machine: &Machine, resource: &Value) -> Value {
        let scopes: Vec<&Value> = resource["scopes"].as_array().unwrap().iter().map(|scope| &scope["id"]).collect();
        let name = format!("role of {}", machine.id);
        let role = json!({"name": name, "description": "of a story", "type": "MachineToMachine", "scopeIds": scopes});
        let role = self.api("POST", "/roles", role).await.expect(200);
        let path = format!("/applications/{}/roles", machine.id);
        self.api("POST", &path, json!({"roleIds": [role["id"]]})).await.expect(201);
        role
    }

    /// Stores the claims script of machines.
    pub async fn machine_script(&self, body: &str, settings: Value) {
        self.store_script("client-credentials", body, settings).await;
    }

    /// Stores the claims script of people's tokens.
    pub async fn person_script(&self, body: &str, settings: Value) {
        self.store_script("access-token", body, settings).await;
    }

    async fn store_script(&self, kind: &str, body: &str, settings: Value) {
        let source = format!(
            "const getCustomJwtClaims = async ({{ token, context, environmentVariables, api }}) => {{\n{body}\n}};"
        );
        let mut script = json!({"script": source});
        for (name, value) in settings.as_object().into_iter().flatten() {
            script[name] = value.clone();
        }
        let stored = self.api("PUT", &format!("/configs/jwt-customizer/{kind}"), script).await;
        assert!(stored.status.is_success(), "{}", stored.text);
    }

    /// Audit entries with this key, newest first.
    pub async fn logs(&self, key: &str) -> Vec<Value> {
        let path = format!("/logs?logKey={key}&page_size=100");
        self.api("GET", &path, Value::Null).await.expect(200).as_array().unwrap().clone()
    }
}

/// A request to the Management API. `Value::Null` sends no body.
pub(crate) fn api_request(method: &str, path: &str, token: Option<&str>, body: &Value) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(format!("/api{path}"));
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    if body.is_null() {
        return request.body(Body::empty()).unwrap();
    }
    request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()
}
