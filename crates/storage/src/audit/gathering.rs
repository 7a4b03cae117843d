//! When a group of waiting entries is worth a commit, without any I/O.
//!
//! A commit costs much the same for one request as for ten. So whoever is ready waits for others that are under way,
//! as long as they come soon: the size to wait for grows while groups fill up, and shrinks when one did not in time.

/// Groups larger than this save nothing more.
const LARGEST: usize = 64;
/// Commits after one that came late before the size grows again.
const CAUTION: u32 = 64;

/// What is known about requests under way, and how far waiting for them has paid.
pub(super) struct Gathering {
    /// Requests under way that will append and have not yet.
    announced: usize,
    /// Requests that are worth waiting for, the waiting ones included.
    target: usize,
    /// Commits until the target may grow.
    caution: u32,
}

impl Default for Gathering {
    fn default() -> Self {
        Self { announced: 0, target: 1, caution: 0 }
    }
}

impl Gathering {
    pub(super) fn announce(&mut self) {
        self.announced += 1;
    }

    /// An announced request has come, or never will.
    pub(super) fn settle(&mut self) {
        self.announced = self.announced.saturating_sub(1);
    }

    /// Whether `waiting` requests should be committed now. Half of all under way is enough: the others would only keep
    /// the processors idle meanwhile. Who is alone never waits.
    pub(super) fn is_due(&self, waiting: usize) -> bool {
        waiting >= self.target || waiting >= self.announced
    }

    /// A group was full.
    pub(super) fn filled(&mut self, waiting: usize) {
        if self.caution > 0 {
            self.caution -= 1;
        } else if waiting >= self.target {
            self.target = (self.target + 1).min(LARGEST);
        }
    }

    /// A group was not full in time: those under way are busy with something slow.
    pub(super) fn late(&mut self, waiting: usize) {
        self.target = waiting.max(1);
        self.caution = CAUTION;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn under_way(requests: usize) -> Gathering {
        let mut gathering = Gathering::default();
        (0..requests).for_each(|_| gathering.announce());
        gathering
    }

    #[test]
    fn a_lone_request_never_waits() {
        let mut alone = under_way(1);
        alone.settle();
        (0..1000).for_each(|_| alone.filled(1));
        assert!(alone.is_due(1));
    }

    #[test]
    fn groups_grow_to_half_of_what_is_under_way() {
        let mut busy = under_way(16);
        (0..100).for_each(|_| busy.filled(usize::MAX));
        busy.settle();
        assert!(!busy.is_due(1), "fifteen more are coming");
        (0..7).for_each(|_| busy.settle());
        assert!(busy.is_due(8));
    }

    #[test]
    fn slow_company_is_not_waited_for_again() {
        let mut slow = under_way(16);
        (0..100).for_each(|_| slow.filled(usize::MAX));
        assert!(!slow.is_due(1));
        slow.late(1);
        for _ in 0..CAUTION {
            assert!(slow.is_due(1));
            slow.filled(1);
        }
        slow.filled(1);
        assert!(!slow.is_due(1), "now and then it is tried again");
    }
}
