//! A worker process as the server sees it: start, frames, end.

use super::WorkerCommand;
use super::link::{Link, Watched};
use super::placement::{self, Place};
use super::schedule::Tenant;
use crate::engine::cache::Cache;
use crate::jail::CHANNEL;
use crate::limits::Limits;
use crate::protection::Protection;
use crate::wire::{HEADER, Kind, header};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// How long a new worker may take to report.
const START_TIME: Duration = Duration::from_secs(10);
const MAX_HELLO: usize = 16 << 10;
/// Room for a usual answer, so that one read takes it all.
const BUFFER: usize = 16 << 10;
/// Larger buffers are not kept between runs.
const KEEP: usize = 256 << 10;

#[derive(Debug, thiserror::Error)]
pub(super) enum StartError {
    #[error("the worker process could not be started")]
    Spawn(#[from] io::Error),
    #[error("the worker did not report in time")]
    Silent,
    #[error("the worker could not be confined: {0}")]
    Unconfined(String),
    #[error("the worker's report does not follow the protocol")]
    Protocol,
}

/// Why a channel cannot be used any more.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("the worker has ended")]
    Ended,
    #[error("the worker broke the protocol: {0}")]
    Protocol(&'static str),
}

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Self::Ended
    }
}

pub(super) struct Worker {
    pub(super) child: Child,
    pub(super) link: Link,
    pub(super) inbox: Inbox,
    /// Whom it serves, from its first run on.
    pub(super) tenant: Option<Tenant>,
    /// The scripts that it holds compiled.
    pub(super) known: Cache<()>,
    pub(super) runs: u64,
    /// The limits of a run that only its worker has something to say about: all that was meant for the worker has been
    /// sent whole, and the result has not come.
    pub(super) under_way: Option<Limits>,
    /// Time spent in runs.
    pub(super) spent: Duration,
    pub(super) place: Place,
    /// The script whose run was its last one, if that was quick.
    pub(super) quick: Option<[u8; 32]>,
}

impl Worker {
    /// Starts a process and waits until it is confined.
    pub(super) async fn start(command: &WorkerCommand) -> Result<(Self, Protection), StartError> {
        let (ours, theirs) = UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let command = command.clone();
        // Forking a large server takes long enough to matter to everyone else on this thread.
        let child = tokio::task::spawn_blocking(move || spawn(&command, &theirs)).await.map_err(io::Error::other)??;
        let mut worker = Self {
            place: Place::of(child.id()),
            child,
            link: Link::new(ours)?,
            inbox: Inbox::default(),
            tenant: None,
            known: Cache::new(),
            runs: 0,
            under_way: None,
            spent: Duration::ZERO,
            quick: None,
        };
        let report = timeout(START_TIME, worker.hello()).await.map_err(|_| StartError::Silent)??;
        Ok((worker, report.map_err(StartError::Unconfined)?))
    }

    async fn hello(&mut self) -> Result<Result<Protection, String>, StartError> {
        let caps = |kind| (kind == Kind::Hello).then_some(MAX_HELLO);
        let channel = self.link.here().map_err(|_| StartError::Protocol)?;
        loop {
            if let Some((_, body)) = self.inbox.frame(caps).map_err(|_| StartError::Protocol)? {
                let report = serde_json::from_slice(body).map_err(|_| StartError::Protocol)?;
                self.inbox.consume();
                // Nobody has asked it anything yet.
                return if self.inbox.is_empty() { Ok(report) } else { Err(StartError::Protocol) };
            }
            self.inbox.fill(channel).await.map_err(|_| StartError::Protocol)?;
        }
    }

    /// `None` once the process was reaped.
    pub(super) fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether an idle worker has ended, or said something that nobody asked for.
    pub(super) fn is_spoilt(&self) -> bool {
        // Asks the kernel: what the runtime knows of the channel may be older than the worker's end.
        let Some(stream) = self.link.stream() else { return true };
        let mut channel = [PollFd::new(stream, PollFlags::IN)];
        !matches!(poll(&mut channel, Some(&Timespec::default())), Ok(0))
    }

    /// Ends the process. It is reaped in the background, so this never waits.
    pub(super) fn kill(mut self) {
        // It fails only for a process that has ended.
        let _ended = self.child.start_kill();
        drop(self.link);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { self.child.wait().await });
        }
    }
}

/// The program with nothing but the channel: no environment, no files, its own process group.
#[expect(unsafe_code, reason = "the channel gets its fixed number between fork and exec")]
fn spawn(command: &WorkerCommand, channel: &UnixStream) -> io::Result<Child> {
    let mut process = Command::new(&command.program);
    process.args(&command.args).env_clear().current_dir("/").process_group(0).kill_on_drop(true);
    process.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let channel = channel.as_raw_fd();
    // SAFETY: between fork and exec only system calls are made; `channel` is open until this function returns.
    unsafe {
        process.pre_exec(move || {
            // Onto itself, `dup2` would leave the close-on-exec flag set.
            let placed =
                if channel == CHANNEL { libc::fcntl(CHANNEL, libc::F_SETFD, 0) } else { libc::dup2(channel, CHANNEL) };
            // A supervisor that tells all processes to stop must not take the workers from requests that may finish;
            // a worker ends with its channel.
            libc::signal(libc::SIGTERM, libc::SIG_IGN);
            placement::anywhere();
            if placed < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
        });
    }
    process.spawn()
}

/// Received bytes, cut into frames.
#[derive(Default)]
pub(super) struct Inbox {
    buffer: Vec<u8>,
    /// Bytes in front that were handled.
    done: usize,
    /// The length of the frame handed out last.
    current: usize,
}

impl Inbox {
    /// The next frame if it is complete; [`Inbox::consume`] it afterwards. `cap` says how long a kind's body may be,
    /// or that the kind has no place here.
    pub(super) fn frame(&mut self, cap: impl Fn(Kind) -> Option<usize>) -> Result<Option<(Kind, &[u8])>, Broken> {
        let pending = self.buffer.get(self.done..).unwrap_or_default();
        let Some((kind, length)) = header(pending).map_err(|_| Broken::Protocol("unknown frame"))? else {
            return Ok(None);
        };
        if length > cap(kind).ok_or(Broken::Protocol("frame out of place"))? {
            return Err(Broken::Protocol("frame too long"));
        }
        let Some(body) = pending.get(HEADER..HEADER + length) else { return Ok(None) };
        self.current = HEADER + length;
        Ok(Some((kind, body)))
    }

    pub(super) fn consume(&mut self) {
        self.done += std::mem::take(&mut self.current);
        if self.done >= self.buffer.len() {
            self.buffer.clear();
            self.done = 0;
            if self.buffer.capacity() > KEEP {
                self.buffer = Vec::new();
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// Takes bytes that did not come from a process.
    #[cfg(feature = "fuzzing")]
    pub(super) fn receive(&mut self, bytes: &[u8]) {
        self.buffer.drain(..std::mem::take(&mut self.done));
        self.buffer.extend_from_slice(bytes);
    }

    #[cfg(feature = "fuzzing")]
    pub(super) fn len(&self) -> usize {
        self.buffer.len()
    }

    /// Reads what there is. Safe to cancel.
    pub(super) async fn fill(&mut self, channel: &Watched) -> Result<(), Broken> {
        if self.done > 0 {
            self.buffer.drain(..self.done);
            self.done = 0;
        }
        self.buffer.reserve(BUFFER);
        if channel.read(&mut self.buffer).await? == 0 { Err(Broken::Ended) } else { Ok(()) }
    }
}
