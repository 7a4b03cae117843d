//! System calls by the names under which the tests of the jail ask for them.
//!
//! The tests ask this program for the names, so a line here is a call that is made and a test of what comes of it.

use libc::c_long;
use std::ffi::CStr;

/// One argument of a raw system call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Argument {
    Number(c_long),
    Text(&'static CStr),
    /// Writable memory of a few hundred bytes, all zeros.
    Memory,
}

use Argument::{Memory as M, Number as N, Text as T};

/// A call's name, its number, its arguments; those that are not given are zeros.
pub(crate) type Call = (&'static str, c_long, &'static [Argument]);

const HERE: Argument = N(libc::AT_FDCWD as c_long);
const CHANNEL: Argument = N(3);
const EXEC: Argument = N((libc::PROT_READ | libc::PROT_EXEC) as c_long);
const PAGE: Argument = N(4096);
const PRIVATE: Argument = N((libc::MAP_PRIVATE | libc::MAP_ANONYMOUS) as c_long);
const STREAM: Argument = N(libc::SOCK_STREAM as c_long);
/// What is added to the number of a call of the x32 interface.
#[cfg(target_arch = "x86_64")]
const X32: c_long = 0x4000_0000;

/// What no confined process may do. Each of them kills it on the spot.
pub(crate) const FORBIDDEN: &[Call] = &[
    // Files, by any way to name one.
    ("openat", libc::SYS_openat, &[HERE, T(c"/etc/passwd")]),
    ("openat of proc", libc::SYS_openat, &[HERE, T(c"/proc/self/maps")]),
    ("openat of the server's memory", libc::SYS_openat, &[HERE, T(c"/proc/1/mem"), N(libc::O_RDWR as c_long)]),
    ("openat2", libc::SYS_openat2, &[HERE, T(c"/etc/passwd"), M, N(24)]),
    ("open_by_handle_at", libc::SYS_open_by_handle_at, &[HERE, M]),
    ("readlinkat", libc::SYS_readlinkat, &[HERE, T(c"/proc/self/exe"), M, N(64)]),
    ("statx", libc::SYS_statx, &[HERE, T(c"/"), N(0), N(0), M]),
    ("unlinkat", libc::SYS_unlinkat, &[HERE, T(c"/tmp/x")]),
    ("mkdirat", libc::SYS_mkdirat, &[HERE, T(c"/tmp/x")]),
    ("memfd_create", libc::SYS_memfd_create, &[T(c"x")]),
    ("inotify_init1", libc::SYS_inotify_init1, &[]),
    ("mq_open", libc::SYS_mq_open, &[T(c"x")]),
    // Descriptors that others left open, and passing them on.
    ("read of standard input", libc::SYS_read, &[N(0), M, N(1)]),
    ("write to standard output", libc::SYS_write, &[N(1), T(c"x"), N(1)]),
    ("write to standard error", libc::SYS_write, &[N(2), T(c"x"), N(1)]),
    ("writev on the channel", libc::SYS_writev, &[CHANNEL, M, N(0)]),
    ("pread64", libc::SYS_pread64, &[CHANNEL, M, N(1)]),
    ("dup", libc::SYS_dup, &[CHANNEL]),
    ("dup3", libc::SYS_dup3, &[CHANNEL, N(7)]),
    ("fcntl", libc::SYS_fcntl, &[CHANNEL, N(libc::F_DUPFD as c_long), N(7)]),
    ("ioctl", libc::SYS_ioctl, &[CHANNEL, N(libc::FIONREAD.cast_signed()), M]),
    ("close", libc::SYS_close, &[CHANNEL]),
    ("sendmsg on the channel", libc::SYS_sendmsg, &[CHANNEL, M]),
    ("recvmsg on the channel", libc::SYS_recvmsg, &[CHANNEL, M]),
    ("sendto on the channel", libc::SYS_sendto, &[CHANNEL, T(c"x"), N(1)]),
    ("recvfrom on the channel", libc::SYS_recvfrom, &[CHANNEL, M, N(1)]),
    ("sendfile", libc::SYS_sendfile, &[CHANNEL, CHANNEL, N(0), N(1)]),
    ("splice", libc::SYS_splice, &[CHANNEL, N(0), CHANNEL, N(0), N(1)]),
    ("pidfd_open", libc::SYS_pidfd_open, &[N(1)]),
    ("pidfd_getfd", libc::SYS_pidfd_getfd, &[CHANNEL, N(0)]),
    // The network.
    ("socket of the internet", libc::SYS_socket, &[N(libc::AF_INET as c_long), STREAM]),
    ("socket of this machine", libc::SYS_socket, &[N(libc::AF_UNIX as c_long), STREAM]),
    ("socket of the kernel", libc::SYS_socket, &[N(libc::AF_NETLINK as c_long), N(libc::SOCK_RAW as c_long)]),
    ("socketpair", libc::SYS_socketpair, &[N(libc::AF_UNIX as c_long), STREAM, N(0), M]),
    ("connect", libc::SYS_connect, &[CHANNEL, M, N(16)]),
    ("bind", libc::SYS_bind, &[CHANNEL, M, N(16)]),
    ("listen", libc::SYS_listen, &[CHANNEL, N(1)]),
    ("accept4", libc::SYS_accept4, &[CHANNEL]),
    ("setsockopt", libc::SYS_setsockopt, &[CHANNEL, N(1), N(2), M, N(4)]),
    // Programs and processes.
    ("execve", libc::SYS_execve, &[T(c"/bin/sh"), N(0), N(0)]),
    ("execveat", libc::SYS_execveat, &[HERE, T(c"/bin/sh"), N(0), N(0), N(0)]),
    ("clone", libc::SYS_clone, &[N(libc::SIGCHLD as c_long)]),
    ("clone of a thread", libc::SYS_clone, &[N((libc::CLONE_VM | libc::CLONE_THREAD | libc::CLONE_SIGHAND) as c_long)]),
    ("clone3", libc::SYS_clone3, &[M, N(64)]),
    ("kill of the server", libc::SYS_kill, &[N(1), N(0)]),
    ("kill of everybody", libc::SYS_kill, &[N(-1), N(0)]),
    ("tkill", libc::SYS_tkill, &[N(1), N(0)]),
    ("tgkill", libc::SYS_tgkill, &[N(1), N(1), N(0)]),
    ("rt_sigqueueinfo", libc::SYS_rt_sigqueueinfo, &[N(1), N(0), M]),
    ("rt_sigaction", libc::SYS_rt_sigaction, &[N(libc::SIGSYS as c_long), M, N(0), N(8)]),
    ("rt_sigprocmask", libc::SYS_rt_sigprocmask, &[N(0), M, N(0), N(8)]),
    ("ptrace of the server", libc::SYS_ptrace, &[N(libc::PTRACE_ATTACH as c_long), N(1)]),
    ("ptrace of itself", libc::SYS_ptrace, &[N(libc::PTRACE_TRACEME as c_long)]),
    ("process_vm_readv", libc::SYS_process_vm_readv, &[N(1), M, N(1), M, N(1)]),
    ("process_vm_writev", libc::SYS_process_vm_writev, &[N(1), M, N(1), M, N(1)]),
    ("kcmp", libc::SYS_kcmp, &[N(1), N(1)]),
    ("getpid", libc::SYS_getpid, &[]),
    ("getppid", libc::SYS_getppid, &[]),
    ("sched_setaffinity", libc::SYS_sched_setaffinity, &[N(0), N(8), M]),
    ("setpriority", libc::SYS_setpriority, &[N(0), N(0), N(-20)]),
    // Memory that can be executed or shared.
    ("mmap executable", libc::SYS_mmap, &[N(0), PAGE, EXEC, PRIVATE, N(-1)]),
    ("mmap executable with odd high bits", libc::SYS_mmap, &[N(0), PAGE, N(0x7fff_0000_0000_0005), PRIVATE, N(-1)]),
    ("mprotect executable", libc::SYS_mprotect, &[N(0), PAGE, EXEC]),
    ("pkey_mprotect", libc::SYS_pkey_mprotect, &[N(0), PAGE, EXEC, N(-1)]),
    ("shmget", libc::SYS_shmget, &[N(0), PAGE, N(0o600)]),
    ("shmat", libc::SYS_shmat, &[N(0), N(0), N(libc::SHM_EXEC as c_long)]),
    ("remap_file_pages", libc::SYS_remap_file_pages, &[N(0), PAGE]),
    ("process_madvise", libc::SYS_process_madvise, &[N(3), M, N(1)]),
    ("personality", libc::SYS_personality, &[N(libc::READ_IMPLIES_EXEC as c_long)]),
    ("userfaultfd", libc::SYS_userfaultfd, &[]),
    // Privileges, namespaces, and the walls themselves.
    ("unshare", libc::SYS_unshare, &[N(libc::CLONE_NEWUSER as c_long)]),
    ("setns", libc::SYS_setns, &[CHANNEL, N(0)]),
    ("mount", libc::SYS_mount, &[T(c"none"), T(c"/tmp"), T(c"tmpfs")]),
    ("umount2", libc::SYS_umount2, &[T(c"/proc")]),
    ("open_tree", libc::SYS_open_tree, &[HERE, T(c"/")]),
    ("pivot_root", libc::SYS_pivot_root, &[T(c"/"), T(c"/")]),
    ("chroot", libc::SYS_chroot, &[T(c"/")]),
    ("setuid", libc::SYS_setuid, &[N(0)]),
    ("capset", libc::SYS_capset, &[M, M]),
    ("prctl dumpable", libc::SYS_prctl, &[N(libc::PR_SET_DUMPABLE as c_long), N(1)]),
    ("prctl name", libc::SYS_prctl, &[N(libc::PR_SET_NAME as c_long), T(c"x")]),
    ("seccomp", libc::SYS_seccomp, &[N(1), N(0), M]),
    ("prlimit64", libc::SYS_prlimit64, &[N(0), N(libc::RLIMIT_NOFILE as c_long), M, N(0)]),
    ("prlimit64 of the server", libc::SYS_prlimit64, &[N(1), N(libc::RLIMIT_NOFILE as c_long), N(0), M]),
    ("landlock_create_ruleset", libc::SYS_landlock_create_ruleset, &[M, N(8)]),
    // The kernel's large surfaces.
    ("bpf", libc::SYS_bpf, &[N(0), M, N(64)]),
    ("perf_event_open", libc::SYS_perf_event_open, &[M, N(0), N(-1), N(-1)]),
    ("io_uring_setup", libc::SYS_io_uring_setup, &[N(1), M]),
    ("io_uring_enter", libc::SYS_io_uring_enter, &[CHANNEL]),
    ("io_setup", libc::SYS_io_setup, &[N(1), M]),
    ("add_key", libc::SYS_add_key, &[T(c"user"), T(c"x"), T(c"x"), N(1), N(-4)]),
    ("keyctl", libc::SYS_keyctl, &[N(0), N(-4)]),
    ("timer_create", libc::SYS_timer_create, &[N(0), N(0), M]),
    ("quotactl", libc::SYS_quotactl, &[]),
    ("syslog", libc::SYS_syslog, &[N(2), M, N(1)]),
    ("reboot", libc::SYS_reboot, &[]),
    ("init_module", libc::SYS_init_module, &[]),
    ("kexec_load", libc::SYS_kexec_load, &[]),
    ("uname", libc::SYS_uname, &[M]),
    ("a number that no call has", 9_999, &[]),
    ("the number -1", -1, &[]),
];

