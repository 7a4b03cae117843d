//! What a worker says that its script has taken over (`signet_sandbox`, `pool/session.rs` and `pool/check.rs`).
//!
//! The first byte is the length of the pieces in which the rest arrives.

use serde_json::Value;
use signet_sandbox::fuzzing::{Heard, worker_says};
use signet_sandbox::{Limits, LogLine, Outcome};

/// Small, so that a short input can be too long.
fn limits() -> Limits {
    Limits { output_bytes: 600, log_bytes: 60, ..Limits::default() }
}

/// The longest frame that is waited for, and what one read may bring more than that.
const MOST_KEPT: usize = (64 << 10) + (1 << 20) + 16 + 5 + 256;
/// A worker cuts messages and stacks.
const MOST_TOLD: usize = 16 << 10;

pub fn run(data: &[u8]) {
    let Some((piece, bytes)) = data.split_first() else { return };
    let limits = limits();
    let heard = worker_says(bytes, usize::from(*piece), &limits);
    assert!(heard.kept <= MOST_KEPT.min(bytes.len().max(1)), "{} bytes were kept", heard.kept);
    assert!(heard.requests.len() <= 64, "{} requests", heard.requests.len());
    if let Some((outcome, logs)) = &heard.outcome {
        assert!(heard.broken.is_none());
        check(outcome, logs, &limits);
    }
    assert_eq!(summary(&heard), summary(&worker_says(bytes, bytes.len(), &limits)), "pieces make no difference");
}

fn summary(heard: &Heard) -> (String, bool) {
    (format!("{:?}", heard.outcome), heard.broken.is_some())
}

fn check(outcome: &Outcome, logs: &[LogLine], limits: &Limits) {
    assert!(logs.iter().map(|line| line.text.len()).sum::<usize>() <= limits.log_bytes);
    match outcome {
        Outcome::Returned(json) => {
            assert!(json.get().len() <= limits.output_bytes);
            let value: Value = serde_json::from_str(json.get()).expect("a result is JSON");
            assert!(value.is_object());
        }
        Outcome::TimedOut { limit } => assert!(*limit <= limits.wall),
        Outcome::Runtime { name, message, stack, .. } => {
            assert!(name.len() + message.len() + stack.as_deref().map_or(0, str::len) <= MOST_TOLD);
        }
        other => assert!(other.message().len() <= MOST_TOLD),
    }
}
