//! The worker's end of the channel.
//!
//! It is a `File` and not a socket type: plain `read` and `write` are the only two calls that the jail leaves on it.

use crate::engine::{Host, Incoming};
use crate::jail::CHANNEL;
use crate::wire::{FetchReply, HEADER, Kind, header};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::time::Duration;

/// Room for a usual run, so that one `read` takes it all.
const BUFFER: usize = 64 << 10;
/// Nothing the server sends is larger; more would be a broken stream.
const MAX_FRAME: usize = 64 << 20;

pub(super) struct Channel {
    stream: File,
    inbox: Vec<u8>,
    /// Bytes of `inbox` that were read and belong to no finished frame.
    filled: usize,
    /// The frame that an [`Incoming`] borrows from.
    reply: Option<Frame>,
    spare: Vec<u8>,
}

/// A whole frame; the buffer may be longer.
pub(super) struct Frame {
    pub(super) kind: Kind,
    buffer: Vec<u8>,
    end: usize,
}

impl Frame {
    pub(super) fn body(&self) -> &[u8] {
        self.buffer.get(HEADER..self.end).unwrap_or_default()
    }
}

impl Channel {
    /// Takes over descriptor 3, if it is open.
    #[expect(unsafe_code, reason = "a descriptor that the parent process left open has no owner yet")]
    pub(super) fn open() -> Option<Self> {
        use std::os::fd::FromRawFd;
        // SAFETY: asks for the descriptor's flags; fails when it is not open.
        if unsafe { libc::fcntl(CHANNEL, libc::F_GETFD) } < 0 {
            return None;
        }
        // SAFETY: the descriptor is open, and by the contract of `worker_main` nobody else in this process owns it.
        let stream = unsafe { File::from_raw_fd(CHANNEL) };
        Some(Self::over(stream))
    }

    pub(super) fn over(stream: File) -> Self {
        Self { stream, inbox: vec![0; BUFFER], filled: 0, reply: None, spare: Vec::new() }
    }

    pub(super) fn send(&mut self, frame: &[u8]) -> io::Result<()> {
        self.stream.write_all(frame)
    }

    /// The next whole frame; `None` when the server is gone or talks nonsense.
    pub(super) fn receive(&mut self) -> Option<Frame> {
        loop {
            let known = header(self.inbox.get(..self.filled)?).ok()?;
            let whole = known.map_or(HEADER, |(_, length)| HEADER + length);
            if let Some((kind, _)) = known.filter(|_| self.filled >= whole) {
                return Some(self.take(kind, whole));
            }
            if whole > MAX_FRAME {
                return None;
            }
            if self.inbox.len() < whole {
                self.inbox.resize(whole.next_multiple_of(BUFFER), 0);
            }
            if self.filled == 0 {
                // A sleeping `read` would also be woken when the server has taken the last answer.
                self.wait(None);
            }
            match self.stream.read(self.inbox.get_mut(self.filled..)?) {
                Ok(0) => return None,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
    }

    /// Hands the buffer over as the frame; what follows the frame moves to the next buffer.
    fn take(&mut self, kind: Kind, end: usize) -> Frame {
        let mut next = std::mem::take(&mut self.spare);
        let extra = self.inbox.get(end..self.filled).unwrap_or_default();
        if next.len() < extra.len().max(BUFFER) {
            next.resize(extra.len().max(BUFFER), 0);
        }
        if let Some(place) = next.get_mut(..extra.len()) {
            place.copy_from_slice(extra);
        }
        self.filled = extra.len();
        Frame { kind, buffer: std::mem::replace(&mut self.inbox, next), end }
    }

    /// Takes a frame's buffer back for a later one. Large buffers are not kept.
    pub(super) fn recycle(&mut self, frame: Frame) {
        if frame.buffer.len() <= 4 * BUFFER {
            self.spare = frame.buffer;
        }
    }

    /// Whether bytes are there to read before the time is over, for as long as it takes if there is none.
    #[expect(unsafe_code, reason = "the standard library cannot wait for a file")]
    fn wait(&self, time: Option<Duration>) -> bool {
        if self.filled > 0 {
            return true;
        }
        let mut channel = libc::pollfd { fd: self.stream.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // Rounded up, or a timer would spin through its last millisecond.
        let millis = time.map_or(-1, |time| i32::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX));
        // SAFETY: one valid pollfd for the length of the call.
        unsafe { libc::poll(&raw mut channel, 1, millis) > 0 }
    }
}

impl Host for Channel {
    fn exchange(&mut self, outgoing: &[u8], wait: Duration) -> Incoming<'_> {
        if !outgoing.is_empty() && self.send(outgoing).is_err() {
            std::process::exit(0);
        }
        if !self.wait(Some(wait)) {
            return Incoming::Nothing;
        }
        let Some(frame) = self.receive() else { std::process::exit(0) };
        let frame = self.reply.insert(frame);
        match FetchReply::read(frame.body()) {
            Ok(reply) if frame.kind == Kind::Reply => Incoming::Reply(reply),
            _ => Incoming::Nothing,
        }
    }
}
