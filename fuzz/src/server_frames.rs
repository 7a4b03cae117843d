//! What a server says to a worker (`signet_sandbox`, `worker/channel.rs` and `wire/`): understood or refused, and the input
//! of a run always ends with the NUL that the engine's parser relies on.

use signet_sandbox::fuzzing::server_says;

pub fn run(data: &[u8]) {
    // More than a socket holds would never be read.
    let understood = server_says(data.get(..60_000).unwrap_or(data));
    assert!(understood <= data.len() / 5, "{understood} frames in {} bytes", data.len());
}
