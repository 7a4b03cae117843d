//! Randomness enters through [`Rng`], so that a test can seed it.

use crate::time::Timestamp;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

const LOWER: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const MIXED: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Letters that are not taken for one another, and spell no words.
const CLEAR: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A source of bytes that nobody can guess.
pub trait Rng: Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]);

    /// An id of `length` characters of `[0-9a-z]`: 5.17 bits each.
    fn id(&self, length: usize) -> String {
        text(|bytes| self.fill(bytes), LOWER, length)
    }

    /// A secret of 32 characters of `[0-9A-Za-z]`: 190 bits.
    fn secret(&self) -> String {
        text(|bytes| self.fill(bytes), MIXED, 32)
    }

    /// An opaque value of `length` URL-safe characters: 6 bits each.
    fn opaque(&self, length: usize) -> String {
        text(|bytes| self.fill(bytes), URL_SAFE, length)
    }

    /// What a person types on another device (RFC 8628 §6.1): eight letters in two groups, 34 bits.
    fn user_code(&self) -> String {
        let mut code = text(|bytes| self.fill(bytes), CLEAR, 8);
        code.insert(4, '-');
        code
    }

    /// A 21-character id that sorts by time, so that an append-only table appends to its index too:
    /// 9 characters of milliseconds, 12 random ones.
    fn log_id(&self, now: Timestamp) -> String {
        let mut id = [b'0'; 9];
        let mut rest = u64::try_from(now.0).unwrap_or(0);
        for slot in id.iter_mut().rev() {
            let digit = usize::try_from(rest % 36).unwrap_or(0);
            *slot = LOWER.get(digit).copied().unwrap_or(b'0');
            rest /= 36;
        }
        let mut id: String = id.iter().map(|byte| char::from(*byte)).collect();
        id.push_str(&self.id(12));
        id
    }
}

/// Draws evenly from `alphabet`: bytes that would favour its first characters are drawn again.
fn text(mut fill: impl FnMut(&mut [u8]), alphabet: &[u8], length: usize) -> String {
    let even = 256 - 256 % alphabet.len();
    let mut out = String::with_capacity(length);
    let mut bytes = [0_u8; 48];
    while out.len() < length {
        fill(&mut bytes);
        let drawn = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < even);
        let letters = drawn.filter_map(|byte| alphabet.get(byte % alphabet.len()));
        out.extend(letters.take(length - out.len()).map(|letter| char::from(*letter)));
    }
    out
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRng;

/// Bytes that a thread draws from the system at once. A token takes about a hundred, and a system call for each few
/// costs more than the bytes.
const DRAWN: usize = 1024;

thread_local! {
    /// Bytes that nobody has got yet.
    static UNUSED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Rng for SystemRng {
    fn fill(&self, bytes: &mut [u8]) {
        if bytes.len() > DRAWN / 4 {
            return draw(bytes);
        }
        UNUSED.with_borrow_mut(|unused| {
            if unused.len() < bytes.len() {
                unused.resize(DRAWN, 0);
                draw(unused);
            }
            let rest = unused.len() - bytes.len();
            for (to, from) in bytes.iter_mut().zip(unused.drain(rest..)) {
                *to = from;
            }
        });
    }
}

fn draw(bytes: &mut [u8]) {
    // A system without randomness cannot issue a token; ending the process is the only safe answer.
    if getrandom::fill(bytes).is_err() {
        std::process::abort();
    }
}

/// The same bytes on every run, for tests: SHA-256 of a seed and a counter.
#[derive(Debug, Default)]
pub struct SeededRng {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededRng {
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }
}

impl Rng for SeededRng {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.drawn.fetch_add(1, Ordering::SeqCst);
            let block =
                Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(count.to_be_bytes()).finalize();
            for (to, from) in chunk.iter_mut().zip(block) {
                *to = from;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_secrets_have_their_documented_shapes() {
        let rng = SystemRng;
        assert!(rng.id(21).len() == 21 && rng.id(21).bytes().all(|b| LOWER.contains(&b)));
        assert!(rng.secret().len() == 32 && rng.secret().bytes().all(|b| MIXED.contains(&b)));
        assert!(rng.opaque(43).len() == 43 && rng.opaque(43).bytes().all(|b| URL_SAFE.contains(&b)));
    }

    #[test]
    fn no_bytes_are_given_twice() {
        let mut seen = std::collections::HashSet::new();
        for size in [8, 16, 48, 300].repeat(200) {
            let mut bytes = vec![0; size];
            SystemRng.fill(&mut bytes);
            assert!(bytes.chunks_exact(8).all(|chunk| seen.insert(chunk.to_vec())), "{size}");
        }
    }

    #[test]
    fn log_ids_sort_by_time() {
        let rng = SystemRng;
        let ids: Vec<String> = [0, 1, 35, 36, 1_700_000_000_000, 1_700_000_000_001]
            .into_iter()
            .map(|at| rng.log_id(Timestamp(at)))
            .collect();
        assert!(ids.is_sorted(), "{ids:?}");
        assert!(ids.iter().all(|id| id.len() == 21));
    }
}
