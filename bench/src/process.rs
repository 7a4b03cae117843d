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

/// A process's memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    /// Bytes that it shares with nobody and has written. Unknown where the system does not let us look.
    pub(crate) private: Option<u64>,
    pub(crate) resident: u64,
}

impl Tree {
    /// This program.
    pub(crate) fn own() -> Self {
        Self(std::process::id())
    }

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

    /// The processes that it has started itself and that have not ended.
    pub(crate) fn children(self) -> Result<Vec<u32>> {
        Ok(self.members()?.into_iter().filter(|(_, stat)| stat.parent == self.0).map(|(pid, _)| pid).collect())
    }

    /// Bytes in memory of the process itself.
    pub(crate) fn resident(self) -> Result<u64> {
        kilobytes(&format!("/proc/{}/status", self.0), "VmRSS:").context("a process's memory")
    }

    /// Memory of the process itself.
    pub(crate) fn memory(self) -> Result<Memory> {
        Ok(Memory { private: private(self.0), resident: self.resident()? })
    }

    /// Bytes that a child shares with nobody and has written: the largest of the children.
    pub(crate) fn private_of_children(self) -> Result<Option<u64>> {
        Ok(self.children()?.into_iter().filter_map(private).max())
    }
}

fn private(pid: u32) -> Option<u64> {
    kilobytes(&format!("/proc/{pid}/smaps_rollup"), "Private_Dirty:")
}

/// CPU time of the first thread of a process, to the nanosecond. Exact while the thread waits.
pub(crate) fn thread_cpu(pid: u32) -> Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{pid}/schedstat"))?;
    let nanos = text.split_whitespace().next().and_then(|number| number.parse().ok());
    nanos.map(Duration::from_nanos).context("/proc/<pid>/schedstat")
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
