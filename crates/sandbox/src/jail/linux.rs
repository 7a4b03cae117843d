//! The walls of a Linux worker, raised in an order in which each can still be raised.

#![expect(unsafe_code, reason = "process attributes are set by system calls; each use is argued below")]

use super::{CHANNEL, JailError, system_calls};
use crate::limits::Limits;
use crate::protection::{Barrier, Protection, Wall, WallState};
use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetError, RulesetStatus, Scope,
};
use std::io;

/// Address space: the script heap, the program with its libraries, and buffers.
const ADDRESS_SPACE: u64 = Limits::MAX_MEMORY_BYTES as u64 + (512 << 20);
/// CPU seconds of a whole worker. The server replaces a worker long before; this ends one whose server has died.
const CPU_SECONDS: u64 = 600;
/// What the main thread may grow to: the largest script stack with room for natives below it.
const STACK: u64 = 2 * Limits::MAX_STACK_BYTES as u64;

pub(super) fn enter() -> Result<Protection, JailError> {
    let mut protection = Protection::default();
    protection.record(Barrier::NotDumpable, attribute(libc::PR_SET_DUMPABLE, 0));
    protection.record(Barrier::NoNewPrivileges, attribute(libc::PR_SET_NO_NEW_PRIVS, 1));
    close_inherited();
    protection.record(Barrier::UserNamespace, leave_namespaces(libc::CLONE_NEWUSER));
    let network = libc::CLONE_NEWNET | libc::CLONE_NEWIPC | libc::CLONE_NEWUTS;
    protection.record(Barrier::NetworkNamespace, leave_namespaces(network));
    protection.walls.push(Wall { barrier: Barrier::FileSystem, state: landlock_state() });
    // After Landlock, whose rule set needs a descriptor.
    protection.record(Barrier::ResourceLimits, limit_resources());
    system_calls::install()?;
    protection.record(Barrier::SystemCallFilter, Ok::<_, io::Error>(()));
    Ok(protection)
}

fn check(result: libc::c_int) -> io::Result<()> {
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn attribute(option: libc::c_int, value: libc::c_ulong) -> io::Result<()> {
    // SAFETY: the two options used take one number and read no memory.
    check(unsafe { libc::prctl(option, value, 0, 0, 0) })
}

/// The server closes its descriptors on exec; this is for those of a library that forgot to.
fn close_inherited() {
    let first = CHANNEL.cast_unsigned() + 1;
    // SAFETY: the worker has opened nothing yet, so no object of this process owns a descriptor above the channel.
    // A kernel without the call leaves them open; the filter allows reading and writing on the channel only.
    unsafe { libc::syscall(libc::SYS_close_range, first, libc::c_uint::MAX, 0) };
}

fn leave_namespaces(flags: libc::c_int) -> io::Result<()> {
    // SAFETY: the process has one thread; new namespaces change no memory.
    check(unsafe { libc::unshare(flags) })
}

fn landlock_state() -> WallState {
    match restrict_files() {
        Ok(RulesetStatus::FullyEnforced) => WallState::Up,
        Ok(RulesetStatus::PartiallyEnforced) => WallState::Partial("the kernel knows an older Landlock".to_owned()),
        Ok(RulesetStatus::NotEnforced) => WallState::Missing("the kernel has no Landlock".to_owned()),
        // A container profile may answer EPERM instead of ENOSYS.
        Err(error) => WallState::Missing(error.to_string()),
    }
}

/// No rule allows anything, so everything that Landlock knows is refused.
fn restrict_files() -> Result<RulesetStatus, RulesetError> {
    let abi = ABI::V6;
    let rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?;
    Ok(rules.create()?.restrict_self()?.ruleset)
}

fn limit_resources() -> io::Result<()> {
    let mut stack = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `stack` is a valid rlimit for the length of the call.
    check(unsafe { libc::getrlimit(libc::RLIMIT_STACK, &raw mut stack) })?;
    let limits = [
        (libc::RLIMIT_AS, ADDRESS_SPACE),
        (libc::RLIMIT_STACK, STACK.min(stack.rlim_max)),
        (libc::RLIMIT_CPU, CPU_SECONDS),
        (libc::RLIMIT_CORE, 0),
        (libc::RLIMIT_FSIZE, 0),
        (libc::RLIMIT_NPROC, 0),
        (libc::RLIMIT_NOFILE, CHANNEL.unsigned_abs().into()),
        (libc::RLIMIT_MEMLOCK, 0),
    ];
    for (resource, value) in limits {
        let limit = libc::rlimit { rlim_cur: value, rlim_max: value };
        // SAFETY: `limit` is a valid rlimit for the length of the call.
        check(unsafe { libc::setrlimit(resource, &raw const limit) })?;
    }
    Ok(())
}
