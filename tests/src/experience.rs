//! A browser at the Experience API, and what arrives in the mailbox of a development server.

use crate::answer::Answer;
use crate::browser::{Browser, Tenant};
use crate::people::Client;
use crate::signet::{Signet, SignetBuilder};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

/// A password that every policy accepts.
pub const PASSWORD: &str = "Tr1cky-Zebra-Kite";

impl SignetBuilder {
    /// Keeps messages to people, as a server for development does.
    #[must_use]
    pub fn development(self) -> Self {
        self.flag("dev", "true")
    }
}

impl Signet {
    /// Somebody with a password, and the members that `more` adds.
    pub async fn registered(&self, username: &str, more: Value) -> Value {
        let mut person = json!({"username": username, "password": PASSWORD});
        for (name, value) in more.as_object().into_iter().flatten() {
            person[name] = value.clone();
        }
        self.api("POST", "/users", person).await.expect(200)
    }

    /// Changes the sign-in experience.
    pub async fn sign_in_experience(&self, changes: Value) -> Value {
        self.api("PATCH", "/sign-in-exp", changes).await.expect(200)
    }

    /// Messages that people got, newest first.
    pub async fn messages(&self) -> Vec<Value> {
        self.api("GET", "/development/messages", Value::Null).await.expect(200).as_array().unwrap().clone()
    }

    /// The code of the newest message to somebody.
    pub async fn code_for(&self, recipient: &str) -> String {
        let messages = self.messages().await;
        let message = messages.iter().find(|message| message["to"] == recipient);
        message.unwrap_or_else(|| panic!("no message to {recipient}"))["code"].as_str().unwrap().to_owned()
    }
}

/// `{type, value}`.
pub fn username(name: &str) -> Value {
    json!({"type": "username", "value": name})
}

pub fn email(address: &str) -> Value {
    json!({"type": "email", "value": address})
}

impl Browser<'_> {
    /// A call of the Experience API: `browser.experience("POST", "/submit", json!({}))`.
    pub async fn experience(&self, method: &str, path: &str, body: Value) -> Answer {
        self.api_of(Tenant::Default, method, &format!("/api/experience{path}"), body).await
    }

    /// A call of an API with the browser's cookies.
    pub async fn api_of(&self, tenant: Tenant, method: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(tenant, request.body(body).unwrap()).await
    }

    /// Begins: an authorization request, and what the person came for.
    pub async fn comes_for(&self, client: &Client, event: &str) {
        assert_eq!(self.authorize(client, &[]).await.status.as_u16(), 303);
        self.experience("PUT", "", json!({"interactionEvent": event})).await.expect(204);
    }

    /// Tries a password.
    pub async fn tries(&self, identifier: &Value, password: &str) -> Answer {
        let body = json!({"identifier": identifier, "password": password});
        self.experience("POST", "/verification/password", body).await
    }

    /// Says who it is by what was verified.
    pub async fn identifies(&self, verified: &Value) -> Answer {
        let id = &verified["verificationId"];
        self.experience("POST", "/identification", json!({"verificationId": id})).await
    }

    /// Asks for a code for what the person came for.
    pub async fn asks_for_code(&self, identifier: &Value, event: &str) -> Answer {
        let body = json!({"identifier": identifier, "interactionEvent": event});
        self.experience("POST", "/verification/verification-code", body).await
    }

    /// Types a code.
    pub async fn types_code(&self, identifier: &Value, asked: &Value, code: &str) -> Answer {
        let id = &asked["verificationId"];
        let body = json!({"identifier": identifier, "verificationId": id, "code": code});
        self.experience("POST", "/verification/verification-code/verify", body).await
    }

    pub async fn submits(&self) -> Answer {
        self.experience("POST", "/submit", Value::Null).await
    }

    /// A whole sign-in with username and password, up to the answer that takes the browser back to the client.
    pub async fn signs_in_with_password(&self, client: &Client, name: &str) -> Answer {
        self.comes_for(client, "SignIn").await;
        let verified = self.tries(&username(name), PASSWORD).await.expect(200);
        self.identifies(&verified).await.expect(204);
        self.takes_the_way_on(&self.submits().await.expect(200)).await
    }

    /// Follows the way that a submitted sign-in names.
    pub async fn takes_the_way_on(&self, submitted: &Value) -> Answer {
        let next = submitted["redirectTo"].as_str().unwrap();
        let first = self.get(next.strip_prefix(crate::signet::ENDPOINTS.0).unwrap()).await;
        self.follow(first).await
    }
}
