//! Argon2 (RFC 9106) in its PHC string: the form of all new hashes, and of many imported ones.

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use signet_core::secret::Plain;
use signet_core::user::{PasswordHash, PasswordMethod};
use subtle::ConstantTimeEq as _;

/// KiB of memory of a new hash.
const MEMORY: u32 = 19_456;
/// Passes over that memory. Both numbers are those that OWASP gives for logins.
const PASSES: u32 = 2;
/// Memory times passes of the settings that OWASP counts as equal, taken low.
const STRONG_ENOUGH: u64 = 35_000;
/// Most KiB of memory that checking an imported hash may take: more would let few logins take all there is.
const MOST_MEMORY: u32 = 256 * 1024;
/// Most memory times passes: about a hundred of our own hashes.
const MOST_WORK: u64 = 4_000_000;

pub(super) type Salt = [u8; 16];

/// A new hash. `None` only if the library refuses what is always the same.
pub(super) fn hash(password: &Plain, salt: Salt) -> Option<PasswordHash> {
    let params = Params::new(MEMORY, PASSES, 1, None).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hashed = argon.hash_password_with_salt(password.expose().as_bytes(), &salt).ok()?;
    Some(PasswordHash { method: PasswordMethod::Argon2id, digest: hashed.to_string() })
}

/// What a PHC string says about its making.
struct Parsed {
    algorithm: Algorithm,
    version: Version,
    params: Params,
    hash: Phc,
}

impl Parsed {
    fn of(digest: &str) -> Option<Self> {
        let hash = Phc::new(digest).ok()?;
        let algorithm = Algorithm::new(hash.algorithm).ok()?;
        // A hash without a version is of the first one.
        let version = hash.version.map_or(Ok(Version::V0x10), Version::try_from).ok()?;
        let params = Params::try_from(&hash).ok()?;
        (hash.salt.is_some() && hash.hash.is_some()).then_some(Self { algorithm, version, params, hash })
    }

    fn work(&self) -> u64 {
        u64::from(self.params.m_cost()) * u64::from(self.params.t_cost())
    }

    fn is_affordable(&self) -> bool {
        self.params.m_cost() <= MOST_MEMORY && self.work() <= MOST_WORK
    }
}

pub(super) fn is_usable(digest: &str) -> bool {
    Parsed::of(digest).is_some_and(|parsed| parsed.is_affordable())
}

/// Whether a check takes clearly less time than one of our own hashes.
pub(super) fn is_quick(digest: &str) -> bool {
    Parsed::of(digest).is_some_and(|parsed| parsed.work() < STRONG_ENOUGH / 2)
}

/// Whether a hash costs an attacker clearly less than a new one would.
pub(super) fn is_weak(digest: &str) -> bool {
    Parsed::of(digest).is_none_or(|parsed| parsed.algorithm != Algorithm::Argon2id || parsed.work() < STRONG_ENOUGH)
}

pub(super) fn matches(digest: &str, password: &[u8]) -> bool {
    let Some(parsed) = Parsed::of(digest).filter(Parsed::is_affordable) else { return false };
    let (Some(salt), Some(expected)) = (parsed.hash.salt, parsed.hash.hash) else { return false };
    let mut computed = vec![0; expected.len()];
    let argon = Argon2::new(parsed.algorithm, parsed.version, parsed.params);
    let done = argon.hash_password_into(password, salt.as_ref(), &mut computed);
    done.is_ok() && computed.ct_eq(expected.as_bytes()).into()
}
