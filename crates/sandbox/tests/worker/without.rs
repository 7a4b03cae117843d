//! A worker on a kernel, or in a container, that does not let it raise one of its walls.

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::process::ExitCode;

/// The system call and the value of its first argument without which a wall cannot be raised.
fn refused(wall: &str) -> Vec<(libc::c_long, Option<u64>)> {
    let user = u64::from(libc::CLONE_NEWUSER.unsigned_abs());
    let network = u64::from((libc::CLONE_NEWNET | libc::CLONE_NEWIPC | libc::CLONE_NEWUTS).unsigned_abs());
    let prctl = |option: libc::c_int| (libc::SYS_prctl, Some(u64::from(option.unsigned_abs())));
    match wall {
        "landlock" => vec![(libc::SYS_landlock_create_ruleset, None)],
        "landlock_restrict" => vec![(libc::SYS_landlock_restrict_self, None)],
        "user_namespace" => vec![(libc::SYS_unshare, Some(user))],
        "network_namespace" => vec![(libc::SYS_unshare, Some(network))],
        "namespaces" => vec![(libc::SYS_unshare, None)],
        "resource_limits" => vec![(libc::SYS_prlimit64, None)],
        "not_dumpable" => vec![prctl(libc::PR_SET_DUMPABLE)],
        "close_range" => vec![(libc::SYS_close_range, None)],
        "system_call_filter" => vec![(libc::SYS_seccomp, None), prctl(libc::PR_SET_SECCOMP)],
        _ => Vec::new(),
    }
}

/// Works after a filter was put in place that answers EPERM to what `wall` needs.
pub(crate) fn work(wall: &str) -> ExitCode {
    let Some(filter) = filter(wall) else { return ExitCode::from(64) };
    seccompiler::apply_filter(&filter).unwrap();
    signet_sandbox::worker_main()
}

fn filter(wall: &str) -> Option<BpfProgram> {
    let rule = |value: Option<u64>| {
        let equal = |value| SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value).unwrap();
        value.map(|value| SeccompRule::new(vec![equal(value)]).unwrap())
    };
    let refused = refused(wall);
    if refused.is_empty() {
        return None;
    }
    let rules = refused.into_iter().map(|(call, value)| (call, rule(value).into_iter().collect())).collect();
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let architecture = std::env::consts::ARCH.try_into().ok()?;
    SeccompFilter::new(rules, SeccompAction::Allow, refuse, architecture).ok()?.try_into().ok()
}
