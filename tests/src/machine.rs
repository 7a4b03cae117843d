//! A machine-to-machine application that asks for tokens.

use crate::answer::Answer;
use crate::signet::{Signet, form_request};
use axum::http::HeaderValue;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

#[derive(Debug, Clone)]
pub struct Machine {
    pub id: String,
    pub secret: String,
}

impl Machine {
    pub fn new(id: &str, secret: &str) -> Self {
        Self { id: id.to_owned(), secret: secret.to_owned() }
    }

    /// The header of `client_secret_basic`.
    pub fn basic(&self) -> HeaderValue {
        HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(format!("{}:{}", self.id, self.secret)))).unwrap()
    }

    /// `POST /oidc/token` with these parameters, written as a form.
    pub async fn asks(&self, signet: &Signet, form: &str) -> Answer {
        let mut request = form_request("/oidc/token", form);
        request.headers_mut().insert(AUTHORIZATION, self.basic());
        signet.send(request).await
    }

    /// A client credentials token for a resource.
    pub async fn token_for(&self, signet: &Signet, resource: &str, scope: &str) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("resource", resource)
            .append_pair("scope", scope)
            .finish();
        self.asks(signet, &form).await
    }
}
