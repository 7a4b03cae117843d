//! How much processor time a worker has used, and whether it may keep others waiting for it.
//!
//! A run that computes for long would share the processors evenly with the server and with quick runs, and each of those
//! would wait for whole time slices. It is put behind them instead: it gets what they leave, and a tenth of a share when
//! they leave nothing, so that on a busy machine it is slow and does not stand still.

use std::time::Duration;

/// CPU time that a process has used so far. Zero where it cannot be told.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the standard library does not read another process's clock")]
pub(super) fn used(pid: u32) -> Duration {
    let Ok(pid) = libc::pid_t::try_from(pid) else { return Duration::ZERO };
    let mut clock = 0;
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: both calls write one value that lives as long as the call.
    let known = unsafe {
        libc::clock_getcpuclockid(pid, &raw mut clock) == 0 && libc::clock_gettime(clock, &raw mut time) == 0
    };
    if !known {
        return Duration::ZERO;
    }
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// What a process that is put behind has more of than the server: a tenth of its weight.
#[cfg(target_os = "linux")]
const NICER: libc::c_int = 10;
/// There is no more.
#[cfg(target_os = "linux")]
const NICEST: libc::c_int = 19;

/// Whose turn it is when processors are scarce.
#[cfg(target_os = "linux")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Usual,
    AfterOthers,
}

/// Whether the rank could be changed. Going up again needs a privilege that servers often lack.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the standard library does not change priorities")]
pub(super) fn set_rank(pid: u32, rank: Rank) -> bool {
    // SAFETY: takes numbers only. For the caller itself it cannot fail.
    let own = unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) };
    let nice = match rank {
        Rank::Usual => own,
        Rank::AfterOthers => (own + NICER).min(NICEST),
    };
    // SAFETY: takes numbers only.
    unsafe { libc::setpriority(libc::PRIO_PROCESS, pid, nice) == 0 }
}

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::{Rank, set_rank, used};

/// Without a way to tell who computes, nobody is put behind.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::time::Duration;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in super::super) enum Rank {
        Usual,
        AfterOthers,
    }

    pub(in super::super) fn used(_: u32) -> Duration {
        Duration::ZERO
    }

    pub(in super::super) fn set_rank(_: u32, _: Rank) -> bool {
        false
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn a_process_is_put_behind_and_its_time_is_read() {
        let mut child = Command::new("sh").args(["-c", "while :; do :; done"]).stdin(Stdio::null()).spawn().unwrap();
        // Field 19, counted from behind the name.
        let nice = |pid: u32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
            stat.rsplit(')').next().unwrap().split_whitespace().nth(16).unwrap().parse::<i32>().unwrap()
        };
        let own = nice(std::process::id());
        let was_put_behind = set_rank(child.id(), Rank::AfterOthers);
        let behind = nice(child.id());
        let came_back = set_rank(child.id(), Rank::Usual);
        let usual = nice(child.id());
        // It gets its turn sooner or later.
        let time = (0..10_000_000).map(|_| used(child.id())).find(|time| *time > Duration::ZERO);
        child.kill().unwrap();
        child.wait().unwrap();

        assert!(time.is_some());
        assert!(was_put_behind && behind == (own + 10).min(19), "{behind} beside {own}");
        assert_eq!(usual, if came_back { own } else { behind }, "as nice as the server, which need not be 0");
        assert_eq!(used(child.id()), Duration::ZERO, "it has ended");
    }
}
