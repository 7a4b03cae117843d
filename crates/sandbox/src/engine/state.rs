//! What the host keeps about the run that is under way.
//!
//! It lives outside the realm, so restoring the realm does not touch it and a script cannot reach it. Native functions
//! come from C without a Rust context and find it through the thread.

use crate::clock;
use crate::limits::Limits;
use crate::outcome::{LogLevel, LogLine};
use crate::wire::{FetchHead, Kind, Writer};
use encoding_rs::Decoder;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A polite script cannot start more; the server kills a worker that tries.
pub(crate) const MAX_FETCHES: u32 = 64;
/// Bytes of one request body. The server enforces the same number.
pub(crate) const MAX_FETCH_BODY: usize = 1 << 20;
/// Bytes of all request bodies of one run: those that wait for their turn are in the server's memory.
pub(crate) const MAX_FETCH_BODIES: usize = 8 << 20;
/// Bytes of one request's URL, method and headers as JSON.
pub(crate) const MAX_FETCH_HEAD: usize = 64 << 10;

/// Why a run ends early. The first reason stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    Denied(String),
    TimedOut(Duration),
}

/// What is wrong with a result. The numbers are those of `contract.js`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    NotSerializable = 2,
    TooLarge = 3,
}

/// A result while it is written as JSON.
#[derive(Debug, Default)]
pub(super) struct Check {
    room: i64,
    pub(super) refusal: Option<Refusal>,
}

impl Check {
    pub(super) fn new(room: u32) -> Self {
        Self { room: room.into(), refusal: None }
    }

    /// Whether `length` more characters fit.
    pub(super) fn takes(&mut self, length: i64) -> bool {
        self.room = self.room.saturating_sub(length);
        self.room >= 0
    }
}

pub(super) struct State {
    started: Instant,
    cpu_at_start: Duration,
    wall: Duration,
    cpu: Duration,
    pub(super) stop: Option<Stop>,
    pub(super) logs: Vec<LogLine>,
    log_room: usize,
    /// Frames for the server that the next exchange sends.
    pub(super) outgoing: Vec<u8>,
    next_fetch: u32,
    fetches: u32,
    /// Bytes of request bodies that may still be sent.
    fetch_room: usize,
    waiting: Vec<u32>,
    pub(super) check: Check,
    /// Decoders that wait for more bytes, by the numbers that the prelude knows.
    pub(super) streams: BTreeMap<u32, Decoder>,
    last_stream: u32,
}

thread_local! {
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
}

/// Makes the state of a new run current.
pub(super) fn enter(limits: &Limits, first_fetch: u32) {
    let state = State {
        started: clock::now(),
        cpu_at_start: Duration::ZERO,
        wall: limits.wall,
        cpu: limits.cpu,
        stop: None,
        logs: Vec::new(),
        log_room: limits.log_bytes,
        outgoing: Vec::new(),
        next_fetch: first_fetch,
        fetches: 0,
        fetch_room: MAX_FETCH_BODIES,
        waiting: Vec::new(),
        check: Check::default(),
        streams: BTreeMap::new(),
        last_stream: 0,
    };
    // The CPU clock is a system call; it is only read when CPU can run out before the wall clock does.
    let cpu_at_start = if limits.cpu < limits.wall { clock::cpu() } else { Duration::ZERO };
    STATE.set(Some(State { cpu_at_start, ..state }));
}

/// Ends the current run and hands its state over.
pub(super) fn leave() -> Option<State> {
    STATE.take()
}

/// Uses the state of the current run; `None` outside a run, which is while a realm is built or a script compiled.
pub(super) fn with<T>(f: impl FnOnce(&mut State) -> T) -> Option<T> {
    STATE.with(|state| state.try_borrow_mut().ok()?.as_mut().map(f))
}

impl State {
    /// Whether the run must end now; looks at the clocks.
    pub(super) fn must_stop(&mut self) -> bool {
        if self.stop.is_none() {
            let elapsed = self.elapsed();
            if elapsed >= self.wall {
                self.stop = Some(Stop::TimedOut(self.wall));
            } else if elapsed >= self.cpu && clock::cpu().saturating_sub(self.cpu_at_start) >= self.cpu {
                self.stop = Some(Stop::TimedOut(self.cpu));
            }
        }
        self.stop.is_some()
    }

    pub(super) fn elapsed(&self) -> Duration {
        clock::now().saturating_duration_since(self.started)
    }

    pub(super) fn time_left(&self) -> Duration {
        self.wall.saturating_sub(self.elapsed())
    }

    pub(super) fn never_settles(&mut self) {
        self.stop.get_or_insert(Stop::TimedOut(self.wall));
    }

    pub(super) fn deny(&mut self, message: String) {
        self.stop.get_or_insert(Stop::Denied(message));
    }

    /// Keeps as much of the text as the budget allows.
    pub(super) fn log(&mut self, level: LogLevel, text: &str) {
        if self.log_room == 0 {
            return;
        }
        let text = text.get(..text.floor_char_boundary(self.log_room)).unwrap_or_default();
        // An empty line still costs something, or a loop of them would have no limit.
        self.log_room = self.log_room.saturating_sub(text.len() + 1);
        self.logs.push(LogLine { level, text: text.to_owned() });
    }

    /// Queues a request; its id, or what is wrong with it.
    pub(super) fn fetch(&mut self, head: &str, body: Option<&[u8]>) -> Result<u32, &'static str> {
        if self.fetches >= MAX_FETCHES {
            return Err("fetch failed: too many requests in one run");
        }
        if body.is_some_and(|body| body.len() > MAX_FETCH_BODY) {
            return Err("fetch failed: the request body is too large");
        }
        if head.len() > MAX_FETCH_HEAD {
            return Err("fetch failed: the request headers are too large");
        }
        let Some(room) = self.fetch_room.checked_sub(body.map_or(0, <[u8]>::len)) else {
            return Err("fetch failed: the requests of this run are too large");
        };
        // With a `toJSON` on a prototype, a script decides what is written here; the server would give the worker up.
        if serde_json::from_str::<FetchHead>(head).is_err() {
            return Err("fetch failed: the request is not valid");
        }
        self.fetches += 1;
        self.fetch_room = room;
        let id = self.next_fetch;
        self.next_fetch = self.next_fetch.wrapping_add(1);
        self.waiting.push(id);
        Writer::begin(&mut self.outgoing, Kind::Fetch)
            .u32(id)
            .u8(u8::from(body.is_some()))
            .block(head.as_bytes())
            .raw(body.unwrap_or_default());
        Ok(id)
    }

    pub(super) fn abort(&mut self, id: u32) {
        if self.settle(id) {
            Writer::begin(&mut self.outgoing, Kind::Abort).u32(id);
        }
    }

    /// Takes a fetch off the list; whether it was still there.
    pub(super) fn settle(&mut self, id: u32) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|waiting| *waiting != id);
        self.waiting.len() < before
    }

    pub(super) fn has_fetches(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// A number for a new stream of text, never 0.
    pub(super) fn next_stream(&mut self) -> u32 {
        self.last_stream += 1;
        self.last_stream
    }

    /// The id that the next run starts with: ids are never used twice, so a late reply cannot reach another run.
    pub(super) fn next_fetch(&self) -> u32 {
        self.next_fetch
    }
}
