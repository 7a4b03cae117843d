//! The system calls that a worker may still make. Any other kills it on the spot.

use super::{CHANNEL, JailError};
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen as Length, SeccompCmpOp as Compare, SeccompCondition,
    SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

/// Memory, clocks, randomness, locks, waiting, and the end.
const ALLOWED: &[libc::c_long] = &[
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_clock_gettime,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_futex,
    libc::SYS_ppoll,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_exit_group,
];
/// On the channel only.
const ON_CHANNEL: &[libc::c_long] = &[libc::SYS_read, libc::SYS_write];
/// Without `PROT_EXEC` only: nothing that a script wrote can become machine code.
const NEVER_EXECUTABLE: &[libc::c_long] = &[libc::SYS_mmap, libc::SYS_mprotect];

pub(super) fn install() -> Result<(), JailError> {
    Ok(seccompiler::apply_filter(&filter()?)?)
}

fn filter() -> Result<BpfProgram, BackendError> {
    let channel = SeccompCondition::new(0, Length::Dword, Compare::Eq, CHANNEL.unsigned_abs().into())?;
    let not_executable = Compare::MaskedEq(libc::PROT_EXEC.unsigned_abs().into());
    let plain_memory = SeccompCondition::new(2, Length::Dword, not_executable, 0)?;
    let mut rules: BTreeMap<libc::c_long, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    for (calls, condition) in [(ON_CHANNEL, channel), (NEVER_EXECUTABLE, plain_memory)] {
        for call in calls {
            rules.insert(*call, vec![SeccompRule::new(vec![condition.clone()])?]);
        }
    }
    let architecture = std::env::consts::ARCH.try_into()?;
    SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, architecture)?.try_into()
}
