//! The server's end of a worker's channel.
//!
//! The kernel says that there is room to write whenever the other side has read something. Who listens for that is woken
//! twice in each run, so only what there is to read is watched, and room only while a frame does not fit.

use rustix::buffer::spare_capacity;
use rustix::io::Errno;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::OnceLock;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::runtime;

/// Runs are driven by several runtimes, and a channel that another one watches would wake two threads for each message,
/// so it moves to the runtime that uses it.
pub(super) struct Link {
    /// `None` after a move that failed.
    stream: Option<Watched>,
    runtime: runtime::Id,
}

/// A channel that this runtime watches.
pub(super) struct Watched {
    readable: AsyncFd<UnixStream>,
    /// From the first frame of a run that did not fit at once.
    writable: OnceLock<AsyncFd<UnixStream>>,
}

impl Link {
    /// The stream must not block.
    pub(super) fn new(stream: UnixStream) -> io::Result<Self> {
        Ok(Self { stream: Some(Watched::new(stream)?), runtime: runtime::Handle::current().id() })
    }

    /// The channel, on this runtime, for another run.
    pub(super) fn here(&mut self) -> io::Result<&Watched> {
        let here = runtime::Handle::current().id();
        if self.runtime != here {
            let moved = self.stream.take().ok_or(io::ErrorKind::NotConnected)?.readable.into_inner();
            self.stream = Some(Watched::new(moved)?);
            self.runtime = here;
        }
        let stream = self.stream.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        stream.writable.take();
        Ok(stream)
    }

    /// Where it is watched.
    pub(super) fn runtime(&self) -> runtime::Id {
        self.runtime
    }

    /// The channel itself, while nobody uses it.
    pub(super) fn stream(&self) -> Option<&UnixStream> {
        self.stream.as_ref().map(|watched| watched.readable.get_ref())
    }
}

impl Watched {
    fn new(stream: UnixStream) -> io::Result<Self> {
        Ok(Self { readable: watch(stream, Interest::READABLE)?, writable: OnceLock::new() })
    }

    /// Appends what there is to read to `buffer`, at most its spare capacity; zero at the end. Safe to cancel.
    pub(super) async fn read(&self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        loop {
            let mut ready = self.readable.readable().await?;
            match rustix::io::read(self.readable.get_ref(), spare_capacity(buffer)) {
                Ok(count) => {
                    // A read that had room for more took all there was; the next byte will be told of.
                    if count > 0 && buffer.len() < buffer.capacity() {
                        ready.clear_ready();
                    }
                    return Ok(count);
                }
                Err(Errno::WOULDBLOCK) => ready.clear_ready(),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Writes some of `bytes`. Safe to cancel.
    pub(super) async fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut stream = self.readable.get_ref();
        match stream.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            outcome => return outcome,
        }
        let room = if let Some(room) = self.writable.get() {
            room
        } else {
            let room = watch(stream.try_clone()?, Interest::WRITABLE)?;
            self.writable.get_or_init(|| room)
        };
        loop {
            let mut ready = room.writable().await?;
            match room.get_ref().write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => ready.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

#[expect(unsafe_code, reason = "the runtime must not watch a descriptor that is closed meanwhile")]
fn watch(stream: UnixStream, interest: Interest) -> io::Result<AsyncFd<UnixStream>> {
    // SAFETY: a `UnixStream` owns its descriptor: it says the same number for as long as it lives, and closes it last.
    unsafe { AsyncFd::register_with_interest(stream, interest) }.map_err(io::Error::from)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use std::time::Duration;

    /// How often this thread has gone to sleep.
    fn sleeps() -> u64 {
        let status = std::fs::read_to_string("/proc/thread-self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line.unwrap().trim().parse().unwrap()
    }

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "the other side takes its time on a thread of its own")]
    async fn only_an_answer_wakes_who_waits_for_it() {
        const TURNS: u64 = 50;
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        let other = std::thread::spawn(move || {
            let (pause, mut byte) = (Duration::from_millis(3), [0]);
            for _ in 0..TURNS {
                // The first pause lets the other side go to sleep, the second shows whether reading woke it.
                std::thread::sleep(pause);
                std::io::Read::read_exact(&mut theirs, &mut byte).unwrap();
                std::thread::sleep(pause);
                theirs.write_all(&byte).unwrap();
            }
        });
        let mut link = Link::new(ours).unwrap();
        let channel = link.here().unwrap();
        let before = sleeps();
        for _ in 0..TURNS {
            assert_eq!(channel.write(b"a").await.unwrap(), 1);
            assert_eq!(channel.read(&mut Vec::with_capacity(16)).await.unwrap(), 1);
        }
        let slept = sleeps() - before;
        other.join().unwrap();
        assert!(slept < TURNS * 3 / 2, "{TURNS} turns, asleep {slept} times");
    }
}
