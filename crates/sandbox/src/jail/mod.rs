//! What a worker gives up before it sees a script.
//!
//! On Linux the system call filter is mandatory: without it a worker refuses to start. The other walls are raised as far
//! as kernel and container allow, and what is missing is reported. Other systems have no jail; their protection says so.

use crate::protection::Protection;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod system_calls;

/// The descriptor that connects a worker to its server, and the only one it keeps.
pub(crate) const CHANNEL: std::os::fd::RawFd = 3;

#[derive(Debug, thiserror::Error)]
pub(crate) enum JailError {
    #[cfg(target_os = "linux")]
    #[error("the system call filter could not be built: {0}")]
    Filter(#[from] seccompiler::BackendError),
    #[cfg(target_os = "linux")]
    #[error("the system call filter could not be installed: {0}")]
    Install(#[from] seccompiler::Error),
}

/// Locks this process in. There is no way back.
#[cfg(target_os = "linux")]
pub(crate) fn enter() -> Result<Protection, JailError> {
    linux::enter()
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn enter() -> Result<Protection, JailError> {
    use crate::protection::Barrier;
    let mut protection = Protection::default();
    for barrier in [
        Barrier::SystemCallFilter,
        Barrier::FileSystem,
        Barrier::UserNamespace,
        Barrier::NetworkNamespace,
        Barrier::NoNewPrivileges,
        Barrier::NotDumpable,
        Barrier::ResourceLimits,
    ] {
        protection.record(barrier, Err("there is no jail on this platform: for development only"));
    }
    Ok(protection)
}
