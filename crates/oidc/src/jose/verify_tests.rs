//! Tokens that are ours and still good, and everything that only looks like one.

use super::*;
use crate::jose::BASE64URL;
use crate::jose::key::PrivateKey;
use crate::jose::sign::SigningKey;
use aws_lc_rs::hmac;
use base64::Engine;
use proptest::prelude::*;
use serde_json::json;
use signet_core::signing_key::KeyFamily;
use std::sync::LazyLock;

const ISSUER: &str = "https://id.example/oidc";
const AUDIENCE: &str = "https://default.logto.app/api";
const NOW: Timestamp = Timestamp(1_700_000_000_000);

static EC: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::new(PrivateKey::generate(KeyFamily::Ec).unwrap()));
static RSA: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::new(PrivateKey::generate(KeyFamily::Rsa).unwrap()));

fn expected() -> Expected<'static> {
    Expected { typ: Some("at+jwt"), issuer: ISSUER, audience: AUDIENCE, now: NOW }
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": AUDIENCE, "iat": NOW.seconds(), "exp": NOW.seconds() + 3600, "sub": "app"})
}

fn signed(claims: &Value) -> String {
    EC.sign_jwt(Some("at+jwt"), claims.to_string().as_bytes()).unwrap()
}

fn verify(token: &str) -> Result<Map<String, Value>, TokenRejected> {
    VerificationKeys::new([EC.public_jwk(), RSA.public_jwk()]).verify(token, &expected())
}

/// A token with this header and our claims, signed by `sign`.
fn forged(header: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", BASE64URL.encode(header.to_string()), BASE64URL.encode(claims().to_string()));
    let signature = BASE64URL.encode(sign(message.as_bytes()));
    format!("{message}.{signature}")
}

/// A token with this header, signed by our own key: everything is right but the header.
fn signed_with_header(header: &Value) -> String {
    use crate::jose::key::KeyPair;
    let key = PrivateKey::import(include_str!("../../testdata/keys/p384.pkcs8.pem")).unwrap();
    let KeyPair::Ec(pair) = key.pair else { panic!("an EC key") };
    let rng = aws_lc_rs::rand::SystemRandom::new();
    forged(header, |message| pair.sign(&rng, message).unwrap().as_ref().to_vec())
}

#[test]
fn our_tokens_verify_and_return_their_claims() {
    for key in [&EC, &RSA] {
        let token = key.sign_jwt(Some("at+jwt"), claims().to_string().as_bytes()).unwrap();
        assert_eq!(Value::Object(verify(&token).unwrap()), claims());
    }
}

#[test]
fn claims_that_do_not_fit_are_refused() {
    let now = NOW.seconds();
    for (name, value, error) in [
        ("iss", json!("https://evil.example/oidc"), TokenRejected::Issuer),
        ("iss", json!([ISSUER]), TokenRejected::Issuer),
        ("aud", json!("https://other.example"), TokenRejected::Audience),
        ("aud", json!([AUDIENCE]), TokenRejected::Audience),
        ("aud", Value::Null, TokenRejected::Audience),
        ("exp", json!(now - 5), TokenRejected::Expired),
        ("exp", Value::Null, TokenRejected::Expired),
        ("exp", json!("9999999999"), TokenRejected::Expired),
        ("iat", json!(now + 6), TokenRejected::NotYetValid),
        ("nbf", json!(now + 6), TokenRejected::NotYetValid),
        ("nbf", json!("soon"), TokenRejected::NotYetValid),
    ] {
        let mut claims = claims();
        claims[name] = value;
        assert_eq!(verify(&signed(&claims)), Err(error), "{claims}");
    }
    for (name, value) in [("exp", now - 4), ("iat", now + 5), ("nbf", now + 5)] {
        let mut claims = claims();
        claims[name] = value.into();
        assert!(verify(&signed(&claims)).is_ok(), "within the skew: {claims}");
    }
}

#[test]
fn a_token_of_another_type_is_refused() {
    for typ in [None, Some("logout+jwt"), Some("JWT"), Some("AT+JWT")] {
        let token = EC.sign_jwt(typ, claims().to_string().as_bytes()).unwrap();
        assert_eq!(verify(&token), Err(TokenRejected::Type), "{typ:?}");
    }
}

#[test]
fn attack_30_unsigned_and_misdeclared_tokens_are_refused() {
    let kid = EC.kid();
    let none = |_: &[u8]| b"x".to_vec();
    for alg in ["none", "None", "nOnE", "NONE", ""] {
        let token = forged(&json!({"alg": alg, "typ": "at+jwt", "kid": kid}), none);
        assert_eq!(verify(&token), Err(MalformedJws::Algorithm.into()), "{alg}");
    }
    let unsigned = forged(&json!({"alg": "ES384", "typ": "at+jwt", "kid": kid}), |_| Vec::new());
    assert_eq!(verify(&unsigned), Err(MalformedJws::Unsigned.into()));

    let public_key = serde_json::to_vec(RSA.public_jwk()).unwrap();
    for (secret, kid) in [(public_key.as_slice(), RSA.kid()), (kid.as_bytes(), kid)] {
        let header = json!({"alg": "HS256", "typ": "at+jwt", "kid": kid});
        let token = forged(&header, |message| {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec()
        });
        assert_eq!(verify(&token), Err(TokenRejected::Signature), "HS256 with a public key");
    }
    for alg in ["ES256", "ES512", "RS256", "PS256", "EdDSA"] {
        let header = json!({"alg": alg, "typ": "at+jwt", "kid": kid});
        assert_eq!(verify(&forged(&header, none)), Err(TokenRejected::Signature), "{alg} with an ES384 key");
    }
}

