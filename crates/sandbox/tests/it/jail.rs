//! The process wall alone: the engine wall is breached on purpose, and raw system calls are made in the jail.
#![cfg(target_os = "linux")]

use crate::support::{body, config, json, pool, pool_with, run};
use serde_json::json;
use signet_sandbox::{Barrier, Outcome, PoolConfig, Protection, WallState};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Output};
use std::time::Duration;

fn worker(args: [&str; 2]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_script-worker-test")).args(args).output().unwrap()
}

fn probe(act: &str) -> ExitStatus {
    worker(["probe", act]).status
}

/// The system calls that the worker program can be asked to make: `tests/worker/system_calls.rs`.
fn calls(kind: &str) -> Vec<String> {
    String::from_utf8(worker(["calls", kind]).stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn forbidden_system_calls_kill_the_worker() {
    let forbidden = calls("forbidden");
    assert!(forbidden.len() > 100);
    for act in forbidden {
        let status = probe(&act);
        assert_eq!(status.signal(), Some(libc::SIGSYS), "{act}: {status:?}");
    }
}

#[test]
fn allowed_system_calls_do_nothing_that_a_worker_could_not_do_anyway() {
    for act in calls("harmless").iter().map(String::as_str).chain(["nothing", "all the memory there is"]) {
        let status = probe(act);
        assert_eq!(status.code(), Some(0), "{act}: {status:?}");
    }
}

#[test]
fn data_is_never_code_and_code_is_never_data() {
    for act in ["a write to code", "a jump into data"] {
        // The fault itself, or the filter as soon as the language's handler of faults does anything about it.
        let signal = probe(act).signal();
        assert!([Some(libc::SIGSEGV), Some(libc::SIGSYS)].contains(&signal), "{act}: {signal:?}");
    }
}

#[test]
#[cfg(target_arch = "x86_64")]
fn the_interface_of_32_bit_programs_is_closed() {
    // A kernel that has the interface kills by the filter; one that has not, by the unknown interrupt.
    let signal = probe("a 32-bit call").signal();
    assert!([Some(libc::SIGSYS), Some(libc::SIGSEGV)].contains(&signal), "{signal:?}");
}

/// What a worker reports that cannot raise a wall.
async fn protection_without(wall: &str) -> Protection {
    let pool = pool_with(config(&["without", wall]));
    let protection = pool.ready(Duration::from_secs(10)).await.unwrap_or_else(|| panic!("{wall}: no worker"));
    assert_eq!(json(&run(&pool, &body("return { works: true };")).await.outcome), json!({"works": true}), "{wall}");
    protection
}

fn missing(protection: &Protection) -> Vec<Barrier> {
    let is_missing = |state: &WallState| matches!(state, WallState::Missing(_));
    protection.walls.iter().filter(|wall| is_missing(&wall.state)).map(|wall| wall.barrier).collect()
}

#[tokio::test]
async fn a_wall_that_cannot_be_raised_is_named_and_the_others_stand() {
    let usual = missing(&pool().ready(Duration::from_secs(10)).await.unwrap());
    for (wall, expected) in [
        ("landlock", &[Barrier::FileSystem][..]),
        ("landlock_restrict", &[Barrier::FileSystem]),
        ("user_namespace", &[Barrier::UserNamespace]),
        ("network_namespace", &[Barrier::NetworkNamespace]),
        ("namespaces", &[Barrier::UserNamespace, Barrier::NetworkNamespace]),
        ("resource_limits", &[Barrier::ResourceLimits]),
        ("not_dumpable", &[Barrier::NotDumpable]),
        // Not a wall of its own: descriptors that were left open stay open and cannot be used.
        ("close_range", &[]),
    ] {
        let protection = protection_without(wall).await;
        let mut missing = missing(&protection);
        missing.retain(|barrier| expected.contains(barrier) || !usual.contains(barrier));
        // Without a user namespace, the others need privileges that the worker may have or not.
        missing.retain(|barrier| wall != "user_namespace" || *barrier != Barrier::NetworkNamespace);

        assert_eq!(missing, expected, "{wall}: {protection}");
        assert_eq!(protection.is_complete(), missing.is_empty() && usual.is_empty(), "{wall}: {protection}");
        for barrier in expected {
            assert!(protection.to_string().contains(&format!("{barrier}: missing (")), "{protection}");
        }
    }
}

#[tokio::test]
async fn a_worker_without_the_system_call_filter_does_not_start() {
    let config = PoolConfig { queue_timeout: Duration::from_secs(2), ..config(&["without", "system_call_filter"]) };
    let pool = pool_with(config);

    assert!(pool.ready(Duration::from_secs(1)).await.is_none());
    assert!(matches!(run(&pool, &body("return {};")).await.outcome, Outcome::Shed));
    assert_eq!(pool.stats().started, 0);
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
