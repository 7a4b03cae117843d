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

/// Sleeps. The standard library would do it with a system call that a worker may not make.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the standard library sleeps in another way")]
pub(crate) fn sleep(time: Duration) {
    let time = libc::timespec {
        tv_sec: libc::time_t::try_from(time.as_secs()).unwrap_or(libc::time_t::MAX),
        tv_nsec: time.subsec_nanos().into(),
    };
    // SAFETY: waits for no file, changes no signal mask, and reads a time that lives as long as the call.
    unsafe { libc::ppoll(std::ptr::null_mut(), 0, &raw const time, std::ptr::null()) };
}

#[cfg(not(target_os = "linux"))]
pub(crate) use std::thread::sleep;
