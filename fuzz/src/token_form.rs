//! The token endpoint's input: headers, query and body (`signet_oidc::token::request`).
//!
//! An input is four lines: content type, `Authorization`, query, body; the body may go on for more lines. An empty
//! line stands for an absent header or query.

use signet_oidc::error::{BodyForm, OAuthError};
use signet_oidc::form::FormInput;
use signet_oidc::token::request::{TOKEN_PATH, TokenRequest};

pub fn run(data: &[u8]) {
    let mut lines = data.splitn(4, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (content_type, authorization, query, body) = (line(), line(), line(), line());
    let content_type = std::str::from_utf8(content_type).ok().filter(|text| !text.is_empty());
    let query = std::str::from_utf8(query).ok().filter(|text| !text.is_empty());
    let authorization = (!authorization.is_empty()).then_some(authorization);

    match TokenRequest::parse(authorization, FormInput { path: TOKEN_PATH, content_type, query, body }) {
        Ok(request) => {
            assert!(!request.credential.client_id().is_empty(), "a client without a name");
            if let Err(error) = request.grant {
                check(&error);
            }
        }
        Err(error) => check(&error),
    }
}

/// A refusal is a 4xx whose description is plain ASCII (RFC 6749 §5.2), whatever was sent.
fn check(error: &OAuthError) {
    let body = error.body(BodyForm::Extended);
    assert!((400..500).contains(&error.status()), "{error:?}");
    let plain = |byte: u8| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    assert!(body.error_description.bytes().all(plain), "{:?}", body.error_description);
    assert!(body.error_description.len() <= 1000);
}
