//! The process wall alone: the engine wall is breached on purpose, and raw system calls are made in the jail.
#![cfg(target_os = "linux")]

use crate::support::pool;
use signet_sandbox::{Barrier, WallState};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use std::time::Duration;

fn probe(act: &str) -> ExitStatus {
    Command::new(env!("CARGO_BIN_EXE_script-worker-test")).args(["probe", act]).output().unwrap().status
}

#[test]
fn forbidden_system_calls_kill_the_worker() {
    for act in [
        "write_stdout",
        "open",
        "read_proc",
        "socket",
        "connect",
        "sendmsg",
        "execve",
        "fork",
        "ptrace",
        "kill",
        "mmap_executable",
        "mprotect_executable",
        "memfd",
        "unshare",
        "io_uring",
    ] {
        assert_eq!(probe(act).signal(), Some(libc::SIGSYS), "{act}");
    }
}

#[test]
fn the_channel_and_the_end_are_allowed() {
    for act in ["nothing", "write_channel"] {
        assert_eq!(probe(act).code(), Some(0), "{act}");
    }
}

#[tokio::test]
async fn the_protection_names_every_wall() {
    let protection = pool().ready(Duration::from_secs(10)).await.unwrap();

    let walls: Vec<_> = protection.walls.iter().map(|wall| wall.barrier).collect();
    for barrier in [
        Barrier::SystemCallFilter,
        Barrier::FileSystem,
        Barrier::UserNamespace,
        Barrier::NetworkNamespace,
        Barrier::NoNewPrivileges,
        Barrier::NotDumpable,
        Barrier::ResourceLimits,
    ] {
        assert!(walls.contains(&barrier), "{protection}");
    }
    let mandatory = protection.walls.iter().find(|wall| wall.barrier == Barrier::SystemCallFilter).unwrap();
    assert_eq!(mandatory.state, WallState::Up);
}
