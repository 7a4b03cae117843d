//! The worker program of the integration tests.
//!
//! `work` is an honest worker. `probe …` enters the jail and does one forbidden thing. `lie …` claims to be a confined
//! worker and then breaks the protocol, as a worker does whose script has taken over the engine. `remember` runs nothing
//! and says whose runs it was given.

#![expect(unsafe_code, reason = "the probes are raw system calls")]
#![expect(clippy::unwrap_used, reason = "a test program may die")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["work"] => signet_sandbox::worker_main(),
        #[cfg(target_os = "linux")]
        ["probe", act] => probe(act),
        ["lie", how] => lie(how),
        ["remember"] => remember(),
        _ => ExitCode::from(64),
    }
}

/// A raw call without the C library's checks in between, as injected machine code would make it.
#[cfg(target_os = "linux")]
fn probe(act: &str) -> ExitCode {
    let address = |text: &'static std::ffi::CStr| text.as_ptr().addr().cast_signed() as libc::c_long;
    let (here, text) = (libc::c_long::from(libc::AT_FDCWD), address(c"x"));
    let [executable, memory] = [libc::PROT_READ | libc::PROT_EXEC, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS];
    let (number, arguments): (libc::c_long, [libc::c_long; 5]) = match act {
        "nothing" => (libc::SYS_getrandom, [0; 5]),
        "write_channel" => (libc::SYS_write, [3, text, 1, 0, 0]),
        "write_stdout" => (libc::SYS_write, [1, text, 1, 0, 0]),
        "open" => (libc::SYS_openat, [here, address(c"/etc/passwd"), 0, 0, 0]),
        "read_proc" => (libc::SYS_openat, [here, address(c"/proc/self/maps"), 0, 0, 0]),
        "socket" => (libc::SYS_socket, [libc::AF_INET.into(), libc::SOCK_STREAM.into(), 0, 0, 0]),
        "connect" => (libc::SYS_connect, [3, 0, 0, 0, 0]),
        "sendmsg" => (libc::SYS_sendmsg, [3, 0, 0, 0, 0]),
        "execve" => (libc::SYS_execve, [address(c"/bin/sh"), 0, 0, 0, 0]),
        "fork" => (libc::SYS_clone, [libc::SIGCHLD.into(), 0, 0, 0, 0]),
        "ptrace" => (libc::SYS_ptrace, [libc::PTRACE_TRACEME.into(), 0, 0, 0, 0]),
        "kill" => (libc::SYS_kill, [1, 0, 0, 0, 0]),
        "mmap_executable" => (libc::SYS_mmap, [0, 4096, executable.into(), memory.into(), -1]),
        "mprotect_executable" => (libc::SYS_mprotect, [0, 4096, libc::PROT_EXEC.into(), 0, 0]),
        "memfd" => (libc::SYS_memfd_create, [text, 0, 0, 0, 0]),
        "unshare" => (libc::SYS_unshare, [libc::CLONE_NEWUSER.into(), 0, 0, 0, 0]),
        "io_uring" => (libc::SYS_io_uring_setup, [1, 0, 0, 0, 0]),
        _ => return ExitCode::from(64),
    };
    // SAFETY: descriptor 1 is a pipe of the test. The jail knows no other descriptor than 3.
    unsafe { libc::dup2(1, 3) };
    let [first, second, third, fourth, fifth] = arguments;
    signet_sandbox::worker_probe(|| {
        // SAFETY: every one of them is meant to end the process, and none of them writes its memory.
        unsafe { libc::syscall(number, first, second, third, fourth, fifth, 0) };
    })
}

fn frame(kind: u8, length: u32, body: &[u8]) -> Vec<u8> {
    [&length.to_le_bytes()[..], &[kind], body].concat()
}

fn whole(kind: u8, body: &[u8]) -> Vec<u8> {
    frame(kind, u32::try_from(body.len()).unwrap(), body)
}

fn returned(json: &[u8]) -> Vec<u8> {
    let length = u32::try_from(json.len()).unwrap();
    whole(4, &[&[0][..], &length.to_le_bytes(), json].concat())
}

fn channel() -> File {
    // SAFETY: the pool opened descriptor 3 for this process, and nothing else owns it.
    unsafe { File::from_raw_fd(3) }
}

/// What a confined worker says first.
fn hello() -> Vec<u8> {
    whole(3, br#"{"Ok":{"walls":[]}}"#)
}

/// Answers each run with the names that followed `tenant:` in anything that the process was given so far.
fn remember() -> ExitCode {
    let mut channel = channel();
    channel.write_all(&hello()).unwrap();
    let mut seen = BTreeSet::new();
    let mut head = [0; 5];
    // Ends when the pool hangs up.
    while channel.read_exact(&mut head).is_ok() {
        let [length @ .., _kind] = head;
        let mut body = vec![0; usize::try_from(u32::from_le_bytes(length)).unwrap()];
        channel.read_exact(&mut body).unwrap();
        let text = String::from_utf8_lossy(&body);
        let names = text.split("tenant:").skip(1).filter_map(|after| after.split_once(';'));
        seen.extend(names.map(|(name, _)| format!("\"{name}\"")));
        let list = seen.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        channel.write_all(&returned(format!(r#"{{"seen":[{list}]}}"#).as_bytes())).unwrap();
    }
    ExitCode::SUCCESS
}

fn lie(how: &str) -> ExitCode {
    let mut channel = channel();
    let silent = how == "no_hello";
    if !silent {
        channel.write_all(&hello()).unwrap();
    }
    let mut request = [0; 4096];
    let _count = channel.read(&mut request).unwrap();
    let head = br#"{"url":"http://a/","method":"GET","headers":[],"redirect":"follow"}"#;
    let fetch = |id: u32| {
        let length = u32::try_from(head.len()).unwrap();
        whole(5, &[&id.to_le_bytes()[..], &[0], &length.to_le_bytes(), head].concat())
    };
    let answer = match how {
        "garbage" => vec![0xff; 1000],
        "huge_length" => frame(4, u32::MAX, b""),
        "unknown_kind" => whole(77, b"x"),
        "second_hello" => whole(3, b"{}"),
        "empty_result" => whole(4, b""),
        "not_json" => returned(b"{not json}"),
        "not_an_object" => returned(b"[1]"),
        "too_large" => returned(format!(r#"{{"a":"{}"}}"#, "x".repeat(60_000)).as_bytes()),
        "invalid_utf8" => returned(b"{\"a\":\"\xff\"}"),
        "fetch_flood" => (0..1000).flat_map(fetch).collect(),
        "same_fetch_twice" => [fetch(1), fetch(1)].concat(),
        "bad_fetch" => whole(5, b"\x01\x00\x00\x00\x00\xff\xff\xff\xff"),
        "exit" => return ExitCode::SUCCESS,
        "two_results" => [returned(b"{}"), returned(b"{}")].concat(),
        _ => Vec::new(),
    };
    // The pool may have hung up in the middle.
    let _sent = channel.write_all(&answer);
    // Never ends by itself, and never answers again.
    loop {
        // SAFETY: waits for a signal.
        unsafe { libc::pause() };
    }
}
