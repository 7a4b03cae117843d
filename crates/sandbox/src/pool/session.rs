//! One run from the server's side: the request goes out, fetches are served, the result comes back.
//!
//! Nothing that arrives is trusted: kinds, lengths and counts are checked, and a worker that breaks them is given up.

#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;

use super::link::Watched;
use super::process::{Broken, Worker};
use super::{RunRequest, check};
use crate::broker::{FetchRequest, FetchResponse, Fetcher};
use crate::engine::{MAX_FETCH_BODIES, MAX_FETCH_BODY, MAX_FETCH_HEAD, MAX_FETCHES};
use crate::limits::Limits;
use crate::outcome::{LogLine, Outcome};
use crate::wire::{FetchHead, FetchReply, Kind, Reader, ReplyHead, RunMessage, read_result};
use futures_util::future::{AbortHandle, Abortable, Aborted};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Bytes of all response bodies and headers of one run.
const MAX_RESPONSES: usize = 8 << 20;
/// Fetches of one run that are under way at once; more wait. One run must not take every place that all runs share.
const MAX_PARALLEL_FETCHES: usize = 16;
/// Room in a result frame beside output and logs: messages, stack, lengths.
const RESULT_MARGIN: usize = 32 << 10;

/// A run that came to its end.
pub(super) struct Finished {
    pub(super) outcome: Outcome,
    pub(super) logs: Vec<LogLine>,
    /// Whether the channel is where the next run can start: nothing half sent, nothing left over.
    pub(super) reusable: bool,
}

/// Sends the request and serves the worker until it answers.
pub(super) async fn drive(
    worker: &mut Worker,
    request: &RunRequest<'_>,
    fetcher: &dyn Fetcher,
) -> Result<Finished, Broken> {
    let mut outbox = Outbox::default();
    outbox.push(run_frame(worker, request));
    let mut requests = Fetches::new(fetcher);
    let channel = worker.link.here()?;
    loop {
        while let Some((kind, body)) = worker.inbox.frame(|kind| cap(kind, request.limits))? {
            if !outbox.has_asked {
                return Err(Broken::Protocol("an answer before its question"));
            }
            match kind {
                Kind::Fetch => requests.start(body)?,
                Kind::Abort => requests.abort(body)?,
                _ => {
                    let (verdict, logs) = read_result(body).map_err(|_| Broken::Protocol("bad result"))?;
                    let outcome = check::outcome(verdict, &logs, request.script.entry(), request.limits);
                    let outcome = outcome.ok_or(Broken::Protocol("impossible result"))?;
                    worker.inbox.consume();
                    worker.under_way = None;
                    let reusable = outbox.is_empty() && worker.inbox.is_empty();
                    return Ok(Finished { outcome, logs, reusable });
                }
            }
            worker.inbox.consume();
        }
        tokio::select! {
            biased;
            sent = outbox.send(channel), if !outbox.is_empty() => {
                sent?;
                if outbox.is_empty() {
                    worker.under_way = Some(request.limits.clone());
                }
            }
            reply = requests.next(), if !requests.is_empty() => {
                outbox.push(reply);
                // Until it is out whole, a worker that is given up would read the next run as the rest of it.
                if !outbox.is_empty() {
                    worker.under_way = None;
                }
            }
            filled = worker.inbox.fill(channel) => filled?,
        }
    }
}

/// Waits for the result of a run that nobody wants any more. Whether the worker can serve again; one that still wants
/// something from outside cannot.
pub(super) async fn finish_abandoned(worker: &mut Worker, limits: &Limits) -> Result<bool, Broken> {
    let channel = worker.link.here()?;
    loop {
        if let Some((kind, _)) = worker.inbox.frame(|kind| cap(kind, limits))? {
            if kind != Kind::Result {
                return Err(Broken::Protocol("the run is not over"));
            }
            worker.inbox.consume();
            return Ok(worker.inbox.is_empty());
        }
        worker.inbox.fill(channel).await?;
    }
}

fn run_frame(worker: &mut Worker, request: &RunRequest<'_>) -> Vec<u8> {
    let key = request.script.key();
    let is_known = worker.known.touch(key).is_some();
    if !is_known {
        worker.known.insert(*key, ());
    }
    let source = (!is_known).then(|| request.script.source());
    let mut frame = Vec::with_capacity(256 + source.map_or(0, str::len) + request.input.len());
    RunMessage {
        limits: request.limits.clone(),
        key: *key,
        source,
        entry: request.script.entry(),
        input: request.input,
    }
    .write(&mut frame);
    frame
}

/// How long the body of a frame may be during a run; `None` for kinds that a worker must not send then.
fn cap(kind: Kind, limits: &Limits) -> Option<usize> {
    match kind {
        // A log line costs at least one byte of its budget and takes five more here.
        Kind::Result => Some(limits.output_bytes.saturating_add(limits.log_bytes.saturating_mul(6)) + RESULT_MARGIN),
        Kind::Fetch => Some(MAX_FETCH_HEAD + MAX_FETCH_BODY + 16),
        Kind::Abort => Some(4),
        Kind::Run | Kind::Reply | Kind::Hello => None,
    }
}

