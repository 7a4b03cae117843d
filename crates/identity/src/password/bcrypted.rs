//! Bcrypt, as imports bring it. It looks at the first 72 bytes of a password only.

/// The work doubles with each step; 16 takes some seconds, and no service asks for more at a login.
const MOST_COST: u32 = 16;

pub(super) fn is_usable(digest: &str) -> bool {
    digest.parse::<bcrypt::HashParts>().is_ok_and(|parts| parts.get_cost() <= MOST_COST)
}

/// From here on a check takes about as long as one of ours.
const USUAL_COST: u32 = 8;

/// Whether a check takes clearly less time than one of our own hashes.
pub(super) fn is_quick(digest: &str) -> bool {
    digest.parse::<bcrypt::HashParts>().is_ok_and(|parts| parts.get_cost() < USUAL_COST)
}

pub(super) fn matches(digest: &str, password: &[u8]) -> bool {
    // The library compares in constant time.
    is_usable(digest) && bcrypt::verify(password, digest).unwrap_or(false)
}
