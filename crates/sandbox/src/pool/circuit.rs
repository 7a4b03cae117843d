//! A script that keeps failing expensively is not run for a while: its runs take places and processors from others, and
//! the next one would end no better.
//!
//! Only failures that cost something count: time, memory, a worker. A script that throws at once is nobody's burden, and
//! what its failure means for the caller is not decided here.

use super::schedule::Lane;
use crate::outcome::Outcome;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// When a script's circuit opens, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitConfig {
    /// Expensive failures in a row that open it. 0 never does.
    pub failures: u32,
    /// How long the script is refused before one run may try again.
    pub cooldown: Duration,
}

impl Default for CircuitConfig {
    fn default() -> Self {
        Self { failures: 10, cooldown: Duration::from_secs(10) }
    }
}

/// A failure that took at least this long was expensive.
const EXPENSIVE: Duration = Duration::from_millis(50);
/// Scripts with recent failures that are remembered.
const REMEMBERED: usize = 4096;

#[derive(Default)]
struct Trouble {
    failures: u32,
    /// Refused until then, when the circuit is open.
    until: Option<Instant>,
}

pub(super) struct Circuits {
    config: CircuitConfig,
    /// Scripts whose last runs failed.
    troubled: Mutex<HashMap<Lane, Trouble>>,
    /// Its size, so that nobody takes the lock while all is well.
    count: AtomicUsize,
}

impl Circuits {
    pub(super) fn new(config: CircuitConfig) -> Self {
        Self { config, troubled: Mutex::default(), count: AtomicUsize::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Lane, Trouble>> {
        self.troubled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the script may run now. After the cooldown one run may, and the others wait for what becomes of it.
    pub(super) fn admits(&self, lane: &Lane, now: Instant) -> bool {
        if self.count.load(Ordering::Relaxed) == 0 {
            return true;
        }
        let mut troubled = self.lock();
        let Some(until) = troubled.get_mut(lane).and_then(|trouble| trouble.until.as_mut()) else { return true };
        if now < *until {
            return false;
        }
        *until = now + self.config.cooldown;
        true
    }

    /// Learns from a run.
    pub(super) fn record(&self, lane: &Lane, (outcome, duration): (&Outcome, Duration), now: Instant) {
        let failed = is_expensive_failure(outcome, duration);
        if self.config.failures == 0 || (!failed && self.count.load(Ordering::Relaxed) == 0) {
            return;
        }
        let mut troubled = self.lock();
        if failed {
            if troubled.len() >= REMEMBERED {
                troubled.retain(|_, trouble| trouble.until.is_some_and(|until| until > now));
            }
            let trouble = troubled.entry(lane.clone()).or_default();
            trouble.failures = trouble.failures.saturating_add(1);
            if trouble.failures >= self.config.failures {
                trouble.until = Some(now + self.config.cooldown);
            }
        } else if !matches!(outcome, Outcome::Shed | Outcome::CircuitOpen) {
            troubled.remove(lane);
        }
        self.count.store(troubled.len(), Ordering::Relaxed);
    }

    /// Circuits that are open.
    pub(super) fn open(&self, now: Instant) -> usize {
        self.lock().values().filter(|trouble| trouble.until.is_some_and(|until| until > now)).count()
    }
}

fn is_expensive_failure(outcome: &Outcome, duration: Duration) -> bool {
    match outcome {
        Outcome::TimedOut { .. } | Outcome::OutOfMemory | Outcome::Crashed => true,
        Outcome::Syntax { .. } | Outcome::MissingFunction { .. } | Outcome::Type { .. } | Outcome::Runtime { .. } => {
            duration >= EXPENSIVE
        }
        Outcome::Returned(_) | Outcome::Denied { .. } | Outcome::Shed | Outcome::CircuitOpen => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: CircuitConfig = CircuitConfig { failures: 3, cooldown: Duration::from_secs(10) };

    fn lane(script: u8) -> Lane {
        Lane { tenant: "t".into(), script: [script; 32] }
    }

    fn fail(circuits: &Circuits, times: u32, now: Instant) {
        for _ in 0..times {
            circuits.record(&lane(1), (&Outcome::OutOfMemory, Duration::ZERO), now);
        }
    }

    fn succeed(circuits: &Circuits, now: Instant) {
        let denied = Outcome::Denied { message: String::new() };
        circuits.record(&lane(1), (&denied, Duration::ZERO), now);
    }

    #[test]
    fn expensive_failures_in_a_row_open_the_circuit_of_that_script_only() {
        let (circuits, now) = (Circuits::new(CONFIG), Instant::now());
        fail(&circuits, 2, now);
        succeed(&circuits, now);
        fail(&circuits, 2, now);
        assert!(circuits.admits(&lane(1), now));
        fail(&circuits, 1, now);
        assert!(!circuits.admits(&lane(1), now));
        assert!(circuits.admits(&lane(2), now));
        assert_eq!(circuits.open(now), 1);
    }

    #[test]
    fn after_the_cooldown_one_run_tries_and_decides() {
        let (circuits, now) = (Circuits::new(CONFIG), Instant::now());
        fail(&circuits, 3, now);
        let later = now + CONFIG.cooldown;
        assert!(circuits.admits(&lane(1), later), "one tries");
        assert!(!circuits.admits(&lane(1), later), "the others wait");
        fail(&circuits, 1, later);
        assert!(!circuits.admits(&lane(1), later));

        let still_later = later + CONFIG.cooldown;
        assert!(circuits.admits(&lane(1), still_later));
        succeed(&circuits, still_later);
        assert!(circuits.admits(&lane(1), still_later));
        assert_eq!(circuits.open(still_later), 0);
    }

    #[test]
    fn a_script_that_throws_at_once_burdens_nobody() {
        let (circuits, now) = (Circuits::new(CONFIG), Instant::now());
        let thrown = Outcome::Type { message: String::new() };
        for _ in 0..100 {
            circuits.record(&lane(1), (&thrown, Duration::from_millis(1)), now);
        }
        assert!(circuits.admits(&lane(1), now));
        for _ in 0..3 {
            circuits.record(&lane(1), (&thrown, EXPENSIVE), now);
        }
        assert!(!circuits.admits(&lane(1), now));
    }

    #[test]
    fn without_a_number_of_failures_it_never_opens() {
        let circuits = Circuits::new(CircuitConfig { failures: 0, ..CONFIG });
        let now = Instant::now();
        fail(&circuits, 100, now);
        assert!(circuits.admits(&lane(1), now));
    }
}
