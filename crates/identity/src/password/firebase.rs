//! The scrypt of Firebase: `[salt, signer key, salt separator, rounds, memory cost]`. The key that scrypt derives from
//! the password encrypts the project's signer key, and what comes out is the hash.

use super::stored::UnusableHash;
use aws_lc_rs::cipher::{AES_256, EncryptingKey, EncryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use subtle::ConstantTimeEq as _;

/// 64 MB with the usual 8 rounds; Firebase itself uses 2^14.
const MOST_MEMORY: u64 = 64 * 1024 * 1024;

/// Exports are padded or not, depending on the tool.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(super) struct Firebase {
    /// With the separator behind it.
    salt: Vec<u8>,
    signer_key: Vec<u8>,
    params: scrypt::Params,
}

impl std::fmt::Debug for Firebase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Firebase")
    }
}

impl Firebase {
    pub(super) fn parse(args: &[String]) -> Result<Self, UnusableHash> {
        Self::read(args).ok_or(UnusableHash::LegacyFormat)
    }

    fn read(args: &[String]) -> Option<Self> {
        let [salt, signer_key, separator, rounds, memory_cost] = args else { return None };
        let (rounds, memory_cost): (u32, u8) = (rounds.parse().ok()?, memory_cost.parse().ok()?);
        let memory = 1_u64.checked_shl(memory_cost.into())?.checked_mul(128)?.checked_mul(rounds.into())?;
        if memory_cost > 30 || memory > MOST_MEMORY {
            return None;
        }
        let salt = [decode(salt)?, decode(separator)?].concat();
        let params = scrypt::Params::new(memory_cost, rounds, 1).ok()?;
        Some(Self { salt, signer_key: decode(signer_key)?, params })
    }

    pub(super) fn matches(&self, hash: &str, password: &[u8]) -> bool {
        let (Some(expected), Some(computed)) = (decode(hash), self.hash(password)) else { return false };
        computed.ct_eq(&expected).into()
    }

    fn hash(&self, password: &[u8]) -> Option<Vec<u8>> {
        let mut key = [0; 32];
        scrypt::scrypt(password, &self.salt, &self.params, &mut key).ok()?;
        let mut text = self.signer_key.clone();
        let key = EncryptingKey::ctr(UnboundCipherKey::new(&AES_256, &key).ok()?).ok()?;
        // A counter from zero is safe here: every salt makes another key.
        key.less_safe_encrypt(&mut text, EncryptionContext::Iv128(FixedLength::from([0; 16]))).ok()?;
        Some(text)
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.replace('-', "+").replace('_', "/")).ok()
}
