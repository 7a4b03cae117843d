//! The server's side of a run without a process: bytes that a worker might send, and what the server makes of them.

use super::{Fetches, cap};
use crate::broker::{FetchRequest, FetchResponse, Fetcher};
use crate::limits::Limits;
use crate::outcome::{LogLine, Outcome};
use crate::pool::check;
use crate::pool::process::{Broken, Inbox};
use crate::wire::{Kind, Writer, read_result};
use futures_util::FutureExt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// What came of the bytes.
#[derive(Debug, Default)]
pub struct Heard {
    /// The run has ended like this.
    pub outcome: Option<(Outcome, Vec<LogLine>)>,
    /// The worker was given up, for this reason.
    pub broken: Option<String>,
    /// Requests that reached the fetcher.
    pub requests: Vec<FetchRequest>,
    /// The most bytes that were kept at a time.
    pub kept: usize,
}

/// Takes bytes of a worker in pieces of a length, as `drive` takes them from the channel.
pub fn worker_says(bytes: &[u8], piece: usize, limits: &Limits) -> Heard {
    let (seen, mut heard) = (Recording::default(), Heard::default());
    let (mut inbox, mut requests) = (Inbox::default(), Fetches::new(&seen));
    for piece in bytes.chunks(piece.max(1)) {
        inbox.receive(piece);
        heard.kept = heard.kept.max(inbox.len());
        match handle(&mut inbox, &mut requests, limits) {
            Ok(None) => {}
            Ok(outcome) => {
                heard.outcome = outcome;
                break;
            }
            Err(broken) => {
                heard.broken = Some(broken.to_string());
                break;
            }
        }
        while let Some(reply) = requests.next().now_or_never().filter(|reply| !reply.is_empty()) {
            drop(reply);
        }
    }
    heard.requests = seen.take();
    heard
}

/// What the server asks the fetcher for when a worker sends this head and body; `None` when it gives the worker up.
pub fn fetch_request(head: &[u8], body: Option<&[u8]>) -> Option<FetchRequest> {
    let mut frame = Vec::new();
    let mut writer = Writer::begin(&mut frame, Kind::Fetch);
    writer.u32(1).u8(u8::from(body.is_some())).block(head).raw(body.unwrap_or_default());
    drop(writer);
    worker_says(&frame, frame.len(), &Limits::default()).requests.pop()
}

type Ended = Option<(Outcome, Vec<LogLine>)>;

fn handle(inbox: &mut Inbox, requests: &mut Fetches<'_>, limits: &Limits) -> Result<Ended, Broken> {
    while let Some((kind, body)) = inbox.frame(|kind| cap(kind, limits))? {
        match kind {
            Kind::Fetch => requests.start(body)?,
            Kind::Abort => requests.abort(body)?,
            _ => {
                let (verdict, logs) = read_result(body).map_err(|_| Broken::Protocol("bad result"))?;
                let outcome = check::outcome(verdict, &logs, &"main".into(), limits);
                return Ok(Some((outcome.ok_or(Broken::Protocol("impossible result"))?, logs)));
            }
        }
        inbox.consume();
    }
    Ok(None)
}

/// Remembers requests and answers each with nothing much.
#[derive(Default, Clone)]
struct Recording(Arc<Mutex<Vec<FetchRequest>>>);

impl Recording {
    fn take(&self) -> Vec<FetchRequest> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Fetcher for Recording {
    fn fetch(&self, request: FetchRequest) -> Pin<Box<dyn Future<Output = Result<FetchResponse, String>> + Send>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        Box::pin(ready(Err("nowhere".to_owned())))
    }
}
