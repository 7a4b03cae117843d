//! A listener for one serving thread: its connections were accepted elsewhere and placed here.

use axum::extract::connect_info::Connected;
use axum_server::{AddrListener, Address};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, mpsc};

/// A connection on its way to a thread, counted there from the moment it is placed.
pub(super) struct Placement {
    stream: std::net::TcpStream,
    count: Count,
}

/// One connection of a thread.
pub(super) struct Count(Arc<AtomicUsize>);

impl Drop for Count {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Placement {
    pub(super) fn new(stream: std::net::TcpStream, load: Arc<AtomicUsize>) -> Self {
        load.fetch_add(1, Ordering::Relaxed);
        Self { stream, count: Count(load) }
    }
}

/// The peer of a placed connection.
#[derive(Clone, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

impl Address for Peer {
    type Stream = (TcpStream, Count);
    type Listener = Placed;
}

impl Connected<Peer> for SocketAddr {
    fn connect_info(peer: Peer) -> Self {
        peer.0
    }
}

pub(super) struct Placed {
    receiver: Mutex<mpsc::UnboundedReceiver<(Placement, SocketAddr)>>,
    address: SocketAddr,
}

impl Placed {
    pub(super) fn new(receiver: mpsc::UnboundedReceiver<(Placement, SocketAddr)>, address: SocketAddr) -> Self {
        Self { receiver: Mutex::new(receiver), address }
    }
}

impl AddrListener<(TcpStream, Count), Peer> for Placed {
    async fn bind_to(_: Peer) -> io::Result<Self> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    async fn accept_stream(&self) -> io::Result<((TcpStream, Count), Peer)> {
        let Some((Placement { stream, count }, peer)) = self.receiver.lock().await.recv().await else {
            // Nobody places any more; those under way go on.
            return std::future::pending().await;
        };
        Ok(((TcpStream::from_std(stream)?, count), Peer(peer)))
    }

    fn get_local_addr(&self) -> io::Result<Peer> {
        Ok(Peer(self.address))
    }
}
