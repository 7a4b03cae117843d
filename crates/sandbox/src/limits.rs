//! What one run may use.

use std::time::Duration;

/// The budget of one run. Going over any of them ends the run with the outcome that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Time from the start of the run to its end, waiting included.
    pub wall: Duration,
    /// Processor time.
    pub cpu: Duration,
    /// Bytes of the script heap, on top of what an empty realm holds.
    pub memory_bytes: usize,
    /// Bytes of native stack.
    pub stack_bytes: usize,
    /// Bytes of the result as JSON.
    pub output_bytes: usize,
    /// Bytes of captured `console` text; the rest is dropped.
    pub log_bytes: usize,
}

impl Limits {
    /// The largest heap that a worker can grant, whatever [`Limits::memory_bytes`] says.
    pub const MAX_MEMORY_BYTES: usize = 512 << 20;
    /// The largest stack that a worker can grant, whatever [`Limits::stack_bytes`] says.
    pub const MAX_STACK_BYTES: usize = 4 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall: Duration::from_secs(5),
            cpu: Duration::from_secs(5),
            memory_bytes: 128 << 20,
            stack_bytes: 1 << 20,
            output_bytes: 50 << 10,
            log_bytes: 16 << 10,
        }
    }
}
