//! Keys as OpenSSL writes them, and keys that must not sign.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::Value;

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("../../testdata/keys/", $name, ".pem"))
    };
}

#[test]
fn the_key_decides_the_algorithm() {
    for (text, algorithm) in [
        (pem!("p256.pkcs8"), SigningAlgorithm::Es256),
        (pem!("p384.pkcs8"), SigningAlgorithm::Es384),
        (pem!("p384.sec1"), SigningAlgorithm::Es384),
        (pem!("p521.pkcs8"), SigningAlgorithm::Es512),
        (pem!("rsa2048.pkcs8"), SigningAlgorithm::Rs256),
        (pem!("rsa2048.pkcs1"), SigningAlgorithm::Rs256),
    ] {
        let key = PrivateKey::import(text).unwrap();
        assert_eq!(key.algorithm(), algorithm, "{text}");
        assert_eq!(PrivateKey::import(&STANDARD.encode(text)).unwrap().public_jwk(), key.public_jwk(), "as base64");
        assert_eq!(PrivateKey::import(key.to_pem().unwrap().expose()).unwrap().public_jwk(), key.public_jwk());
    }
}

#[test]
fn the_same_key_in_two_encodings_has_one_kid() {
    for (one, other) in [(pem!("p384.sec1"), pem!("p384.pkcs8")), (pem!("rsa2048.pkcs1"), pem!("rsa2048.pkcs8"))] {
        let kid = |text| PrivateKey::import(text).unwrap().public_jwk().kid().to_owned();
        assert_eq!(kid(one), kid(other));
    }
}

#[test]
fn generated_keys_have_the_documented_kinds() {
    for (family, algorithm) in [(KeyFamily::Ec, SigningAlgorithm::Es384), (KeyFamily::Rsa, SigningAlgorithm::Rs256)] {
        let key = PrivateKey::generate(family).unwrap();
        let stored = key.to_pem().unwrap();
        assert!(stored.expose().starts_with("-----BEGIN PRIVATE KEY-----\n"));
        let again = PrivateKey::import(stored.expose()).unwrap();
        assert_eq!((again.algorithm(), again.public_jwk()), (algorithm, key.public_jwk()));
    }
}

#[test]
fn other_keys_are_refused() {
    for (text, error) in [
        (pem!("rsa1024.pkcs8"), KeyError::Unsupported),
        (pem!("rsa1024.pkcs1"), KeyError::Unsupported),
        (pem!("ed25519.pkcs8"), KeyError::Unsupported),
        (pem!("k256.sec1"), KeyError::Unsupported),
        (pem!("p384.encrypted"), KeyError::Encrypted),
        (pem!("p384.legacy-encrypted"), KeyError::Encrypted),
        ("", KeyError::NotPem),
        ("-", KeyError::NotPem),
        ("hello", KeyError::NotPem),
        ("-----BEGIN PRIVATE KEY-----\nAAAA", KeyError::NotPem),
        ("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----", KeyError::NotPem),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", KeyError::Unsupported),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", KeyError::NotPem),
    ] {
        assert_eq!(PrivateKey::import(text).map(|_| ()), Err(error), "{text}");
    }
}

#[test]
fn public_keys_have_logtos_member_order_and_nothing_private() {
    for (text, members) in [
        (pem!("p384.pkcs8"), ["kty", "use", "kid", "alg", "crv", "x", "y"].as_slice()),
        (pem!("rsa2048.pkcs8"), &["kty", "use", "kid", "alg", "e", "n"]),
    ] {
        let jwk = serde_json::to_string(&PrivateKey::import(text).unwrap().public_jwk()).unwrap();
        let Value::Object(jwk) = serde_json::from_str(&jwk).unwrap() else { panic!("not an object") };
        assert_eq!(jwk.keys().collect::<Vec<_>>(), members);
    }
}

#[test]
fn debug_shows_no_key() {
    let key = PrivateKey::import(pem!("p384.pkcs8")).unwrap();
    assert_eq!(format!("{key:?}"), "PrivateKey(ES384)");
}

proptest! {
    #[test]
    fn any_text_imports_or_is_refused(text in "\\PC{0,80}", der: Vec<u8>) {
        let _ = PrivateKey::import(&text);
        for label in ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"] {
            let _ = PrivateKey::import(&pem::encode(label, &der));
        }
    }
}
