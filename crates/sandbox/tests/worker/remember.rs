//! A worker that runs nothing and says whose runs it was given.

use crate::lies::{HELLO, returned, whole};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::process::ExitCode;

/// Answers each run with the names that followed `tenant:` in anything that the process was given so far.
pub(crate) fn remember() -> ExitCode {
    // SAFETY: the pool opened descriptor 3 for this process, and nothing else owns it.
    let mut channel = unsafe { File::from_raw_fd(3) };
    channel.write_all(&whole(HELLO, br#"{"Ok":{"walls":[]}}"#)).unwrap();
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
