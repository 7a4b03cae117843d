//! Signing keys and their life: Next, Current, Previous.

use crate::secret::Sealed;
use crate::time::Timestamp;

/// What a key set is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyUse {
    /// Signs tokens; its public half is in the JWKS.
    Private,
    /// An RSA key beside an EC one, for clients that ask for RS256. Published too, and rotated apart.
    Companion,
    /// Signs cookies.
    Cookie,
}

impl KeyUse {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private-keys",
            Self::Companion => "companion-keys",
            Self::Cookie => "cookie-keys",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Private, Self::Companion, Self::Cookie].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// JWS algorithms of our keys (RFC 7518 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SigningAlgorithm {
    Es256,
    Es384,
    Es512,
    Rs256,
}

impl SigningAlgorithm {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
            Self::Rs256 => "RS256",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Es256, Self::Es384, Self::Es512, Self::Rs256].into_iter().find(|alg| alg.as_str() == text)
    }

    /// The family, as the Management API names it: `EC` or `RSA`.
    pub fn family(self) -> KeyFamily {
        match self {
            Self::Es256 | Self::Es384 | Self::Es512 => KeyFamily::Ec,
            Self::Rs256 => KeyFamily::Rsa,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyFamily {
    Ec,
    Rsa,
}

impl KeyFamily {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ec => "EC",
            Self::Rsa => "RSA",
        }
    }
}

/// Where a key stands. All three verify, only `Current` signs. Each carries what exists only then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStatus {
    /// Published, and promoted at that time.
    Next {
        effective_at: Timestamp,
    },
    Current,
    Previous,
}

/// A key as it is stored. The material is PKCS#8 PEM for a private key, random text for a cookie key.
#[derive(Debug, Clone)]
pub struct StoredKey {
    /// 21 random characters; for display and deletion. The JWK `kid` is computed from the public half.
    pub id: String,
    pub material: Sealed,
    /// `None` for cookie keys.
    pub algorithm: Option<SigningAlgorithm>,
    pub status: KeyStatus,
    pub created_at: Timestamp,
}
