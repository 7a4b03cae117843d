//! Every file of `attacks/`: a script that attacks the sandbox, what must come of it, and what must hold after each.
//!
//! The grammar of the files is in `attacks/README.md`. Some lanes work at the same time, each with a pool of one worker.

mod case;
mod expectation;
mod lane;

use case::Case;
use lane::Lane;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Most attacks only wait for their deadline, so more lanes than processors are worth it.
const LANES: usize = 6;
/// Below this, the folder has lost files rather than been tidied up.
const AT_LEAST: usize = 120;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("attacks")
}

/// All files by name, or what is wrong with those that cannot be read.
fn load() -> Result<VecDeque<Case>, String> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let files: BTreeMap<String, PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    let (mut cases, mut wrong) = (VecDeque::new(), Vec::new());
    for (name, path) in files {
        match Case::parse(&name, &std::fs::read_to_string(path).unwrap()) {
            Ok(case) => cases.push_back(case),
            Err(reason) => wrong.push(format!("{name}: {reason}")),
        }
    }
    if wrong.is_empty() { Ok(cases) } else { Err(wrong.join("\n")) }
}

/// `SIGNET_ATTACK=escape_` runs the files whose names begin like this.
#[expect(clippy::disallowed_methods, reason = "a knob of this test, not a setting of the server")]
fn chosen() -> Option<String> {
    std::env::var("SIGNET_ATTACK").ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_attack_ends_as_its_file_says_and_leaves_nothing_behind() {
    let mut cases = load().unwrap_or_else(|wrong| panic!("headers that cannot be read:\n{wrong}"));
    assert!(cases.len() >= AT_LEAST, "only {} files", cases.len());
    let chosen = chosen();
    if let Some(chosen) = &chosen {
        cases.retain(|case| case.name.starts_with(chosen));
    }
    let tells = chosen.is_some();

    let (cases, randoms) = (Arc::new(Mutex::new(cases)), Arc::new(Mutex::new(HashSet::new())));
    let lanes = (0..LANES).map(|_| {
        let (cases, randoms) = (Arc::clone(&cases), Arc::clone(&randoms));
        tokio::spawn(async move {
            let mut lane = Lane::open(randoms, tells).await;
            while let Some(case) = { cases.lock().unwrap().pop_front() } {
                lane.attack(&case).await;
            }
            lane.close()
        })
    });
    let mut broken = Vec::new();
    for lane in lanes.collect::<Vec<_>>() {
        broken.extend(lane.await.unwrap());
    }
    assert!(broken.is_empty(), "{} broken promises:\n{}", broken.len(), broken.join("\n"));
}
