//! Our public keys as JSON Web Keys (RFC 7517, RFC 7518 §6), named by their thumbprint (RFC 7638).

use super::BASE64URL;
use super::key::{KeyPair, PrivateKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use serde::ser::{Serialize, SerializeMap, Serializer};
use signet_core::signing_key::SigningAlgorithm;

/// The public half of one of our keys. Serializes with Logto's member order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicJwk {
    kid: String,
    algorithm: SigningAlgorithm,
    pub(super) material: Material,
}

/// Big-endian numbers. Coordinates have the length of their curve's field, RSA numbers no leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Material {
    Ec { curve: &'static str, x: Vec<u8>, y: Vec<u8> },
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl PublicJwk {
    pub(super) fn of(key: &PrivateKey) -> Self {
        let material = match &key.pair {
            KeyPair::Ec(pair) => {
                // An uncompressed point is 4, x, y (SEC 1 §2.3.3).
                let numbers = pair.public_key().as_ref().get(1..).unwrap_or_default();
                let (x, y) = numbers.split_at(numbers.len() / 2);
                Material::Ec { curve: curve(key.algorithm()), x: x.to_vec(), y: y.to_vec() }
            }
            KeyPair::Rsa(pair) => {
                let public = pair.public_key();
                Material::Rsa {
                    n: public.modulus().big_endian_without_leading_zero().to_vec(),
                    e: public.exponent().big_endian_without_leading_zero().to_vec(),
                }
            }
        };
        Self { kid: thumbprint(&material), algorithm: key.algorithm(), material }
    }

    /// Base64url of the key's thumbprint.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    pub fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }
}

fn curve(algorithm: SigningAlgorithm) -> &'static str {
    match algorithm {
        SigningAlgorithm::Es256 => "P-256",
        SigningAlgorithm::Es384 => "P-384",
        SigningAlgorithm::Es512 => "P-521",
        SigningAlgorithm::Rs256 => "",
    }
}

/// RFC 7638 §3: SHA-256 of the required members in alphabetical order, without spaces.
fn thumbprint(material: &Material) -> String {
    let encode = |bytes: &[u8]| BASE64URL.encode(bytes);
    let members = match material {
        Material::Ec { curve, x, y } => {
            format!(r#"{{"crv":"{curve}","kty":"EC","x":"{}","y":"{}"}}"#, encode(x), encode(y))
        }
        Material::Rsa { n, e } => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, encode(e), encode(n)),
    };
    encode(digest(&SHA256, members.as_bytes()).as_ref())
}

impl Serialize for PublicJwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let kty = match &self.material {
            Material::Ec { .. } => "EC",
            Material::Rsa { .. } => "RSA",
        };
        for (name, value) in [("kty", kty), ("use", "sig"), ("kid", &self.kid), ("alg", self.algorithm.as_str())] {
            map.serialize_entry(name, value)?;
        }
        match &self.material {
            Material::Ec { curve, x, y } => {
                map.serialize_entry("crv", curve)?;
                map.serialize_entry("x", &BASE64URL.encode(x))?;
                map.serialize_entry("y", &BASE64URL.encode(y))?;
            }
            Material::Rsa { n, e } => {
                map.serialize_entry("e", &BASE64URL.encode(e))?;
                map.serialize_entry("n", &BASE64URL.encode(n))?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kid_is_the_thumbprint_of_rfc_7638() {
        // RFC 7638 §3.1.
        let n = concat!(
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3",
            "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZH",
            "zu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU",
            "8awapJzKnqDKgw"
        );
        let decode = |text: &str| BASE64URL.decode(text).unwrap();
        assert_eq!(
            thumbprint(&Material::Rsa { n: decode(n), e: decode("AQAB") }),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        );
    }
}
