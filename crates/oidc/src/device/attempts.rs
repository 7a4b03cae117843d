//! How many wrong codes anybody may type (RFC 8628 §5.1). A code has 34 bits and lives for ten minutes; what makes
//! guessing hopeless is that nobody may guess often.
//!
//! Counted in memory, by each node for itself: the bound is then a small multiple, and no guess costs a write.

use signet_core::time::Timestamp;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Wrong codes from one place in a window.
const MOST: u32 = 10;
const WINDOW: Duration = Duration::from_mins(10);
/// Places that are remembered. One more forgets those whose window is over, and then all.
const PLACES: usize = 10_000;

#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<String, (Timestamp, u32)>>);

impl Attempts {
    /// Whether this place may try another code. The try counts as wrong until somebody says otherwise, so that of a
    /// thousand at once no more are looked at than one after the other.
    pub(crate) fn begin(&self, ip: Option<&str>, now: Timestamp) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= PLACES {
            counted.retain(|_, (since, _)| !is_over(*since, now));
        }
        if counted.len() >= PLACES {
            counted.clear();
        }
        let entry = counted.entry(place(ip)).or_insert((now, 0));
        if is_over(entry.0, now) {
            *entry = (now, 0);
        }
        let may_try = entry.1 < MOST;
        entry.1 = entry.1.saturating_add(u32::from(may_try));
        may_try
    }

    /// A try that was right is none that counts.
    pub(crate) fn was_right(&self, ip: Option<&str>) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut entry) = counted.entry(place(ip)) {
            entry.get_mut().1 = entry.get().1.saturating_sub(1);
            if entry.get().1 == 0 {
                entry.remove();
            }
        }
    }
}

fn is_over(since: Timestamp, now: Timestamp) -> bool {
    since.plus(WINDOW) <= now
}

/// An address; of IPv6 the network, in which one household has more addresses than it could use.
fn place(ip: Option<&str>) -> String {
    match ip.and_then(|ip| ip.parse().ok()) {
        Some(IpAddr::V6(ip)) if ip.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        Some(ip) => ip.to_canonical().to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_40_guesses_are_counted_by_network_and_forgotten_after_a_while() {
        let (attempts, start) = (Attempts::default(), Timestamp(0));
        for host in 0..MOST {
            assert!(attempts.begin(Some(&format!("2001:db8::{host:x}")), start));
        }

        assert!(!attempts.begin(Some("2001:db8::ffff"), start));
        assert!(attempts.begin(Some("2001:db8:0:1::1"), start), "another network");
        assert!(attempts.begin(Some("192.0.2.1"), start));
        assert!(attempts.begin(Some("2001:db8::1"), start.plus(WINDOW)));
    }

    #[test]
    fn attack_40_guesses_at_once_are_no_free_ones() {
        let attempts = Attempts::default();

        let begun = (0..1_000).filter(|_| attempts.begin(Some("192.0.2.1"), Timestamp(0))).count();

        assert_eq!(begun, 10, "none of them has been told to be wrong yet");
    }

    #[test]
    fn right_codes_do_not_count() {
        let attempts = Attempts::default();
        for _ in 0..100 {
            assert!(attempts.begin(None, Timestamp(0)));
            attempts.was_right(None);
        }
    }

    #[test]
    fn no_crowd_fills_the_memory() {
        let attempts = Attempts::default();
        for host in 0..25_000_u32 {
            attempts.begin(Some(&std::net::Ipv4Addr::from(host).to_string()), Timestamp(0));
        }
        assert!(attempts.0.lock().unwrap().len() <= PLACES);
    }
}