/// Calls that exist in older interfaces of one architecture only.
#[cfg(target_arch = "x86_64")]
pub(crate) const FORBIDDEN_HERE: &[Call] = &[
    ("open", libc::SYS_open, &[T(c"/etc/passwd")]),
    ("creat", libc::SYS_creat, &[T(c"/tmp/x")]),
    ("stat", libc::SYS_stat, &[T(c"/"), M]),
    ("readlink", libc::SYS_readlink, &[T(c"/proc/self/exe"), M, N(64)]),
    ("dup2", libc::SYS_dup2, &[CHANNEL, N(7)]),
    ("pipe", libc::SYS_pipe, &[M]),
    ("fork", libc::SYS_fork, &[]),
    ("vfork", libc::SYS_vfork, &[]),
    ("setrlimit", libc::SYS_setrlimit, &[N(libc::RLIMIT_NOFILE as c_long), M]),
    ("getrlimit", libc::SYS_getrlimit, &[N(libc::RLIMIT_NOFILE as c_long), M]),
    ("arch_prctl", libc::SYS_arch_prctl, &[N(0x1002), M]),
    ("modify_ldt", libc::SYS_modify_ldt, &[N(0), M, N(16)]),
    ("iopl", libc::SYS_iopl, &[N(3)]),
    ("ioperm", libc::SYS_ioperm, &[N(0), N(1), N(1)]),
    ("alarm", libc::SYS_alarm, &[N(1)]),
    ("select", libc::SYS_select, &[N(0)]),
    // The x32 interface has numbers of its own; even calls that are allowed are not allowed there.
    ("write as x32", X32 + 1, &[CHANNEL, T(c"x"), N(1)]),
    ("open as x32", X32 + 2, &[T(c"/etc/passwd")]),
    ("execve as x32", X32 + 520, &[T(c"/bin/sh"), N(0), N(0)]),
    ("exit_group as x32", X32 + 231, &[N(0)]),
];
#[cfg(not(target_arch = "x86_64"))]
pub(crate) const FORBIDDEN_HERE: &[Call] = &[];

