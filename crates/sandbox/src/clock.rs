//! The only place of this crate that reads a clock on the worker's side.
//!
//! Deadlines here are real time by nature: a frozen clock would let a script run forever.

use std::time::{Duration, Instant};

#[expect(clippy::disallowed_methods, reason = "a script's deadline is real time, in a process that has no Clock")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// CPU time that this process has used so far.
#[expect(unsafe_code, reason = "the standard library does not offer CPU clocks")]
pub(crate) fn cpu() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid, writable timespec for the length of the call.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}
