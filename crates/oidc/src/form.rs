//! The body of a POST below `/oidc`: a form (RFC 6749 Appendix B), or a JSON object that stands for one.
//!
//! A parameter occurs once, except `resource` (RFC 6749 §3.1, §3.2; RFC 8707 §2). One without a value counts as
//! omitted. What the query says is never read; what it repeats is refused.

use crate::error::OAuthError;
use crate::json::Members;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt;
use url::form_urlencoded;

/// Longest body: 56 KB, which the HTTP layer enforces while it reads.
pub const MAX_BODY: usize = 56 * 1024;

/// A request as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct FormInput<'r> {
    /// The path below `/oidc`, for the error's text.
    pub path: &'static str,
    pub content_type: Option<&'r str>,
    pub query: Option<&'r str>,
    pub body: &'r [u8],
}

/// The parameters of a request, in their order. `Debug` shows names only: values are secrets, codes and tokens.
#[derive(Clone, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// A body that stands for the query of a GET. What a query cannot say is forwarded to nobody.
    pub fn parse_forwarded(input: FormInput<'_>) -> Result<Self, OAuthError> {
        if matches!(Media::of(&input)?, Media::Json) && !is_forwardable(input.body) {
            return Err(OAuthError::UnknownRoute { method: "POST".to_owned(), path: input.path.to_owned() });
        }
        Self::parse(input)
    }

    pub fn parse(input: FormInput<'_>) -> Result<Self, OAuthError> {
        if input.body.len() > MAX_BODY {
            return Err(OAuthError::BodyTooLarge);
        }
        let parameters = match Media::of(&input)? {
            Media::Form => form_urlencoded::parse(input.body).into_owned().collect(),
            Media::Json => json_parameters(input.body),
        };
        if input.body.contains(&0) || parameters.iter().any(|(name, value)| name.contains('\0') || value.contains('\0'))
        {
            return Err(OAuthError::NullByte);
        }
        refuse_repetitions(&parameters, input.query)?;
        Ok(Self(parameters))
    }

    /// The parameters of a URL's query.
    pub fn parse_query(query: &str) -> Result<Self, OAuthError> {
        let parameters: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        if parameters.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
            return Err(OAuthError::NullByte);
        }
        refuse_repetitions(&parameters, None)?;
        Ok(Self(parameters))
    }

    /// The value of `name`, unless it is absent or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of `name`. Only `resource` can have several.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(key, value)| key == name && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    }

    pub fn required(&self, name: &'static str) -> Result<&str, OAuthError> {
        self.get(name).ok_or(OAuthError::MissingParameter(name))
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

enum Media {
    Form,
    Json,
}

impl Media {
    fn of(input: &FormInput<'_>) -> Result<Self, OAuthError> {
        let essence = input.content_type.and_then(|text| text.split(';').next()).map(str::trim).unwrap_or_default();
        if essence.eq_ignore_ascii_case("application/json") {
            return Ok(Self::Json);
        }
        let nothing_sent = input.content_type.is_none() && input.body.is_empty();
        if nothing_sent || essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Ok(Self::Form);
        }
        Err(OAuthError::UnsupportedContentType { path: input.path })
    }
}

/// Scalars become text, arrays repeat the name. Anything but an object, malformed text included, counts as an empty
/// body; what a form cannot express (objects, `null`) is a parameter without a value.
fn json_parameters(body: &[u8]) -> Vec<(String, String)> {
    let members = Members::parse(body).map(|members| members.0).unwrap_or_default();
    let mut parameters = Vec::with_capacity(members.len());
    for (name, value) in members {
        match value {
            Value::Array(values) => parameters.extend(values.into_iter().map(|value| (name.clone(), text(value)))),
            value => parameters.push((name, text(value))),
        }
    }
    parameters
}

