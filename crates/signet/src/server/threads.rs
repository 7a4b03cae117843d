//! The threads that serve connections. Each has a runtime of its own, and a connection stays on one thread to its end:
//! a request is read, worked on and answered where it arrived, and no other processor is woken for it.

use super::placed::{Placed, Placement};
use anyhow::{Context as _, Result};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// One thread, and how many connections it serves.
pub(super) struct Thread {
    pub(super) runtime: runtime::Handle,
    load: Arc<AtomicUsize>,
    /// Ends the runtime when it is dropped.
    _stop: oneshot::Sender<()>,
}

/// All of them. They end when this is dropped.
pub(super) struct Threads(Vec<Thread>);

impl Threads {
    /// One for each processor.
    pub(super) fn start() -> Result<Self> {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        (0..processors).map(Thread::start).collect::<Result<_>>().map(Self)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Thread> {
        self.0.iter()
    }
}

impl Thread {
    fn start(number: usize) -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .on_thread_start(signet_sandbox::thread_started)
            .build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        std::thread::Builder::new()
            .name(format!("signet-serve-{number}"))
            // The sender never sends; it goes away.
            .spawn(move || runtime.block_on(stopped).ok())
            .context("cannot start a serving thread")?;
        Ok(Self { runtime: handle, load: Arc::default(), _stop: stop })
    }
}

/// Where a thread takes connections of one listener from.
pub(super) struct Desk {
    sender: mpsc::UnboundedSender<(Placement, SocketAddr)>,
    load: Arc<AtomicUsize>,
}

impl Desk {
    /// A desk of `thread`, and the listener that serves what is placed there.
    pub(super) fn of(thread: &Thread, address: SocketAddr) -> (Self, Placed) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self { sender, load: thread.load.clone() }, Placed::new(receiver, address))
    }
}

/// Accepts connections and places each on the thread that serves the fewest. Ends when it is aborted.
pub(super) fn accept(listener: TcpListener, desks: Vec<Desk>) -> Result<JoinHandle<()>> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    Ok(tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => place(&desks, stream, peer),
                // Out of descriptors, most likely: some will come back.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            }
        }
    }))
}

fn place(desks: &[Desk], stream: tokio::net::TcpStream, peer: SocketAddr) {
    let Some(desk) = desks.iter().min_by_key(|desk| desk.load.load(Ordering::Relaxed)) else { return };
    // A small answer must not wait for the acknowledgement of an earlier one. A connection that ended meanwhile is no
    // loss.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let Ok(stream) = stream.into_std() else { return };
    desk.sender.send((Placement::new(stream, desk.load.clone()), peer)).ok();
}
