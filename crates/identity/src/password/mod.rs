//! Passwords: made into hashes, and checked against hashes of every method that an import may bring.
//!
//! Hashing takes a processor for a while, so all of it happens in a bounded [`queue`]. New hashes are Argon2id; a right
//! password whose hash is anything else comes back with a new one to be stored.

mod argon;
mod bcrypted;
mod digest;
mod firebase;
mod legacy;
mod pbkdf;
pub mod queue;
mod stored;

pub use stored::{UnusableHash, check_usable};

use queue::{HashingError, HashingQueue, QueueSettings};
use signet_core::random::Rng;
use signet_core::secret::Plain;
use signet_core::user::PasswordHash;
use std::sync::Arc;

/// Hashes and checks passwords for the whole process.
pub struct Passwords {
    queue: HashingQueue,
    rng: Arc<dyn Rng>,
}

/// What a password is worth.
#[derive(Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is not the user's, or there is no user, or the user has none.
    Wrong,
    /// With the hash to store from now on, when the old one should not be kept.
    Right { upgraded: Option<PasswordHash> },
}

impl Passwords {
    pub fn new(settings: QueueSettings, rng: Arc<dyn Rng>) -> Self {
        Self { queue: HashingQueue::new(settings), rng }
    }

    /// A new hash of a password.
    pub async fn hash(&self, password: Plain) -> Result<PasswordHash, HashingError> {
        let salt = self.salt();
        self.queue.run(move || argon::hash(&password, salt)).await?.ok_or(HashingError::Failed)
    }

    /// Checks a password. Without a hash to check against it takes as long as with one, so that nobody learns from the
    /// time who exists.
    pub async fn check(&self, password: Plain, stored: Option<PasswordHash>) -> Result<Checked, HashingError> {
        let salt = self.salt();
        self.queue.run(move || check(&password, stored.as_ref(), salt)).await
    }

    fn salt(&self) -> argon::Salt {
        let mut salt = argon::Salt::default();
        self.rng.fill(&mut salt);
        salt
    }
}

fn check(password: &Plain, stored: Option<&PasswordHash>, salt: argon::Salt) -> Checked {
    let is_right = stored.is_some_and(|hash| stored::matches(hash, password));
    let made = if makes_hash(stored, is_right) { argon::hash(password, salt) } else { None };
    if is_right { Checked::Right { upgraded: made } } else { Checked::Wrong }
}

/// Whether a new hash is made after a check: to be stored, or only because it takes as long as a check of a usual hash.
fn makes_hash(stored: Option<&PasswordHash>, is_right: bool) -> bool {
    match stored {
        None => true,
        Some(stored) if is_right => stored::needs_upgrade(stored),
        // A method that takes no time would tell by a quick refusal that the user exists.
        Some(stored) => stored::is_quick(stored),
    }
}

#[cfg(test)]
mod tests;
