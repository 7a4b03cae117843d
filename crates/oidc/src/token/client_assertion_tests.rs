//! Assertions of both methods, and every way to bend one. The good ones are made by another library.

use super::*;
use jsonwebtoken::{EncodingKey, Header};
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

const CLIENT: &str = "client-app";
const ISSUER: &str = "https://id.example/oidc";
const TOKEN_ENDPOINT: &str = "https://id.example/oidc/token";
const NOW: Timestamp = Timestamp(1_700_000_000_000);
const SECRET: &str = "abcdefghijklmnopqrstuvwxyz012345";

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("../../testdata/keys/", $name, ".pem"))
    };
}

fn expected() -> AssertionExpected<'static> {
    AssertionExpected { client_id: CLIENT, issuer: ISSUER, token_endpoint: TOKEN_ENDPOINT, now: NOW }
}

fn claims() -> Value {
    let now = NOW.seconds();
    json!({"iss": CLIENT, "sub": CLIENT, "aud": TOKEN_ENDPOINT, "jti": "1", "iat": now, "exp": now + 60})
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

fn mac(claims: &Value, secret: &str) -> String {
    jsonwebtoken::encode(&Header::default(), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

/// A set with the public half of `pem`, and what `members` add or replace.
fn jwks(pem: &str, members: &Value) -> Value {
    let mut jwk = json!(crate::jose::key::PrivateKey::import(pem).unwrap().public_jwk());
    jwk.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    json!({"keys": [{"kty": "oct", "k": "c2VjcmV0"}, {"kty": "EC"}, jwk]})
}

fn es384(header: &Header, claims: &Value) -> String {
    let key = EncodingKey::from_ec_pem(pem!("p384.pkcs8").as_bytes()).unwrap();
    jsonwebtoken::encode(header, claims, &key).unwrap()
}

fn header(alg: jsonwebtoken::Algorithm) -> Header {
    Header::new(alg)
}

fn check(token: &str, keys: AssertionKeys<'_>) -> Result<VerifiedAssertion, AssertionRejected> {
    ClientAssertion::parse(token)?.verify(keys, &expected())
}

fn check_mac(claims: &Value) -> Result<VerifiedAssertion, AssertionRejected> {
    check(&mac(claims, SECRET), AssertionKeys::Secrets(&[Plain::new(SECRET.to_owned())]))
}

#[test]
fn a_secret_signs_for_its_client() {
    let secrets = ["another-secret-of-thirty-two-characters", SECRET].map(|text| Plain::new(text.to_owned()));
    assert_eq!(
        check(&mac(&claims(), SECRET), AssertionKeys::Secrets(&secrets)),
        Ok(VerifiedAssertion {
            client_id: CLIENT.to_owned(),
            jti: "1".to_owned(),
            expires_at: Timestamp::from_seconds(NOW.seconds() + 120),
        })
    );
    assert!(check_mac(&with("aud", json!(ISSUER))).is_ok());
    for wrong in ["wrong-secret-of-thirty-two-chars!", "", "short"] {
        let secrets = [Plain::new(SECRET.to_owned())];
        assert_eq!(check(&mac(&claims(), wrong), AssertionKeys::Secrets(&secrets)), Err(AssertionRejected::Signature));
    }
    let short = [Plain::new("short".to_owned())];
    assert_eq!(check(&mac(&claims(), "short"), AssertionKeys::Secrets(&short)), Err(AssertionRejected::Signature));
}

#[test]
fn a_private_key_signs_for_its_client() {
    use jsonwebtoken::Algorithm as A;
    let rsa = EncodingKey::from_rsa_pem(pem!("rsa2048.pkcs1").as_bytes()).unwrap();
    let ec256 = EncodingKey::from_ec_pem(pem!("p256.pkcs8").as_bytes()).unwrap();
    let ec384 = EncodingKey::from_ec_pem(pem!("p384.pkcs8").as_bytes()).unwrap();
    let any = json!({"alg": null});
    for (alg, key, pem) in [
        (A::RS256, &rsa, pem!("rsa2048.pkcs8")),
        (A::PS256, &rsa, pem!("rsa2048.pkcs8")),
        (A::ES256, &ec256, pem!("p256.pkcs8")),
        (A::ES384, &ec384, pem!("p384.pkcs8")),
    ] {
        let mut set = jwks(pem, &any);
        set["keys"][2].as_object_mut().unwrap().remove("alg");
        let token = jsonwebtoken::encode(&header(alg), &claims(), key).unwrap();
        assert!(check(&token, AssertionKeys::Jwks(&set)).is_ok(), "{alg:?}");

        set["keys"][2]["alg"] = "RS256".into();
        assert_eq!(check(&token, AssertionKeys::Jwks(&set)).is_ok(), alg == A::RS256, "the key is for RS256 only");
    }
}

#[test]
fn ed25519_and_p521_sign_too() {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
    use base64::Engine;
    let encode = |bytes: &[u8]| crate::jose::BASE64URL.encode(bytes);
    let pair = Ed25519KeyPair::generate().unwrap();
    let set = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": encode(pair.public_key().as_ref())}]});
    for alg in ["EdDSA", "Ed25519"] {
        let message = format!(
            "{}.{}",
            encode(json!({"alg": alg}).to_string().as_bytes()),
            encode(claims().to_string().as_bytes())
        );
        let token = format!("{message}.{}", encode(pair.sign(message.as_bytes()).as_ref()));
        assert!(check(&token, AssertionKeys::Jwks(&set)).is_ok(), "{alg}");
    }

    let p521 = crate::jose::sign::SigningKey::from_pem(&Plain::new(pem!("p521.pkcs8").to_owned())).unwrap();
    let token = p521.sign_jwt(Some("JWT"), claims().to_string().as_bytes()).unwrap();
    assert!(check(&token, AssertionKeys::Jwks(&jwks(pem!("p521.pkcs8"), &json!({})))).is_ok());
}

#[test]
fn keys_for_other_purposes_verify_nothing() {
    let token = es384(&header(jsonwebtoken::Algorithm::ES384), &claims());
    let good = |set: &Value| check(&token, AssertionKeys::Jwks(set));
    assert!(good(&jwks(pem!("p384.pkcs8"), &json!({"key_ops": ["verify"]}))).is_ok());
    for members in [
        json!({"use": "enc"}),
        json!({"key_ops": ["encrypt"]}),
        json!({"alg": "RS256"}),
        json!({"alg": "none"}),
        json!({"crv": "P-256"}),
        json!({"x": "AA"}),
        json!({"y": "!"}),
        json!({"kty": "RSA"}),
    ] {
        let set = jwks(pem!("p384.pkcs8"), &members);
        assert_eq!(good(&set), Err(AssertionRejected::Signature), "{members}");
    }
    for set in [json!({}), json!([]), json!({"keys": []}), json!({"keys": "x"}), json!({"keys": [null, 1, []]})] {
        assert_eq!(good(&set), Err(AssertionRejected::Signature), "{set}");
    }
}

#[test]
fn a_named_key_must_be_the_one() {
    let set = jwks(pem!("p384.pkcs8"), &json!({"kid": "mine"}));
    for (kid, fits) in [(Some("mine"), true), (None, true), (Some("other"), false), (Some("../mine"), false)] {
        let header = Header { kid: kid.map(str::to_owned), ..header(jsonwebtoken::Algorithm::ES384) };
        assert_eq!(check(&es384(&header, &claims()), AssertionKeys::Jwks(&set)).is_ok(), fits, "{kid:?}");
    }
}

#[test]
fn attack_30_the_method_decides_the_algorithm() {
    let set = jwks(pem!("p384.pkcs8"), &json!({}));
    // HS256 with the public key as the secret.
    let confused = mac(&claims(), &set["keys"][2].to_string());
    assert_eq!(check(&confused, AssertionKeys::Jwks(&set)), Err(AssertionRejected::Algorithm));
    let secret_in_set = mac(&claims(), "secret");
    assert_eq!(check(&secret_in_set, AssertionKeys::Jwks(&set)), Err(AssertionRejected::Algorithm));
    let secrets = [Plain::new(SECRET.to_owned())];
    let asymmetric = es384(&header(jsonwebtoken::Algorithm::ES384), &claims());
    assert_eq!(check(&asymmetric, AssertionKeys::Secrets(&secrets)), Err(AssertionRejected::Algorithm));
    let hs512 = jsonwebtoken::encode(
        &header(jsonwebtoken::Algorithm::HS512),
        &claims(),
        &EncodingKey::from_secret(SECRET.as_bytes()),
    );
    assert_eq!(
        check(&hs512.unwrap(), AssertionKeys::Secrets(&secrets)),
        Err(AssertionRejected::Malformed(MalformedJws::Algorithm))
    );
}

#[test]
fn attack_30_a_key_in_the_header_is_not_believed() {
    let set = jwks(pem!("p384.pkcs8"), &json!({}));
    let plain = header(jsonwebtoken::Algorithm::ES384);
    for (bent, error) in [
        (Header { jku: Some("https://evil.example".into()), ..plain.clone() }, MalformedJws::KeySource),
        (Header { x5u: Some("https://evil.example".into()), ..plain.clone() }, MalformedJws::KeySource),
        (Header { x5c: Some(vec!["MIIB".into()]), ..plain.clone() }, MalformedJws::KeySource),
        (Header { crit: Some(vec!["exp".into()]), ..plain.clone() }, MalformedJws::Critical),
    ] {
        assert_eq!(check(&es384(&bent, &claims()), AssertionKeys::Jwks(&set)), Err(error.into()));
    }
    let access_token = Header { typ: Some("at+jwt".into()), ..plain };
    assert_eq!(check(&es384(&access_token, &claims()), AssertionKeys::Jwks(&set)), Err(AssertionRejected::Type));
}

#[test]
fn attack_31_issuer_and_subject_are_the_client() {
    for claims in [
        with("iss", json!("other")),
        with("sub", json!("other")),
        without("iss"),
        without("sub"),
        with("sub", json!([CLIENT])),
        json!({"iss": "", "sub": ""}),
    ] {
        assert_eq!(check_mac(&claims), Err(AssertionRejected::Subject), "{claims}");
    }
    let mut other = with("iss", json!("other"));
    other["sub"] = json!("other");
    assert_eq!(check_mac(&other), Err(AssertionRejected::Subject), "another client's assertion");
}

#[test]
fn attack_31_the_audience_is_this_server_and_nothing_else() {
    for audience in [
        json!([TOKEN_ENDPOINT]),
        json!([ISSUER, "https://other.example"]),
        json!("https://other.example/oidc/token"),
        json!("https://id.example/oidc/"),
        json!("https://id.example/oidc/token/introspection"),
        json!("https://ID.example/oidc"),
        json!(""),
        Value::Null,
    ] {
        assert_eq!(check_mac(&with("aud", audience.clone())), Err(AssertionRejected::Audience), "{audience}");
    }
    assert_eq!(check_mac(&without("aud")), Err(AssertionRejected::Audience));
}

#[test]
fn attack_31_an_assertion_is_short_lived() {
    let now = NOW.seconds();
    for expires in [json!(now - 60), json!(now + 661), json!(now + 86_400), json!(i64::MAX), json!(u64::MAX)] {
        assert_eq!(check_mac(&with("exp", expires.clone())), Err(AssertionRejected::Expiry), "{expires}");
    }
    for expires in [json!("1700000060"), json!(1e300), json!(-1.5), Value::Null] {
        assert_eq!(check_mac(&with("exp", expires.clone())), Err(AssertionRejected::Expiry), "{expires}");
    }
    assert_eq!(check_mac(&without("exp")), Err(AssertionRejected::Expiry));
    for (name, at) in [("iat", now + 61), ("nbf", now + 61), ("iat", now - 661), ("iat", 0)] {
        assert_eq!(check_mac(&with(name, json!(at))), Err(AssertionRejected::IssueTime), "{name} {at}");
    }
    assert_eq!(check_mac(&with("nbf", json!("now"))), Err(AssertionRejected::IssueTime));

    for claims in [
        with("exp", json!(now - 59)),
        with("exp", json!(now + 660)),
        with("exp", json!(1_700_000_060.75)),
        with("iat", json!(now + 60)),
        with("iat", json!(now - 660)),
        with("nbf", json!(now + 60)),
        without("iat"),
    ] {
        assert!(check_mac(&claims).is_ok(), "{claims}");
    }
}

#[test]
fn attack_31_every_assertion_has_an_id_to_remember() {
    for claims in [without("jti"), with("jti", json!("")), with("jti", json!(1)), with("jti", json!("x".repeat(257)))] {
        assert_eq!(check_mac(&claims), Err(AssertionRejected::Id), "{claims}");
    }
    let longest = check_mac(&with("exp", json!(NOW.seconds() + 660))).unwrap();
    assert_eq!(longest.expires_at, NOW.plus(MAX_LIFETIME + 2 * CLOCK_SKEW), "remembered for as long as it is good");
}

#[test]
fn attack_31_a_refusal_says_nothing_to_the_client() {
    use crate::error::{BodyForm, Challenge, ClientAuthenticationFailure, OAuthError};
    let reason = check_mac(&without("jti")).unwrap_err();
    let source = ClientAuthenticationFailure::Assertion(reason);
    let error = OAuthError::ClientAuthentication { challenge: Challenge::None, source };
    let body = error.body(BodyForm::Extended);
    assert_eq!((error.status(), body.error), (401, "invalid_client"));
    assert_eq!(body.error_description, "client authentication failed");
}

proptest! {
    #[test]
    fn any_text_is_refused(token in "\\PC{0,60}", parts: [Vec<u8>; 2]) {
        use base64::Engine;
        prop_assert!(ClientAssertion::parse(&token).is_err());
        let [header, claims] = parts.map(|part| crate::jose::BASE64URL.encode(part));
        let shaped = format!("{header}.{claims}.AAAA");
        prop_assert!(ClientAssertion::parse(&shaped).is_err());
    }

    #[test]
    fn a_changed_byte_is_refused(position in 0_usize..400, replacement in "[A-Za-z0-9_.-]") {
        static TOKEN: LazyLock<String> = LazyLock::new(|| mac(&claims(), SECRET));
        let mut changed = TOKEN.clone();
        let position = position % changed.len();
        changed.replace_range(position..=position, &replacement);
        let accepted = check(&changed, AssertionKeys::Secrets(&[Plain::new(SECRET.to_owned())])).is_ok();
        prop_assert_eq!(accepted, changed == *TOKEN);
    }
}