/// Frames on their way to the worker.
#[derive(Default)]
struct Outbox {
    frames: VecDeque<Vec<u8>>,
    sent: usize,
    /// Whether the first frame, which is the request, is out.
    has_asked: bool,
}

impl Outbox {
    fn push(&mut self, frame: Vec<u8>) {
        if !frame.is_empty() {
            self.frames.push_back(frame);
        }
    }

    fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// Writes some of the first frame. Safe to cancel.
    async fn send(&mut self, channel: &Watched) -> Result<(), Broken> {
        let Some(frame) = self.frames.front() else { return Ok(()) };
        self.sent += channel.write(frame.get(self.sent..).unwrap_or_default()).await?;
        if self.sent >= frame.len() {
            self.frames.pop_front();
            self.sent = 0;
            self.has_asked = true;
        }
        Ok(())
    }
}

type Reply = Pin<Box<dyn Future<Output = (u32, Result<FetchResponse, String>)> + Send>>;

/// The requests of one run.
struct Fetches<'a> {
    fetcher: &'a dyn Fetcher,
    running: FuturesUnordered<Abortable<Reply>>,
    handles: Vec<(u32, AbortHandle)>,
    started: u32,
    /// Bytes of request bodies that may still come.
    sending: usize,
    places: Arc<Semaphore>,
    room: usize,
}

impl<'a> Fetches<'a> {
    fn new(fetcher: &'a dyn Fetcher) -> Self {
        let places = Arc::new(Semaphore::new(MAX_PARALLEL_FETCHES));
        let (running, handles) = (FuturesUnordered::new(), Vec::new());
        Self { fetcher, running, handles, started: 0, sending: MAX_FETCH_BODIES, places, room: MAX_RESPONSES }
    }

    fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    fn start(&mut self, body: &[u8]) -> Result<(), Broken> {
        let broken = Broken::Protocol("bad fetch");
        self.started += 1;
        // An honest worker refuses these itself.
        if self.started > MAX_FETCHES {
            return Err(Broken::Protocol("too many fetches"));
        }
        let mut fields = Reader::new(body);
        let (Ok(id), Ok(has_body), Ok(head)) = (fields.u32(), fields.u8(), fields.block()) else { return Err(broken) };
        let body = fields.rest();
        if head.len() > MAX_FETCH_HEAD
            || body.len() > MAX_FETCH_BODY
            || self.handles.iter().any(|(known, _)| *known == id)
        {
            return Err(broken);
        }
        self.sending =
            self.sending.checked_sub(body.len()).ok_or(Broken::Protocol("the requests of a run are too large"))?;
        let Ok(FetchHead { url, method, headers, redirect }) = serde_json::from_slice(head) else { return Err(broken) };
        let body = (has_body != 0).then(|| body.to_vec());
        let answer = self.fetcher.fetch(FetchRequest { url, method, headers, redirect, body });
        let (handle, registration) = AbortHandle::new_pair();
        self.handles.push((id, handle));
        let places = self.places.clone();
        let reply: Reply = Box::pin(async move {
            // Nobody closes the semaphore, so there is always a place to wait for.
            let _place = places.acquire().await;
            (id, answer.await)
        });
        self.running.push(Abortable::new(reply, registration));
        Ok(())
    }

    fn abort(&mut self, body: &[u8]) -> Result<(), Broken> {
        let id = Reader::new(body).u32().map_err(|_| Broken::Protocol("bad abort"))?;
        // An honest worker aborts what it has started, once. Without this, aborts could keep a processor busy.
        let place = self.handles.iter().position(|(known, _)| *known == id);
        let (_, handle) = self.handles.swap_remove(place.ok_or(Broken::Protocol("abort of nothing"))?);
        handle.abort();
        Ok(())
    }

    /// The frame of the next reply; empty when the fetch was aborted.
    async fn next(&mut self) -> Vec<u8> {
        match self.running.next().await {
            Some(Ok((id, result))) => self.frame(id, result),
            Some(Err(Aborted)) | None => Vec::new(),
        }
    }

    fn frame(&mut self, id: u32, result: Result<FetchResponse, String>) -> Vec<u8> {
        let response = result.and_then(|response| {
            let headers: usize = response.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
            self.room = self
                .room
                .checked_sub(response.body.len() + headers)
                .ok_or_else(|| "the responses of this run are too large".to_owned())?;
            Ok(response)
        });
        let head = match &response {
            Ok(FetchResponse { status, status_text, headers, url, redirected, .. }) => {
                ReplyHead::Response { status: *status, status_text, headers, url, redirected: *redirected }
            }
            Err(error) => ReplyHead::Failed { error },
        };
        let head = serde_json::to_string(&head).unwrap_or_else(|_| r#"{"error":"unreadable response"}"#.to_owned());
        let body = response.as_ref().map_or(&[][..], |response| &response.body);
        let mut frame = Vec::with_capacity(16 + head.len() + body.len());
        FetchReply { id, head: &head, body }.write(&mut frame);
        frame
    }
}