#[test]
fn attack_30_headers_that_choose_the_key_are_refused() {
    let key = PrivateKey::import(include_str!("../../testdata/keys/p384.pkcs8.pem")).unwrap().public_jwk();
    let keys = VerificationKeys::new([&key]);
    let header = json!({"alg": "ES384", "typ": "at+jwt", "kid": key.kid()});
    assert!(keys.verify(&signed_with_header(&header), &expected()).is_ok(), "the header as it should be");

    for (name, value, error) in [
        ("jwk", json!(key), MalformedJws::KeySource.into()),
        ("jku", json!("https://evil.example/jwks"), MalformedJws::KeySource.into()),
        ("x5u", json!("https://evil.example/cert"), MalformedJws::KeySource.into()),
        ("x5c", json!(["MIIB"]), MalformedJws::KeySource.into()),
        ("crit", json!(["b64"]), MalformedJws::Critical.into()),
        ("crit", json!([]), MalformedJws::Critical.into()),
        ("kid", json!("../../../../dev/null"), TokenRejected::UnknownKey),
        ("kid", json!("' OR '1'='1"), TokenRejected::UnknownKey),
        ("kid", json!(""), TokenRejected::UnknownKey),
        ("kid", json!([key.kid()]), MalformedJws::Header.into()),
        ("typ", json!(null), MalformedJws::Header.into()),
    ] {
        let mut header = header.clone();
        header[name] = value;
        assert_eq!(keys.verify(&signed_with_header(&header), &expected()), Err(error), "{header}");
    }
    let nameless = json!({"alg": "ES384", "typ": "at+jwt"});
    assert_eq!(keys.verify(&signed_with_header(&nameless), &expected()), Err(TokenRejected::UnknownKey));
}

#[test]
fn attack_30_damaged_signatures_are_refused() {
    let token = signed(&claims());
    let (message, signature) = token.rsplit_once('.').unwrap();
    let bytes = BASE64URL.decode(signature).unwrap();
    let der_like = [&[0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01], bytes.as_slice()].concat();
    for (what, damaged) in [
        ("r = s = 0", vec![0; 96]),
        ("r = 0", [&[0; 48], &bytes[48..]].concat()),
        ("s = 0", [&bytes[..48], &[0; 48]].concat()),
        ("all ones", vec![0xff; 96]),
        ("truncated", bytes[..95].to_vec()),
        ("half", bytes[..48].to_vec()),
        ("longer", [&bytes[..], &[0]].concat()),
        ("DER", der_like),
    ] {
        let token = format!("{message}.{}", BASE64URL.encode(damaged));
        assert_eq!(verify(&token), Err(TokenRejected::Signature), "{what}");
    }
    for (what, token) in [
        ("padded", format!("{token}=")),
        ("a fourth part", format!("{token}.e30")),
        ("no signature part", message.to_owned()),
        ("a space", format!("{token} ")),
        ("standard base64", format!("{message}.{}+", &signature[..signature.len() - 1])),
        ("huge", format!("{token}{}", "A".repeat(40_000))),
    ] {
        assert_eq!(verify(&token), Err(MalformedJws::Shape.into()), "{what}");
    }
}

#[test]
fn attack_30_repeated_members_are_refused() {
    let kid = EC.kid();
    for header in [
        format!(r#"{{"alg":"none","alg":"ES384","typ":"at+jwt","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"ES384","typ":"at+jwt","kid":"x","kid":"{kid}"}}"#),
    ] {
        let token = format!("{}.e30.AAAA", BASE64URL.encode(header));
        assert_eq!(verify(&token), Err(MalformedJws::Header.into()));
    }
    let claims = claims().to_string().replacen('{', r#"{"sub":"admin","#, 1);
    let token = EC.sign_jwt(Some("at+jwt"), claims.as_bytes()).unwrap();
    assert_eq!(verify(&token), Err(MalformedJws::Payload.into()));
}

#[test]
fn attack_58_tokens_of_a_previous_key_verify_and_those_of_a_deleted_one_do_not() {
    let token = signed(&claims());
    let next = VerificationKeys::new([RSA.public_jwk(), EC.public_jwk()]);
    assert!(next.verify(&token, &expected()).is_ok(), "previous keys still verify");
    let without = VerificationKeys::new([RSA.public_jwk()]);
    assert_eq!(without.verify(&token, &expected()), Err(TokenRejected::UnknownKey));
    assert_eq!(VerificationKeys::default().verify(&token, &expected()), Err(TokenRejected::UnknownKey));
}

proptest! {
    #[test]
    fn any_text_is_refused(token in "\\PC{0,60}", header: Vec<u8>, claims: Vec<u8>) {
        prop_assert!(verify(&token).is_err());
        let shaped = format!("{}.{}.AAAA", BASE64URL.encode(header), BASE64URL.encode(claims));
        prop_assert!(verify(&shaped).is_err());
    }

    #[test]
    fn a_changed_byte_is_refused(position in 0_usize..400, replacement in "[A-Za-z0-9_.-]") {
        static TOKEN: LazyLock<String> = LazyLock::new(|| signed(&claims()));
        let mut changed = TOKEN.clone();
        let position = position % changed.len();
        changed.replace_range(position..=position, &replacement);
        prop_assert_eq!(verify(&changed).is_ok(), changed == *TOKEN);
    }
}