/// Scalars, and arrays of two or more of them.
fn is_forwardable(body: &[u8]) -> bool {
    let scalar = |value: &Value| !value.is_array() && !value.is_object();
    let members = Members::parse(body).map(|members| members.0).unwrap_or_default();
    members.iter().all(|(_, value)| match value {
        Value::Array(values) => values.len() > 1 && values.iter().all(scalar),
        value => scalar(value),
    })
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// Two readers of a repeated parameter may each believe another value, so nobody may choose which one counts.
fn refuse_repetitions(parameters: &[(String, String)], query: Option<&str>) -> Result<(), OAuthError> {
    let mut seen = HashSet::with_capacity(parameters.len());
    for (name, _) in parameters {
        if !seen.insert(name.as_str()) && name != "resource" {
            return Err(OAuthError::DuplicateParameter(name.clone()));
        }
    }
    // RFC 6749 §2.3.1, §3.2: parameters travel in the body only. A query that says the same thing again is an attempt
    // to be read differently by a proxy and by us.
    let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    match query.into_iter().find(|(name, _)| seen.contains(name.as_ref())) {
        Some((name, _)) => Err(OAuthError::DuplicateParameter(name.into_owned())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORM: &str = "application/x-www-form-urlencoded";
    const JSON: &str = "application/json";

    fn parse(content_type: &str, body: &str) -> Result<Form, OAuthError> {
        Form::parse(FormInput { path: "/token", content_type: Some(content_type), query: None, body: body.as_bytes() })
    }

    #[test]
    fn forms_and_json_objects_say_the_same() {
        for (content_type, body) in [
            (FORM, "token=a%2Bb&scope=x+y&resource=1&resource=2&empty="),
            ("Application/X-WWW-Form-Urlencoded ; charset=utf-8", "scope=x y&token=a%2bb&resource=1&resource=2"),
            (JSON, r#"{"token":"a+b","scope":"x y","resource":["1",2],"empty":null,"object":{}}"#),
            ("application/json;charset=utf-8", r#"{"resource":[1,{},"2"],"token":"a+b","scope":"x y"}"#),
        ] {
            let form = parse(content_type, body).unwrap();
            assert_eq!((form.get("token"), form.get("scope")), (Some("a+b"), Some("x y")), "{body}");
            assert_eq!(form.all("resource").collect::<Vec<_>>(), ["1", "2"], "{body}");
            assert_eq!((form.get("empty"), form.get("object")), (None, None), "{body}");
        }
    }

    #[test]
    fn malformed_json_is_an_empty_body() {
        for body in ["", "{", "[]", "null", r#""text""#, r#"{"token":"\ud800"}"#, "token=a"] {
            let form = parse(JSON, body).unwrap();
            assert!(matches!(form.required("token"), Err(OAuthError::MissingParameter("token"))), "{body}");
        }
    }

    #[test]
    fn other_content_types_are_refused() {
        for content_type in ["text/plain", "multipart/form-data; boundary=x", "", "application/jsonp", "application/*"]
        {
            let error = parse(content_type, "token=a").unwrap_err();
            assert_eq!(
                error.description(),
                "only application/x-www-form-urlencoded content-type bodies are supported on POST /token"
            );
        }
        let bare = |body| Form::parse(FormInput { path: "/token", content_type: None, query: None, body });
        assert!(bare(b"").is_ok() && bare(b"token=a").is_err());
    }

    #[test]
    fn attack_29_repeated_parameters_are_refused() {
        for (content_type, body, name) in [
            (FORM, "client_id=a&client_id=b", "client_id"),
            (FORM, "client_id=a&client_id=a", "client_id"),
            (FORM, "scope=&scope=x", "scope"),
            (FORM, "unknown=1&unknown=2", "unknown"),
            (FORM, "a=1&client%5Fid=1&client_id=2", "client_id"),
            (JSON, r#"{"client_id":"a","client_id":"b"}"#, "client_id"),
            (JSON, r#"{"scope":["a","b"]}"#, "scope"),
            (JSON, r#"{"client_id":null,"client_id":"b"}"#, "client_id"),
        ] {
            let error = parse(content_type, body).unwrap_err();
            assert!(matches!(&error, OAuthError::DuplicateParameter(found) if found == name), "{body}: {error:?}");
        }
    }

    #[test]
    fn attack_29_a_query_must_not_repeat_the_body() {
        let with = |query| {
            let body = b"client_id=a&resource=https%3A%2F%2Fa.example";
            Form::parse(FormInput { path: "/token", content_type: Some(FORM), query: Some(query), body })
        };
        for query in ["client_id=b", "parse_error=false&client_id=a", "resource=https%3A%2F%2Fb.example"] {
            assert!(matches!(with(query), Err(OAuthError::DuplicateParameter(_))), "{query}");
        }
        let form = with("parse_error=false&token=from-the-query").unwrap();
        assert_eq!(form.get("token"), None, "the query is not read");
    }

    #[test]
    fn attack_54_null_bytes_and_huge_bodies_are_refused() {
        for (content_type, body) in [
            (FORM, "token=a\0"),
            (FORM, "token=%00"),
            (FORM, "a%00b=1"),
            (JSON, r#"{"token":"a\u0000"}"#),
            (JSON, "\0"),
        ] {
            assert!(matches!(parse(content_type, body), Err(OAuthError::NullByte)), "{body:?}");
        }
        let huge = format!("token={}", "a".repeat(MAX_BODY));
        assert!(matches!(parse(FORM, &huge), Err(OAuthError::BodyTooLarge)));
    }

    #[test]
    fn debug_shows_no_values() {
        let form = parse(FORM, "client_id=app&client_secret=hunter2").unwrap();
        assert_eq!(format!("{form:?}"), r#"{"client_id", "client_secret"}"#);
    }

    proptest! {
        #[test]
        fn any_bytes_parse_or_are_refused(json: bool, query in "\\PC{0,40}", body: Vec<u8>) {
            let content_type = Some(if json { JSON } else { FORM });
            let _ = Form::parse(FormInput { path: "/token", content_type, query: Some(&query), body: &body });
        }

        #[test]
        fn what_a_client_encodes_is_what_we_read(name in "[a-z_]{1,12}", value in "[^\u{0}]{1,40}") {
            let body = form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish();
            let form = parse(FORM, &body).unwrap();
            prop_assert_eq!(form.get(&name), Some(value.as_str()));
        }
    }
}
