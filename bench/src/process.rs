//! What processes have used, from `/proc`: CPU of a process with all below it, and memory.

use anyhow::{Context as _, Result};
use rustix::time::{ClockId, clock_gettime};
use std::collections::HashMap;
use std::fs;
use std::time::Duration;

/// Clock ticks of `/proc/<pid>/stat` are hundredths of a second on every machine that Rust runs Linux on.
const TICK: Duration = Duration::from_millis(10);

/// A process with its descendants.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tree(pub(crate) u32);

/// One line of `/proc/<pid>/stat`.
struct Stat {
    parent: u32,
    /// User and system time, its own and of children that ended.
    ticks: u32,
    /// Of children that ended and were waited for.
    child_ticks: u32,
}

fn stat(pid: &str) -> Option<Stat> {
    let line = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it may hold anything, parentheses too.
    let fields: Vec<&str> = line.get(line.rfind(')')? + 1..)?.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u32>().ok();
    let child_ticks = number(13)? + number(14)?;
    Some(Stat { parent: number(1)?, ticks: number(11)? + number(12)? + child_ticks, child_ticks })
}

impl Tree {
    /// The process and its descendants, with what each has used.
    fn members(self) -> Result<HashMap<u32, Stat>> {
        let names = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let all: HashMap<u32, Stat> = names.filter_map(|name| Some((name.parse().ok()?, stat(&name)?))).collect();
        let is_below = |pid: &u32| {
            let mut at = *pid;
            while at > 1 && at != self.0 {
                at = all.get(&at).map_or(0, |stat| stat.parent);
            }
            at == self.0
        };
        let below: Vec<u32> = all.keys().copied().filter(is_below).collect();
        Ok(all.into_iter().filter(|(pid, _)| below.contains(pid)).collect())
    }

    /// CPU time since the processes began. Children that ended are in their parent's.
    pub(crate) fn cpu(self) -> Result<Duration> {
        Ok(TICK * self.members()?.values().map(|stat| stat.ticks).sum::<u32>())
    }

    /// Bytes in memory of the process itself.
    pub(crate) fn resident(self) -> Result<u64> {
        kilobytes(&format!("/proc/{}/status", self.0), "VmRSS:").context("the server's memory")
    }

    /// Bytes that a child shares with nobody and has written: the largest of the children.
    pub(crate) fn private_of_children(self) -> Result<Option<u64>> {
        let children = self.members()?.into_iter().filter(|(_, stat)| stat.parent == self.0);
        Ok(children.filter_map(|(pid, _)| kilobytes(&format!("/proc/{pid}/smaps_rollup"), "Private_Dirty:")).max())
    }
}

fn kilobytes(file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// CPU time of children of this program that ended: the load generator's.
pub(crate) fn ended_children_cpu() -> Result<Duration> {
    Ok(TICK * stat("self").context("/proc/self/stat")?.child_ticks)
}

/// CPU time of this thread, to the nanosecond.
pub(crate) fn own_thread_cpu() -> Duration {
    clock(ClockId::ThreadCPUTime)
}

/// CPU time of this program, to the nanosecond.
pub(crate) fn own_cpu() -> Duration {
    clock(ClockId::ProcessCPUTime)
}

fn clock(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The parent of a process.
pub(crate) fn parent(pid: u32) -> Option<u32> {
    stat(&pid.to_string()).map(|stat| stat.parent)
}
