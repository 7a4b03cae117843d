//! The table, row by row.

use super::*;

fn failure(challenge: Challenge) -> OAuthError {
    OAuthError::ClientAuthentication { challenge, source: ClientAuthenticationFailure::SecretWrong }
}

fn boxed() -> BoxError {
    "disk /var/lib/signet is full".into()
}

/// Every variant with what the wire shows. A variant that is missing here fails `every_variant_has_a_row`.
#[expect(clippy::too_many_lines, reason = "a table")]
fn rows() -> Vec<(OAuthError, u16, &'static str, &'static str)> {
    use OAuthError as E;
    let request = "invalid_request";
    vec![
        (E::MissingParameter("grant_type"), 400, request, "missing required parameter 'grant_type'"),
        (E::DuplicateParameter("scope".into()), 400, request, "'scope' parameter must not be provided twice"),
        (
            E::UnsupportedContentType { path: "/token" },
            400,
            request,
            "only application/x-www-form-urlencoded content-type bodies are supported on POST /token",
        ),
        (E::NullByte, 400, request, "null bytes are not allowed in the request body"),
        (E::BodyTooLarge, 413, request, "request body is too large"),
        (
            E::UnknownRoute { method: "POST".into(), path: "/nope".into() },
            404,
            request,
            "unrecognized route or not allowed method (POST on /nope)",
        ),
        (
            E::OriginNotAllowed { origin: "https://x.example".into(), client_id: "app".into() },
            400,
            request,
            "origin https://x.example not allowed for client: app",
        ),
        (E::NoClientAuthentication, 400, request, "no client authentication mechanism provided"),
        (E::MalformedBasicHeader, 400, request, "invalid authorization header value format"),
        (
            E::BasicHeaderEncoding,
            400,
            request,
            "client_id and client_secret in the authorization header are not properly encoded",
        ),
        (E::BasicHeaderWithoutSecret, 400, request, "client_secret must be provided in the Authorization header"),
        (E::TwoMechanisms, 400, request, "client authentication must only be provided using one mechanism"),
        (E::ClientIdMismatch, 400, request, "client_id mismatch"),
        (
            E::UnsupportedAssertionType,
            400,
            request,
            "client_assertion_type must have value urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ),
        (E::UnknownClient("app".into()), 400, "invalid_client", "invalid client app"),
        (failure(Challenge::None), 401, "invalid_client", "client authentication failed"),
        (E::ScriptAskedForScript, 400, request, "a claims script cannot ask for a token that runs a claims script"),
        (E::SecretExpired, 400, request, "client secret has expired"),
        (E::UnsupportedGrantType, 400, "unsupported_grant_type", "unsupported grant_type requested"),
        (E::GrantNotAllowed, 400, request, "requested grant type is not allowed for this client"),
        (E::UnknownResource, 400, "invalid_target", "resource indicator is missing, or unknown"),
        (
            E::InvalidIndicator(InvalidIndicator::NotAbsolute),
            400,
            "invalid_target",
            "resource indicator must be an absolute URI",
        ),
        (
            E::SeveralResources,
            400,
            "invalid_target",
            "only a single resource indicator value is supported for this grant type",
        ),
        (E::NoTarget, 400, "invalid_target", "both `resource` and `organization_id` are not provided"),
        (E::NotAMember, 403, "access_denied", "app has not associated with the organization"),
        (E::DeniedByScript("Pro only".into()), 400, "access_denied", "Pro only"),
        (E::ScriptFailed("boom".into()), 400, request, "Custom claims script error: boom"),
        (
            E::JwtNotIntrospectable,
            400,
            "unsupported_token_type",
            "Structured JWT Tokens cannot be introspected via the introspection_endpoint",
        ),
        (
            E::JwtNotRevocable,
            400,
            "unsupported_token_type",
            "Structured JWT Tokens cannot be revoked via the revocation_endpoint",
        ),
        (E::NotAuthorizedToRevoke, 400, request, "client is not authorized to revoke the presented token"),
        (
            E::TemporarilyUnavailable(boxed()),
            503,
            "temporarily_unavailable",
            "the server is temporarily unable to answer",
        ),
        (E::Internal(boxed()), 500, "server_error", "oops! something went wrong"),
        (AuthorizeError::LoginRequired.into(), 400, "login_required", "End-User authentication is required"),
        (InvalidGrant::Replayed.into(), 400, "invalid_grant", "grant request is invalid"),
        (E::NotLetIn, 400, "access_denied", "the user may not use this application"),
    ]
}

/// Position of a variant. Exhaustive, so that a new variant does not compile until it has a number and then a row.
fn position(error: &OAuthError) -> usize {
    use OAuthError as E;
    match error {
        E::MissingParameter(_) => 0,
        E::DuplicateParameter(_) => 1,
        E::UnsupportedContentType { .. } => 2,
        E::NullByte => 3,
        E::BodyTooLarge => 4,
        E::UnknownRoute { .. } => 5,
        E::OriginNotAllowed { .. } => 6,
        E::NoClientAuthentication => 7,
        E::MalformedBasicHeader => 8,
        E::BasicHeaderEncoding => 9,
        E::BasicHeaderWithoutSecret => 10,
        E::TwoMechanisms => 11,
        E::ClientIdMismatch => 12,
        E::UnsupportedAssertionType => 13,
        E::UnknownClient(_) => 14,
        E::ClientAuthentication { .. } => 15,
        E::ScriptAskedForScript => 16,
        E::SecretExpired => 17,
        E::UnsupportedGrantType => 18,
        E::GrantNotAllowed => 19,
        E::UnknownResource => 20,
        E::InvalidIndicator(_) => 21,
        E::SeveralResources => 22,
        E::NoTarget => 23,
        E::NotAMember => 24,
        E::DeniedByScript(_) => 25,
        E::ScriptFailed(_) => 26,
        E::JwtNotIntrospectable => 27,
        E::JwtNotRevocable => 28,
        E::NotAuthorizedToRevoke => 29,
        E::TemporarilyUnavailable(_) => 30,
        E::Internal(_) => 31,
        E::Authorize(_) => 32,
        E::Token(_) => 33,
        E::NotLetIn => 34,
    }
}

#[test]
fn every_variant_has_a_row() {
    let positions: Vec<usize> = rows().iter().map(|(error, ..)| position(error)).collect();
    assert_eq!(positions, (0..=34).collect::<Vec<_>>());
}

#[test]
fn every_row_is_what_logto_answers() {
    for (error, status, name, description) in rows() {
        let body = error.body(BodyForm::Extended);
        assert_eq!((error.status(), body.error, body.error_description.as_str()), (status, name, description));
        assert_eq!(body.code, Some(format!("oidc.{name}")));
        let plain = |b: u8| matches!(b, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        assert!(body.error_description.bytes().all(plain), "RFC 6749 §5.2: {description}");
        assert!(body.message.is_some_and(|text| !text.contains("{{")));
    }
}

#[test]
fn bodies_have_logtos_members_in_order() {
    let json = |error: &OAuthError, form| serde_json::to_string(&error.body(form)).unwrap();
    let error = OAuthError::NoTarget;
    assert_eq!(
        json(&error, BodyForm::Extended),
        concat!(
            r#"{"code":"oidc.invalid_target","message":"Invalid resource indicator.","error":"invalid_target","#,
            r#""error_description":"both `resource` and `organization_id` are not provided"}"#
        )
    );
    assert_eq!(
        json(&error, BodyForm::Raw),
        r#"{"error":"invalid_target","error_description":"both `resource` and `organization_id` are not provided"}"#
    );
    assert_eq!(
        failure(Challenge::None).body(BodyForm::Extended).message.unwrap(),
        "An OIDC error occurred: oidc.invalid_client."
    );
}

#[test]
fn headers_go_with_the_failures_that_need_them() {
    let issuer = "https://id.example/oidc";
    assert_eq!(
        failure(Challenge::Basic).header(issuer),
        Some(ErrorHeader::Challenge(
            concat!(
                r#"Basic realm="https://id.example/oidc", error="invalid_client", "#,
                r#"error_description="client authentication failed""#
            )
            .to_owned()
        ))
    );
    assert_eq!(failure(Challenge::None).header(issuer), None);
    assert_eq!(OAuthError::TemporarilyUnavailable(boxed()).header(issuer), Some(ErrorHeader::RetryAfter(2)));
}

#[test]
fn the_cause_of_a_failure_never_leaves_the_server() {
    for error in [OAuthError::Internal(boxed()), OAuthError::TemporarilyUnavailable(boxed())] {
        assert!(!serde_json::to_string(&error.body(BodyForm::Extended)).unwrap().contains("disk"));
        assert!(std::error::Error::source(&error).unwrap().to_string().contains("disk"), "but the log has it");
    }
}

#[test]
fn what_a_client_sent_comes_back_as_plain_ascii() {
    let error = OAuthError::UnknownClient("a\"b\\c\r\nSet-Cookie: x\u{202e}ü".to_owned());
    assert_eq!(error.description(), "invalid client a?b?c??Set-Cookie: x??");
    assert!(OAuthError::UnknownClient("x".repeat(50_000)).description().len() <= MAX_DESCRIPTION);
}

#[test]
fn a_scripts_words_reach_the_client_unchanged_but_bounded() {
    let said = OAuthError::DeniedByScript("Nur für \"Pro\" \\o/ 🎉".to_owned());
    assert_eq!(said.description(), "Nur für \"Pro\" \\o/ 🎉");
    assert_eq!(OAuthError::DeniedByScript("a\r\n\u{0}\u{85}\u{1b}b".to_owned()).description(), "ab");
    assert_eq!(OAuthError::DeniedByScript("é".repeat(5000)).description().chars().count(), MAX_DESCRIPTION);
    assert_eq!(said.header("https://id.example/oidc"), None, "it never travels in a header");
}
