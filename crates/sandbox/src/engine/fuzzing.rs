//! The engine in this process, for fuzzing: nothing kills it, so whoever calls it keeps scripts small.

use super::{Engine, Host, Incoming, Job};
use crate::limits::Limits;
use crate::outcome::LogLine;
use crate::wire::{FetchReply, HEADER, Kind, Reader, Verdict, header};
use sha2::{Digest, Sha256};
use std::time::Duration;

pub use super::arena::fuzzing::{Block, Heap};

/// Runs scripts one after the other, as a worker does.
pub struct Runner(Engine);

impl Runner {
    /// `None` on a machine without memory.
    pub fn new() -> Option<Self> {
        Engine::new().ok().map(Self)
    }

    /// The result as JSON, or how else it ended; and what was written to the console.
    pub fn run(&mut self, source: &str, input: &str, limits: &Limits) -> (Result<String, String>, Vec<LogLine>) {
        let key = Sha256::digest(source).into();
        let input = format!("{input}\0");
        let job = Job { key: &key, source: Some(source), entry: "main", input: input.as_bytes(), limits };
        let report = self.0.run(&job, &mut Refusing::default());
        let verdict = match report.verdict {
            Verdict::Returned(json) => Ok(json),
            other => Err(format!("{other:?}")),
        };
        (verdict, report.logs)
    }

    /// Bytes of the heap that a fresh realm takes: the same after whatever has run.
    pub fn fresh_bytes(&mut self) -> usize {
        self.0.realm.renew(&Limits::default());
        self.0.realm.used()
    }
}

/// A host that answers every other request with an error and the rest with a little text.
#[derive(Default)]
struct Refusing {
    waiting: Vec<u32>,
    head: String,
}

impl Host for Refusing {
    #[expect(clippy::disallowed_methods, reason = "timers of a script run in real time")]
    fn exchange(&mut self, mut outgoing: &[u8], wait: Duration) -> Incoming<'_> {
        while let Ok(Some((kind, length))) = header(outgoing) {
            let (frame, rest) = outgoing.split_at_checked(HEADER + length).unwrap_or((outgoing, &[]));
            let id = Reader::new(frame.get(HEADER..).unwrap_or_default()).u32();
            match (kind, id) {
                (Kind::Fetch, Ok(id)) => self.waiting.push(id),
                (_, Ok(id)) => self.waiting.retain(|waiting| *waiting != id),
                _ => {}
            }
            outgoing = rest;
        }
        let Some(id) = self.waiting.pop() else {
            std::thread::sleep(wait.min(Duration::from_millis(2)));
            return Incoming::Nothing;
        };
        self.head = if id.is_multiple_of(2) {
            r#"{"error":"refused"}"#.to_owned()
        } else {
            r#"{"status":200,"statusText":"OK","headers":[["a","b"]],"url":"https://a.example/","redirected":false}"#
                .to_owned()
        };
        Incoming::Reply(FetchReply { id, head: &self.head, body: b"{\"a\":1}" })
    }
}
