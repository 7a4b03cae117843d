//! An authorization request, parsed (RFC 6749 §4.1.1, OIDC Core §3.1.2.1). Nothing in it is believed yet.

use super::extra::ExtraParameters;
use crate::error::OAuthError;
use crate::form::{Form, FormInput};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use signet_core::scope::Scope;
use std::fmt;

/// The authorization endpoint's path below `/oidc`.
pub const AUTHORIZATION_PATH: &str = "/auth";

/// The parameters that we know; others are ignored (RFC 6749 §3.1). Kept as they were sent, so that a request which
/// waits for a person is checked again when they come back. `Debug` shows whose request it is and nothing else: links
/// and hints in it open something.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthorizeRequest {
    pub client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_mode: Option<String>,
    #[serde(skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token_hint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_challenge_method: Option<String>,
    /// RFC 8707 §2.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<String>,
    /// Where a pushed request is kept (RFC 9126 §2.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_uri: Option<String>,
    /// A signed request (RFC 9101), which we do not support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    #[serde(skip_serializing_if = "ExtraParameters::is_empty")]
    pub extra: ExtraParameters,
}

impl fmt::Debug for AuthorizeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizeRequest").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Whether a comma in `resource` separates values. In a query it does: clients that can send a parameter only once
/// rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Commas {
    Separate,
    Belong,
}

impl AuthorizeRequest {
    /// `GET /auth`.
    pub fn from_query(query: &str) -> Result<Self, OAuthError> {
        Self::sent(&Form::parse_query(query)?)
    }

    /// `POST /auth`, whose body stands for a query.
    pub fn from_body(input: FormInput<'_>) -> Result<Self, OAuthError> {
        Self::sent(&Form::parse_forwarded(input)?)
    }

    /// The body of `POST /request` (RFC 9126 §2.1), sent by the client itself.
    pub fn pushed(form: &Form, client_id: &str) -> Self {
        Self::of(form, client_id, Commas::Belong)
    }

    /// What was kept of a request. `None`: not ours.
    pub fn from_kept(params: &Map<String, Value>) -> Option<Self> {
        serde_json::from_value(Value::Object(params.clone())).ok()
    }

    /// What to keep of a request while a person is asked.
    pub fn kept(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(members)) => members,
            // Texts and lists of texts are always an object.
            Ok(_) | Err(_) => Map::new(),
        }
    }

    fn sent(form: &Form) -> Result<Self, OAuthError> {
        Ok(Self::of(form, form.required("client_id")?, Commas::Separate))
    }

    fn of(form: &Form, client_id: &str, commas: Commas) -> Self {
        let text = |name| form.get(name).map(str::to_owned);
        Self {
            client_id: client_id.to_owned(),
            redirect_uri: text("redirect_uri"),
            response_type: text("response_type"),
            response_mode: text("response_mode"),
            scope: form.get("scope").map(Scope::parse).unwrap_or_default(),
            state: text("state"),
            nonce: text("nonce"),
            prompt: text("prompt"),
            max_age: text("max_age"),
            id_token_hint: text("id_token_hint"),
            code_challenge: text("code_challenge"),
            code_challenge_method: text("code_challenge_method"),
            resource: resources(form, commas),
            request_uri: text("request_uri"),
            request: text("request"),
            registration: text("registration"),
            extra: ExtraParameters::parse(form),
        }
    }

    /// The words of `prompt`.
    pub fn prompts(&self) -> impl Iterator<Item = &str> {
        self.prompt.as_deref().unwrap_or_default().split(' ').filter(|word| !word.is_empty())
    }
}

fn resources(form: &Form, commas: Commas) -> Vec<String> {
    let mut resources: Vec<String> = Vec::new();
    for value in form.all("resource") {
        let parts: Vec<&str> = match commas {
            Commas::Separate => value.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
            Commas::Belong => vec![value],
        };
        for part in parts {
            if !resources.iter().any(|known| known == part) {
                resources.push(part.to_owned());
            }
        }
    }
    resources
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_comma_separates_resources_in_a_query_only() {
        let query =
            "client_id=app&resource=https%3A%2F%2Fa.example,https%3A%2F%2Fb.example&resource=https%3A%2F%2Fa.example";
        assert_eq!(AuthorizeRequest::from_query(query).unwrap().resource, ["https://a.example", "https://b.example"]);
        let form = Form::parse_query("client_id=app&resource=https%3A%2F%2Fa.example%2Cb").unwrap();
        assert_eq!(AuthorizeRequest::pushed(&form, "app").resource, ["https://a.example,b"]);
    }

    #[test]
    fn a_body_is_read_as_a_query() {
        let from = |body: &str| {
            let content_type = Some("application/json");
            AuthorizeRequest::from_body(FormInput {
                path: AUTHORIZATION_PATH,
                content_type,
                query: None,
                body: body.as_bytes(),
            })
        };
        let request =
            from(r#"{"client_id":"app","resource":["https://a.example","https://b.example"],"max_age":5}"#).unwrap();
        assert_eq!((request.resource.len(), request.max_age.as_deref()), (2, Some("5")));
        for body in [
            r#"{"client_id":"app","x":{}}"#,
            r#"{"client_id":"app","resource":[]}"#,
            r#"{"client_id":"app","resource":["a"]}"#,
        ] {
            assert!(matches!(from(body), Err(OAuthError::UnknownRoute { .. })), "{body}");
        }
    }

    #[test]
    fn attack_29_a_parameter_that_stands_twice_is_refused() {
        for query in
            ["client_id=a&client_id=b", "client_id=a&state=1&state=1", "client_id=a&redirect_uri=&redirect_uri=x"]
        {
            assert!(matches!(AuthorizeRequest::from_query(query), Err(OAuthError::DuplicateParameter(_))), "{query}");
        }
        let input = FormInput {
            path: AUTHORIZATION_PATH,
            content_type: Some("application/x-www-form-urlencoded"),
            query: Some("redirect_uri=https%3A%2F%2Fevil.example"),
            body: b"client_id=a&redirect_uri=https%3A%2F%2Fclient.example",
        };
        assert!(matches!(AuthorizeRequest::from_body(input), Err(OAuthError::DuplicateParameter(_))));
    }

    #[test]
    fn debug_shows_no_hint_and_no_link() {
        let request = AuthorizeRequest::from_query(
            "client_id=app&id_token_hint=hunter2&one_time_token=hunter2&google_one_tap_credential=hunter2&login_hint=hunter2",
        );
        let request = request.unwrap();
        assert_eq!(request.extra.one_time_token.as_deref(), Some("hunter2"));
        assert!(!format!("{request:?} {:?}", request.extra).contains("hunter2"));
    }

    #[test]
    fn a_request_without_a_client_is_nobodys() {
        assert!(matches!(AuthorizeRequest::from_query("scope=openid"), Err(OAuthError::MissingParameter("client_id"))));
    }

    proptest! {
        #[test]
        fn what_is_kept_of_a_request_is_the_request(query in "client_id=app(&(scope|state|prompt|resource|login_hint|first_screen)=[a-z_+:,%0-9]{0,12}){0,6}") {
            if let Ok(request) = AuthorizeRequest::from_query(&query) {
                prop_assert_eq!(AuthorizeRequest::from_kept(&request.kept()), Some(request));
            }
        }
    }
}
