//! Replays every committed seed, and whatever a search has left in `corpus/` and `artifacts/`.

use std::fs;
use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let mut seeds = 0;
    for folder in ["seeds", "corpus", "artifacts"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(target);
        // Only `seeds` is committed.
        let Ok(files) = fs::read_dir(&folder) else { continue };
        for file in files {
            run(&fs::read(file.unwrap().path()).unwrap());
            seeds += 1;
        }
    }
    assert!(seeds >= 5, "{target} has seeds");
}

#[test]
fn token_form() {
    replay("token_form", signet_fuzz::token_form::run);
}

#[test]
fn client_assertion() {
    replay("client_assertion", signet_fuzz::client_assertion::run);
}

#[test]
fn script() {
    replay("script", signet_fuzz::script::run);
}

#[test]
fn worker_frames() {
    replay("worker_frames", signet_fuzz::worker_frames::run);
}

#[test]
fn server_frames() {
    replay("server_frames", signet_fuzz::server_frames::run);
}

#[test]
fn fetch_arguments() {
    replay("fetch_arguments", signet_fuzz::fetch_arguments::run);
}

#[test]
fn arena() {
    replay("arena", signet_fuzz::arena::run);
}
