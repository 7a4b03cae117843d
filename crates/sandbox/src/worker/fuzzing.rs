//! The worker's side of the channel without an engine: bytes that a server might send.

use super::channel::Channel;
use super::job_input;
use crate::wire::{FetchReply, Kind, RunMessage};
use std::fs::File;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

/// Reads frames until the bytes are used up or make no sense; how many were understood.
///
/// The bytes must fit into what a socket holds, or this never returns.
///
/// # Panics
/// When the input of a run does not end as the engine's parser needs it.
pub fn server_says(bytes: &[u8]) -> usize {
    let Ok((mut server, worker)) = UnixStream::pair() else { return 0 };
    if server.write_all(bytes).is_err() {
        return 0;
    }
    drop(server);
    let mut channel = Channel::over(File::from(OwnedFd::from(worker)));
    let mut understood = 0;
    while let Some(frame) = channel.receive() {
        let body = frame.body();
        understood += usize::from(match frame.kind {
            Kind::Run => RunMessage::read(body).is_ok_and(|run| {
                let input = job_input(body, &run);
                assert_eq!(input.split_last(), Some((&0, run.input)), "the engine's parser wants the NUL");
                true
            }),
            Kind::Reply => FetchReply::read(body).is_ok(),
            _ => false,
        });
        channel.recycle(frame);
    }
    understood
}
