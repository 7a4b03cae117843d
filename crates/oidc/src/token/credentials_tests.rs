//! Every way to name oneself, and every way to get it wrong.

use super::*;
use crate::form::FormInput;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use url::form_urlencoded::byte_serialize;

fn form(body: &str) -> Form {
    let content_type = Some("application/x-www-form-urlencoded");
    Form::parse(FormInput { path: "/token", content_type, query: None, body: body.as_bytes() }).unwrap()
}

fn parse(authorization: Option<&str>, body: &str) -> Result<ClientCredential, OAuthError> {
    ClientCredential::parse(authorization.map(str::as_bytes), &form(body))
}

fn header(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

fn secret_of(credential: ClientCredential) -> (String, String, SecretVia) {
    match credential {
        ClientCredential::Secret { client_id, secret, via } => (client_id, secret.expose().to_owned(), via),
        other => panic!("{other:?}"),
    }
}

#[test]
fn secrets_come_from_the_header_or_from_the_body() {
    let expected = |via| ("app".to_owned(), "s3cret".to_owned(), via);
    for (authorization, body) in [
        (header("app:s3cret"), ""),
        (header("app:s3cret"), "client_id=app"),
        (header("app:s3cret"), "client_secret="),
        (header("%61pp:s3%63ret"), ""),
        (format!("bAsIc  {}", STANDARD_NO_PAD.encode("app:s3cret")), ""),
    ] {
        assert_eq!(
            secret_of(parse(Some(&authorization), body).unwrap()),
            expected(SecretVia::Basic),
            "{authorization}"
        );
    }
    let posted = parse(None, "client_id=app&client_secret=s3cret").unwrap();
    assert_eq!((posted.challenge(), secret_of(posted)), (Challenge::None, expected(SecretVia::Post)));
    assert_eq!(parse(Some(&header("app:s3cret")), "").unwrap().challenge(), Challenge::Basic);
}

#[test]
fn a_colon_ends_the_id_and_belongs_to_the_secret() {
    let (id, secret, _) = secret_of(parse(Some(&header("a%3Ab:c:d+e")), "").unwrap());
    assert_eq!((id.as_str(), secret.as_str()), ("a:b", "c:d e"));
}

#[test]
fn a_name_alone_is_a_public_client() {
    let credential = parse(None, "client_id=app&client_secret=").unwrap();
    assert!(matches!(credential, ClientCredential::None { client_id } if client_id == "app"));
    for body in ["", "client_id=", "client_secret=x"] {
        assert!(matches!(parse(None, body), Err(OAuthError::NoClientAuthentication)), "{body}");
    }
}

#[test]
fn malformed_headers_are_refused() {
    let basic = |text: &str| header(text);
    let url_safe = format!("Basic {}", URL_SAFE_NO_PAD.encode("app:>>>???"));
    for authorization in
        ["", "Basic", "Basic !!!", "Bearer x", "Basic ", &basic("no-colon"), &basic(":secret"), &basic(""), &url_safe]
    {
        let error = parse(Some(authorization), "client_id=app").unwrap_err();
        assert!(matches!(error, OAuthError::MalformedBasicHeader), "{authorization}: {error:?}");
    }
    let not_text = ClientCredential::parse(Some(b"Basic \xff"), &form(""));
    assert!(matches!(not_text, Err(OAuthError::MalformedBasicHeader)));
    for pair in ["app:100%", "app:%zz", "a%2:x", "app:%ff", "app:%00", "app:%é"] {
        assert!(matches!(parse(Some(&basic(pair)), ""), Err(OAuthError::BasicHeaderEncoding)), "{pair}");
    }
    assert!(matches!(parse(Some(&basic("app:")), ""), Err(OAuthError::BasicHeaderWithoutSecret)));
}

#[test]
fn attack_29_one_mechanism_and_one_client() {
    let basic = header("app:s3cret");
    for (authorization, body) in [
        (Some(basic.as_str()), "client_id=app&client_secret=s3cret"),
        (Some(&basic), "client_secret=s3cret"),
        (Some(&basic), "client_assertion=a.b.c"),
        (None, "client_id=app&client_secret=s3cret&client_assertion=a.b.c"),
    ] {
        assert!(matches!(parse(authorization, body), Err(OAuthError::TwoMechanisms)), "{body}");
    }
    for body in ["client_id=other", "client_id=App", "client_id=other&client_secret=s3cret"] {
        assert!(matches!(parse(Some(&basic), body), Err(OAuthError::ClientIdMismatch)), "{body}");
    }
}

#[test]
fn an_assertion_needs_its_type_and_its_shape() {
    for body in ["client_assertion=a.b.c", "client_assertion=a.b.c&client_assertion_type=saml2-bearer"] {
        assert!(matches!(parse(None, body), Err(OAuthError::UnsupportedAssertionType)), "{body}");
    }
    let shapeless = format!("client_id=app&client_assertion=a.b.c&client_assertion_type={JWT_BEARER}");
    let error = parse(None, &shapeless).unwrap_err();
    assert_eq!((error.status(), error.wire().error), (401, "invalid_client"));
}

proptest! {
    #[test]
    fn any_header_parses_or_is_refused(authorization: Vec<u8>, pair: Vec<u8>) {
        let _ = ClientCredential::parse(Some(&authorization), &form(""));
        let framed = format!("Basic {}", STANDARD.encode(pair));
        let _ = ClientCredential::parse(Some(framed.as_bytes()), &form("client_id=app"));
    }

    #[test]
    fn any_id_and_secret_survive_the_header(id in "[^\u{0}]{1,20}", secret in "[^\u{0}]{1,20}") {
        let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let authorization = header(&format!("{}:{}", encode(&id), encode(&secret)));
        let found = secret_of(parse(Some(&authorization), "").unwrap());
        prop_assert_eq!(found, (id, secret, SecretVia::Basic));
    }
}