/// Calls that stay open because a worker needs them, used in ways that it does not: harmless, for the reason given.
pub(crate) const HARMLESS: &[Call] = &[
    // Reserves nothing and changes nothing: the addresses are not mapped.
    ("mremap of nothing", libc::SYS_mremap, &[N(0), PAGE, PAGE]),
    ("munmap of nothing", libc::SYS_munmap, &[N(0), PAGE]),
    ("madvise of nothing", libc::SYS_madvise, &[N(0), PAGE, N(libc::MADV_DONTNEED as c_long)]),
    // Data only.
    ("mmap of memory", libc::SYS_mmap, &[N(0), PAGE, N(libc::PROT_READ as c_long), PRIVATE, N(-1)]),
    // No descriptor could be mapped: the channel is a socket, and no file was ever open.
    ("mmap of the channel", libc::SYS_mmap, &[N(0), PAGE, N(1), N(libc::MAP_PRIVATE as c_long), N(3)]),
    // More than the address space that the jail grants.
    ("mmap of a terabyte", libc::SYS_mmap, &[N(0), N(1 << 40), N(1), PRIVATE, N(-1)]),
    // Locking memory is limited to nothing.
    ("mmap of locked memory", libc::SYS_mmap, &[N(0), N(1 << 20), N(1), N(0x2022), N(-1)]),
    ("mprotect of data", libc::SYS_mprotect, &[N(0), PAGE, N(libc::PROT_READ as c_long)]),
    ("read of the channel into nowhere", libc::SYS_read, &[CHANNEL, N(0), N(0)]),
    ("write of nothing", libc::SYS_write, &[CHANNEL, N(0), N(0)]),
    ("write to the channel", libc::SYS_write, &[CHANNEL, T(c"x"), N(1)]),
    ("getrandom", libc::SYS_getrandom, &[M, N(16)]),
    ("clock_gettime", libc::SYS_clock_gettime, &[N(0), M]),
    ("futex wake", libc::SYS_futex, &[M, N(1), N(1)]),
    ("ppoll of nothing", libc::SYS_ppoll, &[N(0), N(0), M]),
    ("sigaltstack", libc::SYS_sigaltstack, &[N(0), M]),
];
